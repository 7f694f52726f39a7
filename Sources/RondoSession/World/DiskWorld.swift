import Glibc
package import RondoKernels

extension World {
    /// The world as it is: the system's clock, the disk, as many threads as `RONDO_THREADS` says.
    package static func disk(
        environment: [String: String], releases: ReleaseStore, progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) -> World {
        World(
            now: { SystemClock.microseconds(CLOCK_REALTIME) }, elapsed: { Double(SystemClock.microseconds(CLOCK_MONOTONIC)) / 1_000_000 },
            environment: environment, files: DiskFiles.access, releases: releases, threads: .fromEnvironment(environment), progress: progress)
    }

    /// The same world for a try: files and releases are read through, and what is written stays in memory.
    package static func scratch(over world: World) -> World {
        var scratch = world
        scratch.files = MemoryFiles(over: world.files).access
        scratch.releases = MemoryReleases(over: world.releases).store
        scratch.server = nil
        return scratch
    }
}

/// Clocks of the system.
private enum SystemClock {
    static func microseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) &* 1_000_000 &+ Int64(time.tv_nsec) / 1000
    }
}
