import RondoFrame
import RondoKernels
import RondoLanguage
import Testing

@testable import RondoRecipes

/// One step on the table of sales, for the conformance suite; every kind has at least one.
struct StepCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// Rows that lack a column are fine for it.
    var toleratesAbsence = false
    /// Its values depend on other rows given at the same time.
    var usesHistory = false
    let make: @Sendable () throws -> any RecipeStep

    var testDescription: String { name }

    static let all: [StepCase] = [
        StepCase(name: "rename") { RenameStep([.init(old: "sqft", new: "area"), .init(old: "zip", new: "area_code")]) },
        StepCase(name: "rename crosswise") { RenameStep([.init(old: "sqft", new: "lot"), .init(old: "lot", new: "sqft")]) },
        StepCase(name: "drop", toleratesAbsence: true) { DropStep(["code", "pool"]) },
        StepCase(name: "keep", toleratesAbsence: true) { KeepStep(["sqft", "price", "type"]) },
        StepCase(name: "take out", toleratesAbsence: true) { TakeOutStep([.init(column: "code", reason: "60 different values")]) },
        StepCase(name: "cast to number") { CastStep(["code", "rooms"], to: .number) },
        StepCase(name: "cast to category") { CastStep(["type", "rooms"], to: .category) },
        StepCase(name: "cast to text") { CastStep(["rooms", "sold_on", "pool"], to: .text) },
        StepCase(name: "derive") {
            DeriveStep(try [("per_room", "sqft / rooms"), ("twice", "per_room * 2"), ("sold_year", "year(sold_on)")].map(assignment))
        },
        StepCase(name: "derive learned") {
            DeriveStep(
                try [("typical", "median(sqft by type)"), ("above", "sqft - typical"), ("share", "rooms / max(rooms)")].map(assignment))
        },
        StepCase(name: "derive lag", usesHistory: true) { DeriveStep(try [("before", "lag(price over sold_on)")].map(assignment)) },
        StepCase(name: "clean") { CleanStep(["type", "code"], TextCleaning([.trim, .upper], exchanges: [.init("CONDO", with: "FLAT")])) },
        StepCase(name: "clean a category") { CleanStep(["grade"], TextCleaning([.lower], exchanges: [.init("f", with: "d")])) },
        StepCase(name: "flag") { FlagStep("large", try expression("sqft > 1500 and pool")) },
        StepCase(name: "flag learned") { FlagStep("above", try expression("sqft > mean(sqft)")) },
        StepCase(name: "filter", toleratesAbsence: true) {
            try FilterStep(try expression("sqft > 500 and pool"), from: try Sales.frame(), rows: nil, context: .quiet)
        },
        StepCase(name: "filter learned", toleratesAbsence: true) {
            try FilterStep(try expression("sqft < 2 * mean(sqft)"), from: try Sales.frame(), rows: nil, context: .quiet)
        },
        StepCase(name: "impute median") { ImputeStep(["sqft", "rooms", "sold_on"], .median) },
        StepCase(name: "impute median by") { ImputeStep(["sqft", "rooms"], .median, by: try groups("type", "zip")) },
        StepCase(name: "impute mean by expression") {
            ImputeStep(["sqft"], .mean, by: try groups("year(sold_on)", "type"), indicator: true)
        },
        StepCase(name: "impute mode") { ImputeStep(["type", "rooms", "pool", "grade"], .mode, by: try groups("zip")) },
        StepCase(name: "impute with") { ImputeStep(["type", "grade"], .constant(.text("unknown")), indicator: true) },
        StepCase(name: "impute nearest") {
            ImputeStep(
                ["sqft", "rooms", "grade"], .nearest(neighbours: 3), by: try groups("lot", "type", "sold_on", "pool"), indicator: true)
        },
        StepCase(name: "impute nearest by an expression") {
            ImputeStep(["sqft", "type", "sold_on"], .nearest(neighbours: 5), by: try groups("sqrt(lot)", "type", "rooms"))
        },
        StepCase(name: "impute mark") { ImputeStep(["sqft", "type", "grade", "pool"], .mark(levels: ["type", "grade"])) },
        StepCase(name: "outliers quantile cap by") {
            OutliersStep(["sqft", "rooms"], .quantile(low: 0.1, high: 0.9), .cap, by: try groups("pool", "type"))
        },
        StepCase(name: "outliers fences mark") { OutliersStep(["sqft", "lot"], .fences(0.1), .mark) },
        StepCase(name: "outliers robust cap") { OutliersStep(["lot", "rooms"], .robust(low: -1, high: 0.5), .cap) },
        StepCase(name: "outliers forest mark") { OutliersStep(["sqft", "lot", "rooms"], .forest(above: 0.55), .mark) },
        StepCase(name: "outliers robust drop", toleratesAbsence: true) {
            DropOutliersStep(
                try OutlierLimits(
                    learning: .robust(low: -1, high: 1), columns: ["sqft"], by: try groups("pool"), from: try Sales.frame(), rows: nil,
                    context: .quiet))
        },
        StepCase(name: "bin edges") { BinStep(["sqft", "rooms"], .edges(try edges("[3, 1000, 2000]")), labels: ["a", "b", "c", "d"]) },
        StepCase(name: "bin quantile") { BinStep(["sqft", "rooms", "sold_on"], .count(4, .quantile)) },
        StepCase(name: "bin equal") { BinStep(["lot"], .count(3, .equal), labels: ["small", "middle", "large"]) },
        StepCase(name: "bin tree") { BinStep(["sqft", "lot"], .count(3, .tree), target: LearningTarget(column: "price")) },
        StepCase(name: "select variance", toleratesAbsence: true) {
            SelectStep(.variance, of: ["code", "sqft", "lot", "rooms", "type", "pool"], top: 3, above: nil, keeping: [], target: nil)
        },
        StepCase(name: "select correlation", toleratesAbsence: true) {
            SelectStep(
                .correlation, of: ["code", "sqft", "lot", "rooms", "type", "pool"], top: nil, above: 0.1, keeping: ["rooms"],
                target: LearningTarget(column: "price"))
        },
        StepCase(name: "select importance", toleratesAbsence: true) {
            SelectStep(
                .importance, of: ["sqft", "lot", "rooms", "type", "sold_on"], top: 2, above: nil, keeping: [],
                target: LearningTarget(column: "pool"))
        },
        StepCase(name: "select lasso", toleratesAbsence: true) {
            SelectStep(
                .lasso, of: ["sqft", "lot", "rooms", "type", "sold_on"], top: nil, above: nil, keeping: [],
                target: LearningTarget(column: "zip", positive: "10001"))
        },
        StepCase(name: "balance weights", toleratesAbsence: true) {
            BalanceStep(.weights, ratio: 1, seed: 3, target: LearningTarget(column: "zip"))
        },
        StepCase(name: "balance under", toleratesAbsence: true) {
            BalanceStep(.under, ratio: 0.5, seed: 3, target: LearningTarget(column: "type", positive: "condo"))
        },
        StepCase(name: "scale robust") { ScaleStep(["sqft", "rooms", "pool"], .robust) },
        StepCase(name: "encode onehot") { EncodeOneHotStep(["type", "pool", "grade", "rooms"]) },
        StepCase(name: "encode onehot with limits") { EncodeOneHotStep(["type", "zip"], limits: LevelLimits(rare: 0.2, most: 2)) },
        StepCase(name: "encode ordinal otherwise") { try EncodeOrdinalStep(["zip"], order: ["10001", "10002"], otherwise: .missing) },
        StepCase(name: "encode label") { EncodeLabelStep(["type", "pool", "grade", "rooms"]) },
        StepCase(name: "encode label with limits") {
            EncodeLabelStep(["type", "zip"], limits: LevelLimits(most: 2), otherwise: .code(-1))
        },
        StepCase(name: "encode frequency") { EncodeFrequencyStep(["type", "grade", "rooms"]) },
        StepCase(name: "encode hashing") { EncodeHashingStep(["type", "zip"], buckets: 8) },
        StepCase(name: "encode hashing, sparse") { EncodeHashingStep(["zip"], buckets: 100) },
        StepCase(name: "encode parts") { EncodeDatesStep([.init(column: "sold_on", parts: [.year, .week, .weekday])], cycle: false) },
        StepCase(name: "encode cycle") { EncodeDatesStep([.init(column: "sold_on", parts: [.month, .day])], cycle: true) },
        StepCase(name: "encode target, numbers") { EncodeTargetStep(["type", "zip"], target: "price", classes: [], seed: 1) },
        StepCase(name: "encode target, two classes") {
            EncodeTargetStep(["type"], target: "pool", classes: ["false", "true"], seed: 2)
        },
        StepCase(name: "encode target, classes") { EncodeTargetStep(["type", "zip"], target: "grade", classes: Sales.grades, seed: 3) },
        StepCase(name: "encode words") { EncodeWordsStep(["code", "type"]) },
        StepCase(name: "encode words with limits") { EncodeWordsStep(["type"], limits: LevelLimits(rare: 0.1, most: 2)) },
        StepCase(name: "encode ordinal") { try EncodeOrdinalStep(["grade"], order: ["F", "D", "C", "B", "A"]) },
        StepCase(name: "scale standard") { ScaleStep(["sqft", "rooms", "pool"], .standard) },
        StepCase(name: "scale minmax") { ScaleStep(["sqft", "lot"], .minmax) },
        StepCase(name: "scale minmax range") { ScaleStep(["sqft"], .minmax(range: 0...4000, to: -1...1)) },
        StepCase(name: "join") {
            try JoinStep(
                by: [try expression("zip")], with: try Sales.areas(), keys: [try expression("area")],
                taking: [("income", "area_income"), ("name", "area_name")], context: .quiet)
        },
        StepCase(name: "join nearest") {
            try JoinStep(
                by: [try expression("zip")], with: try Sales.rates(), keys: [try expression("zip")], taking: [("rate", "rate")],
                nearest: JoinNearest(try expression("sold_on"), .before, within: try expression("200 days")),
                otherNearest: try expression("day"), context: .quiet)
        },
        StepCase(name: "join nearest without keys") {
            try JoinStep(
                by: [], with: try Sales.sizes(), keys: [], taking: [("class", "size_class")],
                nearest: JoinNearest(try expression("sqft"), .around), otherNearest: try expression("size"), context: .quiet)
        },
        StepCase(name: "join on two keys, values there already") {
            try JoinStep(
                by: [try expression("zip"), try expression("lower(type)")], with: try Sales.typicalLots(),
                keys: [try expression("zip"), try expression("type")], taking: [("lot", "lot"), ("grade", "grade")], preference: .right,
                context: .quiet)
        },
    ]
}

