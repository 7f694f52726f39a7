package import RondoLanguage
package import RondoLifecycle
import RondoSignature

/// Rules that all row steps share.
package enum RowSteps {
    /// After a split the rows of a table are fixed, except those of the training part with `on train`.
    package static func check(_ call: Call, _ table: Table, on part: Spanned<Part>?) throws {
        if let part, part.value != .train {
            throw Diagnostic(
                "R0436", "\(call.signature.name) works on train only", span: part.span, remedy: "write on train",
                mend: Mend(part.span, "train"))
        }
        guard table.split != nil else {
            if let part {
                throw Diagnostic(
                    "R0430", "\(table.name) has not been split", span: part.span, remedy: "split 60/20/20")
            }
            return
        }
        guard part == nil else { return }
        let takesPart = call.signature.clauses.contains { $0.keyword == SharedClauses.part.shape.keyword }
        throw Diagnostic(
            "R0434", "\(table.name) has been split: its rows are fixed", span: call.cell.verb.span,
            remedy: takesPart ? "\(call.cell.source) on train" : "write this cell before split: load the data again, or undo back to it")
    }

    /// Kept rows when a step concerns the training part only: all other parts, and those of `kept` that train.
    package static func onTrain(_ kept: [Int32], split: Split) -> [Int32] {
        var isKept = Array(repeating: false, count: split.parts.count)
        for row in kept { isKept[Int(row)] = true }
        return split.parts.indices.filter { split.parts[$0] != Split.Part.train.rawValue || isKept[$0] }.map { Int32($0) }
    }
}
