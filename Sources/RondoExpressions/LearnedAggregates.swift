import RondoFrame
package import RondoKernels

/// What the aggregates of an expression learned: for each of them a value for each group.
package struct LearnedAggregates: Sendable {
    /// Nothing was learned, because there is nothing to learn.
    package static let none = LearnedAggregates(all: [])

    let all: [LearnedAggregate]

    init(all: [LearnedAggregate]) { self.all = all }

    /// One aggregate as plain data: the groups' keys and values.
    package struct GroupTable: Sendable, Hashable {
        /// The aggregate as written.
        package let expression: String
        /// Names of the grouping expressions; empty without `by`.
        package let keyNames: [String]
        /// The keys of each group, in order of first appearance.
        package let keys: [[Scalar]]
        /// The value of each group.
        package let values: [Scalar]
    }

    /// What was learned, one table an aggregate.
    package var tables: [GroupTable] {
        all.map { one in
            let keys = (0..<one.values.count).map { group -> [Scalar] in
                guard let known = one.keys else { return [] }
                return zip(known.codings, known.groupCodes).map { $0.values[Int($1[group])] }
            }
            return GroupTable(
                expression: one.text, keyNames: one.keyNames, keys: keys, values: (0..<one.values.count).map { one.values[$0] })
        }
    }

    /// Learns aggregates in order: later ones may use earlier ones.
    /// - Parameter groupings: groups of the same rows, if any were made before.
    static func learned(
        _ calls: [AggregateCall], from frame: Frame, rowNumbers: [Int32]?, groupings: GroupingMemory = GroupingMemory(),
        context: ComputeContext
    ) throws -> LearnedAggregates {
        var bound: [BoundAggregate] = []
        for call in calls {
            let scope = EvaluationScope(
                frame: frame, context: context, aggregates: bound, rowNumbers: rowNumbers, groupings: groupings)
            bound.append(BoundAggregate(call: call, learned: try call.learn(scope)))
        }
        return LearnedAggregates(all: bound.map(\.learned))
    }

    /// Together with the calls they belong to.
    func bound(to calls: [AggregateCall]) throws -> [BoundAggregate] {
        guard calls.count == all.count else { throw CompiledExpression.notLearned }
        return zip(calls, all).map { BoundAggregate(call: $0, learned: $1) }
    }

    // MARK: archive

    /// As named arrays of plain data.
    package func archive() -> Archive {
        var archive = Archive()
        archive["aggregates"] = .archives(all.map { LearnedAggregates.archive($0) })
        return archive
    }

    private static func archive(_ one: LearnedAggregate) -> Archive {
        var archive = Archive()
        archive.set("expression", one.text)
        archive["keyNames"] = .words(one.keyNames)
        archive.set("values", one.values.archive())
        guard let keys = one.keys else { return archive }
        archive["keys"] = .archives(
            keys.codings.indices.map { place in
                var key = keys.codings[place].values.archive()
                key["groups"] = .codes(keys.groupCodes[place])
                if let bands = one.edges[place] {
                    key["edges"] = .numbers(bands.edges)
                    key["labels"] = .words(bands.labels.words)
                }
                return key
            })
        return archive
    }

    /// Reads back what `archive()` wrote.
    /// - Throws: `Fault` R0590 for data that is damaged.
    package init(archive: Archive) throws {
        all = try archive.archives("aggregates").map { try LearnedAggregates.learned($0) }
    }

    private static func learned(_ archive: Archive) throws -> LearnedAggregate {
        let values = try Column(archive: archive.archive("values"))
        let names = try archive.words("keyNames")
        var codings: [KeyCoding] = []
        var groupCodes: [[Int32]] = []
        var edges: [BandEdges?] = []
        if archive["keys"] != nil {
            for key in try archive.archives("keys") {
                codings.append(KeyCoding(values: try Column(archive: key)))
                groupCodes.append(try key.codes("groups"))
                edges.append(key["edges"] == nil ? nil : try BandEdges(edges: key.numbers("edges"), labels: key.words("labels")))
            }
        }
        let keys = codings.isEmpty ? nil : try GroupKeys(codings: codings, groupCodes: groupCodes)
        guard values.count == (keys?.count ?? 1), names.count == codings.count else {
            throw Fault("R0590", "the saved groups do not fit together", remedy: "the file is damaged: deploy or save it again")
        }
        return LearnedAggregate(text: try archive.word("expression"), keyNames: names, edges: edges, keys: keys, values: values)
    }
}
