package import RondoFrame
package import RondoKernels

/// `clean skin_type trim lower replace "drye" with "dry"`: text written alike in every row, training and new.
///
/// Works on the different words of a column, not on its rows. A category keeps the order of its levels; levels that become one are one.
package struct CleanStep: PlainStep {
    package static let kind = "clean"

    package let columns: [String]
    package let cleaning: TextCleaning

    package init(_ columns: [String], _ cleaning: TextCleaning) {
        self.columns = columns
        self.cleaning = cleaning
    }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        Dictionary(self.columns.map { ($0, [$0]) }) { first, _ in first }
    }

    package var effect: ValueEffect { .carries }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package func check(_ frame: Frame) throws {
        for name in columns {
            let column = try frame.required(name)
            guard column.type.isText || column.missingCount == column.count else {
                throw Fault(
                    "R0759", "\(name) is \(column.type.phrase): clean works on text",
                    remedy: "cast \(CellText.names([name])) text", subject: name)
            }
        }
    }

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        var result = frame
        for name in columns {
            try context.cancellation.check()
            // Rows of a request may hold a number where training had text: nothing is to be cleaned there.
            let column = try frame.required(name)
            if column.type.isText { try result.set(name, cleaned(column)) }
        }
        return result
    }

    /// The column with its words cleaned.
    private func cleaned(_ column: Column) -> Column {
        guard let (codes, levels) = column.levelled else { return column }
        var index: [String: Int32] = [:]
        var words: [String] = []
        let used = Set(column.levelsUsed())
        let places = levels.words.indices.map { level -> Int32 in
            guard used.contains(Int32(level)), let word = cleaning.cleaned(levels.words[level]) else { return -1 }
            if let place = index[word] { return place }
            let place = Int32(truncatingIfNeeded: words.count)
            index[word] = place
            words.append(word)
            return place
        }
        let renumbered = codes.map { $0 < 0 ? -1 : places[Int($0)] }
        return Column(column.type == .text ? .text(renumbered, Levels(words)) : .category(renumbered, Levels(words)))
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = columns.filter { !lost.contains($0) }
        return left.isEmpty ? nil : CleanStep(left, cleaning)
    }

    package func archive() -> Archive {
        Archive([
            "columns": .words(columns), "ways": .words(cleaning.ways.map(\.rawValue)), "old": .words(cleaning.exchanges.map(\.old)),
            "new": .words(cleaning.exchanges.map(\.new)),
        ])
    }

    package init(archive: Archive) throws {
        let words = try archive.words("ways")
        let (old, new) = (try archive.words("old"), try archive.words("new"))
        let ways = words.compactMap(TextCleaning.Way.init)
        guard ways.count == words.count, old.count == new.count else { throw StepArchive.damaged(Self.kind) }
        columns = try archive.words("columns")
        cleaning = TextCleaning(ways, exchanges: zip(old, new).map { TextCleaning.Exchange($0, with: $1) })
    }
}
