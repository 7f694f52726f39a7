import RondoFrame
import RondoKernels
import RondoLanguage

/// How rows are held back while parameters are tried.
package enum TuningFolds {
    /// Folds of the rows: those of the split when it has some and no number is asked for.
    /// - Parameter count: wanted number of folds; nil takes those of the split, else five.
    package static func folds(of rows: [Int32], table: Table, count: Int?, seed: UInt64) throws -> [Tuner.Fold] {
        var parts = Array(repeating: Split.Part.none.rawValue, count: table.rows.rowCount)
        for row in rows { parts[Int(row)] = Split.Part.train.rawValue }
        let given = count == nil ? table.split.flatMap { $0.foldCount > 1 ? $0.folds : nil } : nil
        let usable = given.flatMap { folds in rows.allSatisfy { folds[Int($0)] >= 0 } ? folds : nil }
        let foldOf =
            try usable
            ?? SplitMaker.folds(
                count ?? min(5, rows.count), parts: parts, strata: table.split?.strata, groups: table.split?.groups, seed: seed)
        let total = (rows.map { foldOf[Int($0)] }.max() ?? 0) + 1
        return (0..<total).map { fold in
            Tuner.Fold(learning: rows.filter { foldOf[Int($0)] != fold }, held: rows.filter { foldOf[Int($0)] == fold })
        }.filter { !$0.learning.isEmpty && !$0.held.isEmpty }
    }
}
