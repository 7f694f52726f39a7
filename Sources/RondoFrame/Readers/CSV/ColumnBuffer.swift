import RondoKernels

/// The array that a column will be, while the chunks fill it side by side.
final class SharedArray<Value: BitwiseCopyable>: @unchecked Sendable {
    // Chunks write to places of their own through `base`; the array is touched again only when all have ended. Its memory stays where it
    // is because nobody else holds it.
    private var array: [Value]
    let base: UnsafeMutablePointer<Value>?

    /// An array whose elements are not written yet.
    init(count: Int) {
        array = Array(large: count) { _ in }
        base = array.withUnsafeMutableBufferPointer { $0.baseAddress }
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

/// The values of one column of all chunks.
final class ColumnBuffer: Sendable {
    let integers: SharedArray<Int64>?
    let numbers: SharedArray<Double>?
    let days: SharedArray<Int32>?
    let truths: SharedArray<UInt8>?
    /// Texts, by the words of their chunk until those are joined.
    let codes: SharedArray<Int32>?

    init(kind: FieldKind, count: Int) {
        integers = kind == .integer || kind == .time ? SharedArray(count: count) : nil
        numbers = kind == .number ? SharedArray(count: count) : nil
        days = kind == .isoDate || kind == .numericDate ? SharedArray(count: count) : nil
        truths = kind == .truth ? SharedArray(count: count) : nil
        codes = kind == .text ? SharedArray(count: count) : nil
    }

    /// Where the values from a row on lie; nil for kinds that keep no values here.
    func values(from row: Int) -> UnsafeMutableRawPointer? {
        if let base = integers?.base { return UnsafeMutableRawPointer(base + row) }
        if let base = numbers?.base { return UnsafeMutableRawPointer(base + row) }
        if let base = days?.base { return UnsafeMutableRawPointer(base + row) }
        if let base = codes?.base { return UnsafeMutableRawPointer(base + row) }
        return truths?.base.map { UnsafeMutableRawPointer($0 + row) }
    }
}
