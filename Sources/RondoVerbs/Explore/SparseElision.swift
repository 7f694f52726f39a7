import RondoFrame
import RondoReport
import RondoSession

/// Which columns a look shows that names none: thousands of sparse ones would hide the others.
enum SparseElision {
    /// Sparse columns that are shown, when there are more than twice as many.
    static let shown = 10

    /// The names to show, and a line about those left out.
    static func columns(of frame: Frame, verb: String) -> (names: [String], remarks: [Block]) {
        let sparse = zip(frame.names, frame.columns).filter { $0.1.isSparse }.map(\.0)
        guard sparse.count > 2 * shown, let last = sparse.last else { return (frame.names, []) }
        let hidden = Set(sparse.dropFirst(shown))
        let words =
            "\(NumberText.count(hidden.count)) more sparse columns to \(SlotText.escaped(last)) are not shown: name those to see, \(verb) \(SlotText.escaped(last))"
        return (frame.names.filter { !hidden.contains($0) }, [.text(TextBlock(words))])
    }
}
