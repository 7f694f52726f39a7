import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoRecipes

/// Work that compares rows with rows, at three sizes, so that a step that takes the square of the rows shows.
enum NearTasks {
    private static let sizes = [("25k", 25_000), ("50k", 50_000), ("100k", 100_000)]

    static let all: [BenchTask] =
        sizes.map { neighbours("neighbour_impute_" + $0.0, $0.1) } + sizes.map { nearDuplicates("near_duplicates_" + $0.0, $0.1) }
        + sizes.map { spelling("spelling_" + $0.0, $0.1) }

    private static func rows(_ data: BenchData, _ count: Int) throws -> Frame {
        try data.table("houses_1m.csv").gathering((0..<Int32(count)).map { $0 })
    }

    /// Gaps in the size filled from the five most alike houses, by type, lot, bedrooms and year.
    private static func neighbours(_ name: String, _ count: Int) -> BenchTask {
        BenchTask(name: name) { data in
            let table = try rows(data, count).selecting(["sqft", "property_type", "lot_size", "bedrooms", "year_built"])
            let by = ["property_type", "lot_size", "bedrooms", "year_built"].map { Group(PreparationTasks.column($0)) }
            let step = ImputeStep(["sqft"], .nearest(neighbours: 5), by: by)
            return BenchWork({ try PreparationTasks.carriedOut(step, table, data.context) }) {
                [
                    BenchFigure("gaps", Double(table["sqft"]?.missingCount ?? 0)),
                    BenchFigure("mean_after", Sums.mean($0["sqft"]?.numbers() ?? [])),
                ]
            }
        }
    }

    /// Rows of which every tenth has the address of another with two letters changed places.
    private static func nearDuplicates(_ name: String, _ count: Int) -> BenchTask {
        BenchTask(name: name) { data in
            let table = try rows(data, count)
            let zips = try Groups(by: [table["zip"]].compactMap { $0 }, rowCount: count).groupOfRow
            var (words, places) = (addresses(table), zips.map { UInt64($0) })
            for row in stride(from: 9, to: count, by: 10) {
                words[row] = misspelled(words[row - 9])
                places[row] = places[row - 9]
            }
            let (standard, exact) = (words.map(StandardForms.standard), places)
            return BenchWork({
                try SpellingVariants(
                    standard: standard, counts: Array(repeating: 1, count: count), exact: exact, context: data.context)
            }) { [BenchFigure("found", Double($0.groups.reduce(0) { $0 + $1.variants.count })), BenchFigure("made", Double(count / 10))] }
        }
    }

    /// Different values, every tenth of them a rare misspelling of a frequent one.
    private static func spelling(_ name: String, _ count: Int) -> BenchTask {
        BenchTask(name: name) { data in
            var words = addresses(try rows(data, count))
            var counts = [Int](repeating: 20, count: count)
            for row in stride(from: 9, to: count, by: 10) {
                words[row] = misspelled(words[row - 9])
                counts[row] = 1
            }
            let (standard, often) = (words.map(StandardForms.standard), counts)
            return BenchWork({ try SpellingVariants(standard: standard, counts: often, context: data.context) }) {
                [BenchFigure("found", Double($0.groups.reduce(0) { $0 + $1.variants.count })), BenchFigure("made", Double(count / 10))]
            }
        }
    }

    private static func addresses(_ table: Frame) -> [String] {
        (0..<table.rowCount).map { table["address"]?[$0].plainText ?? "" }
    }

    /// Two letters in the middle in the wrong order.
    private static func misspelled(_ text: String) -> String {
        var letters = Array(text)
        let middle = letters.count / 2
        guard middle + 1 < letters.count else { return text }
        letters.swapAt(middle, middle + 1)
        return String(letters)
    }
}
