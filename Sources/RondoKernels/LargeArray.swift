extension Array where Element: BitwiseCopyable {
    /// An array in large pages whose elements `fill` writes, every one of them.
    @inlinable
    public init(large count: Int, _ fill: (UnsafeMutableBufferPointer<Element>) throws -> Void) rethrows {
        let capacity = LargePages.capacity(count, stride: MemoryLayout<Element>.stride)
        try self.init(unsafeUninitializedCapacity: capacity) { buffer, initialized in
            let elements = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
            LargePages.advise(elements)
            try fill(elements)
            initialized = count
        }
    }

    /// An array in large pages whose elements are all the same.
    @inlinable
    public init(large count: Int, repeating value: Element) { self.init(large: count) { $0.initialize(repeating: value) } }
}
