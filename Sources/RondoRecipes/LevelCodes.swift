import RondoFrame
import RondoKernels

/// A column seen as words: one code a row, -1 for missing, in a list of different words.
///
/// The words of text are in order of the alphabet, of integers by value, of categories as declared: never in the order in which
/// rows happen to come, so that rows outside the learning rows have no influence.
struct LevelCodes {
    let codes: [Int32]
    let words: [String]
    private let order: Order

    private enum Order { case alphabet, value, declared }

    /// Throws R0351 for values that are no levels (numbers with fractions, moments).
    init(_ column: Column, name: String) throws {
        order = column.type == .text ? .alphabet : column.type.isNumeric ? .value : .declared
        switch column.storage {
        case .text(let codes, let levels), .category(let codes, let levels):
            self.codes = codes
            words = levels.words
        case .truth(let values):
            codes = values.map { $0 == Column.missingTruth ? -1 : Int32($0) }
            words = ["false", "true"]
        case .integer(let values, let missing):
            (codes, words) = LevelCodes.whole(values.indices.map { missing?[$0] == true ? nil : values[$0] })
        case .number(let values):
            // Numbers that are all whole are levels too: a request may write 3 where the table had 3.0.
            let whole = values.map { Int64(exactly: $0) }
            guard zip(values, whole).allSatisfy({ $0.isNaN || $1 != nil }) else { throw LevelCodes.noLevels(column, name) }
            (codes, words) = LevelCodes.whole(whole)
        case .date, .time, .duration, .sparse: throw LevelCodes.noLevels(column, name)
        }
    }

    private static func noLevels(_ column: Column, _ name: String) -> Fault {
        typeFault(
            name, column.type, needs: "levels need text, categories, whole numbers or truth values",
            remedy: "cast \(name) category")
    }

    private static func whole(_ values: [Int64?]) -> (codes: [Int32], words: [String]) {
        var index: [Int64: Int32] = [:]
        var seen: [Int64] = []
        var codes = [Int32](repeating: -1, count: values.count)
        for (row, value) in values.enumerated() {
            guard let value else { continue }
            if let code = index[value] {
                codes[row] = code
                continue
            }
            let code = Int32(truncatingIfNeeded: seen.count)
            index[value] = code
            seen.append(value)
            codes[row] = code
        }
        return (codes, seen.map(String.init))
    }

    /// Words that occur in the rows, in the order said above.
    var occurring: [String] {
        var seen = [Bool](repeating: false, count: words.count)
        for code in codes where code >= 0 { seen[Int(code)] = true }
        let present = words.indices.filter { seen[$0] }.map { words[$0] }
        switch order {
        case .alphabet: return present.sorted()
        case .value: return present.compactMap { Int64($0) }.sorted().map(String.init)
        case .declared: return present
        }
    }

    /// How many rows hold each of these words.
    func counts(of levels: [String]) -> [Int] {
        let places = places(in: levels)
        var counts = [Int](repeating: 0, count: levels.count)
        for code in codes where code >= 0 && places[Int(code)] >= 0 { counts[Int(places[Int(code)])] += 1 }
        return counts
    }

    /// A column of whole numbers: each row's place in the list, from 0; gaps stay gaps.
    /// - Parameter fallback: the code of words that are not in the list; nil makes them gaps.
    func ranks(in levels: [String], fallback: Int64?) -> Column {
        let places = places(in: levels)
        var missing = [Bool](repeating: false, count: codes.count)
        var ranks = [Int64](repeating: 0, count: codes.count)
        for (row, code) in codes.enumerated() {
            if code >= 0, places[Int(code)] >= 0 {
                ranks[row] = Int64(places[Int(code)])
            } else if code >= 0, let fallback {
                ranks[row] = fallback
            } else {
                missing[row] = true
            }
        }
        return Column(.integer(ranks, missing: missing.contains(true) ? missing : nil))
    }

    /// Rows that are so few that a table of all levels would cost more than looking for theirs.
    private static let fewRows = 4

    /// For each word that occurs its place in a list of levels, -1 when it is not in it.
    func places(in levels: [String]) -> [Int32] {
        if codes.count <= Self.fewRows {
            var places = [Int32](repeating: -1, count: words.count)
            for code in codes where code >= 0 {
                places[Int(code)] = levels.firstIndex(of: words[Int(code)]).map { Int32(truncatingIfNeeded: $0) } ?? -1
            }
            return places
        }
        var index: [String: Int32] = [:]
        for (place, level) in levels.enumerated() { index[level] = Int32(truncatingIfNeeded: place) }
        return words.map { index[$0] ?? -1 }
    }

    /// Rows whose word is not in the list (missing ones are not among them).
    func unlisted(_ places: [Int32]) -> [Int32] { Column.places(codes) { $0 >= 0 && places[Int($0)] < 0 } }
}
