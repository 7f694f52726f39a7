import RondoKernels

/// One sale of a home.
struct Sale: Sendable {
    let home: Home
    /// Days since 1970-01-01.
    let soldOn: Int32
    /// Place in `agencies`.
    let agency: Int
    /// Dollars.
    let price: Int
    /// How its address was written down.
    let style: Address.Style
    /// Decides between sales of the same day which row comes first.
    let tieBreak: UInt64

    /// 2019-01-02, a Wednesday.
    static let firstDay: Int32 = 17_898
    /// 2024-12-30, a Monday.
    static let lastDay: Int32 = 20_087

    /// Offices of agents.
    static let agencies = [
        "Anchor Homes", "Bluebird Realty", "Cornerstone", "Dockside Partners", "Evergreen Estates", "Fairway Brokers", "Gable & Sons",
        "Hearth",
    ]

    /// Twenty-five sales in a row are of twenty-four homes: the last two are of the same one.
    static func homePlace(_ place: Int) -> Int { place / 25 * 24 + min(place % 25, 23) }

    /// The sale at this place of the town's register.
    init(place: Int, areas: [Area], seed: UInt64) {
        var random = RandomStream(seed: seed, purpose: "town/sale", unit: UInt64(truncatingIfNeeded: place))
        home = Home(place: Sale.homePlace(place), areas: areas, seed: seed)
        soldOn = Sale.day(place, &random)
        agency = min(random.uniform(below: Sale.agencies.count), random.uniform(below: Sale.agencies.count))
        let isOdd = random.bernoulli(0.05)
        let luck = random.normal(mean: 0, deviation: PriceFormula.luckDeviation * (isOdd ? 2.5 : 1))
        price = PriceFormula.price(home, areas[home.area], day: soldOn, luck: luck)
        let draw = random.uniform()
        style = draw < 0.42 ? .full : draw < 0.68 ? .pointed : draw < 0.92 ? .short : draw < 0.97 ? .capitals : .small
        tieBreak = random.nextUInt64()
    }

    /// A working day; a home sold twice was sold once in the first three years and once in the last three.
    private static func day(_ place: Int, _ random: inout RandomStream) -> Int32 {
        let middle = (firstDay + lastDay) / 2
        let bounds = place % 25 == 23 ? (firstDay, middle - 7) : place % 25 == 24 ? (middle + 7, lastDay) : (firstDay, lastDay)
        let span = Int(bounds.1 - bounds.0) + 1
        var day = bounds.0
        // Winter days are passed over half of the time, so that most homes change hands in spring and summer.
        for _ in 0..<8 {
            day = bounds.0 + Int32(truncatingIfNeeded: random.uniform(below: span))
            let isWinter = [11, 12, 1, 2].contains(CivilCalendar.date(days: day).month)
            if !isWinter || random.bernoulli(0.55) { break }
        }
        // Back to Friday from a weekend; the first and the last day are working days.
        let weekday = Int32(CivilCalendar.weekday(days: day))
        return weekday <= 5 ? day : max(firstDay, day - (weekday - 5))
    }
}
