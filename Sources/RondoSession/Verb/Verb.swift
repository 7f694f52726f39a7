package import RondoLanguage
package import RondoReport
package import RondoSignature

/// A verb: one declaration, and what it does. One file a verb, one line in the list of its phase.
package protocol Verb: Sendable {
    static var signature: Signature { get }
    /// What is wrong with a cell whatever the data: values outside of their limits, clauses that contradict each other or are needed.
    ///
    /// These faults are told together with those of the names in the cell; the verb itself does not run then.
    static func faults(of call: Call) -> [Diagnostic]
}

extension Verb {
    package static func faults(of call: Call) -> [Diagnostic] { [] }
}

/// A verb that maps a workspace to a new one and answers with blocks. It never prints.
package protocol WorkspaceVerb: Verb {
    /// - Throws: `Diagnostics`, `Diagnostic`, `Fault` or `Interrupted`; the workspace then stays as it was.
    static func run(_ call: Call, in context: inout Context) throws -> [Block]
}

/// A verb of the shell: it steers the session itself and is neither saved nor compared.
package protocol SessionVerb: Verb {
    static func run(_ call: Call, in session: inout Session) throws -> [Block]
}

/// All verbs of a program.
package struct VerbRegistry: Sendable {
    package let verbs: [any Verb.Type]
    /// What the parser needs of them.
    package let grammar: GrammarRegistry
    private let byName: [String: any Verb.Type]

    package init(_ verbs: [any Verb.Type], families: [FamilySignature]) {
        self.verbs = verbs
        grammar = GrammarRegistry(verbs: verbs.map { $0.signature }, families: families)
        byName = Dictionary(verbs.map { ($0.signature.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package subscript(name: String) -> (any Verb.Type)? { byName[name] }
}
