import Foundation
import Testing

/// The program as built beside these tests.
enum BuiltProgram {
    /// Path of `rondo`: the folder that the running test executable lies in.
    static let path: String = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let own = count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : CommandLine.arguments[0]
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("rondo").path
    }()

    /// What one run left behind.
    struct Outcome {
        let code: Int32
        let output: String
        let errors: String

        /// Each line of standard output as a JSON object.
        func objects() throws -> [[String: Any]] {
            try output.split(separator: "\n").map { line in
                try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "no JSON object: \(line)")
            }
        }
    }

    /// Runs to the end, with text as standard input.
    static func run(
        _ arguments: [String], input: String = "", in folder: TestFolder, environment: [String: String] = [:]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder.location
        process.environment = Self.environment(folder, environment)
        let streams = try TestFolder()
        try streams.write("input", input)
        try streams.write("output", "")
        try streams.write("errors", "")
        process.standardInput = try FileHandle(forReadingFrom: streams.location.appendingPathComponent("input"))
        process.standardOutput = try FileHandle(forWritingTo: streams.location.appendingPathComponent("output"))
        process.standardError = try FileHandle(forWritingTo: streams.location.appendingPathComponent("errors"))
        try process.run()
        process.waitUntilExit()
        let code = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return Outcome(code: code, output: try streams.read("output"), errors: try streams.read("errors"))
    }

    /// An environment of its own: home, configuration and history lie in the folder.
    static func environment(_ folder: TestFolder, _ more: [String: String] = [:]) -> [String: String] {
        let home = folder.location.path
        let own = [
            "HOME": home, "XDG_STATE_HOME": home + "/state", "XDG_CONFIG_HOME": home + "/config", "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
        ]
        return own.merging(more) { $1 }.filter { !$0.value.isEmpty }
    }
}

/// A folder that goes when the test has ended.
final class TestFolder {
    let location: URL

    init() throws {
        location = FileManager.default.temporaryDirectory.appendingPathComponent("rondo-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: location, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: location) }

    func write(_ name: String, _ text: String) throws {
        let file = location.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: location.appendingPathComponent(name)), as: UTF8.self)
    }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: location.appendingPathComponent(name).path) }

    /// Names in a subfolder, sorted.
    func list(_ name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: location.appendingPathComponent(name).path).sorted()
    }

    /// A table of made-up homes: `id`, `kind` of three, `area` with gaps, `price`, about 1000 an area.
    func writeHomes(rows: Int = 300) throws {
        var text = "id,kind,area,price\n"
        for row in 0..<rows {
            let area = 60 + (row * 37) % 101
            let price = 1000 * area + (row * 7919) % 5003
            text += "\(row),\(["flat", "house", "loft"][row % 3]),\(row % 17 == 0 ? "" : String(area)),\(price)\n"
        }
        try write("homes.csv", text)
    }
}
