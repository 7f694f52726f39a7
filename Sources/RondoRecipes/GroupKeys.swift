import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage

/// The key columns of `by` clauses in learned steps.
enum GroupKeys {
    struct Learned {
        /// The groups with a number of bands replaced by the edges that were learned for it.
        let groups: [Group]
        let tree: KeyTree
        /// For each number of keys from 1 the group of each learning row.
        let nodes: [[Int32]]
        /// For each number of keys from 1 how many groups there are.
        let counts: [Int]
    }

    /// The groups of the learning rows; nil without `by`.
    /// - Throws: R0455 for keys that look at other rows.
    static func learned(from frame: Frame, groups: [Group], rows: [Int32]?, context: ComputeContext) throws -> Learned? {
        guard !groups.isEmpty else { return nil }
        let read = groups.reduce(into: Set<String>()) { $0.formUnion($1.columnsRead) }
        try frame.require(read.sorted())
        let needed = frame.keeping { read.contains($0) }
        let learning = rows.map { needed.gathering($0) } ?? needed
        let edged = try groups.map { try withEdges($0, learning, context) }
        let (tree, nodes) = try KeyTree.learned(from: columns(edged, of: learning, rows: nil, context: context), context: context)
        return Learned(groups: edged, tree: tree, nodes: nodes, counts: (0..<tree.depth).map { tree.nodeCount(depth: $0 + 1) })
    }

    /// One column a group for these rows (nil: all).
    static func columns(_ groups: [Group], of frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> [Column] {
        try groups.map { group in
            let read = group.columnsRead
            try frame.require(read.sorted())
            let needed = frame.keeping { read.contains($0) }
            let chosen = rows.map { needed.gathering($0) } ?? needed
            guard group.bands != nil else { return try KeyExpression.column(group.expression, of: chosen, context: context) }
            return try GroupExpressions.columns([group], schema: Schema(chosen), frame: chosen, context: context)[0].column
        }
    }

    /// A number of bands as edges that cut the known values into bands of about equal counts.
    private static func withEdges(_ group: Group, _ learning: Frame, _ context: ComputeContext) throws -> Group {
        guard case .count(let wanted)? = group.bands else { return group }
        let count = min(max(Int(clamping: wanted), 1), 1_000)
        let column = try KeyExpression.column(group.expression, of: learning, context: context)
        guard column.type.isNumeric || column.type == .date else {
            throw typeFault(
                group.expression.text, column.type, needs: "a number of bands needs numbers or dates",
                remedy: "write the edges, or leave bands out")
        }
        let sorted = column.numbers().filter { !$0.isNaN }.sorted()
        var edges: [Double] = []
        for band in 1..<max(count, 2) where !sorted.isEmpty {
            let edge = sorted[min(sorted.count - 1, band * sorted.count / count)]
            if edge > edges.last ?? sorted[0] { edges.append(edge) }
        }
        // Values all alike make one band.
        guard !edges.isEmpty else { return Group(group.expression, bands: .edges([item(sorted.first ?? 0, column.type)])) }
        return Group(group.expression, bands: .edges(edges.map { item($0, column.type) }))
    }

    static func item(_ edge: Double, _ type: ColumnType) -> ListItem {
        let literal: Literal =
            switch type {
            case .date: .date(DateLiteral(days: Int32(clamping: Int64(edge.rounded(.down)))))
            case .integer: Int64(exactly: edge).map { .integer($0) } ?? .number(edge)
            default: .number(edge)
            }
        return ListItem(Expression(.literal(literal), Span(0, 0)))
    }
}