/// The table that steps are tried on: 60 sales with gaps, made by rule.
enum Sales {
    static let types = ["condo", "house", "flat"]
    static let zips = ["10001", "10002", "10003", "10004"]
    static let grades = ["A", "B", "C", "D", "F"]

    static func frame(rows: Int = 60) throws -> Frame {
        func pick(_ words: [String], _ row: Int, _ step: Int, gap: Int) -> Scalar {
            row % gap == gap - 1 ? .missing : .text(words[(row * step + row / 7) % words.count])
        }
        let range = 0..<rows
        return try Frame([
            ("code", .text(range.map { $0 % 11 == 10 ? nil : $0 % 5 == 4 ? "n\($0)" : "\($0 * 3).5" })),
            ("sqft", .scalars(range.map { $0 % 7 == 3 ? .missing : .number(800 + Double(($0 * 137) % 1700) + 0.25) }, type: .number)),
            ("lot", .scalars(range.map { $0 % 13 == 5 ? .missing : .number(Double(($0 * 311) % 5000)) }, type: .number)),
            ("rooms", .scalars(range.map { $0 % 9 == 2 ? .missing : .integer(Int64(1 + ($0 * 5) % 6)) }, type: .integer)),
            ("type", .scalars(range.map { pick(types, $0, 1, gap: 10) }, type: .text)),
            ("zip", .scalars(range.map { pick(zips, $0, 3, gap: 15) }, type: .text)),
            ("grade", Column(.category(range.map { $0 % 12 == 11 ? -1 : Int32(($0 * 3) % 5) }, Levels(grades)))),
            ("pool", .scalars(range.map { $0 % 14 == 13 ? .missing : .truth($0 % 3 == 0) }, type: .truth)),
            ("sold_on", .scalars(range.map { $0 % 17 == 9 ? .missing : .date(Int32(18_000 + ($0 * 29) % 900)) }, type: .date)),
            ("price", .scalars(range.map { .number(100_000 + Double(($0 * 7919) % 400_000)) }, type: .number)),
        ])
    }

