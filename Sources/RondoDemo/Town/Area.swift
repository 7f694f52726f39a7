import RondoKernels

/// What holds for all homes of one zip.
struct Area: Sendable {
    let zip: String
    let neighborhood: String
    /// 0 (F) to 4 (A); nil where schools are not rated yet.
    let schoolRating: Int?
    /// What schools are really like, from about -2 to 2; also where they are not rated.
    let schools: Double
    /// Crimes a year for 1,000 people, one decimal.
    let crimeRate: Double
    /// Miles to the town hall, one decimal.
    let distance: Double
    /// Dollars a year, whole hundreds.
    let medianIncome: Int
    let trend: Trend
    /// What people pay for the name, in logarithms of price; not in any table.
    let fame: Double
    /// How the assessor's office errs here, in logarithms; not in any table.
    let assessorBias: Double
    /// Whether homes may lie on the water.
    let hasWater: Bool

    /// Where an area is going.
    enum Trend: Int, Sendable, CaseIterable {
        case falling, stable, rising, gentrifying

        /// The word in the table.
        var word: String { ["falling", "stable", "rising", "gentrifying"][rawValue] }
        /// Growth of prices over the town's, in logarithms a year.
        var drift: Double { [-0.004, 0, 0.003, 0.010][rawValue] }
    }

    /// Zips in which the town's homes lie.
    static let count = 30
    /// Words of school ratings by `schoolRating`.
    static let grades = ["F", "D", "C", "B", "A"]

    /// Name, standing (mean 0, deviation about 0.8), miles to the center, trend, water; two zips each.
    private static let places: [(String, Double, Double, Trend, Bool)] = [
        ("Harbor Point", 1.5, 1.2, .stable, true), ("Old Town", 0.7, 0.8, .gentrifying, false), ("Riverside", 0.2, 2.0, .rising, true),
        ("Elm Park", 0.4, 3.1, .stable, false), ("Mill District", -0.6, 1.5, .gentrifying, false),
        ("University Heights", 0.5, 2.6, .rising, false), ("Garden Hills", 1.2, 5.5, .stable, false),
        ("Southgate", -0.9, 4.2, .falling, false), ("Eastfield", -0.5, 6.0, .stable, false), ("Maple Grove", 0.6, 8.2, .stable, false),
        ("Lakeview", 1.3, 7.0, .rising, true),
        ("Rail Yards", -1.2, 2.4, .gentrifying, false), ("Westbrook", 0.1, 9.5, .stable, false), ("Pine Ridge", -0.1, 11.8, .rising, false),
        ("North Meadows", 0.3, 13.5, .rising, false),
    ]
    private static let unrated: Set<Int> = [27, 29]

    /// The area at this place; places from 30 on are townships farther out, where nothing is sold.
    init(place: Int, seed: UInt64) {
        var random = RandomStream(seed: seed, purpose: "town/area", unit: UInt64(truncatingIfNeeded: place))
        let inTown = place < Area.count
        let known = Area.places[place / 2 % Area.places.count]
        let standing = (inTown ? known.1 : random.normal(mean: -0.2, deviation: 0.6)) + random.normal(mean: 0, deviation: 0.22)
        zip = Area.zip(place)
        neighborhood = inTown ? known.0 : "Township \(place - Area.count + 1)"
        trend = inTown ? known.3 : .stable
        hasWater = inTown && known.4
        distance = max(0.3, known.2 + (inTown ? 0 : 15) + random.normal(mean: 0, deviation: 0.35)).roundedToTenths
        schools = min(max(standing + random.normal(mean: 0, deviation: 0.55), -2), 2)
        let grade = min(max(Int((schools * 1.1 + 2.3).rounded()), 0), 4)
        schoolRating = Area.unrated.contains(place) ? nil : grade
        let crime = Elementary.exp(2.9 - 0.35 * standing - 0.05 * distance + random.normal(mean: 0, deviation: 0.2))
        crimeRate = crime.roundedToTenths
        medianIncome = Int(Elementary.exp(11.15 + 0.24 * standing + random.normal(mean: 0, deviation: 0.08)).rounded(toMultipleOf: 100))
        fame = 0.15 * standing + random.normal(mean: 0, deviation: 0.05)
        assessorBias = random.normal(mean: 0, deviation: 0.06)
    }

    /// The areas of the town.
    static func town(seed: UInt64) -> [Area] { (0..<count).map { Area(place: $0, seed: seed) } }

    /// Zips of the town; the last four lie across the state line and begin with a zero, so that only text keeps them.
    private static func zip(_ place: Int) -> String {
        (26..<30).contains(place) ? "0\(7301 + place - 26)" : "\(10_001 + place)"
    }
}

extension Double {
    /// The nearest multiple of a whole step.
    func rounded(toMultipleOf step: Double) -> Double { (self / step).rounded() * step }

    /// The nearest number of tenths.
    var roundedToTenths: Double { (self * 10).rounded() / 10 }
}
