import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession
import RondoSignature

/// `check linear`: the assumptions of a linear model, one sentence each.
enum ModelCheck {
    static func blocks(_ model: TrainedModel, in context: inout Context) throws -> [Block] {
        guard model.fitted is any CoefficientModel, model.target.task == .regression else {
            throw Diagnostic(
                "R0816", "\(model.name) is a \(model.family.name): these checks are for linear models of a number", span: nil,
                remedy: "errors \(NameText.written(model.name))")
        }
        let table = try context.table(named: Name(model.table, Span(0, 0)))
        guard model.rowsIdentity == table.rowsIdentity else { throw Judgement.stale(model) }
        let rows = table.rows.gathering(model.trainingRows)
        let features = try model.predictor.features(of: rows, context: context.compute)
        let columns: [[Double]] = features.features.compactMap { feature in
            if case .numbers(let values) = feature.values { values } else { nil }
        }
        let prepared = try context.prepared(table)
        guard let target = prepared.frame[model.target.column]?.gathering(model.trainingRows).numbers(), target.allSatisfy(\.isFinite)
        else {
            throw Diagnostic("R0441", "the target of \(model.name) is not there any more", span: nil, remedy: "fit \(model.family.name)")
        }
        let learned = model.predictor.logTarget == nil ? target : target.map { Elementary.log($0) }
        let dropped = Set((model.fitted as? any CoefficientModel)?.dropped ?? [])
        let kept = zip(features.names, columns).filter { !dropped.contains($0.0) }
        let found = try LinearDiagnostics(kept.map(\.1), target: learned, context: context.compute)
        let figures = [
            Figure("skewness", Scalar(found.skewness)), Figure("kurtosis", Scalar(found.kurtosis)),
            Figure("condition_number", Scalar(found.conditionNumber)),
        ]
        return [
            .table(self.table(found, model: model, names: kept.map(\.0))), .figures(figures),
            .text(TextBlock("residuals: skewness {skewness}, kurtosis {kurtosis} · columns: condition number {condition_number}")),
        ]
    }

    private static func table(_ found: LinearDiagnostics, model: TrainedModel, names: [String]) -> TableBlock {
        let high = zip(names, found.inflations).filter { $0.1 > 10 }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }
        let worst = zip(names, found.inflations).filter { !$0.1.isNaN }.max { $0.1 < $1.1 }
        let isCurved = found.linearity.probability < 0.05
        let isUnequal = found.equalVariance.probability < 0.05
        let isSkew = found.normality.probability < 0.05
        let rows: [[Scalar]] = [
            [
                .text("linearity"), .text("Ramsey RESET F"), Scalar(found.linearity.value), Scalar(found.linearity.probability),
                .text(
                    isCurved
                        ? "the relation bends: a log, a square or a tree may fit better" : "nothing speaks against straight lines"),
            ],
            [
                .text("equal variance"), .text("Breusch-Pagan LM"), Scalar(found.equalVariance.value),
                Scalar(found.equalVariance.probability),
                .text(
                    isUnequal
                        ? "errors grow with some columns: standard errors are too sure" : "errors are about as large everywhere"),
            ],
            [
                .text("normal residuals"), .text("Jarque-Bera"), Scalar(found.normality.value), Scalar(found.normality.probability),
                .text(isSkew ? normalWords(found) : "residuals are about normal"),
            ],
            [
                .text("collinearity"), .text("largest VIF"), Scalar(worst?.1 ?? .nan), .missing,
                .text(
                    high.isEmpty
                        ? "columns say different things"
                        : "\(high.prefix(3).map(\.0).joined(separator: ", ")) \(high.count == 1 ? "repeats" : "repeat") what others say: single coefficients mean little"
                ),
            ],
            [
                .text("independence"), .text("Durbin-Watson"), Scalar(found.durbinWatson), .missing,
                .text(
                    found.durbinWatson < 1.5
                        ? "neighbouring rows err alike: something along the rows is missing"
                        : found.durbinWatson > 2.5
                            ? "neighbouring rows err in turn: something along the rows is missing"
                            : "rows err independently of their neighbours"),
            ],
        ]
        return TableBlock(
            caption:
                "assumptions of \(model.name)\(model.predictor.logTarget == nil ? "" : " on the log scale"), \(NumberText.count(found.rowCount)) training rows",
            columns: [
                .init("assumption", "text", .plain), .init("statistic", "text", .plain), .init("value", "number"), .init("p", "number"),
                .init("finding", "text", .plain),
            ], rows: rows)
    }

    private static func normalWords(_ found: LinearDiagnostics) -> String {
        if found.skewness.magnitude > 1 { return "residuals lean to one side: ranges will not be even, a log target may help" }
        return found.kurtosis > 3
            ? "residuals have heavy tails: a few errors are very large" : "residuals are not normal: small p values are rough"
    }
}
