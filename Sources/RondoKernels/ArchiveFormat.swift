/// The binary form of an archive: names in order, every length stated and checked on reading, identical bytes for identical content.
///
///     archive = count:u32 { name:text tag:u8 length:u64 elements }
///     text    = length:u32 UTF-8
///
/// Integers and numbers are little-endian. Archives inside archives are nested at most 32 deep.
extension Archive {
    /// The archive as bytes.
    public func encoded() -> [UInt8] {
        var writer = ArchiveWriter()
        writer.archive(self)
        return writer.bytes
    }

    /// Reads an archive back; throws `Fault` R0591 for bytes that are not one, cut off, or followed by others.
    public init(decoding bytes: UnsafeRawBufferPointer) throws {
        var reader = ArchiveReader(bytes)
        self = try reader.archive(depth: 0)
        guard reader.isAtEnd else { throw ArchiveReader.damaged(at: reader.position) }
    }
}

private struct ArchiveWriter {
    var bytes: [UInt8] = []

    mutating func archive(_ archive: Archive) {
        integer(UInt32(truncatingIfNeeded: archive.values.count))
        for name in archive.values.keys.sorted() {
            guard let value = archive.values[name] else { continue }
            text(name)
            self.value(value)
        }
    }

    private mutating func value(_ value: Archive.Value) {
        switch value {
        case .numbers(let array):
            header(1, array.count)
            for element in array { integer(element.bitPattern) }
        case .integers(let array):
            header(2, array.count)
            for element in array { integer(UInt64(bitPattern: element)) }
        case .codes(let array):
            header(3, array.count)
            for element in array { integer(UInt32(bitPattern: element)) }
        case .bytes(let array):
            header(4, array.count)
            bytes += array
        case .words(let array):
            header(5, array.count)
            for element in array { text(element) }
        case .archives(let array):
            header(6, array.count)
            for element in array { archive(element) }
        }
    }

    private mutating func header(_ tag: UInt8, _ count: Int) {
        bytes.append(tag)
        integer(UInt64(count))
    }

    private mutating func text(_ text: String) {
        let utf8 = Array(text.utf8)
        integer(UInt32(truncatingIfNeeded: utf8.count))
        bytes += utf8
    }

    private mutating func integer<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

private struct ArchiveReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    static func damaged(at position: Int) -> Fault {
        Fault("R0591", "the saved data is damaged at byte \(position)", remedy: "take another copy, or deploy or save it again")
    }

    mutating func archive(depth: Int) throws -> Archive {
        guard depth < 32 else { throw ArchiveReader.damaged(at: position) }
        var values: [String: Archive.Value] = [:]
        for _ in 0..<(try integer(UInt32.self)) {
            let name = try text()
            guard values.updateValue(try value(depth: depth), forKey: name) == nil else { throw ArchiveReader.damaged(at: position) }
        }
        return Archive(values)
    }

    private mutating func value(depth: Int) throws -> Archive.Value {
        let tag = try integer(UInt8.self)
        let declared = try integer(UInt64.self)
        // Every element takes at least one byte: a length beyond what is left is damage, not a reason to allocate.
        guard declared <= UInt64(bytes.count - position) else { throw ArchiveReader.damaged(at: position) }
        let count = Int(declared)
        switch tag {
        case 1: return .numbers(try array(count) { Double(bitPattern: try $0.integer(UInt64.self)) })
        case 2: return .integers(try array(count) { Int64(bitPattern: try $0.integer(UInt64.self)) })
        case 3: return .codes(try array(count) { Int32(bitPattern: try $0.integer(UInt32.self)) })
        case 4: return .bytes(try array(count) { try $0.integer(UInt8.self) })
        case 5: return .words(try array(count) { try $0.text() })
        case 6: return .archives(try array(count) { try $0.archive(depth: depth + 1) })
        default: throw ArchiveReader.damaged(at: position)
        }
    }

    private mutating func array<Element>(_ count: Int, _ element: (inout ArchiveReader) throws -> Element) throws -> [Element] {
        var result: [Element] = []
        result.reserveCapacity(count)
        for _ in 0..<count { result.append(try element(&self)) }
        return result
    }

    private mutating func text() throws -> String {
        let count = Int(try integer(UInt32.self))
        guard count <= bytes.count - position, let text = String(validating: bytes[position..<position + count], as: UTF8.self) else {
            throw ArchiveReader.damaged(at: position)
        }
        position += count
        return text
    }

    private mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
        let size = MemoryLayout<Value>.size
        guard size <= bytes.count - position else { throw ArchiveReader.damaged(at: position) }
        let value = bytes.loadUnaligned(fromByteOffset: position, as: Value.self)
        position += size
        return Value(littleEndian: value)
    }
}
