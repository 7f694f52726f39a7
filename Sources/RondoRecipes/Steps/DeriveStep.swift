package import RondoFrame
package import RondoKernels
package import RondoLanguage
package import RondoReport

/// `derive age = year(sold_on) - year_built, typical = mean(price by zip)`: columns computed from others.
///
/// Later assignments see earlier ones. Aggregates are learned from the learning rows; `lag` and `rank` need the other rows of the
/// table each time and make a column for looking only.
package struct DeriveStep: FittedStepReading {
    package static let kind = "derive"

    package let assignments: [Assignment]

    package init(_ assignments: [Assignment]) { self.assignments = assignments }

    package var learns: Bool { assignments.contains { $0.expression.aggregates } }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        var made: [String: Set<String>] = [:]
        for assignment in assignments { made[assignment.name.value] = Self.inputs(of: assignment.expression, made) }
        return made
    }

    /// The columns of the table before this step that an assignment reads, those behind earlier assignments included.
    static func inputs(of expression: Expression, _ made: [String: Set<String>]) -> Set<String> {
        expression.columnsRead.reduce(into: []) { $0.formUnion(made[$1] ?? [$1]) }
    }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package var historic: Set<String> {
        var names: Set<String> = []
        for assignment in assignments {
            if assignment.expression.usesOrder || !names.isDisjoint(with: assignment.expression.columnsRead) {
                names.insert(assignment.name.value)
            } else {
                names.remove(assignment.name.value)
            }
        }
        return names
    }

    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        var current = frame
        var fitted: [LearnedExpression] = []
        var remarks = StepRemarks(collects: false)
        for assignment in assignments {
            try context.cancellation.check()
            let learned = try LearnedExpression(assignment.expression, from: current, rows: rows, context: context)
            let column = try learned.column(of: current, name: assignment.name.value, remarks: &remarks, context: context)
            try current.set(assignment.name.value, column)
            fitted.append(learned)
        }
        return FittedDerive(names: assignments.map(\.name.value), expressions: fitted)
    }

    package func archive() -> Archive {
        Archive([
            "names": .words(assignments.map(\.name.value)), "expressions": .words(assignments.map { SavedExpression.text($0.expression) }),
        ])
    }

    package init(archive: Archive) throws {
        let (names, texts) = (try archive.words("names"), try archive.words("expressions"))
        guard names.count == texts.count else { throw StepArchive.damaged(Self.kind) }
        assignments = try zip(names, texts).map { Assignment(Name($0, Span(0, 0)), try SavedExpression.expression($1)) }
    }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try FittedDerive(archive: archive) }
}

/// Derived columns with their learned aggregates.
package struct FittedDerive: FittedStep {
    let names: [String]
    let expressions: [LearnedExpression]

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        var result = frame
        for (name, expression) in zip(names, expressions) {
            try context.cancellation.check()
            try result.set(name, try expression.column(of: result, name: name, remarks: &remarks, context: context))
        }
        return result
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        var made: [String: Set<String>] = [:]
        var left: [Int] = []
        for (place, expression) in expressions.enumerated() {
            let inputs = DeriveStep.inputs(of: expression.tree, made)
            made[names[place]] = inputs
            if inputs.isDisjoint(with: lost) { left.append(place) }
        }
        return left.isEmpty ? nil : FittedDerive(names: left.map { names[$0] }, expressions: left.map { expressions[$0] })
    }

    package var learned: TableBlock? { LearnedExpression.table(zip(names, expressions).map { ($0, $1) }) }

    package var summary: String? { LearnedExpression.summary(expressions) }

    package func archive() -> Archive {
        Archive(["names": .words(names), "expressions": .archives(expressions.map { $0.archive() })])
    }

    init(names: [String], expressions: [LearnedExpression]) {
        self.names = names
        self.expressions = expressions
    }

    init(archive: Archive) throws {
        names = try archive.words("names")
        expressions = try archive.archives("expressions").map { try LearnedExpression(archive: $0) }
        guard names.count == expressions.count else { throw StepArchive.damaged(DeriveStep.kind) }
    }
}
