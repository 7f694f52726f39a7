import CSystemLibraries

/// Formats of packed files, told by their first bytes.
public enum PackedFormat: Sendable, Hashable {
    case gzip, zstandard

    /// The format of a file that begins so; nil when it is not packed.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        if bytes.count >= 3, bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[2] == 8 {
            self = .gzip
        } else if bytes.count >= 4, bytes[0] == 0x28, bytes[1] == 0xB5, bytes[2] == 0x2F, bytes[3] == 0xFD {
            self = .zstandard
        } else {
            return nil
        }
    }

    /// The name of the format.
    public var name: String { self == .gzip ? "gzip" : "zstd" }
}

/// What can go wrong while bytes are unpacked.
public enum UnpackingError: Error, Hashable, Sendable {
    /// The packed data ends in the middle, after so many bytes.
    case truncated(packed: Int)
    /// The data behind this packed byte cannot be unpacked.
    case damaged(packed: Int)
    /// More than this many bytes would come out.
    case tooLarge(limit: Int)
}

/// Memory that holds unpacked bytes, freed with the object.
public final class UnpackedBytes: @unchecked Sendable {
    // Written while it is made, only read afterwards.
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    public private(set) var count = 0
    /// Bytes of the packed file behind its packed data.
    public private(set) var rest = 0

    /// Unpacks all members of the file. zlib and libzstd check their checksums.
    ///
    /// - Parameter limit: most bytes that may come out.
    /// - Throws: `UnpackingError`, `SystemLibraryMissing`, `Interrupted`.
    public init(_ packed: UnsafeRawBufferPointer, format: PackedFormat, limit: Int, context: ComputeContext) throws {
        capacity = min(max(packed.count &* 4, 1 << 16), max(limit, 1 << 16)) + 1
        memory = .allocate(byteCount: capacity, alignment: 16)
        var code: Int32 = 0
        let kind = format == .gzip ? RONDO_PACKED_GZIP : RONDO_PACKED_ZSTANDARD
        guard let state = rondo_unpacking_new(Int32(kind), packed.bindMemory(to: UInt8.self).baseAddress, packed.count, &code) else {
            if code == RONDO_LIBRARY_MISSING { throw format == .gzip ? SystemLibraryMissing.gzip : SystemLibraryMissing.zstandard }
            throw UnpackingError.damaged(packed: 0)
        }
        defer { rondo_unpacking_free(state) }
        while true {
            try context.cancellation.check()
            if count == capacity { grow() }
            let room = min(capacity - count, 1 << 22)
            let target = (memory + count).assumingMemoryBound(to: UInt8.self)
            let written = rondo_unpacking_next(state, target, room)
            let done = rondo_unpacking_position(state)
            if written == RONDO_PACKED_TRUNCATED { throw UnpackingError.truncated(packed: packed.count) }
            if written < 0 { throw UnpackingError.damaged(packed: done) }
            if written == 0 { break }
            count += Int(written)
            if count > limit { throw UnpackingError.tooLarge(limit: limit) }
            context.progress(Progress(done: done, total: packed.count, label: "unpacking"))
        }
        rest = packed.count - rondo_unpacking_position(state)
    }

    deinit { memory.deallocate() }

    private func grow() {
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity * 2, alignment: 16)
        larger.copyMemory(from: memory, byteCount: count)
        memory.deallocate()
        memory = larger
        capacity *= 2
    }

    /// The bytes, valid as long as the object.
    public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory, count: count) }
}
