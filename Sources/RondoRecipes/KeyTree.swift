import RondoFrame
import RondoKernels

/// Combinations of key values as a tree: a node at depth d stands for the values of the first d key columns.
///
/// Looking up all prefixes at once is what a chain of groups needs ("by type, zip", then "by type", then all). A missing key value
/// is a value of its own.
struct KeyTree: Sendable {
    let dictionaries: [KeyDictionary]
    /// For each depth the parent and the code of each node, nodes in order of first appearance; the parent at depth 1 is 0.
    let parents: [[Int32]]
    let codes: [[Int32]]
    private let index: [KeyIndex]

    /// The tree of these columns, and for each depth the node of each row.
    static func learned(from columns: [Column], context: ComputeContext) throws -> (tree: KeyTree, nodes: [[Int32]]) {
        var dictionaries: [KeyDictionary] = []
        var nodes: [[Int32]] = []
        var parents: [[Int32]] = []
        var codes: [[Int32]] = []
        var joint: GroupCodes?
        let single = try Parallel.map(columns.count, context: context) { GroupCodes(columns[$0]) }
        for (column, groups) in zip(columns, single) {
            try context.cancellation.check()
            let (dictionary, codeOfGroup) = KeyDictionary.learned(from: column, groups)
            let combined = joint?.combined(with: groups) ?? groups
            // A node is known by its first row.
            parents.append(combined.firstRows.map { row in joint.map { $0.codes[Int(row)] } ?? 0 })
            codes.append(combined.firstRows.map { codeOfGroup[Int(groups.codes[Int($0)])] })
            dictionaries.append(dictionary)
            nodes.append(combined.codes)
            joint = combined
        }
        return (KeyTree(dictionaries: dictionaries, parents: parents, codes: codes), nodes)
    }

    private init(dictionaries: [KeyDictionary], parents: [[Int32]], codes: [[Int32]]) {
        self.dictionaries = dictionaries
        self.parents = parents
        self.codes = codes
        index = zip(parents, codes).map { parents, codes in
            KeyIndex(zip(parents, codes).map { KeyTree.key($0, $1) })
        }
    }

    private static func key(_ parent: Int32, _ code: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: parent)) << 32 | UInt64(UInt32(bitPattern: code))
    }

    var depth: Int { dictionaries.count }

    /// How many nodes there are at a depth from 1.
    func nodeCount(depth: Int) -> Int { parents[depth - 1].count }

    /// For each depth the node of each row, -1 where the combination was not learned.
    /// - Throws: R0352 when a key column is of another type than learned.
    func nodes(of columns: [Column], names: [String]) throws -> [[Int32]] {
        var current = [Int32](repeating: 0, count: columns.first?.count ?? 0)
        var result: [[Int32]] = []
        for (position, column) in columns.enumerated() {
            guard let rowCodes = dictionaries[position].codes(of: column) else {
                let name = position < names.count ? names[position] : "key"
                throw Fault(
                    "R0352", "\(name) is \(column.type.phrase) here and was \(dictionaries[position].values.type.phrase) when learned",
                    remedy: "give it the same type, for example with cast", subject: name)
            }
            let index = self.index[position]
            for row in current.indices where current[row] >= 0 {
                current[row] = rowCodes[row] == KeyDictionary.unknown ? -1 : index.place(of: KeyTree.key(current[row], rowCodes[row])) ?? -1
            }
            result.append(current)
        }
        return result
    }

    /// The key values of a node at a depth from 1, first key first.
    func keys(depth: Int, node: Int) -> [Scalar] {
        var result: [Scalar] = []
        var current = node
        for level in (0..<depth).reversed() {
            let code = codes[level][current]
            result.append(code < 0 ? .missing : dictionaries[level].values[Int(code)])
            current = Int(parents[level][current])
        }
        return result.reversed()
    }

    /// `condo, 10001` for a node at a depth from 1.
    func words(depth: Int, node: Int) -> String {
        keys(depth: depth, node: node).map { $0.isMissing ? "missing" : $0.plainText }.joined(separator: ", ")
    }

    func archive() -> Archive {
        Archive([
            "levels": .archives(
                (0..<depth).map { level in
                    var archive = Archive(["parents": .codes(parents[level]), "codes": .codes(codes[level])])
                    archive.set("values", dictionaries[level].values.archive())
                    return archive
                })
        ])
    }

    /// Reads a tree back; throws R0581 when nodes do not fit together.
    init(archive: Archive) throws {
        var dictionaries: [KeyDictionary] = []
        var parents: [[Int32]] = []
        var codes: [[Int32]] = []
        var above = 1
        for level in try archive.archives("levels") {
            let values = try Column(archive: try level.archive("values"))
            guard values.missingCount == 0 else { throw StepArchive.damaged("groups") }
            let dictionary = KeyDictionary(values: values)
            let (parent, code) = (try level.codes("parents"), try level.codes("codes"))
            guard parent.count == code.count, parent.allSatisfy({ $0 >= 0 && Int($0) < above }),
                code.allSatisfy({ $0 >= KeyDictionary.missing && Int($0) < dictionary.count })
            else { throw StepArchive.damaged("groups") }
            dictionaries.append(dictionary)
            parents.append(parent)
            codes.append(code)
            above = parent.count
        }
        self.init(dictionaries: dictionaries, parents: parents, codes: codes)
    }
}
