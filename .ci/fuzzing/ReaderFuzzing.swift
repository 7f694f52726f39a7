import RondoFrame
import RondoKernels

#if SQLITE
    import RondoStore
#endif

#if canImport(Glibc)
    import Glibc
#endif

/// Reads what libFuzzer makes up with the reader named in RONDO_FUZZ_READER. A refusal is fine; a trap, a hang or a flood of memory is not.
@_cdecl("LLVMFuzzerTestOneInput")
public func readMadeUpBytes(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let data, size > 0 else { return 0 }
    // The first byte chooses clauses.
    let choice = data[0]
    let bytes = Array(UnsafeBufferPointer(start: data + 1, count: size - 1))
    let reader = getenv("RONDO_FUZZ_READER").map { String(cString: $0) } ?? "csv"
    do {
        let source = ByteSource(name: "made.up", bytes: bytes)
        let result = try TableReaders.read(
            source, format: reader == "any" ? nil : reader, others: others, options: options(choice, reader), context: .quiet)
        for column in result.frame.columns {
            precondition(column.count == result.frame.rowCount)
            if column.count > 0 { _ = column[column.count - 1] }
        }
    } catch {
        return 0
    }
    return 0
}

/// Readers of higher layers.
private var others: [any TableReader.Type] {
    #if SQLITE
        [SQLiteReader.self]
    #else
        []
    #endif
}

private func options(_ choice: UInt8, _ reader: String) -> ReadOptions {
    var options = ReadOptions()
    options.namesTidy = choice & 1 != 0
    if choice & 2 != 0 { options.dateOrder = .day }
    switch reader {
    case "csv":
        if choice & 4 != 0 { options.headerLine = Int(choice >> 6) }
        if choice & 8 != 0 { options.decimal = 0x2C }
        if choice & 16 != 0 { options.comment = 0x23 }
        if choice & 32 != 0 { options.sample = RowSample(.share(0.5), seed: 1) }
        if choice & 12 == 12 { options.missing = ["x", "-1"] }
        if choice & 48 == 48 { options.encoding = "windows-1252" }
    case "json", "jsonl":
        if choice & 4 != 0 { options.records = "a.b" }
    case "xml":
        if choice & 4 != 0 { options.records = "r" }
    case "sqlite":
        if choice & 4 != 0 { options.table = "t" }
        if choice & 8 != 0 { options.query = "select * from t" }
    case "log":
        if choice & 4 != 0 { options.pattern = "(?<a>[a-z]+) (?<b>.*)" }
    default: break
    }
    return options
}
