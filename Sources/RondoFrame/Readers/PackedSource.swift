import RondoKernels

/// Files packed with gzip or Zstandard, unpacked before anything reads them; told by their first bytes, whatever they are called.
enum PackedSource {
    /// Unpacked bytes that are always allowed, how many times larger than the file others may be, and the most that is allowed at all.
    static let (freeSize, ratioLimit, sizeLimit) = (1 << 26, 100, 1 << 33)
    /// Packed files inside packed files.
    private static let depthLimit = 2

    /// The source as it is, or unpacked with a finding that says so.
    static func unpacked(_ source: ByteSource, _ context: ComputeContext) throws -> (source: ByteSource, findings: [Finding]) {
        var (source, findings) = (source, [Finding]())
        for _ in 0..<depthLimit {
            guard let (bytes, finding) = try unpackedOnce(source, context) else { break }
            source = ByteSource(name: source.name) { body in try body(bytes.bytes) }
            findings += finding
        }
        return (source, findings)
    }

    private static func unpackedOnce(_ source: ByteSource, _ context: ComputeContext) throws -> (UnpackedBytes, [Finding])? {
        try source.withBytes { packed in
            guard let format = PackedFormat(packed) else { return nil }
            let limit = min(max(freeSize, packed.count.multipliedReportingOverflow(by: ratioLimit).partialValue), sizeLimit)
            do {
                let bytes = try UnpackedBytes(packed, format: format, limit: limit, context: context)
                var findings = [
                    Finding(
                        "packed", "unpacked from \(format.name): \(grouped(packed.count)) bytes to \(grouped(bytes.count))",
                        count: bytes.count)
                ]
                if bytes.rest > 0 {
                    let text = "\(grouped(bytes.rest)) bytes behind the \(format.name) data left out"
                    findings.append(Finding("packed", text, count: bytes.rest))
                }
                return (bytes, findings)
            } catch UnpackingError.truncated(let place) {
                throw ReadFault.truncated(source.name, format: format.name, bytes: place)
            } catch UnpackingError.damaged(let place) {
                throw ReadFault.damaged(source.name, format: format.name, byte: place)
            } catch UnpackingError.tooLarge(let limit) {
                throw ReadFault.tooLarge(source.name, packed: packed.count, limit: limit)
            } catch let missing as SystemLibraryMissing {
                throw ReadFault.missingLibrary(source.name, missing)
            }
        }
    }

    /// A file's name without the ending of the packing.
    static func innerName(_ name: String) -> String {
        for ending in [".gz", ".gzip", ".zst", ".zstd"] where name.lowercased().hasSuffix(ending) {
            return String(name.dropLast(ending.count))
        }
        return name
    }
}
