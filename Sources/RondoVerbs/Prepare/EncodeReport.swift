import RondoFrame
import RondoKernels
import RondoLanguage
import RondoRecipes
import RondoReport
import RondoSession

/// What `encode` answers.
enum EncodeReport {
    /// Columns that were not there before.
    static func made(_ cell: StepCell) -> [String] { cell.after.names.filter { cell.before[$0] == nil } }

    static func blocks(_ method: String, _ names: [String], _ cell: StepCell) -> [Block] {
        let made = made(cell)
        var figures = made.isEmpty ? [] : [Figure("made", Scalar(made.count), .count)]
        var lines = [sentence(method, names, made, cell)]
        if let pooled = pooled(cell.fitted), pooled.levels > 0 {
            figures.append(Figure("pooled", Scalar(pooled.levels), .count))
            let words = pooled.levels == 1 ? "rarer level goes to" : "rarer levels share"
            lines.append("{pooled} \(words) \(SlotText.escaped(pooled.name))")
        }
        if method == "ordinal" {
            let left = names.reduce(0) { $0 + (cell.after[$1]?.missingCount ?? 0) - (cell.before[$1]?.missingCount ?? 0) }
            if left > 0 {
                figures.append(Figure("unlisted", Scalar(left), .count))
                lines.append("{unlisted} rows with levels outside the list become missing")
            }
        }
        if method == "target" { lines.append("no row sees its own target: training rows are coded by the rows of other folds") }
        if ["parts", "cycle"].contains(method) {
            lines.append("\(SlotText.escaped(NameList.words(names))) \(names.count == 1 ? "stays" : "stay")")
        }
        let sparse = made.filter { cell.after[$0]?.isSparse == true }
        if !sparse.isEmpty { lines.append("kept sparse: only values that are not 0 take memory") }
        let isLearned = !["hashing", "parts", "cycle"].contains(method)
        if isLearned { figures += cell.learningFigures }
        return (figures.isEmpty ? [] : [.figures(figures)]) + lines.map { .text(TextBlock($0)) }
            + (isLearned ? [.text(TextBlock(cell.learning))] : [])
    }

    private static func sentence(_ method: String, _ names: [String], _ made: [String], _ cell: StepCell) -> String {
        let from = SlotText.escaped(NameList.words(names))
        let summary = cell.fitted.summary.map { SlotText.escaped($0) } ?? ""
        switch method {
        case "ordinal": return "\(from) to numbers in the order given"
        case "label": return "\(from) to whole numbers from 0: \(summary)"
        case "frequency": return "\(from) to the share of rows that hold the level: \(summary)"
        case "hashing": return "{made} columns from \(from) by hash; nothing is learned"
        case "target":
            let what = made.isEmpty ? from : "{made} columns from \(from): \(SlotText.escaped(NameList.words(made)))"
            return "\(what) · \(summary)"
        case "words":
            guard let words = cell.fitted as? FittedEncodeWords, !made.isEmpty else { return "no words in \(from)" }
            return "{made} word columns from \(from), most frequent: \(SlotText.escaped(words.mostFrequent(6).joined(separator: ", ")))"
        default: return "{made} columns from \(from): \(SlotText.escaped(NameList.words(made)))"
        }
    }

    /// Levels that joined others, and the column or columns they share.
    private static func pooled(_ step: any FittedStep) -> (levels: Int, name: String)? {
        if let step = step as? FittedEncodeOneHot { return (step.pooledCount, NameList.words(step.otherNames)) }
        if let step = step as? FittedEncodeLabel { return (step.pooledCount, "the last number") }
        return nil
    }
}
