package import RondoFrame
package import RondoKernels

/// Everything outside the session, as closures: clock, files, releases. Tests and replay bring their own.
package struct World: Sendable {
    /// Microseconds since 1970-01-01 UTC.
    package var now: @Sendable () -> Int64
    /// Seconds on a clock that only goes forward.
    package var elapsed: @Sendable () -> Double
    package var environment: [String: String]
    /// The folder that relative paths start from, for the way from one folder to another.
    package var workingFolder = ""
    package var files: FileAccess
    package var releases: ReleaseStore
    /// Starts a server for releases; absent where serving is not built in.
    package var server: ServerSeam?
    /// Readers of formats beside those of `TableReaders`: databases.
    package var readers: [any TableReader.Type] = []
    /// Fetches a file of the web that is written out in a cell.
    package var fetch: @Sendable (_ address: String, _ cancellation: CancellationToken) throws -> FileContent = WebAccess.fetch
    /// Bytes of memory that can be had; nil where nobody knows.
    package var availableMemory: @Sendable () -> Int? = { nil }
    package var threads: ThreadCount
    package var cancellation: CancellationToken
    package var progress: @Sendable (Progress) -> Void

    package init(
        now: @escaping @Sendable () -> Int64, elapsed: @escaping @Sendable () -> Double, environment: [String: String], files: FileAccess,
        releases: ReleaseStore, server: ServerSeam? = nil, threads: ThreadCount = .one,
        cancellation: CancellationToken = CancellationToken(),
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
        self.now = now
        self.elapsed = elapsed
        self.environment = environment
        self.files = files
        self.releases = releases
        self.server = server
        self.threads = threads
        self.cancellation = cancellation
        self.progress = progress
    }

    package var compute: ComputeContext { ComputeContext(threads: threads, cancellation: cancellation, progress: progress) }
}

/// Where a server would be started from; the host is wired in by the program.
package struct ServerSeam: Sendable {
    /// Starts answering for the releases of these names on a port; returns what to say.
    package var start: @Sendable (_ releases: [String], _ port: Int) throws -> String
    package var stop: @Sendable () throws -> String

    package init(start: @escaping @Sendable ([String], Int) throws -> String, stop: @escaping @Sendable () throws -> String) {
        self.start = start
        self.stop = stop
    }
}
