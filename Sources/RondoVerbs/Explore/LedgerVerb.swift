import RondoFrame
import RondoKernels
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `ledger`: where every row went.
package enum LedgerVerb: WorkspaceVerb {
    package static let signature = Signature(
        "ledger", phase: .explore, class: .look,
        summary: "Shows where every row went, from loaded to split; it adds up, or says where it does not.",
        searchWords: ["rows", "audit", "lost rows", "lineage", "adds up"],
        clauses: [SharedClauses.from],
        examples: [
            Example(
                "ledger", after: ["load demo \"house_sales\" as sales rows 500", "filter price > 1", "split 60/20/20 by sold_on"],
                "Loaded, filtered, split."),
            Example("ledger from areas", after: ["load demo \"neighborhoods\" as areas"], "That of another table."),
        ], seeAlso: ["count", "check", "status"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let present = table.rows.rowCount
        let gap = table.ledger.unexplained(present: present)
        var blocks: [Block] = [
            .figures([Figure("rows", Scalar(present), .count), Figure("unexplained", Scalar(gap), .count)]),
            .table(table.ledger.block(table: table.name, present: present)),
        ]
        blocks.append(
            gap == 0
                ? .text(TextBlock("the ledger adds up to {rows} rows", tone: .good))
                : .text(TextBlock("the ledger does not add up: {unexplained} rows are not explained", tone: .warning)))
        return blocks
    }
}
