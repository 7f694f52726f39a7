import Foundation
import RondoFrame
import RondoKernels

/// The data folder beside the checkout, read only by tests.
enum SharedData {
    static let folder: URL = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { url.deleteLastPathComponent() }
        return url.appendingPathComponent("shared/data")
    }()

    /// Whether the data folder is there; tests on it are skipped where it is not.
    static let isPresent = FileManager.default.fileExists(atPath: folder.appendingPathComponent("iris.csv").path)

    static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appendingPathComponent(path))) }

    /// A table of the folder, read as CSV on two threads.
    static func table(_ path: String, options: ReadOptions = ReadOptions()) throws -> ReadResult {
        try CSVReader.read(
            ByteSource(name: path, bytes: try bytes(path)), options: options, context: ComputeContext(threads: ThreadCount(2)))
    }
}

/// Reads text as CSV on one thread.
func csv(_ text: String, _ options: ReadOptions = ReadOptions()) throws -> ReadResult {
    try CSVReader.read(ByteSource(name: "t.csv", text: text), options: options, context: .quiet)
}

/// The values of a column in plain text, `-` for missing.
func plain(_ column: Column?) -> [String] {
    guard let column else { return [] }
    return (0..<column.count).map { column[$0].isMissing ? "-" : column[$0].plainText }
}
