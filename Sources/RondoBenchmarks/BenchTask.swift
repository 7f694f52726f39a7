/// A figure that is printed beside the times.
struct BenchFigure {
    let name: String
    let value: Double

    init(_ name: String, _ value: Double) {
        self.name = name
        self.value = value
    }
}

/// Work whose input is loaded: what is timed, and how good its last result is.
struct BenchWork {
    let run: () throws -> Void
    let quality: () throws -> [BenchFigure]

    /// - Parameters:
    ///   - run: the timed work; its result is kept for `quality`.
    ///   - quality: figures of the last result.
    init<Result>(_ run: @escaping () throws -> Result, quality: @escaping (Result) throws -> [BenchFigure]) {
        let last = Last<Result>()
        self.run = {
            // The old result goes before the new one is made, so that two never weigh on the memory.
            last.value = nil
            last.value = try run()
        }
        self.quality = { try last.value.map(quality) ?? [] }
    }

    private final class Last<Value> {
        var value: Value?
    }
}

/// A task by the name that the harness beside the peers gives it.
struct BenchTask: Sendable {
    let name: String
    /// Loads the input; outside the clock.
    let prepare: @Sendable (BenchData) throws -> BenchWork
}

/// The registry of tasks: one line each, in the file of their kind.
enum BenchTasks {
    static let all: [BenchTask] =
        TableTasks.all + PreparationTasks.all + LookTasks.all + NearTasks.all + SparseTasks.all
        + HouseTasks.all + HiggsTasks.all + BoostingTasks.all
        + GroupingTasks.all + NeighbourTasks.all

    static func named(_ name: String) -> BenchTask? { all.first { $0.name == name } }
}
