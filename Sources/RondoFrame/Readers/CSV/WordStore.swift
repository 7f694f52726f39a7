import Synchronization

/// Memory in large pieces for the words that chunks have found; freed with the object.
final class WordStore: @unchecked Sendable {
    // All are used under the lock only.
    private var blocks: [UnsafeMutablePointer<ByteDictionary.Entry>] = []
    private var free: UnsafeMutablePointer<ByteDictionary.Entry>?
    private var left = 0
    private let blockSize: Int
    private let lock = Mutex<Void>(())

    private static let (smallest, largest) = (1 << 14, 1 << 23)

    /// A store for the words of a text of so many bytes.
    init(bytes: Int) {
        blockSize = min(max(bytes / 16, WordStore.smallest), WordStore.largest) / MemoryLayout<ByteDictionary.Entry>.stride
    }

    deinit { for block in blocks { block.deallocate() } }

    /// A copy that lives as long as the store.
    func copy(_ words: UnsafePointer<ByteDictionary.Entry>, _ count: Int) -> UnsafeMutablePointer<ByteDictionary.Entry> {
        let target = taken(count)
        target.initialize(from: words, count: count)
        return target
    }

    private func taken(_ count: Int) -> UnsafeMutablePointer<ByteDictionary.Entry> {
        lock.withLock { _ in
            if let free, left >= count {
                self.free = free + count
                left -= count
                return free
            }
            let stride = MemoryLayout<ByteDictionary.Entry>.stride
            let size = LargePages.capacity(max(blockSize, count), stride: stride)
            let block = UnsafeMutablePointer<ByteDictionary.Entry>.allocate(capacity: size)
            LargePages.advise(UnsafeMutableRawPointer(block), size * stride)
            blocks.append(block)
            // The greater rest is kept.
            if size - count > left { (free, left) = (block + count, size - count) }
            return block
        }
    }
}

/// What reading a chunk needs beside its results, used for one chunk after the other.
final class ChunkScratch {
    var window = FieldWindow()
    /// By column; nil for columns that are no texts.
    var dictionaries: [ByteDictionary?]

    init(_ kinds: [FieldKind]) { dictionaries = kinds.map { $0 == .text ? ByteDictionary() : nil } }

    deinit {
        window.deallocate()
        for dictionary in dictionaries { dictionary?.deallocate() }
    }
}

/// The scratch memory of all threads that read chunks.
final class ScratchPool: @unchecked Sendable {
    // Used under the lock only.
    private var unused: [ChunkScratch] = []
    private let kinds: [FieldKind]
    private let lock = Mutex<Void>(())

    init(_ kinds: [FieldKind]) { self.kinds = kinds }

    /// Lends scratch memory for a chunk.
    func with<Result>(_ body: (ChunkScratch) throws -> Result) rethrows -> Result {
        nonisolated(unsafe) var scratch: ChunkScratch?
        lock.withLock { _ in scratch = unused.popLast() }
        let mine = scratch ?? ChunkScratch(kinds)
        defer {
            nonisolated(unsafe) let mine = mine
            lock.withLock { _ in unused.append(mine) }
        }
        return try body(mine)
    }
}
