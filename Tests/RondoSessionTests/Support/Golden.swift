import Foundation
import Testing

/// Compares a text with a recorded one; `RONDO_RECORD=1` records, and fails the run so that recording is never mistaken for testing.
enum Golden {
    static func check(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Goldens/\(name)")
        if ProcessInfo.processInfo.environment["RONDO_RECORD"] == "1" {
            do {
                try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
                Issue.record("recorded \(name)", sourceLocation: sourceLocation)
            } catch {
                Issue.record("cannot record \(name): \(error)", sourceLocation: sourceLocation)
            }
            return
        }
        guard let data = FileManager.default.contents(atPath: file.path(percentEncoded: false)) else {
            Issue.record("no golden \(name): record it with RONDO_RECORD=1", sourceLocation: sourceLocation)
            return
        }
        let recorded = String(decoding: data, as: UTF8.self)
        if recorded == text { return }
        let pairs = zip(
            recorded.split(separator: "\n", omittingEmptySubsequences: false), text.split(separator: "\n", omittingEmptySubsequences: false)
        )
        let difference = pairs.enumerated().first { $0.element.0 != $0.element.1 }
        let place = difference.map { "line \($0.offset + 1)\n- \($0.element.0)\n+ \($0.element.1)" } ?? "the length"
        Issue.record("\(name) differs at \(place)", sourceLocation: sourceLocation)
    }
}
