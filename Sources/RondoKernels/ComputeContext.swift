/// How far a piece of work has come.
public struct Progress: Hashable, Sendable {
    /// Units of work that are done, from 0 to `total`.
    public var done: Int
    /// Units of work there are.
    public var total: Int
    /// What is being done, for people.
    public var label: String

    /// Progress of `done` units of `total`.
    public init(done: Int, total: Int, label: String) {
        self.done = done
        self.total = total
        self.label = label
    }
}

/// What long computations need from outside: how many threads, when to stop, whom to tell.
public struct ComputeContext: Sendable {
    /// How many threads may work at once; never changes a number.
    public var threads: ThreadCount
    /// Asks the work to stop.
    public var cancellation: CancellationToken
    /// Hears how far the work has come; may be called from any thread.
    public var progress: @Sendable (Progress) -> Void
    /// Threads that stay ready from loop to loop; nil for those of the system.
    private(set) var team: WorkTeam?

    /// A context; without arguments that of `quiet`.
    public init(
        threads: ThreadCount = .one, cancellation: CancellationToken = CancellationToken(),
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
        self.threads = threads
        self.cancellation = cancellation
        self.progress = progress
    }

    /// One thread, nobody to stop it, nobody who listens.
    public static var quiet: ComputeContext { ComputeContext() }

    /// The same context with another number of threads.
    public func with(threads: ThreadCount) -> ComputeContext {
        var copy = self
        copy.threads = threads
        return copy
    }

    /// The same context for many short loops, with threads of its own that stay ready as long as it lives.
    public func withTeam() -> ComputeContext {
        var copy = self
        copy.team = team ?? WorkTeam(threads: threads)
        return copy
    }
}
