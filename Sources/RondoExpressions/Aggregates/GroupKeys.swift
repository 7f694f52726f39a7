import RondoFrame
import RondoKernels

/// The groups that several columns make: which combinations of values there were.
struct GroupKeys: Sendable {
    let codings: [KeyCoding]
    /// For each column the code of each group.
    let groupCodes: [[Int32]]
    private let stages: [CodeTable]

    var count: Int { groupCodes.first?.count ?? 0 }

    /// The groups with these codes; throws R0590 when the codes do not fit.
    init(codings: [KeyCoding], groupCodes: [[Int32]]) throws {
        let count = groupCodes.first?.count ?? 0
        let fits = zip(codings, groupCodes).allSatisfy { coding, codes in
            codes.count == count && codes.allSatisfy { $0 >= 0 && Int($0) < coding.values.count }
        }
        guard codings.count == groupCodes.count, !codings.isEmpty, fits else {
            throw Fault("R0590", "the saved groups do not fit together", remedy: "the file is damaged: deploy or save it again")
        }
        self.codings = codings
        self.groupCodes = groupCodes
        stages = GroupKeys.stages(groupCodes, codings.map(\.values.count))
    }

    /// The groups of the rows, in order of first appearance.
    static func learned(from columns: [Column], context: ComputeContext) throws -> LearnedGroups {
        let single = try Parallel.map(columns.count, context: context) { GroupCodes(columns[$0]) }
        guard var joint = single.first else {
            throw Fault("R0590", "there are no groups to learn", remedy: "please report this as a fault of Rondo")
        }
        for next in single.dropFirst() {
            try context.cancellation.check()
            joint = joint.combined(with: next)
        }
        let codings = zip(columns, single).map { KeyCoding(values: $0.gathering($1.firstRows)) }
        let firstRows = joint.firstRows
        let groupCodes = single.map { column in firstRows.map { column.codes[Int($0)] } }
        return LearnedGroups(keys: try GroupKeys(codings: codings, groupCodes: groupCodes), groups: joint.codes, firstRows: firstRows)
    }

    /// The group of each row, -1 where there was none.
    func groups(of columns: [Column]) -> [Int32] {
        guard let first = columns.first, let coding = codings.first else { return [] }
        var result = coding.codes(of: first)
        if stages.isEmpty { return result }
        for (place, column) in columns.enumerated().dropFirst() where place < codings.count {
            let codes = codings[place].codes(of: column)
            let width = UInt64(codings[place].values.count)
            let stage = stages[place - 1]
            for row in result.indices {
                result[row] = result[row] < 0 || codes[row] < 0 ? -1 : stage.known(UInt64(result[row]) * width + UInt64(codes[row]))
            }
        }
        return result
    }

    /// How two columns make one, and then that and the next: for each step the code of each pair.
    private static func stages(_ codes: [[Int32]], _ sizes: [Int]) -> [CodeTable] {
        guard var groups = codes.first else { return [] }
        var size = sizes[0]
        var stages: [CodeTable] = []
        for (place, column) in codes.enumerated().dropFirst() {
            let width = UInt64(sizes[place])
            let bound = UInt64(max(size, 1)).multipliedReportingOverflow(by: max(width, 1))
            var table = CodeTable(least: 0, greatest: bound.overflow ? .max : bound.partialValue, count: groups.count)
            for row in groups.indices { groups[row] = table.code(UInt64(groups[row]) * width + UInt64(column[row])).code }
            size = Int(table.count)
            stages.append(table)
        }
        return stages
    }
}
