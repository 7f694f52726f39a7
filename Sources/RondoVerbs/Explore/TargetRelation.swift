import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import RondoSignature

/// How strongly columns go with the goal's target, on training rows only, or with the column of `with` on the rows looked at.
struct TargetRelation {
    /// The target of the goal when that is what is measured against.
    let goalTarget: String?
    /// Strength by column, 0 to 1.
    private(set) var strengths: [String: Double] = [:]
    /// Columns that alone almost give the target away.
    private(set) var suspicions: [Block] = []
    private var figures: [Figure] = []
    private var words: [TextBlock] = []

    /// Nil without `with` and without a goal whose target the table has.
    init?(_ call: Call, _ view: TableView, names: [String], in context: inout Context) throws {
        let method = LookClauses.method(call)
        if let partner = try LookClauses.partner(call, view) {
            goalTarget = nil
            try measure(names.filter { $0 != partner.name }, view, partner.column.gathering(view.rows), view.rows, method, context.compute)
            return
        }
        guard let target = context.goal()?.target, view.frame[target.column.value] != nil,
            let resolved = try? ResolvedTarget(target, in: view.frame, table: view.table.name)
        else { return nil }
        goalTarget = resolved.column
        var rows = view.rows.filter { resolved.isKnown(Int($0)) }
        if let split = view.table.split { rows = rows.filter { split.parts[Int($0)] == Split.Part.train.rawValue } }
        // A look at another part: the relation is still that of the training rows.
        if rows.isEmpty, let split = view.table.split { rows = split.trainRows.filter { resolved.isKnown(Int($0)) } }
        let column: Column
        switch resolved.values(rows) {
        case .numbers(let values): column = .numbers(values)
        case .classes(let codes, let names): column = Column(.category(codes, Levels(names)))
        }
        try measure(names.filter { $0 != resolved.column }, view, column, rows, method, context.compute)
        try take(resolved, rows, view, context.compute)
    }

    private mutating func measure(
        _ names: [String], _ view: TableView, _ partner: Column, _ rows: [Int32], _ method: Correlations.Method, _ compute: ComputeContext
    ) throws {
        let found = try Parallel.map(names.count, context: compute) { index -> Double in
            guard let column = view.frame[names[index]] else { return .nan }
            let part = rows.count == column.count ? column : column.gathering(rows)
            return try Association.between(part, partner, method: method).value.magnitude
        }
        strengths = Dictionary(uniqueKeysWithValues: zip(names, found))
    }

    /// Rows a feature, positives, and columns too good to be true.
    private mutating func take(_ target: ResolvedTarget, _ rows: [Int32], _ view: TableView, _ compute: ComputeContext) throws {
        let (table, frame) = (view.table, view.frame)
        let tainted = TargetGuard(target: target.column, recipe: view.prepared.recipe, columns: table.rows.names).tainted
        let never = Set(table.neverFeatures.keys).union(table.recipe.historicColumns(columns: table.rows.names))
            .union(table.recipe.segmentColumns(columns: table.rows.names))
        let candidates = frame.names.filter { !tainted.contains($0) && !never.contains($0) }
        let roles = try ColumnRoles.judge(frame, columns: candidates, rows: rows, context: compute)
        let features = roles.filter { ![.identifier, .freeText, .constant].contains($0.kind) }.map(\.column)
        let perFeature = features.isEmpty ? 0 : Double(rows.count) / Double(features.count)
        figures = [
            Figure("train_rows", Scalar(rows.count), .count), Figure("features", Scalar(features.count), .count),
            Figure("rows_per_feature", Scalar(perFeature), .number),
        ]
        let which = table.split == nil ? "rows" : "training rows"
        let isFew = perFeature < 10
        let line = "{train_rows} \(which) with \(SlotText.escaped(target.column)) for {features} features: {rows_per_feature} rows each"
        words.append(TextBlock(line + (isFew ? ", too few to learn much" : ""), tone: isFew ? .warning : .plain))
        if target.task == .binary, case .classes(let codes, let names) = target.values(rows), names.count == 2 {
            let positives = codes.reduce(0) { $0 + ($1 == 1 ? 1 : 0) }
            let share = rows.isEmpty ? 0 : Double(positives) / Double(rows.count)
            figures += [Figure("positives", Scalar(positives), .count), Figure("positive_share", Scalar(share), .percent)]
            let isRare = positives < 10 * max(1, features.count)
            let words = "{positives} of them are \(SlotText.escaped(names[1])) ({positive_share})"
            self.words.append(TextBlock(words + (isRare ? ", few for so many features" : ""), tone: isRare ? .warning : .plain))
        }
        suspicions = Suspicion.findings(frame, features: features, target: target, rows: rows).map { finding in
            let share = NumberText().text(.number(finding.share), .percent)
            let words = "\(finding.column) alone explains \(share) of \(target.column): too good to be true?"
            return .text(TextBlock(SlotText.escaped(words), tone: .warning))
        }
    }

    /// - Parameter isWhole: whether every column is looked at; else the lines about all features are left out.
    func goalLines(isWhole: Bool) -> [Block] {
        guard isWhole, !figures.isEmpty else { return [] }
        return [.figures(figures)] + words.map { .text($0) }
    }
}
