#if canImport(Glibc)
    import Glibc
#endif

/// Memory in pages of two megabytes, which are made ready many times faster than small ones.
package enum LargePages {
    private static let size: UInt = 1 << 21

    /// Asks for large pages where the memory, not yet written to, holds whole ones; where the system has none nothing changes.
    package static func advise<Element>(_ memory: UnsafeMutableBufferPointer<Element>) {
        #if os(Linux)
            let start = UInt(bitPattern: memory.baseAddress)
            let first = (start + size - 1) & ~(size - 1)
            let end = (start + UInt(memory.count * MemoryLayout<Element>.stride)) & ~(size - 1)
            guard memory.baseAddress != nil, end > first else { return }
            madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_HUGEPAGE)
        #endif
    }
}
