package import RondoFrame
package import RondoKernels
package import RondoLanguage
package import RondoReport

/// `flag luxury where price > 2M`: a truth column that names rows, never a feature; missing where the condition is.
package struct FlagStep: FittedStepReading {
    package static let kind = "flag"

    package let name: String
    package let condition: Expression

    package init(_ name: String, _ condition: Expression) {
        self.name = name
        self.condition = condition
    }

    package var learns: Bool { condition.aggregates }

    package func dependencies(in columns: [String]) -> [String: Set<String>] { [name: condition.columnsRead] }

    package var effect: ValueEffect { .judges }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package var historic: Set<String> { condition.usesOrder ? [name] : [] }

    package var segments: Set<String> { [name] }

    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        try context.cancellation.check()
        return FittedFlag(
            name: name, condition: try LearnedExpression(condition, from: frame, rows: rows, isCondition: true, context: context))
    }

    package func archive() -> Archive {
        Archive(["name": .words([name]), "condition": .words([SavedExpression.text(condition)])])
    }

    package init(archive: Archive) throws {
        name = try archive.word("name")
        condition = try SavedExpression.expression(try archive.word("condition"))
    }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try FittedFlag(archive: archive) }
}

/// A flag with the learned aggregates of its condition.
package struct FittedFlag: FittedStep {
    let name: String
    let condition: LearnedExpression

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try context.cancellation.check()
        var result = frame
        try result.set(name, try condition.column(of: frame, name: name, remarks: &remarks, context: context))
        return result
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? { condition.tree.columnsRead.isDisjoint(with: lost) ? self : nil }

    package var learned: TableBlock? { LearnedExpression.table([(name, condition)]) }

    package var summary: String? { LearnedExpression.summary([condition]) }

    package func archive() -> Archive { Archive(["name": .words([name]), "condition": .archives([condition.archive()])]) }

    init(name: String, condition: LearnedExpression) {
        self.name = name
        self.condition = condition
    }

    init(archive: Archive) throws {
        name = try archive.word("name")
        condition = try LearnedExpression(archive: try archive.archive("condition"))
    }
}
