/// A cell with its results, as renderers see it.
package struct CellReport: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable { case ok, error, stale }
    /// From 1; nil for a note, which has one note block.
    package var number: Int?
    package var line: Int
    package var source: String
    package var status: Status
    /// How long it took; not part of any digest.
    package var seconds: Double
    package var blocks: [Block]
    package var error: ErrorReport?
    /// Further faults of the same cell, in the order of the text.
    package var moreErrors: [ErrorReport] = []

    package init(
        number: Int?, line: Int, source: String, status: Status = .ok, seconds: Double = 0, blocks: [Block] = [], error: ErrorReport? = nil
    ) {
        self.number = number
        self.line = line
        self.source = source
        self.status = status
        self.seconds = seconds
        self.blocks = blocks
        self.error = error
    }

    /// The figure of this name among the cell's blocks.
    package func figure(_ name: String) -> Figure? {
        for case .figures(let figures) in blocks { if let found = figures.first(where: { $0.name == name }) { return found } }
        return nil
    }
}

/// A fault as renderers see it.
package struct ErrorReport: Sendable, Hashable {
    package var code: String
    package var message: String
    /// Unicode scalars in the cell's source, end excluded.
    package var start: Int
    package var end: Int
    package var note: String?
    package var remedy: String

    package init(code: String, message: String, start: Int, end: Int, note: String? = nil, remedy: String) {
        self.code = code
        self.message = message
        self.start = start
        self.end = end
        self.note = note
        self.remedy = remedy
    }
}
