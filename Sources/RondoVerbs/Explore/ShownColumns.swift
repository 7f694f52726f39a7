import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoReport
import RondoSession
import RondoSignature

/// Which columns a look shows: never private ones, and of thousands of sparse ones, when none are named, only the first.
enum ShownColumns {
    /// Sparse columns that are shown, when there are more than twice as many.
    static let sparse = 10

    /// The names to show, and lines about those left out.
    /// - Parameters:
    ///   - set: the columns named by the user; nil for every column.
    ///   - verb: how the look is typed before a column, for the remark about sparse ones.
    static func choose(_ set: ColumnSet?, of view: TableView, verb: String, in context: inout Context) throws -> (
        names: [String], remarks: [Block]
    ) {
        var (names, remarks): ([String], [Block]) = (view.frame.names, [])
        if let set {
            names = try context.columns(set, of: view.table, frame: view.frame)
        } else {
            (names, remarks) = elided(view.frame, verb: verb)
        }
        let hidden = view.table.privateColumns
        let secret = names.filter(hidden.contains)
        guard !secret.isEmpty else { return (names, remarks) }
        let words = "private, not shown: \(NameList.words(secret))"
        return (names.filter { !hidden.contains($0) }, remarks + [.text(TextBlock(SlotText.escaped(words)))])
    }

    private static func elided(_ frame: Frame, verb: String) -> ([String], [Block]) {
        let names = zip(frame.names, frame.columns).filter { $0.1.isSparse }.map(\.0)
        guard names.count > 2 * sparse, let last = names.last else { return (frame.names, []) }
        let hidden = Set(names.dropFirst(sparse))
        let words =
            "\(NumberText.count(hidden.count)) more sparse columns to \(SlotText.escaped(last)) are not shown: name those to see, \(verb) \(SlotText.escaped(last))"
        return (frame.names.filter { !hidden.contains($0) }, [.text(TextBlock(words))])
    }
}
