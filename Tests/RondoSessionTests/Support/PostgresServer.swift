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

    /// Runs a program of PostgreSQL to its end, as a user without rights where the test has all of them. What it says goes to a file: a
    /// server that it starts keeps what it is given open, and a pipe would never end.
    private func run(_ program: String, _ arguments: [String]) throws {
        let isRoot = geteuid() == 0
        let identity = "\(Self.unprivileged)"
        let change = isRoot ? ["/usr/bin/setpriv", "--reuid=\(identity)", "--regid=\(identity)", "--clear-groups"] : []
        let words = change + [programs + "/" + program] + arguments
        let log = folder + "/out"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var id: pid_t = 0
        try #require(posix_spawn(&id, words[0], &actions, nil, &pointers, environ) == 0, "\(program) cannot be started")
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        try #require(status == 0, "\(program): \(said.suffix(400))")
    }
}
