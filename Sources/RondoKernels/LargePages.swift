#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How memory of many megabytes is made ready: in pages of four kilobytes it takes many times longer than in pages of two megabytes.
public enum LargePages {
    private static let (small, large) = (1 << 12, 1 << 21)
    /// What an allocation has before its first element, and what it needs behind the last one.
    private static let overhead = 64

    /// Bytes of 0 from the system itself: none of them takes memory before it is written to, and all go back with `unmap`. Nil where there
    /// are none to be had.
    package static func map(_ count: Int) -> UnsafeMutableRawBufferPointer? {
        let start = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
        // The system says -1 when it has none.
        guard let start, Int(bitPattern: start) != -1 else { return nil }
        return UnsafeMutableRawBufferPointer(start: start, count: count)
    }

    /// Gives back what `map` gave.
    package static func unmap(_ bytes: UnsafeMutableRawBufferPointer) {
        if let start = bytes.baseAddress { munmap(start, bytes.count) }
    }

    /// Makes bytes of a mapped file ready together; where the system cannot nothing changes.
    package static func makeReady(_ start: UnsafePointer<UInt8>, _ count: Int) {
        #if os(Linux)
            let first = UInt(bitPattern: start) & ~UInt(small - 1)
            let end = UInt(bitPattern: start) + UInt(max(count, 0))
            madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_POPULATE_READ)
        #endif
    }

    /// Elements for which memory is to be asked for: whole large pages where there would be many small ones.
    ///
    /// The system gives large pages where an allocation covers them whole; the first one comes in small pages, as what stands before the
    /// elements is written before the advice.
    public static func capacity(_ count: Int, stride: Int) -> Int {
        let size = count * stride + overhead
        guard size >= large / 4 * 3 else { return count }
        return max(count, ((size + large - 1) / large * large - overhead) / stride)
    }

    /// Asks for large pages where most of one is used; where the system has none nothing changes.
    /// - Parameter memory: the beginning of an allocation, not yet written to.
    public static func advise<Element>(_ memory: UnsafeMutableBufferPointer<Element>) {
        advise(UnsafeMutableRawPointer(memory.baseAddress), memory.count * MemoryLayout<Element>.stride)
    }

    private static func advise(_ start: UnsafeMutableRawPointer?, _ count: Int) {
        #if os(Linux)
            guard let start, count >= large / 4 * 3 else { return }
            let first = (UInt(bitPattern: start) - UInt(overhead - 16) + UInt(large) - 1) & ~UInt(large - 1)
            let end = (UInt(bitPattern: start) + UInt(count) + UInt(large / 4)) & ~UInt(large - 1)
            guard end > first else { return }
            madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_HUGEPAGE)
        #endif
    }
}
