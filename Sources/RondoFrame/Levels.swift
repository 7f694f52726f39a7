import Synchronization

/// The distinct words of a text or category column, shared by all columns cut from it; a word is named by its index.
public final class Levels: Sendable {
    public let count: Int
    // Written once, under the lock, before `isMade` is raised.
    private nonisolated(unsafe) var made: [String]
    private let isMade: Atomic<Bool>
    private let making = Mutex<Void>(())
    private let packed: PackedWords

    public init(_ words: [String]) {
        count = words.count
        made = words
        isMade = Atomic(true)
        packed = PackedWords()
    }

    /// Words as a reader found them; they become strings when somebody asks for them.
    init(_ packed: PackedWords) {
        count = packed.count
        made = []
        isMade = Atomic(false)
        self.packed = packed
    }

    public var words: [String] {
        if isMade.load(ordering: .acquiring) { return made }
        return making.withLock { _ in
            if !isMade.load(ordering: .relaxed) {
                made = packed.strings()
                isMade.store(true, ordering: .releasing)
            }
            return made
        }
    }

    /// Index of each word.
    public func index() -> [String: Int32] {
        let words = words
        var result: [String: Int32] = [:]
        result.reserveCapacity(words.count)
        for (position, word) in words.enumerated() where result[word] == nil { result[word] = Int32(position) }
        return result
    }
}

/// Words as UTF-8 bytes, one behind the other: a million of them are two arrays instead of a million strings.
struct PackedWords: Sendable {
    var bytes: [UInt8] = []
    /// Where each word ends, ascending, the last one at the end of the bytes.
    var ends: [Int] = []

    var count: Int { ends.count }

    func strings() -> [String] {
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            return ends.map { end in
                defer { start = end }
                return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
            }
        }
    }
}
