import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoRecipes
import RondoReport
import RondoSession

/// Rows whose keys are nearly equal, after equal ones have gone: counted and shown, never merged.
struct NearDuplicates {
    private var count = 0
    /// Those of them that differ in case, signs, word order or short forms only.
    private var sameForm = 0
    private var example: (String, String)?
    private var isSkipped = false
    /// More keys than this are not compared unasked.
    private static let mostKeys = 100_000

    /// - Parameters:
    ///   - keys: what makes rows equal; words are compared by their letters, all else must be equal.
    ///   - rows: the rows that are left.
    ///   - unknown: rows that are compared with none.
    init(_ keys: [(name: String, column: Column)], rows: [Int32], unknown: [Bool], context: ComputeContext) throws {
        let words = keys.filter { $0.column.type.isText }.map(\.column)
        let known = rows.filter { unknown.isEmpty || !unknown[Int($0)] }
        guard !words.isEmpty, known.count > 1 else { return }
        guard known.count <= NearDuplicates.mostKeys else {
            isSkipped = true
            return
        }
        let exact = keys.filter { !$0.column.type.isText }.map { $0.column.gathering(known) }
        let codes = try Groups(by: exact, rowCount: known.count, context: context).groupOfRow.map { UInt64($0) }
        let standard = known.map { row in words.map { StandardForms.standard($0[Int(row)].plainText) }.joined(separator: " ") }
        let found = try SpellingVariants(
            standard: standard, counts: Array(repeating: 1, count: known.count), exact: codes, context: context)
        count = found.groups.reduce(0) { $0 + $1.variants.count }
        sameForm = found.groups.reduce(0) { $0 + $1.variants.count { $0.edits == 0 } }
        guard let group = found.groups.first, let variant = group.variants.first else { return }
        func text(_ place: Int) -> String { keys.map { $0.column[Int(known[place])].plainText }.joined(separator: ", ") }
        example = (text(group.center), text(variant.value))
    }

    /// - Parameter isPrivate: whether the keys are counted and not shown.
    func blocks(by groups: [Group], isPrivate: Bool) -> [Block] {
        if isSkipped { return [.text(TextBlock("more than 100,000 different keys: not compared for near-duplicates"))] }
        guard count > 0, let example else { return [] }
        let column = groups.count == 1 ? groups[0].columnsRead.first : nil
        let words = isPrivate ? "" : ": for example \(TextLiteral.written(example.0)) and \(TextLiteral.written(example.1))"
        var blocks: [Block] = [
            .figures([Figure("near", Scalar(count), .count)]),
            .text(
                TextBlock(
                    "{near} more \(Noun.of(count, "looks", "look")) like another row and \(Noun.of(count, "stays", "stay"))\(SlotText.escaped(words))"
                )),
        ]
        guard let column else { return blocks }
        let isPlain = if case .name = groups[0].expression.node { true } else { false }
        let hint =
            isPlain && sameForm > 0
            ? "dedupe by standard(\(NameText.written(column))) takes what differs in case, signs or short forms only"
            : "clean \(NameText.written(column)) spelling shows all of them"
        blocks.append(.text(TextBlock(SlotText.escaped(hint))))
        return blocks
    }
}