    static func areas() throws -> Frame {
        try Frame([
            ("area", .text(["10003", "10001", "10002"])), ("income", .numbers([61_000, 52_000.5, .nan])),
            ("name", .text(["Riverside", "Old Town", "Hill"])),
        ])
    }

    static func rates() throws -> Frame {
        try Frame([
            ("zip", .text(["10001", "10001", "10002", "10003"])),
            ("day", .scalars([.date(18_000), .date(18_400), .date(18_100), .missing], type: .date)),
            ("rate", .numbers([3.5, 2.5, .nan, 1])),
        ])
    }

    static func sizes() throws -> Frame {
        try Frame([("size", .numbers([800, 1_600, 2_400])), ("class", .text(["small", "middle", "large"]))])
    }

    static func typicalLots() throws -> Frame {
        try Frame([
            ("zip", .text(["10001", "10001", "10002", "10003"])), ("type", .text(["condo", "house", "condo", "flat"])),
            ("lot", .scalars([.integer(100), .integer(2000), .missing, .integer(300)], type: .integer)),
            ("grade", .text(["A", "E", "B", nil])),
        ])
    }

    /// A table of the same columns with no value anywhere.
    static func empty(rows: Int) throws -> Frame {
        let frame = try frame(rows: 1)
        return try Frame(zip(frame.names, frame.columns).map { ($0, .scalars(Array(repeating: .missing, count: rows), type: $1.type)) })
    }

