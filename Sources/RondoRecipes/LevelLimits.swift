import RondoKernels

/// Which levels get a code of their own: the frequent ones; the others join one level, "other".
package struct LevelLimits: Sendable, Hashable {
    /// Least share of the learning rows with a value; nil means none.
    package let rare: Double?
    /// How many levels at most, the most frequent ones; nil means all.
    package let most: Int?

    package static let none = LevelLimits()

    package init(rare: Double? = nil, most: Int? = nil) {
        self.rare = rare
        self.most = most
    }

    /// Places of the items that are kept, ascending; of equally frequent ones the earlier.
    func kept(counts: [Int], rows: Int) -> [Int] {
        var places = counts.indices.filter { place in rare.map { Double(counts[place]) >= $0 * Double(rows) } ?? true }
        if let most, places.count > most {
            places.sort { (counts[$1], $0) < (counts[$0], $1) }
            places = places.prefix(most).sorted()
        }
        return places
    }

    func write(to archive: inout Archive) {
        if let rare { archive["rare"] = .numbers([rare]) }
        if let most { archive.set("most", most) }
    }

    init(_ archive: Archive) throws {
        rare = archive["rare"] == nil ? nil : try archive.number("rare")
        most = archive["most"] == nil ? nil : try archive.integer("most")
    }
}

/// The levels of a column in the learning rows, split by their limits.
struct LevelChoice {
    /// In the order of `LevelCodes.occurring`.
    let levels: [String]
    /// Learning rows of each.
    let counts: [Int]
    /// Levels that join "other".
    let pooled: [String]
    let pooledCount: Int
    let missing: Int

    init(_ codes: LevelCodes, _ limits: LevelLimits) {
        let words = codes.occurring
        let all = codes.counts(of: words)
        let present = all.reduce(0, +)
        let kept = limits.kept(counts: all, rows: present)
        let chosen = Set(kept)
        levels = kept.map { words[$0] }
        counts = kept.map { all[$0] }
        pooled = words.indices.filter { !chosen.contains($0) }.map { words[$0] }
        pooledCount = present - counts.reduce(0, +)
        missing = codes.codes.count - present
    }
}

/// What becomes of a level that has no place: `otherwise` of `encode`.
package enum LevelFallback: Sendable, Hashable {
    case missing
    case code(Int64)
    /// As this level.
    case level(String)

    var archive: Archive {
        switch self {
        case .missing: Archive.scalar(.missing)
        case .code(let code): Archive.scalar(.integer(code))
        case .level(let level): Archive.scalar(.text(level))
        }
    }

    init(_ archive: Archive) throws {
        switch try archive.scalar() {
        case .missing: self = .missing
        case .integer(let code): self = .code(code)
        case .text(let level): self = .level(level)
        default: throw StepArchive.damaged("otherwise")
        }
    }

    /// The fallback kept in a step's archive under `otherwise`; nil when there is none.
    static func read(_ archive: Archive) throws -> LevelFallback? {
        archive["otherwise"] == nil ? nil : try LevelFallback(try archive.archive("otherwise"))
    }

    /// The code of a level without a place; nil means missing.
    func code(_ levels: [String]) -> Int64? {
        switch self {
        case .missing: nil
        case .code(let code): code
        case .level(let level): levels.firstIndex(of: level).map { Int64($0) }
        }
    }
}
