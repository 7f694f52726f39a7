@preconcurrency import Glibc
package import RondoKernels

extension World {
    /// The world as it is: the system's clock, the disk, as many threads as `RONDO_THREADS` says.
    package static func disk(
        environment: [String: String], releases: ReleaseStore, progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) -> World {
        var world = World(
            now: { SystemClock.microseconds(CLOCK_REALTIME) }, elapsed: { Double(SystemClock.microseconds(CLOCK_MONOTONIC)) / 1_000_000 },
            environment: environment, files: DiskFiles.access, releases: releases, threads: .fromEnvironment(environment),
            progress: progress)
        world.workingFolder = ProcessStart.folder
        world.availableMemory = { SystemMemory.available }
        return world
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

/// Folders of a person by the XDG rules.
package enum PersonalFolder: Sendable {
    case configuration, state

    fileprivate var variable: String { self == .state ? "XDG_STATE_HOME" : "XDG_CONFIG_HOME" }
    fileprivate var usual: String { self == .state ? ".local/state" : ".config" }
}

extension World {
    /// Rondo's own folder among them: below what the variable says, else below the home folder; nil without a home.
    package func folder(_ folder: PersonalFolder) -> String? {
        if let named = environment[folder.variable], named.hasPrefix("/") { return named + "/rondo" }
        return environment["HOME"].flatMap { $0.hasPrefix("/") ? "\($0)/\(folder.usual)/rondo" : nil }
    }
}

extension FileAccess {
    /// The text of a file; throws R0630 when it is none.
    package func text(_ path: String) throws -> String {
        if let text = try read(path).text { return text }
        throw Fault("R0630", "\(path) is no text in UTF-8", remedy: "name a session file, or a page that report wrote", subject: path)
    }
}

/// What a process was started with.
package enum ProcessStart {
    /// The variables of the environment.
    package static var environment: [String: String] {
        var result: [String: String] = [:]
        var entry = environ
        while let pointer = entry.pointee {
            let text = String(cString: pointer)
            if let equals = text.firstIndex(of: "="), result[String(text[..<equals])] == nil {
                result[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            entry += 1
        }
        return result
    }

    /// The number of the process.
    package static var number: Int32 { getpid() }

    /// The working folder.
    package static var folder: String {
        guard let folder = getcwd(nil, 0) else { return "." }
        defer { free(folder) }
        return String(cString: folder)
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
