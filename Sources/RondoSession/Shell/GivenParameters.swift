import RondoLanguage
package import RondoSignature

/// Values of parameters given on the command line, `rows=500`.
package enum GivenParameters {
    /// The raw values by name; the script says which names there are.
    /// - Throws: `Diagnostic` R0570 for what is no `name=value`, R0571 for a name that no `param` of the script makes.
    package static func read(_ pairs: [String], for script: String, grammar: GrammarRegistry) throws -> [String: String] {
        let names = ScriptParser.parse(script, grammar: grammar).syntax.items.compactMap { item -> String? in
            guard case .cell(let cell) = item, cell.verb.value == "param", case .name(let name)? = cell.operands["name"] else { return nil }
            return name.value
        }
        var given: [String: String] = [:]
        for pair in pairs {
            let name = String(pair.prefix { $0 != "=" })
            guard !name.isEmpty, name.count < pair.count else {
                throw Diagnostic("R0570", "--set takes name=value, not \(pair)", span: nil, remedy: "--set rows=500")
            }
            guard names.contains(name) else {
                let known = names.isEmpty ? "the session has no param" : "its parameters: \(names.joined(separator: ", "))"
                throw Diagnostic("R0571", "the session has no parameter \(name)", span: nil, remedy: known)
            }
            given[name] = String(pair.dropFirst(name.count + 1))
        }
        return given
    }
}
