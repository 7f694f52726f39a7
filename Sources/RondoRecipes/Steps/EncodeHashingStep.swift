package import RondoFrame
package import RondoKernels

/// `encode zip hashing buckets 64`: each value adds 1 or -1 to one of a fixed number of columns, `zip_hash_1` and on.
///
/// Nothing is learned: a value never seen before has its place too. The sign comes from another bit of the same hash, so that values
/// that share a column tend to cancel out (Weinberger et al. 2009, Feature Hashing for Large Scale Multitask Learning). A gap is 0
/// everywhere. Above 64 buckets the columns are sparse.
package struct EncodeHashingStep: PlainStep {
    package static let kind = "encode_hashing"
    /// More buckets than this are refused.
    package static let mostBuckets = 1 << 20

    package let columns: [String]
    package let buckets: Int

    package init(_ columns: [String], buckets: Int) {
        self.columns = columns
        self.buckets = min(max(buckets, 1), Self.mostBuckets)
    }

    private func names(_ column: String) -> [String] { (1...buckets).map { "\(column)_hash_\($0)" } }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        Dictionary(self.columns.flatMap { column in names(column).map { ($0, [column]) } }) { first, _ in first }
    }

    package var effect: ValueEffect { .recodes }

    package func removes(in columns: [String]) -> Set<String> { Set(self.columns) }

    package func check(_ frame: Frame) throws {
        for column in columns {
            _ = try LevelCodes(try frame.required(column), name: column)
            for name in names(column) where frame[name] != nil {
                throw Fault(
                    "R0311", "there is a column \(name) already", remedy: "rename \(name) as old_\(name)", subject: name)
            }
        }
    }

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try frame.require(columns)
        var result = frame.dropping(Set(columns))
        for column in columns {
            try context.cancellation.check()
            let codes = try LevelCodes(try frame.required(column), name: column)
            let places = codes.words.map { Self.place(of: $0, buckets: buckets) }
            let made = SparseColumns.fitting(rowCount: codes.codes.count, count: buckets) { put in
                for (row, code) in codes.codes.enumerated() where code >= 0 {
                    put(row, places[Int(code)].bucket, places[Int(code)].sign)
                }
            }
            for (name, values) in zip(names(column), made) { try result.set(name, values) }
        }
        return result
    }

    /// The bucket of a value, from 0, and 1 or -1.
    static func place(of word: String, buckets: Int) -> (bucket: Int, sign: Double) {
        var hasher = ValueHasher()
        hasher.combine(word)
        let hash = hasher.value
        return (Int((hash >> 1) % UInt64(buckets)), hash & 1 == 0 ? 1 : -1)
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = columns.filter { !lost.contains($0) }
        return left.isEmpty ? nil : EncodeHashingStep(left, buckets: buckets)
    }

    package var summary: String? { "nothing to learn: \(grouped(buckets)) buckets" }

    package func archive() -> Archive {
        var archive = Archive(["columns": .words(columns)])
        archive.set("buckets", buckets)
        return archive
    }

    package init(archive: Archive) throws {
        let buckets = try archive.integer("buckets")
        guard buckets >= 1, buckets <= Self.mostBuckets else { throw StepArchive.damaged(Self.kind) }
        self.init(try archive.words("columns"), buckets: buckets)
    }
}
