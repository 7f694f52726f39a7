import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `deploy forest as house_price`: makes a release of a model.
package enum DeployVerb: WorkspaceVerb {
    static let model = Operand("model", .model, "the model")
    static let new = Clause("as", .newName, "name of the release", required: true)
    static let interval = Clause(
        "interval", .percent, "how often the true value should lie in the range (90%), or the true class among those named")
    static let scope = Clause("scope", .condition, "rows outside get the fallback")
    static let requires = Clause("requires", .columns, "columns a request must bring, or it gets the fallback")
    static let fallback = Clause("fallback", .text, "the answer when there is no estimate")
    static let despite = Clause("despite", .text, "the reason to release a model that misses the goal")

    package static let signature = Signature(
        "deploy", phase: .release, class: .effect,
        summary: "Makes a release: one file with recipe, model, ranges, limits and card; refused when the goal is missed.",
        details: """
            The range is conformal: its half-width comes from validation rows, or from five folds of the training rows, each judged by a \
            model that has not seen it; where errors grow with the estimate it grows too. The confidence of a number is the share of \
            unseen rows with predictions of that size that were close. For classes, `interval` names every class that is possible at \
            that level where there is more than one. Clusters and isolation forests are released too: the cluster or the score of a \
            row. An identical bundle makes no new version.
            """,
        searchWords: ["release", "publish", "serve", "production", "bundle", "ship"],
        operands: [model], clauses: [new, interval, scope, requires, fallback, despite],
        examples: [
            Example(
                "deploy linear as house_price",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "A first release."),
            Example(
                "deploy linear as house_price interval 80% requires sqft fallback \"No estimate: please ask.\"",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "With a narrower range, a required column and words for no answer."),
        ], seeAlso: ["predict", "releases", "score"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let thing = try call.required(model)
        let model = try context.model(named: thing.name)
        guard let name = call[new] else {
            throw Diagnostic("R0225", "deploy needs as", span: nil, remedy: "deploy \(model.name) as house_price")
        }
        if model.fitted is any GroupingModel { return try group(call, model: model, name: name, in: &context) }
        if model.fitted is any RankingModel {
            throw Diagnostic(
                "R0834", "\(model.name) answers with lists: there is no one answer a row to release", span: thing.name.span,
                remedy: "recommend \(NameText.written(model.name)) to \"lists.csv\"")
        }
        let judgement = try Judgement(model, verb: "deploy", part: nil, in: &context)
        let report = try judgement.report()
        let verdict = judgement.verdict(report)
        if verdict.isMet == false, call[despite] == nil {
            let missed = verdict.lines.filter { !$0.isMet }.map { line in
                "\(line.criterion.metric) is \(NumberText().text(.number(line.value), line.criterion.isPercent ? .percent : .number)), \(line.words)"
            }
            throw Diagnostic(
                "R0449", "\(model.name) misses the goal on \(judgement.part): \(missed.joined(separator: "; "))", span: thing.name.span,
                remedy: "\(call.cell.source) despite \"the reason\"")
        }
        var subject = BundleSubject(judgement, report: report)
        subject.ranges = try ReleaseRanges(call, judgement: judgement)
        let bundle = try BundleMaking.bundle(call, name: name, subject: subject, in: &context)
        var (figures, blocks) = try save(bundle, call, name: name, in: &context)
        blocks += subject.ranges.blocks(unit: bundle.unit, &figures) + goalBlocks(verdict, despite: call[despite]?.value)
        return [.figures(figures)] + blocks + model.marks.map { .text(TextBlock(SlotText.escaped($0), tone: .warning)) }
    }

    /// Clusters and scores: nothing is predicted that could be true or false.
    private static func group(_ call: Call, model: TrainedModel, name: Name, in context: inout Context) throws -> [Block] {
        guard let fitted = model.fitted as? any GroupingModel, type(of: fitted).isReleasable else {
            throw Diagnostic(
                "R0834", "\(model.name) gives several numbers a row: there is no one answer to release",
                span: call.span(new), remedy: "explain \(NameText.written(model.name))")
        }
        if call[interval] != nil {
            throw Diagnostic(
                "R0834", "\(model.name) predicts nothing: there is no true value that a range could hold", span: call.span(interval),
                remedy: "leave interval out")
        }
        let table = try context.table(named: Name(model.table, Span(0, 0)))
        guard model.rowsIdentity == table.rowsIdentity else { throw Judgement.stale(model) }
        let rows = table.rows.gathering(model.trainingRows)
        let features = try model.predictor.features(of: rows, context: context.compute)
        let measures = try fitted.measures(features, context: context.compute).filter { $0.value.isFinite }
        let subject = try BundleSubject(model, metrics: measures.map { Bundle.Metric($0.name, $0.value) }, in: &context)
        let bundle = try BundleMaking.bundle(call, name: name, subject: subject, in: &context)
        var (figures, blocks) = try save(bundle, call, name: name, in: &context)
        figures += measures.map { Figure($0.name, Scalar($0.value), ["explained", "apart"].contains($0.name) ? .percent : .number) }
        let words = measures.map { "\($0.name) {\($0.name)}" }.joined(separator: " · ")
        blocks.append(.text(TextBlock("answers with the \(bundle.predictor.target.column) of a row · on its training rows: \(words)")))
        return [.figures(figures)] + blocks + model.marks.map { .text(TextBlock(SlotText.escaped($0), tone: .warning)) }
    }

    /// Keeps the bundle as a release; its first line and figures.
    private static func save(
        _ bundle: Bundle, _ call: Call, name: Name, in context: inout Context
    ) throws -> (figures: [Figure], blocks: [Block]) {
        let bytes = try bundle.bytes()
        let digest = try SHA256Digest.hex(of: bytes)
        let before = try context.world.releases.list(name.value).count
        let record = try context.world.releases.save(
            ReleaseRecord(
                name: name.value, version: 0, digest: digest, label: "live", model: bundle.model, family: bundle.family,
                madeAt: context.world.now(), because: call[despite]?.value), bytes)
        let isNew = try context.world.releases.list(name.value).count > before
        context.set(Workspace.Release(name: record.name, version: record.version, digest: digest, bundle: bundle))
        context.effects.append(
            .init(kind: .released, source: context.source, words: "release \(record.name) version \(record.version) was made"))
        let words = "\(SlotText.escaped(record.name)): version {version} {state}, {bytes}, {inputs} input columns"
        return (
            [
                Figure("version", Scalar(record.version), .plain, volatile: true),
                // Whether the workspace held it already may differ between two honest runs.
                Figure("state", .text(isNew ? "is live" : "holds this very bundle already"), .plain, volatile: true),
                Figure("bytes", Scalar(bytes.count), .bytes), Figure("inputs", Scalar(bundle.predictor.inputs.count), .count),
            ], [.text(TextBlock(words, tone: .good))]
        )
    }

    package static func faults(of call: Call) -> [Diagnostic] {
        guard let given = call[interval], let level = given.value.number, level <= 0 || level >= 1 else { return [] }
        return [
            Diagnostic(
                "R0232", "interval lies between 0% and 100%", span: call.span(interval), remedy: "write interval 90%",
                mend: Mend(given.span, "90%"))
        ]
    }

    private static func goalBlocks(_ verdict: Verdict, despite: String?) -> [Block] {
        guard !verdict.lines.isEmpty else {
            return [.text(TextBlock("the goal has no success criterion: nothing says whether this is good enough", tone: .warning))]
        }
        let words = verdict.lines.map { "\($0.criterion.metric): \($0.words)" }.joined(separator: " · ")
        let goal = Block.text(TextBlock(SlotText.escaped(words), tone: MetricWords.tone(verdict)))
        guard let despite, verdict.isMet == false else { return [goal] }
        return [goal, .text(TextBlock("released despite the goal: \(SlotText.escaped(despite))", tone: .warning))]
    }
}
