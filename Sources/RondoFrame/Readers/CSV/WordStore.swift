import RondoKernels
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
            LargePages.advise(UnsafeMutableBufferPointer(start: block, count: size))
            blocks.append(block)
            // The greater rest is kept.
            if size - count > left { (free, left) = (block + count, size - count) }
            return block
        }
    }
}
