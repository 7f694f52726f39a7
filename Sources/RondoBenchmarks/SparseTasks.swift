import RondoFrame
import RondoKernels
import RondoRecipes

/// Thousands of columns that are nearly all zero: words of texts, one-hot of many levels; scaled and filled they stay sparse.
enum SparseTasks {
    static let all: [BenchTask] = [
        BenchTask(name: "words_5000_100k") { data in
            let table = try Frame([("text", texts(100_000, words: 5_000))])
            return work(table, EncodeWordsStep(["text"]), data.context)
        },
        BenchTask(name: "onehot_10k_1m") { data in
            let levels = Levels((0..<10_000).map { "level_\($0)" })
            var random = RandomStream(seed: 5, purpose: "bench/levels")
            let codes = (0..<1_000_000).map { _ in Int32(truncatingIfNeeded: random.next() % 10_000) }
            let table = try Frame([("level", Column(.category(codes, levels)))])
            return work(table, EncodeOneHotStep(["level"]), data.context)
        },
    ]

    private static func work(_ table: Frame, _ encode: some RecipeStep, _ context: ComputeContext) -> BenchWork {
        BenchWork({
            let encoded = try PreparationTasks.carriedOut(encode, table, context)
            let filled = try PreparationTasks.carriedOut(ImputeStep(encoded.names, .median), encoded, context)
            return try PreparationTasks.carriedOut(ScaleStep(filled.names, .standard), filled, context)
        }) { result in
            let sparse = result.columns.count { $0.isSparse }
            return [
                BenchFigure("columns", Double(result.columnCount)), BenchFigure("sparse", Double(sparse)),
                BenchFigure("anonymous_mb", BenchMemory.anonymous), BenchFigure("peak_mb", BenchMemory.peak),
            ]
        }
    }

    /// Texts of thirty words, frequent ones more often than rare ones.
    private static func texts(_ count: Int, words: Int) -> Column {
        var random = RandomStream(seed: 5, purpose: "bench/texts")
        return .text(
            (0..<count).map { _ in
                (0..<30).map { _ in
                    let share = random.uniform()
                    return "word\(Int(share * share * Double(words)))"
                }.joined(separator: " ")
            })
    }
}
