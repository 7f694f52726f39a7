package import RondoFrame
import RondoKernels
import RondoLanguage

/// Reads files into tables by the reader that fits.
package enum TableLoading {
    /// - Parameters:
    ///   - format: the reader by name; nil goes by the file's ending, else CSV.
    ///   - missing: words that mean a missing value; nil lets the reader decide and say.
    ///   - tidiesNames: whether column names are made into plain names.
    /// - Throws: `Fault` with the file, line, column and byte of what could not be read.
    package static func load(
        _ name: String, format: String? = nil, missing: [String]?, tidiesNames: Bool, in context: inout Context
    ) throws -> ReadResult {
        let content = try context.readFile(name)
        let options = ReadOptions(missing: missing, namesTidy: tidiesNames)
        let ending = name.split(separator: ".").last.map(String.init) ?? ""
        guard let reader = format.flatMap(TableReaders.named) ?? TableReaders.forExtension(ending) ?? TableReaders.all.first else {
            throw Fault("R0633", "no reader for \(name)", remedy: "load csv \"\(name)\"", subject: name)
        }
        let source = ByteSource(name: name) { body in try body(content.bytes) }
        return try reader.read(source, options: options, context: context.compute)
    }
}
