import RondoKernels

/// Finds the element that is a row, and reads its rows.
struct XMLReading {
    let bytes: TextBytes
    let name: String
    let options: ReadOptions
    let context: ComputeContext

    func read(_ found: [Finding]) throws -> ReadResult {
        let outline = try XMLOutline(bytes, context)
        let element: String
        let depth: Int?
        if let wanted = options.records {
            guard outline.elements.contains(where: { $0.name == wanted }) else {
                throw RecordFault.noRecords(name, path: wanted, known: outline.repeated)
            }
            (element, depth) = (wanted, nil)
        } else {
            let row = outline.row
            (element, depth) = (row.name, row.depth)
        }
        var rows = XMLRows(element: element, depth: depth)
        try rows.read(bytes, name: name, context)
        var findings = found
        findings.append(Finding("records", "rows are the elements \(element)", count: rows.columns.rowCount))
        if !rows.outside.isEmpty {
            let names = rows.outside.prefix(8).joined(separator: ", ") + (rows.outside.count > 8 ? " …" : "")
            findings.append(Finding("records", "left out beside the rows: \(names)", count: rows.outside.count))
        }
        if rows.lists > 0 {
            let text =
                "\(grouped(rows.lists)) \(rows.lists == 1 ? "value is" : "values are") lists, because an element is repeated in its row"
            findings.append(Finding("lists", "\(text): kept as JSON text", count: rows.lists))
        }
        rows.columns.fill()
        let lines = rows.lines
        let assembly = RecordAssembly(
            name: name, options: options, typing: .all, runs: [rows.columns], reasons: [:],
            line: { lines.indices.contains($0) ? Int(lines[$0]) : 1 })
        return try assembly.result(findings, context: context)
    }
}

/// Which elements a document has, how often, and how deep.
struct XMLOutline {
    struct Element {
        let name: String
        let depth: Int
        var count: Int
    }

    private(set) var elements: [Element] = []

    init(_ bytes: TextBytes, _ context: ComputeContext) throws {
        let reader = try MarkupReader(bytes.base, bytes.count)
        var keys = RecordKeys()
        // Elements are told apart by their path; depth 0 is the root.
        var path: [Int] = [0]
        var positions: [Int: Int] = [:]
        var seen = 0
        while let node = try reader.next() {
            guard case .element(let depth, _) = node else { continue }
            seen += 1
            if seen & 4095 == 0 { try context.cancellation.check() }
            let name = reader.name
            guard let base = name.baseAddress else { continue }
            path.removeLast(max(path.count - depth - 1, 0))
            let key = keys.find(base, name.count, parent: path.last ?? 0, expected: -1)
            path.append(key)
            if let known = positions[key] {
                elements[known].count += 1
            } else {
                positions[key] = elements.count
                elements.append(Element(name: String(decoding: name, as: UTF8.self), depth: depth, count: 1))
            }
        }
    }

    /// Names of elements that occur more than once, the most frequent first.
    var repeated: [String] {
        var seen: Set<String> = []
        return elements.filter { $0.count > 1 }.sorted { $0.count > $1.count }.map(\.name).filter { seen.insert($0).inserted }
    }

    /// The row: of the elements that occur more than once the least deep, of these the most frequent; else the root.
    var row: (name: String, depth: Int) {
        let candidates = elements.filter { $0.count > 1 && $0.depth > 0 }
        guard let least = candidates.map(\.depth).min(),
            let best = candidates.filter({ $0.depth == least }).max(by: { $0.count < $1.count })
        else { return (elements.first?.name ?? "", 0) }
        return (best.name, best.depth)
    }
}
