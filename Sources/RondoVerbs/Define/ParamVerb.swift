import RondoKernels
import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `param rows = 500 about "how many"`: a value that can be changed from outside.
package enum ParamVerb: WorkspaceVerb {
    static let name = Operand("name", .newName, "name of the parameter")
    static let value = Operand<Argument>("value", .either([.list, .interval, .value]), "its default: a value, list or interval", word: "=")
    static let about = Clause("about", .text, "what it means")

    package static let signature = Signature(
        "param", phase: .define, class: .setting,
        summary: "Names a value that `$name` stands for and that `--set name=value` changes.",
        searchWords: ["parameter", "variable", "argument", "constant"],
        operands: [name, value], clauses: [about],
        examples: [
            Example("param least = 100k about \"cheapest house that counts\"", "A number; `filter price > $least` uses it."),
            Example("param bands = [200k, 500k, 1M]", "A list, for `errors by price bands $bands`."),
        ], seeAlso: ["set"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let name = try call.required(name)
        var value = try call.required(value)
        var given = ""
        if let raw = context.workspace.givenParameters[name.value] {
            value = try SettingText.read(raw, name: name.value, like: value)
            given = ", as given from outside"
        }
        context.set(Workspace.Parameter(name: name.value, value: value, about: call[about]?.value))
        let words = SlotText.escaped("$\(name.value) is \(ShownArgument.text(value))")
        return [.text(TextBlock(words + given))]
    }
}
