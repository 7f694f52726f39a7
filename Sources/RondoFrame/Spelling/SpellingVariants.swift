public import RondoKernels

/// Groups of values that look like one value spelled differently.
///
/// Values of one standard form belong together. Others are compared when they share one of their rarest runs of three letters, which
/// two values within the allowed edits always do (prefix filtering: Bayardo, Ma and Srikant 2007; with edits Xiao, Wang and Lin 2008),
/// so no step looks at all pairs. A rare value is taken for a variant of a frequent one; of two rare ones only long values with few
/// edits are.
public struct SpellingVariants: Sendable {
    /// A value and those that look like it.
    public struct Group: Sendable, Hashable {
        /// The most frequent spelling.
        public let center: Int
        /// The others, in order of their place, with the edits of their standard form (0: only case, signs, blanks or order).
        public let variants: [Variant]
    }
    public struct Variant: Sendable, Hashable {
        public let value: Int
        public let edits: Int
    }
    /// In order of the center's rows, most first.
    public let groups: [Group]
    /// Whether some values had so many neighbours that not all were compared.
    public let isPartial: Bool

    /// How many neighbours a value is compared with at most.
    static let mostVisits = 4_000
    /// A variant of a more frequent value has at most a fifth of its rows.
    static let share = 5

    /// - Parameters:
    ///   - standard: the standard form of each value; an empty one is like no other.
    ///   - counts: how often each value occurs.
    ///   - exact: a code a value that must be equal in both; nil when there is none.
    public init(standard: [String], counts: [Int], exact: [UInt64]? = nil, context: ComputeContext = .quiet) throws {
        let nodes = SpellingVariants.nodes(standard, counts, exact)
        var search = SpellingSearch(nodes.map(\.word), counts: nodes.map(\.count))
        var variantsOf = [Int: [(node: Int, edits: Int)]]()
        for node in nodes.indices {
            if node & 1023 == 0 { try context.cancellation.check() }
            if let found = search.center(of: node) {
                variantsOf[found.center, default: []].append((node, found.edits))
            } else {
                search.insert(node)
            }
        }
        isPartial = search.isPartial
        groups = nodes.indices.compactMap { node in
            var variants = nodes[node].others.map { Variant(value: $0, edits: 0) }
            for near in variantsOf[node] ?? [] {
                variants += ([nodes[near.node].first] + nodes[near.node].others).map { Variant(value: $0, edits: near.edits) }
            }
            return variants.isEmpty ? nil : Group(center: nodes[node].first, variants: variants)
        }
    }

    private struct Node {
        let word: SpelledWord
        var count: Int
        /// The most frequent spelling.
        var first: Int
        var others: [Int]
    }

    /// Values of one form, word order aside, together; the most frequent first.
    private static func nodes(_ standard: [String], _ counts: [Int], _ exact: [UInt64]?) -> [Node] {
        struct Form: Hashable {
            let text: String
            let exact: UInt64
        }
        var places: [Form: Int] = [:]
        var members: [[Int]] = []
        for value in standard.indices where !standard[value].isEmpty {
            var words = standard[value].split(separator: " ")
            words.sort()
            let form = Form(text: words.joined(separator: " "), exact: exact?[value] ?? 0)
            if let place = places[form] {
                members[place].append(value)
            } else {
                places[form] = members.count
                members.append([value])
            }
        }
        var nodes = members.map { group -> Node in
            let center = group.reduce(group[0]) { counts[$1] > counts[$0] ? $1 : $0 }
            return Node(
                word: SpelledWord(standard[center], exact: exact?[center] ?? 0), count: group.reduce(0) { $0 + counts[$1] }, first: center,
                others: group.filter { $0 != center })
        }
        let order = nodes.indices.sorted { nodes[$0].count != nodes[$1].count ? nodes[$0].count > nodes[$1].count : $0 < $1 }
        nodes = order.map { nodes[$0] }
        return nodes
    }
}

/// Finds for a value the more frequent one that it may be a variant of.
struct SpellingSearch {
    /// A center in the list of a run of letters, with all that most candidates fail by: lists are read from end to end.
    private struct Posting {
        let letters: UInt64
        let node: Int32
        let length: Int32
        let count: Int32
        /// The place of the run among the center's rarest.
        let rank: Int32
    }

