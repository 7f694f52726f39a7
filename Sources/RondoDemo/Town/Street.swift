/// A street of the town: its name, what kind of street it is, and the zip it lies in.
///
/// A name and a kind occur together once in the whole town, so that an address without its zip names one home.
struct Street: Sendable {
    /// Place in `names`, or in `shoreNames` for the streets of the estates.
    let name: StreetName
    let kind: StreetKind
    /// Place of its zip among the areas.
    let area: Int

    /// Streets of ordinary homes: a prime number, so that no pattern of the home numbers shows in the streets.
    static let ordinaryCount = 719
    /// Streets along the water where only estates stand.
    static let shoreCount = 12

    /// Streets in each zip; the two zips without a school rating have 43 of 719, 6 % of the homes.
    private static let countsInAreas = [
        18, 22, 20, 26, 24, 28, 30, 26, 22, 20, 26, 24, 28, 22, 30, 24, 26, 22, 24, 28, 20, 22, 24, 18, 26, 30, 24, 22, 22, 21,
    ]
    private static let shoreAreas = [0, 1, 20, 21, 12, 13]

    /// All streets, the ordinary ones first.
    static let all: [Street] = {
        let areas = countsInAreas.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
        let ordinary = (0..<ordinaryCount).map { place in
            Street(
                name: StreetName.ordinary[place % StreetName.ordinary.count], kind: StreetKind.ordinary[place / StreetName.ordinary.count],
                area: areas[place * 331 % ordinaryCount])
        }
        let shore = (0..<shoreCount).map { Street(name: StreetName.shore[$0], kind: .terrace, area: shoreAreas[$0 % shoreAreas.count]) }
        return ordinary + shore
    }()
}

/// The name of a street, written out and short: "Fifth" and "5th", "Saint James" and "St. James".
struct StreetName: Sendable {
    let full: String
    let short: String

    private init(_ full: String, _ short: String? = nil) {
        self.full = full
        self.short = short ?? full
    }

    /// Names of ordinary streets; with eight kinds of street they make 720.
    static let ordinary: [StreetName] =
        words.map { StreetName($0) } + ordinals.map { StreetName($0.0, $0.1) } + [
            StreetName("Saint James", "St. James"), StreetName("Saint Clair", "St. Clair"),
            StreetName("Mount Vernon", "Mt. Vernon"), StreetName("Mount Hope", "Mt. Hope"), StreetName("O'Neil", "ONeil"),
        ]

    /// Names of the streets along the water.
    static let shore: [StreetName] = [
        "Lakeshore", "Harbor View", "Regatta", "Lighthouse", "Mariner", "Boathouse", "Heron", "Sandpiper", "Cliffside", "Bay View",
        "Promontory", "Seawall",
    ].map { StreetName($0) }

    private static let words = [
        "Elm", "Oak", "Maple", "Pine", "Cedar", "Birch", "Walnut", "Chestnut", "Willow", "Ash", "Spruce", "Poplar", "Sycamore", "Magnolia",
        "Juniper", "Hickory", "Laurel", "Linden", "Hawthorn", "Alder", "Main", "Church", "Mill", "Bridge", "Market", "Union", "Spring",
        "Summer", "Winter", "Orchard", "Meadow", "Prospect", "Highland", "Sunset", "Valley", "Ridge", "Forest", "Garden", "River", "Canal",
        "Washington", "Lincoln", "Jefferson", "Madison", "Adams", "Franklin", "Hamilton", "Jackson", "Monroe", "Grant", "Harrison",
        "Cleveland", "Wilson", "Douglass", "Tubman", "Whitman", "Emerson", "Thoreau", "Dickinson", "King", "Queen", "Duke", "Victoria",
        "Cambridge", "Oxford", "Bristol", "York", "Durham", "Lancaster", "Essex", "Kent", "Surrey", "Dover",
    ]

    private static let ordinals = [
        ("First", "1st"), ("Second", "2nd"), ("Third", "3rd"), ("Fourth", "4th"), ("Fifth", "5th"), ("Sixth", "6th"), ("Seventh", "7th"),
        ("Eighth", "8th"), ("Ninth", "9th"), ("Tenth", "10th"), ("Eleventh", "11th"), ("Twelfth", "12th"),
    ]
}

/// What kind of street it is, written out and short.
enum StreetKind: Int, Sendable {
    case street, avenue, road, drive, lane, court, place, boulevard, terrace

    /// The kinds of ordinary streets.
    static let ordinary: [StreetKind] = [.street, .avenue, .road, .drive, .lane, .court, .place, .boulevard]

    /// The word written out.
    var full: String { StreetKind.words[rawValue].0 }
    /// The word without the point of its short form.
    var short: String { StreetKind.words[rawValue].1 }

    private static let words = [
        ("Street", "St"), ("Avenue", "Ave"), ("Road", "Rd"), ("Drive", "Dr"), ("Lane", "Ln"), ("Court", "Ct"), ("Place", "Pl"),
        ("Boulevard", "Blvd"), ("Terrace", "Ter"),
    ]
}
