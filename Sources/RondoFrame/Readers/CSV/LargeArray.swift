#if canImport(Glibc)
    import Glibc
#endif

/// How memory of many megabytes is made ready: page by page it takes many times longer.
enum LargePages {
    private static let (small, large) = (1 << 12, 1 << 21)

    /// Makes bytes of a mapped file ready together; where the system cannot nothing changes.
    static func makeReady(_ start: UnsafePointer<UInt8>, _ count: Int) {
        #if os(Linux)
            let first = UInt(bitPattern: start) & ~UInt(small - 1)
            let end = UInt(bitPattern: start) + UInt(max(count, 0))
            madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), 22)
        #endif
    }

    /// What an allocation has before its first element, and what it needs behind the last one.
    private static let overhead = 64

    /// Elements for which memory is to be asked for: whole large pages where there would be many small ones.
    ///
    /// The system gives large pages from the first byte on when it is asked for whole ones.
    static func capacity(_ count: Int, stride: Int) -> Int {
        let size = count * stride + overhead
        guard size >= large / 4 * 3 else { return count }
        return max(count, ((size + large - 1) / large * large - overhead) / stride)
    }

    /// Asks for large pages, where most of one is used; where the system has none nothing changes.
    static func advise(_ start: UnsafeMutableRawPointer?, _ count: Int) {
        #if os(Linux)
            guard let start, count >= large / 4 * 3 else { return }
            let first = (UInt(bitPattern: start) - UInt(overhead - 16) + UInt(large) - 1) & ~UInt(large - 1)
            let end = (UInt(bitPattern: start) + UInt(count) + UInt(large / 4)) & ~UInt(large - 1)
            guard end > first else { return }
            madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), 14)
        #endif
    }
}

extension Array where Element: BitwiseCopyable {
    /// An array in large pages whose elements `fill` writes, every one of them.
    init(large count: Int, _ fill: (UnsafeMutableBufferPointer<Element>) throws -> Void) rethrows {
        let capacity = LargePages.capacity(count, stride: MemoryLayout<Element>.stride)
        try self.init(unsafeUninitializedCapacity: capacity) { buffer, initialized in
            LargePages.advise(UnsafeMutableRawPointer(buffer.baseAddress), count * MemoryLayout<Element>.stride)
            try fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            initialized = count
        }
    }

    /// An array in large pages whose elements are all the same.
    init(large count: Int, repeating value: Element) { self.init(large: count) { $0.initialize(repeating: value) } }
}
