import RondoKernels
import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `choose forest because "meets the goal"`: settles which model goes on, and why.
package enum ChooseVerb: WorkspaceVerb {
    static let model = Operand("model", .model, "the model")

    package static let signature = Signature(
        "choose", phase: .judge, class: .judge,
        summary: "Chooses the model that later cells mean, and keeps the reason.",
        searchWords: ["select model", "pick", "decide", "final"],
        operands: [model], clauses: [SharedClauses.because],
        examples: [
            Example(
                "choose linear because \"it explains itself\"",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "With its reason."),
            Example(
                "choose tree",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit tree depth 4",
                ], "Later cells mean the tree."),
        ], seeAlso: ["compare", "deploy", "note"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let thing = try call.required(model)
        var model = try context.model(named: thing.name)
        var blocks: [Block] = [.text(TextBlock("\(SlotText.escaped(model.name)) is chosen"))]
        let mark = "chosen after the test part was seen"
        if let split = context.workspace.table(model.table)?.split, context.effects.openings(of: split.seal) > 0 {
            if !model.marks.contains(mark) {
                model.marks.append(mark)
                context.set(model)
            }
            blocks.append(.text(TextBlock("\(mark): its test score is no longer clean", tone: .warning)))
        }
        context.choose(model.name)
        if let because = call[SharedClauses.because]?.value {
            var notes = context.notes()
            let name = "choice_of_\(model.name)"
            notes.removeAll { $0.name == name }
            notes.append(
                RegisterNote(
                    name: name, text: because, kind: "decision", about: model.name, who: nil, until: nil, unit: nil,
                    cell: context.cellNumber))
            context.set(notes)
            blocks.append(.text(TextBlock("because \(SlotText.escaped(because))")))
        }
        return blocks
    }
}
