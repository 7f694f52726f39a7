import RondoDemo
import RondoFrame
import RondoKernels

/// Reads demo tables for the tests of this target.
enum Town {
    static func table(_ name: String, rows: Int? = nil, seed: UInt64 = 1, threads: Int = 2) throws -> Frame {
        guard let table = DemoTables.named(name) else { throw Fault("R0000", "no table \(name)", remedy: "name one that is there") }
        return try table.make(rows: rows, seed: seed, context: ComputeContext(threads: ThreadCount(threads)))
    }

    static func digest(_ frame: Frame) throws -> String { try SHA256Digest.hex(of: CSVWriter.bytes(frame)) }

    /// The values of a text column.
    static func words(_ frame: Frame, _ name: String) -> [String?] {
        guard case .text(let codes, let levels)? = frame[name]?.storage else { return [] }
        return codes.map { $0 < 0 ? nil : levels.words[Int($0)] }
    }

    /// The values of any column as numbers, NaN where missing.
    static func numbers(_ frame: Frame, _ name: String) -> [Double] { frame[name]?.numbers() ?? [] }

    /// Address as read and day of every sale.
    static func keys(_ sales: Frame) -> [String] {
        zip(words(sales, "address"), numbers(sales, "sold_on")).map { "\(PlainAddress.read($0 ?? "")) \($1)" }
    }
}
