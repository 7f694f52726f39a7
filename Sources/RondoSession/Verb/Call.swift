package import RondoLanguage
package import RondoSignature

/// A cell whose parameters are bound: its operands and clauses by the typed keys of its verb.
package struct Call: Sendable {
    package let cell: CellSyntax
    package let signature: Signature
    /// From 1.
    package let number: Int

    package init(cell: CellSyntax, signature: Signature, number: Int) {
        self.cell = cell
        self.signature = signature
        self.number = number
    }

    /// The operand, when it was given.
    package subscript<Value>(operand: Operand<Value>) -> Value? { cell.operands[operand.slot.name].flatMap(operand.read) }

    /// The clause, when it was given.
    package subscript<Value>(clause: Clause<Value>) -> Value? { cell.clause(clause.shape.keyword).flatMap(clause.read) }

    /// Every use of a clause that may be repeated.
    package func all<Value>(_ clause: Clause<Value>) -> [Value] {
        cell.clauses.filter { $0.keyword.value == clause.shape.keyword }.compactMap(clause.read)
    }

    /// Where a clause stands, for carets.
    package func span<Value>(_ clause: Clause<Value>) -> Span? { cell.clause(clause.shape.keyword)?.span }

    /// An operand that the grammar requires.
    package func required<Value>(_ operand: Operand<Value>) throws -> Value {
        guard let value = self[operand] else {
            throw Diagnostic(
                "R0225", "\(signature.name) needs \(operand.slot.summary.isEmpty ? operand.slot.name : operand.slot.summary)",
                span: cell.verb.span,
                remedy: signature.examples.first?.cell ?? "help \(signature.name)")
        }
        return value
    }

    /// Options of the family named in the cell: the clauses that are its parameters.
    package func familyParameters(of family: FamilySignature) -> [(parameter: ParameterShape, clause: ClauseSyntax)] {
        family.parameters.compactMap { parameter in cell.clause(parameter.name).map { (parameter, $0) } }
    }
}