    private let words: [SpelledWord]
    private let counts: [Int]
    private let lengths: [Int32]
    /// One bit for each letter that occurs: an edit changes two bits at most.
    private let letters: [UInt64]
    /// The rarest runs of letters of each value, as codes, rarest first.
    private let prefixes: [[Int32]]
    private var lists: [[Posting]]
    private var seen: [Int32]
    private var distance = SpellingDistance()
    private(set) var isPartial = false

    init(_ words: [SpelledWord], counts: [Int]) {
        self.words = words
        self.counts = counts
        lengths = words.map { Int32(truncatingIfNeeded: $0.scalars.count) }
        letters = words.map { $0.scalars.reduce(0) { $0 | 1 << UInt64($1 & 63) } }
        var table = KeyTable(capacity: words.count * 4)
        var frequency: [Int32] = []
        let grams = words.map { word -> [Int32] in
            word.trigrams().map { gram in
                let code = table.code(gram)
                if Int(code) == frequency.count { frequency.append(0) }
                frequency[Int(code)] &+= 1
                return code
            }
        }
        prefixes = zip(words, grams).map { word, codes in
            guard word.allowance > 0 else { return [] }
            let rarest = codes.sorted { frequency[Int($0)] != frequency[Int($1)] ? frequency[Int($0)] < frequency[Int($1)] : $0 < $1 }
            return Array(rarest.prefix(SpellingSearch.runs(word.allowance)))
        }
        lists = Array(repeating: [], count: frequency.count)
        seen = Array(repeating: -1, count: words.count)
    }

    /// Of so many of their rarest runs two values share one: an edit changes three runs at most, a swap of neighbours four.
    private static func runs(_ edits: Int) -> Int { 4 * edits + 1 }

    /// Values that come later may be variants of this one.
    mutating func insert(_ node: Int) {
        for (rank, code) in prefixes[node].enumerated() {
            lists[Int(code)].append(
                Posting(
                    letters: letters[node], node: Int32(truncatingIfNeeded: node), length: lengths[node],
                    count: Int32(clamping: counts[node]), rank: Int32(truncatingIfNeeded: rank)))
        }
    }

    /// The center that is nearest: fewest edits, then most rows.
    mutating func center(of node: Int) -> (center: Int, edits: Int)? {
        var best: (center: Int, edits: Int)?
        var visits = 0
        let (own, length, count) = (letters[node], lengths[node], Int32(clamping: counts[node]))
        for (rank, code) in prefixes[node].enumerated() {
            let list = lists[Int(code)]
            let isLong = visits + list.count > SpellingVariants.mostVisits
            let read = isLong ? SpellingVariants.mostVisits - visits : list.count
            visits += read
            for place in 0..<read {
                let posting = list[place]
                var limit = SpellingSearch.limit(length: min(length, posting.length), count: count, center: posting.count)
                guard limit > 0, (own ^ posting.letters).nonzeroBitCount <= 2 * limit, abs(length - posting.length) <= limit,
                    // With fewer edits allowed the rarer runs alone decide.
                    max(rank, Int(posting.rank)) < SpellingSearch.runs(limit), seen[Int(posting.node)] != Int32(node)
                else { continue }
                let center = Int(posting.node)
                seen[center] = Int32(node)
                if let best { limit = min(limit, best.edits) }
                guard words[node].signature == words[center].signature,
                    let edits = distance.between(words[node], words[center], limit: limit)
                else { continue }
                if best.map({ edits < $0.edits || (edits == $0.edits && center < $0.center) }) ?? true { best = (center, edits) }
            }
            if isLong {
                isPartial = true
                return best
            }
        }
        return best
    }

    /// How many edits are allowed between a value and a more frequent one.
    @inline(__always)
    private static func limit(length: Int32, count: Int32, center: Int32) -> Int {
        let allowance = length < 4 ? 0 : length < 8 ? 1 : 2
        if Int(count) * SpellingVariants.share <= Int(center) { return allowance }
        // Both are about as frequent: likely two values, unless both are rare and long.
        guard Int(center) < SpellingVariants.share else { return 0 }
        return length < 8 ? 0 : length < 14 ? 1 : allowance
    }
}
