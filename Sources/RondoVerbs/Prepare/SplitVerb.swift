import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `split 60/20/20 by sold_on`: train, validation and sealed test.
package enum SplitVerb: WorkspaceVerb {
    static let shares = Operand("shares", .shares, "two shares are train and test, three have validation between", optional: true)
    static let folds = Clause("folds", .integer, "how many folds cross-validation of the training rows uses")
    static let by = Clause("by", .column, "a date: oldest rows train, newest test")
    static let within = Clause("within", .column, "with by: each user's own oldest and newest rows")
    static let stratify = Clause("stratify", .column, "equal shares of each class in every part")
    static let group = Clause("group", .column, "rows of one group stay in one part")
    static let using = Clause("using", .column, "the column that holds train, validation, test")

    package static let signature = Signature(
        "split", phase: .prepare, class: .setting,
        summary: "Cuts the rows into train, validation and a sealed test part; learned steps then learn from train.",
        details: "Shares add up to 100, to 1, or to the number of rows. `score … on test` breaks the seal, once, on the record.",
        searchWords: ["train test", "holdout", "partition", "cross-validation", "folds", "train_test_split"],
        operands: [shares], clauses: [folds, by, within, stratify, group, using, SharedClauses.seed, SharedClauses.from],
        examples: [
            Example(
                "split 60/20/20 by sold_on", after: ["load demo \"house_sales\" as sales rows 500"], "Oldest sales train, newest test."),
            Example(
                "split 80/20 stratify type folds 5", after: ["load demo \"house_sales\" as sales rows 500"],
                "Every type in the same share; five folds."),
        ], seeAlso: ["fit", "score", "ledger"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        var table = try context.table(from: call[SharedClauses.from])
        // A column that was coded for models still says which rows belong together.
        let frame = try context.prepared(table).known
        if let old = table.split, context.effects.openings(of: old.seal) > 0 {
            throw Diagnostic(
                "R0427", "the test part of \(table.name) has been seen: another split would mix seen rows into training",
                span: call.cell.verb.span,
                remedy: "stay with this split, or begin afresh by loading the data again")
        }
        let seed = context.seed(call[SharedClauses.seed])
        let goal = context.goal()
        let parts = try parts(call, table: table, frame: frame, seed: seed)
        let dates = dates(frame)
        let isRandom = call[by] == nil && call[using] == nil
        var foldOf: [Int32]?
        var foldCount = 0
        let strata = try call[stratify].map { try codes($0, call, frame, table) }
        let groups = try call[group].map { try codes($0, call, frame, table) }
        if case .integer(let count)? = call[folds]?.value {
            foldCount = Int(clamping: count)
            foldOf = try SplitMaker.folds(foldCount, parts: parts, strata: strata, groups: groups, seed: seed)
        }
        let split = Split(
            method: method(call), parts: parts, folds: foldOf, foldCount: foldCount, strata: strata, groups: groups,
            isRandomOverTime: isRandom && !dates.isEmpty, seal: table.seal)
        if let using = call[using] { table.neverFeatures[using.value] = "names the parts of the split" }
        table.split = split
        let outside = split.rows(.none).count
        table.ledger.append(
            Ledger.Entry(
                cell: context.cellNumber, kind: .split,
                what: "split \(call[shares].map { ArgumentText.written(.shares($0)) } ?? "") \(split.method)".replacing("  ", with: " "),
                before: parts.count, after: parts.count,
                reasons: [
                    Ledger.Reason("train", split.trainRows.count), Ledger.Reason("validation", split.validationRows.count),
                    Ledger.Reason("test", split.testRows.count), Ledger.Reason("in no part", outside),
                ].filter { $0.rows > 0 }))
        context.set(table)
        return blocks(
            split, outside: outside, frame: frame, moment: call[by]?.value, dates: dates, goal: goal,
            learns: table.recipe.learns)
    }

    package static func faults(of call: Call) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        let shares = call[shares].map { ArgumentText.written(.shares($0)) } ?? "60/20/20"
        if let using = call[using] {
            if call[self.shares] != nil || call[by] != nil || call[stratify] != nil || call[group] != nil {
                faults.append(
                    Diagnostic(
                        "R0428", "using takes the parts from its column: shares, by, stratify and group contradict it",
                        span: call.span(self.using), remedy: "split using \(NameText.written(using.value))"))
            }
            return faults
        }
        if let by = call[by], let span = call.span(stratify) ?? call.span(group) {
            faults.append(
                Diagnostic(
                    "R0428", "by and this clause contradict each other", span: span,
                    remedy: "split \(shares) by \(NameText.written(by.value))"))
        }
        if let within = call[within], call[by] == nil {
            faults.append(
                Diagnostic(
                    "R0428", "within needs by, the order inside each", span: call.span(self.within),
                    remedy: "split \(shares) by day within \(NameText.written(within.value))"))
        }
        if call[self.shares] == nil {
            faults.append(Diagnostic("R0225", "split needs shares", span: call.cell.verb.span, remedy: "split 60/20/20"))
        }
        return faults
    }

    private static func dates(_ frame: Frame) -> [String] { frame.names.filter { frame[$0]?.type.isMoment == true } }

    private static func parts(_ call: Call, table: Table, frame: Frame, seed: UInt64) throws -> [UInt8] {
        if let using = call[using] { return try named(using, call, frame, table) }
        let literals = call[shares] ?? []
        let values = literals.map { literal -> Double in
            if case .percent(let value) = literal.value { return value }
            return literal.value.number ?? .nan
        }
        let shares = SplitMaker.Shares(values: values, text: ArgumentText.written(.shares(literals)))
        if let by = call[by] {
            guard let column = frame[by.value] else {
                throw SessionNames.unknownColumn(by, table: table.name, known: frame.names, source: call.cell.source)
            }
            guard column.type.isMoment || column.type.isNumeric else {
                throw Diagnostic(
                    "R0433", "\(by.value) holds no dates", span: by.span,
                    remedy: dates(frame).first.map { "split \(shares.text) by \(NameText.written($0))" }
                        ?? "cast \(NameText.written(by.value)) date")
            }
            let order = column.numbers()
            if let within = call[within] {
                return try SplitMaker.byTimeWithin(shares: shares, order: order, groups: codes(within, call, frame, table))
            }
            return try SplitMaker.byTime(shares: shares, order: order)
        }
        return try SplitMaker.random(
            shares: shares, rowCount: frame.rowCount, strata: call[stratify].map { try codes($0, call, frame, table) },
            groups: call[group].map { try codes($0, call, frame, table) }, seed: seed)
    }

    private static func codes(_ name: Name, _ call: Call, _ frame: Frame, _ table: Table) throws -> [Int32] {
        guard let column = frame[name.value] else {
            throw SessionNames.unknownColumn(name, table: table.name, known: frame.names, source: call.cell.source)
        }
        return try Groups(by: [column], rowCount: frame.rowCount).groupOfRow
    }

    /// Parts by the words of a column.
    private static func named(_ name: Name, _ call: Call, _ frame: Frame, _ table: Table) throws -> [UInt8] {
        guard let column = frame[name.value] else {
            throw SessionNames.unknownColumn(name, table: table.name, known: frame.names, source: call.cell.source)
        }
        let parts = Dictionary(uniqueKeysWithValues: Split.Part.allCases.dropLast().map { ($0.name, $0.rawValue) })
        var result: [UInt8] = []
        for row in 0..<column.count {
            let word = column[row].plainText
            guard let part = parts[word] ?? (word.isEmpty ? Split.Part.none.rawValue : nil) else {
                throw Diagnostic(
                    "R0435", "\(name.value) holds \"\(word)\" in row \(row + 1): not train, validation or test", span: name.span,
                    remedy: "make a column of these three words, with derive")
            }
            result.append(part)
        }
        guard result.contains(Split.Part.train.rawValue) else {
            throw Diagnostic(
                "R0435", "\(name.value) never says train", span: name.span,
                remedy: "make a column that holds train, validation and test, with derive")
        }
        return result
    }

    private static func method(_ call: Call) -> String {
        if let using = call[using] { return "using \(using.value)" }
        if let by = call[by] { return "by \(by.value)" + (call[within].map { " within \($0.value)" } ?? "") }
        if let column = call[stratify] { return "at random, \(column.value) in equal shares" }
        return "at random" + (call[group].map { ", \($0.value) kept together" } ?? "")
    }

    private static func blocks(
        _ split: Split, outside: Int, frame: Frame, moment: String?, dates: [String], goal: Goal?, learns: Bool
    ) -> [Block] {
        var figures = [
            Figure("train", Scalar(split.trainRows.count), .count), Figure("validation", Scalar(split.validationRows.count), .count),
            Figure("test", Scalar(split.testRows.count), .count),
        ]
        var train = "train {train} rows"
        var validation = "validation {validation}"
        if let moment, let column = frame[moment], column.type.isMoment {
            func newest(_ rows: [Int32]) -> Scalar { rows.map { column[Int($0)] }.max { ($0.number ?? 0) < ($1.number ?? 0) } ?? .missing }
            figures.append(Figure("train_until", newest(split.trainRows), .plain))
            train += " to {train_until}"
            if !split.validationRows.isEmpty {
                figures.append(Figure("validation_until", newest(split.validationRows), .plain))
                validation += " to {validation_until}"
            }
        }
        var words = [train] + (split.validationRows.isEmpty ? [] : [validation])
        if !split.testRows.isEmpty { words.append("test {test}, sealed") }
        var blocks: [Block] = [.figures(figures), .text(TextBlock(words.joined(separator: " · ")))]
        if outside > 0 {
            blocks[0] = .figures(figures + [Figure("in_no_part", Scalar(outside), .count)])
            blocks.append(.text(TextBlock("{in_no_part} rows are in no part: no value in the column that decides", tone: .warning)))
        }
        if split.foldCount > 0 { blocks.append(.text(TextBlock("\(split.foldCount) folds of the training rows"))) }
        if learns { blocks.append(.text(TextBlock("learned steps now learn from train"))) }
        if split.isRandomOverTime {
            let column = goal?.moment ?? dates[0]
            let words = "a random split over time puts the future into training: split … by \(column) lets the oldest rows train"
            blocks.append(.text(TextBlock(SlotText.escaped(words), tone: .warning)))
        }
        return blocks
    }
}
