package import RondoFrame
package import RondoKernels
package import RondoLifecycle

/// Rows with the answers of a release beside them: what `predict` writes to a file, from the shell and from the command line.
package enum ReleaseTable {
    /// The rows and the columns `prediction lower upper confidence warning release`; a class has `probability_CLASS` columns too.
    package static func scored(_ rows: Frame, by bundle: Bundle, release: String, context: ComputeContext) throws -> (
        table: Frame, answers: BundleAnswers
    ) {
        let answers = try bundle.answers(for: rows, context: context)
        var table = rows.keeping { !["prediction", "lower", "upper", "confidence", "warning", "release"].contains($0) }
        try table.set("prediction", answers.prediction)
        try table.set("lower", answers.lower)
        try table.set("upper", answers.upper)
        try table.set("confidence", answers.confidence)
        let answered = answers.fallbackReasons
        for (name, values) in answers.probabilities {
            try table.set("probability_\(name)", .numbers(values.indices.map { answered[$0] == nil ? values[$0] : .nan }))
        }
        try table.set("warning", .text(answers.warnings.map { $0.isEmpty ? nil : $0 }))
        try table.set("release", .text(Array(repeating: release, count: rows.rowCount)))
        return (table, answers)
    }
}
