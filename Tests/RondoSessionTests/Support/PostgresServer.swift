import Foundation
import Testing

/// A PostgreSQL server of the test's own: a new cluster in a temporary folder, reached through a socket there, ended by its process id.
final class PostgresServer {
    /// Where the programs are; nil when they are not installed.
    static let programs: String? = {
        let base = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        let folders = versions.sorted { $0.compare($1, options: .numeric) == .orderedDescending }.map { "\(base)/\($0)/bin" }
        return folders.first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
    }()

    /// Tests with a server run where one is installed; under CI they run in any case, and fail without.
    static var isWanted: Bool { programs != nil || ProcessInfo.processInfo.environment["CI"] != nil }

    let folder: String
    private let programs: String
    private static let unprivileged: uid_t = 65534

    init() throws {
        programs = try #require(Self.programs, "no PostgreSQL server is installed: sh .ci/setup brings it")
        var template = Array((NSTemporaryDirectory() + "/rondo-postgres.XXXXXX").utf8CString)
        folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        if geteuid() == 0 { chown(folder, Self.unprivileged, Self.unprivileged) }
        let data = folder + "/data"
        try run("initdb", ["-D", data, "-U", "rondo", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
        let options = "-k \(folder) -c listen_addresses='' -c fsync=off -c max_connections=10 -c shared_buffers=16MB"
        try run("pg_ctl", ["-D", data, "-w", "-t", "60", "-l", folder + "/log", "-o", options, "start"])
    }

    deinit {
        // The first line of the file is the process id of the server.
        if let text = try? String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8),
            let id = text.split(separator: "\n").first.flatMap({ Int32($0) }), id > 1
        {
            kill(id, SIGQUIT)
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The connection text of a database.
    func connection(_ database: String = "postgres") -> String { "host=\(folder) user=rondo dbname=\(database)" }

    /// Runs a file of SQL, from a copy that the server's user may read.
    func execute(file: String) throws {
        let copy = folder + "/script.sql"
        try Data(contentsOf: URL(fileURLWithPath: file)).write(to: URL(fileURLWithPath: copy))
        try run("psql", ["-h", folder, "-U", "rondo", "-d", "postgres", "-q", "-v", "ON_ERROR_STOP=1", "-f", copy])
    }

    func execute(_ sql: String) throws {
        try run("psql", ["-h", folder, "-U", "rondo", "-d", "postgres", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql])
    }

    /// Runs a program of PostgreSQL, as a user without rights where the test has all of them.
    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        let path = programs + "/" + program
        if geteuid() == 0 {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
            process.arguments = ["--reuid=\(Self.unprivileged)", "--regid=\(Self.unprivileged)", "--clear-groups", path] + arguments
        } else {
            process.executableURL = URL(fileURLWithPath: path)
            process.arguments = arguments
        }
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        // A server keeps what it is given open: a pipe would never end.
        let log = folder + "/out"
        FileManager.default.createFile(atPath: log, contents: nil)
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        try #require(process.terminationStatus == 0, "\(program): \(said.suffix(400))")
    }
}
