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
        let records = try context.world.releases.list(one?.name)
        guard !records.isEmpty else { return [.text(TextBlock("nothing is released yet: deploy MODEL as NAME"))] }
        var blocks: [Block] = [
            .table(
                TableBlock(
                    caption: one.map { "versions of \($0.name)" } ?? "releases",
                    columns: [
                        .init("release", "text", .plain), .init("version", "integer", .plain, volatile: true),
                        .init("label", "text", .plain),
                        .init("model", "text", .plain), .init("family", "text", .plain), .init("made", "time", .plain, volatile: true),
                        .init("digest", "text", .plain, volatile: true),
                    ],
                    rows: records.map {
                        [
                            .text($0.name), Scalar($0.version), .text($0.label), .text($0.model), .text($0.family), .time($0.madeAt),
                            .text(String($0.digest.prefix(12))),
                        ]
                    }))
        ]
        if let one {
            blocks.append(
                .table(
                    TableBlock(
                        caption: "inputs of \(one.name)", columns: [.init("column", "text", .plain), .init("type", "text", .plain)],
                        rows: one.bundle.predictor.inputs.map { [.text($0.name), .text($0.type.rawValue)] })))
            blocks.append(
                .table(
                    TableBlock(
                        caption: "figures at release", columns: [.init("metric", "text", .plain), .init("value", "number")],
                        rows: one.bundle.metrics.map { [.text($0.name), Scalar($0.value)] })))
            blocks += one.bundle.card.map { .text(TextBlock(SlotText.escaped($0))) }
        }
        return blocks
    }
}
