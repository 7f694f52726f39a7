package import RondoFrame
package import RondoKernels

/// `rename sqft as area, zip as area_code`: columns under new names, in their old places.
package struct RenameStep: PlainStep {
    package static let kind = "rename"

    package struct Pair: Sendable, Hashable {
        package let old: String
        package let new: String

        package init(old: String, new: String) {
            self.old = old
            self.new = new
        }
    }
    package let pairs: [Pair]

    package init(_ pairs: [Pair]) { self.pairs = pairs }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        Dictionary(pairs.map { ($0.new, [$0.old]) }) { first, _ in first }
    }

    package var effect: ValueEffect { .carries }

    package func removes(in columns: [String]) -> Set<String> { Set(pairs.map(\.old)).subtracting(pairs.map(\.new)) }

    package func check(_ frame: Frame) throws {
        try frame.require(pairs.map(\.old))
        _ = try frame.renaming(newNames)
    }

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try context.cancellation.check()
        try frame.require(pairs.map(\.old))
        return try frame.renaming(newNames)
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = pairs.filter { !lost.contains($0.old) }
        return left.isEmpty ? nil : RenameStep(left)
    }

    package func archive() -> Archive { Archive(["old": .words(pairs.map(\.old)), "new": .words(pairs.map(\.new))]) }

    package init(archive: Archive) throws {
        let (old, new) = (try archive.words("old"), try archive.words("new"))
        guard old.count == new.count else { throw StepArchive.damaged(Self.kind) }
        pairs = zip(old, new).map { Pair(old: $0, new: $1) }
    }

    private var newNames: [String: String] { Dictionary(pairs.map { ($0.old, $0.new) }) { first, _ in first } }
}
