import RondoFrame
import RondoKernels
import Testing

@Suite struct PackedSourceTests {
    /// `printf 'a,b\n1,x\n2,y\n' | gzip -n`, and the same by zstd.
    private static let gzip: [UInt8] = [
        0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3,
    ]

    private func read(_ bytes: [UInt8], _ name: String = "t.csv.gz") throws -> ReadResult {
        try TableReaders.read(ByteSource(name: name, bytes: bytes), options: ReadOptions(), context: .quiet)
    }
}