    /// The table with other values in these rows: shuffled ones, and words that stand nowhere else.
    static func overwritten(_ frame: Frame, rows: Set<Int>) throws -> Frame {
        let shuffled = (0..<frame.rowCount).map { Int32(rows.contains($0) ? ($0 * 31 + 7) % frame.rowCount : $0) }
        return try Frame(
            zip(frame.names, frame.columns).map { name, column in
                // Categories keep their declared levels.
                if column.type == .category { return (name, column.gathering(shuffled)) }
                let values = (0..<frame.rowCount).map { row -> Scalar in
                    guard rows.contains(row) else { return column[row] }
                    switch column.type {
                    case .text: return row % 4 == 0 ? .missing : .text("noise \(row % 6)")
                    case .number: return .number(-1e9 * Double(row + 1))
                    case .integer: return .integer(Int64(-1_000 * row - 7))
                    case .date: return .date(Int32(-5_000 - row))
                    default: return column[Int(shuffled[row])]
                    }
                }
                return (name, .scalars(values, type: column.type))
            })
    }
}

func assignment(_ pair: (String, String)) throws -> Assignment {
    Assignment(Name(pair.0, Span(0, 0)), try expression(pair.1))
}

func expression(_ text: String) throws -> Expression { try SavedExpression.expression(text) }

/// Edges of bands as written.
func edges(_ text: String) throws -> [ListItem] {
    guard case .list(let items) = try expression(text).node else { return [] }
    return items
}

func groups(_ texts: String...) throws -> [Group] { try texts.map { Group(try expression($0)) } }

/// An archive in a form in which equal bits are equal words, NaN included.
func bits(_ archive: Archive) -> String {
    archive.values.keys.sorted().map { key in
        let value =
            switch archive.values[key] {
            case .numbers(let values): "\(values.map(\.bitPattern))"
            case .integers(let values): "\(values)"
            case .codes(let values): "\(values)"
            case .bytes(let values): "\(values)"
            case .words(let values): "\(values)"
            case .archives(let values): "[" + values.map(bits).joined(separator: ",") + "]"
            case nil: "nothing"
            }
        return "\(key): \(value)"
    }.joined(separator: "; ")
}

func bits(_ frame: Frame) -> String { bits(frame.archive()) }

/// The values of a table, a row a line.
func values(_ frame: Frame) -> [[Scalar]] { (0..<frame.rowCount).map { row in frame.columns.map { $0[row] } } }

extension FittedStep {
    func applied(to frame: Frame, context: ComputeContext = .quiet) throws -> Frame {
        var remarks = StepRemarks(collects: false)
        return try apply(to: frame, remarks: &remarks, context: context)
    }

    func remarks(on frame: Frame) throws -> StepRemarks {
        var remarks = StepRemarks(collects: true)
        _ = try apply(to: frame, remarks: &remarks, context: .quiet)
        return remarks
    }
}

extension RecipeStep {
    func learned(from frame: Frame, rows: [Int32]? = nil, context: ComputeContext = .quiet) throws -> any FittedStep {
        try learn(from: frame, rows: rows, context: context)
    }
}
