import RondoFrame
import RondoKernels
import RondoLanguage
import RondoRecipes
import RondoReport
import RondoSession

/// What lies together in baskets: pairs of values, or sets of any size.
enum BasketTable {
    static func make(_ call: Call, _ source: AggregateSource, in context: inout Context) throws -> AggregateResult {
        guard let name = call[AggregateVerb.pairs] ?? call[AggregateVerb.sets], let groups = call[AggregateVerb.basket] else {
            throw Diagnostic("R0755", "there is nothing to put into baskets", span: nil, remedy: "help aggregate")
        }
        guard let column = source.frame[name.value] else {
            throw SessionNames.unknownColumn(name, table: "the table", known: source.frame.names, source: call.cell.source)
        }
        let keys = try context.groupColumns(groups, on: source.frame, table: "the table")
        let factor = column.factor()
        let baskets = try baskets(factor.codes, itemCount: factor.values.count, keys: keys.map(\.column), context: context.compute)
        let isPairs = call[AggregateVerb.pairs] != nil
        let least = try least(call, baskets: baskets.count, isPairs: isPairs)
        let words = factor.words
        let frame =
            isPairs
            ? try pairs(baskets, least: least, name: name.value, values: factor.values, context: context.compute)
            : try sets(baskets, least: least, name: name.value, words: words, context: context.compute)
        let read = groups.reduce(into: Set([name.value])) { $0.formUnion($1.columnsRead) }
        return AggregateResult(
            frame: frame, inputs: Dictionary(uniqueKeysWithValues: frame.names.map { ($0, read) }),
            blocks: blocks(frame, baskets, least: least, isPairs: isPairs, name: name.value))
    }

    /// Rows without a basket are left out.
    private static func baskets(_ codes: [Int32], itemCount: Int, keys: [Column], context: ComputeContext) throws -> Baskets {
        let groups = try Groups(by: keys, rowCount: codes.count, context: context)
        var group = groups.groupOfRow
        for key in keys { for (row, isMissing) in key.missingMask().enumerated() where isMissing { group[row] = -1 } }
        return try Baskets(items: codes, itemCount: itemCount, groups: group, groupCount: groups.count, context: context)
    }

    private static func least(_ call: Call, baskets: Int, isPairs: Bool) throws -> Int {
        guard let literal = call[AggregateVerb.least] else {
            return isPairs ? 2 : max(2, Int((Double(baskets) / 100).rounded(.up)))
        }
        switch literal.value {
        case .integer(let value) where value > 0: return Int(clamping: value)
        case .percent(let value) where value > 0 && value <= 100: return max(1, Int((Double(baskets) * value / 100).rounded(.up)))
        default:
            throw Diagnostic(
                "R0764", "least takes a number of baskets from 1, or a share above 0 % and up to 100 %", span: literal.span,
                remedy: "write least 1%")
        }
    }

    /// Two rows a pair, one each way; most baskets first.
    private static func pairs(_ baskets: Baskets, least: Int, name: String, values: Column, context: ComputeContext) throws -> Frame {
        let support = baskets.support
        let found = try baskets.pairs(least: least, context: context)
        let rules = found.flatMap { [($0.first, $0.second, $0.count), ($0.second, $0.first, $0.count)] }
        let total = Double(max(baskets.count, 1))
        func lift(_ rule: (Int32, Int32, Int)) -> Double {
            Double(rule.2) * total / (Double(support[Int(rule.0)]) * Double(support[Int(rule.1)]))
        }
        let sorted = rules.sorted {
            if $0.2 != $1.2 { return $0.2 > $1.2 }
            let (a, b) = (lift($0), lift($1))
            return a != b ? a > b : ($0.0, $0.1) < ($1.0, $1.1)
        }
        return try Frame([
            (name, values.gathering(sorted.map(\.0))), ("with_\(name)", values.gathering(sorted.map(\.1))),
            ("baskets", Column(.integer(sorted.map { Int64($0.2) }, missing: nil))),
            ("support", .numbers(sorted.map { Double($0.2) / total })),
            ("confidence", .numbers(sorted.map { Double($0.2) / Double(support[Int($0.0)]) })),
            ("lift", .numbers(sorted.map(lift))),
        ])
    }

    /// One row a set: its baskets, and the best rule from all its values but one to that one.
    private static func sets(_ baskets: Baskets, least: Int, name: String, words: [String], context: ComputeContext) throws -> Frame {
        let found = try FrequentSets(baskets, least: least, context: context).sets
        let counts = Dictionary(uniqueKeysWithValues: found.map { ($0.items, $0.count) })
        let total = Double(max(baskets.count, 1))
        let order = found.indices.sorted {
            found[$0].count != found[$1].count ? found[$0].count > found[$1].count : $0 < $1
        }
        var then: [String?] = []
        var confidence: [Double] = []
        var lift: [Double] = []
        for place in order {
            let set = found[place]
            guard set.items.count > 1 else {
                then.append(nil)
                confidence.append(.nan)
                lift.append(.nan)
                continue
            }
            let rules = set.items.indices.map { left -> (item: Int32, confidence: Double) in
                var rest = set.items
                let item = rest.remove(at: left)
                return (item, Double(set.count) / Double(counts[rest] ?? set.count))
            }
            let best = rules.reduce(rules[0]) { $1.confidence > $0.confidence ? $1 : $0 }
            then.append(words[Int(best.item)])
            confidence.append(best.confidence)
            lift.append(best.confidence * total / Double(counts[[best.item]] ?? 1))
        }
        return try Frame([
            (name, .text(order.map { found[$0].items.map { words[Int($0)] }.joined(separator: " + ") })),
            ("size", Column(.integer(order.map { Int64(found[$0].items.count) }, missing: nil))),
            ("baskets", Column(.integer(order.map { Int64(found[$0].count) }, missing: nil))),
            ("support", .numbers(order.map { Double(found[$0].count) / total })), ("then", .text(then)),
            ("confidence", .numbers(confidence)), ("lift", .numbers(lift)),
        ])
    }

    private static func blocks(_ frame: Frame, _ baskets: Baskets, least: Int, isPairs: Bool, name: String) -> [Block] {
        let pairs = isPairs ? frame.rowCount / 2 : frame.rowCount
        var blocks: [Block] = [
            .figures([
                Figure("baskets", Scalar(baskets.count), .count), Figure("items", Scalar(baskets.itemCount), .count),
                Figure(isPairs ? "pairs" : "sets", Scalar(pairs), .count), Figure("least", Scalar(least), .count),
                Figure("left_out", Scalar(baskets.leftOut), .count), Figure("rows", Scalar(frame.rowCount), .count),
            ]),
            .text(
                TextBlock(
                    "{baskets} baskets of {items} different values of \(SlotText.escaped(name)): "
                        + (isPairs
                            ? "{pairs} pairs lie in {least} baskets or more, each in two rows, one each way"
                            : "{sets} sets lie in {least} baskets or more"))),
        ]
        if baskets.leftOut > 0 { blocks.append(.text(TextBlock("{left_out} rows have no value or no basket and are left out"))) }
        if frame.rowCount == 0 {
            blocks.append(.text(TextBlock("nothing lies together so often; a smaller least finds more", tone: .warning)))
        }
        return blocks
    }
}
