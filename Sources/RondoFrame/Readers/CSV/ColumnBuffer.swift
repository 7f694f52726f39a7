#if canImport(Glibc)
    import Glibc
#endif

/// The array that a column will be, while the chunks fill it side by side.
final class SharedArray<Value: BitwiseCopyable>: @unchecked Sendable {
    // Chunks write to places of their own through `base`; the array is touched again only when all have ended. Its memory stays where it
    // is because nobody else holds it.
    private var array: [Value]
    let base: UnsafeMutablePointer<Value>?

    /// An array whose elements are not written yet.
    init(count: Int) {
        array = [Value](unsafeUninitializedCapacity: count) { _, initialized in initialized = count }
        base = array.withUnsafeMutableBufferPointer { $0.baseAddress }
        SharedMemory.adviseLargePages(UnsafeMutableRawPointer(base), count * MemoryLayout<Value>.stride)
    }

    /// The pieces of the array that were written, moved together; the buffer is empty afterwards.
    func taken(_ pieces: [(start: Int, count: Int)]) -> [Value] {
        var total = 0
        for piece in pieces {
            if piece.start != total, piece.count > 0, let base {
                (base + total).update(from: base + piece.start, count: piece.count)
            }
            total += piece.count
        }
        var result: [Value] = []
        swap(&result, &array)
        result.removeLast(result.count - total)
        return result
    }
}

enum SharedMemory {
    private static let page = 1 << 21

    /// Asks for large pages, which are made ready many times faster; where the system has none nothing changes.
    static func adviseLargePages(_ start: UnsafeMutableRawPointer?, _ count: Int) {
        #if os(Linux)
            guard let start, count >= 2 * page else { return }
            let first = (UInt(bitPattern: start) + UInt(page) - 1) & ~UInt(page - 1)
            let end = (UInt(bitPattern: start) + UInt(count)) & ~UInt(page - 1)
            guard end > first else { return }
            madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), 14)
        #endif
    }
}

/// The values of one column of all chunks; texts stay with their chunks until their words are joined.
final class ColumnBuffer: Sendable {
    let integers: SharedArray<Int64>?
    let numbers: SharedArray<Double>?
    let days: SharedArray<Int32>?
    let truths: SharedArray<UInt8>?
    /// Gaps of an integer column.
    let gaps: SharedArray<Bool>?

    init(kind: FieldKind, count: Int) {
        let isWhole = kind == .integer
        integers = isWhole || kind == .time ? SharedArray(count: count) : nil
        numbers = kind == .number ? SharedArray(count: count) : nil
        days = kind == .isoDate || kind == .numericDate ? SharedArray(count: count) : nil
        truths = kind == .truth ? SharedArray(count: count) : nil
        gaps = isWhole ? SharedArray(count: count) : nil
    }

    /// Where the values from a row on lie; nil for kinds that keep no values here.
    func values(from row: Int) -> UnsafeMutableRawPointer? {
        if let base = integers?.base { return UnsafeMutableRawPointer(base + row) }
        if let base = numbers?.base { return UnsafeMutableRawPointer(base + row) }
        if let base = days?.base { return UnsafeMutableRawPointer(base + row) }
        return truths?.base.map { UnsafeMutableRawPointer($0 + row) }
    }
}
