import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `releases`, `releases house_price`: what has been released.
package enum ReleasesVerb: WorkspaceVerb {
    static let release = Operand("release", .release, "one release, with its card", optional: true)

    package static let signature = Signature(
        "releases", phase: .release, class: .look,
        summary: "Lists releases and their versions; of one release also inputs, figures and card.",
        searchWords: ["versions", "deployed", "production", "history", "card"],
        operands: [release],
        examples: [
            Example(
                "releases",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear",
                    "deploy linear as house_price",
                ], "All releases."),
            Example(
                "releases house_price",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear",
                    "deploy linear as house_price",
                ],
                "Versions, inputs and card of one."),
        ], seeAlso: ["deploy", "predict"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let thing = call[release]
        let one = try thing.map { try context.release($0, verb: "releases") }
        if let one { return [.table(versions(try context.world.releases.list(one.name), of: one.name))] + card(one) }
        let own = context.workspace.releases
        let records = try context.world.releases.list(nil)
        guard !records.isEmpty else { return [.text(TextBlock("nothing is released yet: deploy MODEL as NAME"))] }
        let made = own.compactMap { release in records.first { $0.name == release.name && $0.version == release.version } }
        let others = Set(records.map(\.name)).subtracting(made.map(\.name)).sorted()
        // What else the folder holds is no part of the answer: another folder holds other releases.
        let blocks: [Block] = [
            .figures([Figure("others", .text(others.isEmpty ? "none" : others.joined(separator: ", ")), .plain, volatile: true)]),
            .text(TextBlock("made before this session, in this folder: {others}")),
        ]
        return (made.isEmpty ? [] : [.table(table(made))]) + blocks
    }

    private static func table(_ records: [ReleaseRecord]) -> TableBlock {
        TableBlock(
            caption: "releases of this session",
            columns: [
                .init("release", "text", .plain), .init("version", "integer", .plain, volatile: true), .init("label", "text", .plain),
                .init("model", "text", .plain), .init("family", "text", .plain), .init("made", "time", .plain, volatile: true),
                .init("digest", "text", .plain, volatile: true),
            ],
            rows: records.map {
                [
                    .text($0.name), Scalar($0.version), .text($0.label), .text($0.model), .text($0.family), .time($0.madeAt),
                    .text(String($0.digest.prefix(12))),
                ]
            })
    }

    /// How many versions there are depends on the folder.
    private static func versions(_ records: [ReleaseRecord], of name: String) -> TableBlock {
        var block = table(records)
        block.caption = "versions of \(name)"
        block.columns = block.columns.map { TableBlock.Column($0.name, $0.type, $0.style, volatile: true) }
        return block
    }

    private static func card(_ release: Workspace.Release) -> [Block] {
        [
            .table(
                TableBlock(
                    caption: "inputs of \(release.name)", columns: [.init("column", "text", .plain), .init("type", "text", .plain)],
                    rows: release.bundle.predictor.inputs.map { [.text($0.name), .text($0.type.rawValue)] })),
            .table(
                TableBlock(
                    caption: "figures at release", columns: [.init("metric", "text", .plain), .init("value", "number")],
                    rows: release.bundle.metrics.map { [.text($0.name), Scalar($0.value)] })),
        ] + release.bundle.card.map { .text(TextBlock(SlotText.escaped($0))) }
    }
}
