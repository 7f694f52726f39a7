package import RondoLanguage
import RondoSignature

/// Clauses that mean the same everywhere.
package enum SharedClauses {
    package static let from = Clause("from", .source, "table or file the rows come from (the current table)")
    package static let condition = Clause("where", .condition, "only rows for which this holds")
    package static let part = Clause(
        "on", .part, "which part or window: train, validation, test, all, last 6 months, 2023-01-01..2023-06-30")
    package static let by = Clause("by", .groups, "what groups the rows")
    package static let seed = Clause("seed", .integer, "seed of this cell (that of the session)")
    package static let because = Clause("because", .text, "the reason, kept with it")
}
