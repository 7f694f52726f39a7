import CSystemLibraries

/// A document that is not well-formed: where, and what libxml2 says.
public struct MarkupError: Error, Hashable, Sendable {
    public let line: Int
    public let column: Int
    public let message: String
}

/// The nodes of an XML document one after the other (libxml2, opened on first use). Nothing is fetched, no entity is expanded that the
/// document does not bring.
public final class MarkupReader {
    public enum Node {
        /// An element begins; an empty one has no end of its own.
        case element(depth: Int, isEmpty: Bool)
        case text, end(depth: Int)
        /// A reference to an entity without a declaration.
        case entity
        case other
    }

    private let state: OpaquePointer
    private var node = rondo_markup_node()

    /// Begins to read UTF-8 bytes that outlive the reader; throws `SystemLibraryMissing` without libxml2.
    public init(_ bytes: UnsafePointer<UInt8>, _ count: Int) throws {
        var code: Int32 = 0
        guard let state = rondo_markup_new(bytes, count, &code) else {
            if code == RONDO_LIBRARY_MISSING { throw SystemLibraryMissing.xml }
            throw MarkupError(line: 1, column: 1, message: "the reader could not begin")
        }
        self.state = state
    }

    deinit { rondo_markup_free(state) }

    /// The next node, nil at the end; throws `MarkupError`.
    public func next() throws -> Node? {
        let code = rondo_markup_next(state, &node)
        if code == 0 { return nil }
        guard code > 0 else { throw error }
        switch node.kind {
        case RONDO_MARKUP_ELEMENT: return .element(depth: Int(node.depth), isEmpty: node.is_empty != 0)
        case RONDO_MARKUP_TEXT, RONDO_MARKUP_BLANK_TEXT: return .text
        case RONDO_MARKUP_ENTITY: return .entity
        case RONDO_MARKUP_END: return .end(depth: Int(node.depth))
        default: return .other
        }
    }

    /// The name of the element or attribute, valid until the reader moves.
    public var name: UnsafeBufferPointer<UInt8> { Self.bytes(node.name) }
    /// The text of the node or attribute, valid until the reader moves.
    public var value: UnsafeBufferPointer<UInt8> { Self.bytes(node.value) }
    /// The line of the node.
    public var line: Int { Int(rondo_markup_line(state)) }

    /// Calls `body` for each attribute, whose name and value are then those of the reader.
    public func attributes(_ body: () throws -> Void) rethrows {
        var attribute = node
        var found = rondo_markup_attribute(state, 1, &attribute)
        while found == 1 {
            node.name = attribute.name
            node.value = attribute.value
            try body()
            found = rondo_markup_attribute(state, 0, &attribute)
        }
    }

    private var error: MarkupError {
        var line: Int32 = 0
        let message = rondo_markup_message(state, &line).map { String(cString: $0) } ?? ""
        let place = line > 0 ? Int(line) : self.line
        return MarkupError(line: max(place, 1), column: max(Int(rondo_markup_column(state)), 1), message: message)
    }

    private static func bytes(_ pointer: UnsafePointer<UInt8>?) -> UnsafeBufferPointer<UInt8> {
        guard let pointer else { return UnsafeBufferPointer(start: nil, count: 0) }
        var count = 0
        while pointer[count] != 0 { count += 1 }
        return UnsafeBufferPointer(start: pointer, count: count)
    }
}
