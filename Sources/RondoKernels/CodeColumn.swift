/// The codes of one column, in any layout.
public struct CodeColumn {
    /// The code of the first row.
    public let start: UnsafePointer<UInt8>
    /// Bytes from row to row: 1 where a column lies by itself, more where codes of a row lie side by side.
    public let stride: Int

    @inlinable
    public init(_ start: UnsafePointer<UInt8>, stride: Int = 1) {
        self.start = start
        self.stride = stride
    }

    /// The code of a row.
    @inlinable
    public subscript(row: Int32) -> UInt8 { start[Int(row) &* stride] }
}
