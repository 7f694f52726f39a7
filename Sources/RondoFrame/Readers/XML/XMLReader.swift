public import RondoKernels

/// Reads XML: an element that occurs again and again is a row; its attributes and the elements in it are columns, named `a.b`.
///
/// libxml2 reads the document as a stream. Entities are refused and nothing is fetched. All values are text in XML, so that types are
/// found as in CSV.
public enum XMLReader: TableReader {
    public static let name = "xml"
    public static let fileExtensions = ["xml", "rss", "atom", "kml", "gpx"]
    public static let summary = "XML, a repeated element a row"

    public static func read(_ source: ByteSource, options: ReadOptions, context: ComputeContext) throws -> ReadResult {
        var options = options
        if options.encoding == nil { options.encoding = try source.withBytes(XMLPrologue.encoding) }
        return try SourceText.withText(of: source, options, context) { bytes, findings in
            if let offset = XMLPrologue.entityDeclaration(bytes) {
                throw RecordFault.entities(source.name, place: LineIndex(bytes: bytes, newline: ASCII.lineFeed).place(offset))
            }
            do {
                return try XMLReading(bytes: bytes, name: source.name, options: options, context: context).read(findings)
            } catch let missing as SystemLibraryMissing {
                throw ReadFault.missingLibrary(source.name, missing)
            } catch let error as MarkupError { throw RecordFault.markup(source.name, error) }
        }
    }
}

/// What stands before the first element of a document.
enum XMLPrologue {
    /// The encoding that the declaration names, nil for UTF-8 and where nothing is said.
    static func encoding(_ bytes: UnsafeRawBufferPointer) -> String? {
        guard TextEncoding.mark(bytes) == .none, bytes.count > 5 else { return nil }
        let head = bytes.prefix(200).prefix { $0 != UInt8(ascii: ">") && $0 < 0x80 && $0 != 0 }
        let text = String(decoding: head, as: UTF8.self)
        guard text.hasPrefix("<?xml"), let place = text.firstRange(of: "encoding") else { return nil }
        let rest = text[place.upperBound...].drop { " =\t".contains($0) }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        let word = rest.dropFirst().prefix { $0 != quote }
        return ["utf-8", "utf8", "us-ascii", ""].contains(word.lowercased()) ? nil : String(word)
    }

    /// Where a declaration of an entity stands; nil when there is none.
    static func entityDeclaration(_ bytes: TextBytes) -> Int? {
        var place = 0
        while place < bytes.count {
            while place < bytes.count, bytes.base[place] != UInt8(ascii: "<") { place += 1 }
            if starts(bytes, place, "<?") {
                place = end(bytes, place, "?>")
            } else if starts(bytes, place, "<!--") {
                place = end(bytes, place, "-->")
            } else if starts(bytes, place, "<!ENTITY") {
                return place
            } else if starts(bytes, place, "<!") {
                place += 2
            } else {
                return nil
            }
        }
        return nil
    }

    private static func starts(_ bytes: TextBytes, _ place: Int, _ word: StaticString) -> Bool {
        guard place + word.utf8CodeUnitCount <= bytes.count else { return false }
        return (0..<word.utf8CodeUnitCount).allSatisfy { bytes.base[place + $0] == word.utf8Start[$0] }
    }

    private static func end(_ bytes: TextBytes, _ place: Int, _ word: StaticString) -> Int {
        var place = place
        while place < bytes.count, !starts(bytes, place, word) { place += 1 }
        return place + word.utf8CodeUnitCount
    }
}
