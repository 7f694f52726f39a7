import Foundation

/// Compares a text with a recorded one in the folder `Goldens` beside the test.
///
/// `RONDO_RECORD=1` records, and still tells a difference, so that recording is never mistaken for testing.
package enum Golden {
    /// What differs, in words; nil when the text is the recorded one.
    package static func difference(_ text: String, _ name: String, testFile: String = #filePath) -> String? {
        let file = URL(filePath: testFile).deletingLastPathComponent().appending(path: "Goldens/\(name)")
        if ProcessInfo.processInfo.environment["RONDO_RECORD"] == "1" {
            do {
                try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
                return "recorded \(name)"
            } catch {
                return "cannot record \(name): \(error)"
            }
        }
        guard let data = FileManager.default.contents(atPath: file.path(percentEncoded: false)) else {
            return "no golden \(name): record it with RONDO_RECORD=1"
        }
        let recorded = String(decoding: data, as: UTF8.self)
        if recorded == text { return nil }
        let pairs = zip(
            recorded.split(separator: "\n", omittingEmptySubsequences: false), text.split(separator: "\n", omittingEmptySubsequences: false)
        )
        let difference = pairs.enumerated().first { $0.element.0 != $0.element.1 }
        let place = difference.map { "line \($0.offset + 1)\n- \($0.element.0)\n+ \($0.element.1)" } ?? "the length"
        return "\(name) differs at \(place)"
    }
}
