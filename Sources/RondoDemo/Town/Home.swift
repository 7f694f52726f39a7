import RondoKernels

/// A property of the town: what stands there, whoever sells it.
struct Home: Sendable {
    /// What is built there; the raw value is the word's place in `words`.
    enum Kind: Int, Sendable {
        case house, townhouse, condo, multiFamily, houseboat

        static let words = ["house", "townhouse", "condo", "multi_family", "houseboat"]
    }

    /// Words of `condition`.
    static let conditions = ["poor", "fair", "average", "good", "excellent"]

    let address: Address
    /// Place of its zip among the areas.
    let area: Int
    let kind: Kind
    /// One of the few homes above two million.
    let isEstate: Bool
    /// Living area in square feet.
    let squareFeet: Int
    /// Land in square feet; 0 without land of its own.
    let lotSize: Int
    let bedrooms: Int
    /// In halves.
    let bathrooms: Double
    let yearBuilt: Int
    /// 0 (poor) to 4 (excellent).
    let condition: Int
    /// Cars.
    let garage: Int
    let isWaterfront: Bool
    /// Dwellings on the property.
    let units: Int
    /// What a visitor sees and no table holds (light, cut, noise), in logarithms of price.
    let charm: Double
    /// Renovated lately, which no table holds.
    let isRenovated: Bool

    /// Every 240th home is an estate: one of 250 sales.
    static func isEstate(_ place: Int) -> Bool { place % 240 == 108 }

    /// The home at this place of the town.
    init(place: Int, areas: [Area], seed: UInt64) {
        var random = RandomStream(seed: seed, purpose: "town/home", unit: UInt64(truncatingIfNeeded: place))
        isEstate = Home.isEstate(place)
        let street = Home.street(place, isEstate: isEstate)
        let area = areas[street.area]
        let kind = isEstate ? Kind.house : Home.kind(in: area, &random)
        self.area = street.area
        self.kind = kind
        let size = Home.squareFeet(kind, isEstate: isEstate, area, &random)
        squareFeet = Int(size.rounded())
        let rooms = size / [640, 560, 520, 620, 620][kind.rawValue] + random.normal(mean: 0, deviation: 0.55)
        bedrooms = Int(min(max(rooms.rounded(), 1), isEstate ? 9 : 7))
        let baths = 0.6 + size / 1_050 + random.normal(mean: 0, deviation: 0.3)
        bathrooms = min(max((baths * 2).rounded() / 2, 1), 8)
        lotSize = Home.lotSize(kind, isEstate: isEstate, area, &random)
        let year = 1_934 + 4.6 * area.distance + 24 * random.normal() + (kind == .condo ? 14 : 0)
        yearBuilt = Int(min(max(year.rounded(), 1_875), 2_018))
        let care = 2.15 - Double(2_018 - yearBuilt) / 140 + 0.9 * random.normal()
        condition = Int(min(max(care.rounded(), 0), 4))
        garage = Home.garage(kind, isEstate: isEstate, area, &random)
        isWaterfront = isEstate || kind == .houseboat || (area.hasWater && random.bernoulli(0.16))
        units = kind == .multiFamily ? 2 + random.uniform(below: 4) : 1
        charm = random.normal(mean: 0, deviation: PriceFormula.charmDeviation)
        isRenovated = random.bernoulli(0.12)
        let apartment = 1 + random.uniform(below: 48)
        let number = Home.number(place, isEstate: isEstate, &random)
        address = Address(number: number, street: street, apartment: kind == .condo ? apartment : nil)
    }

    private static func street(_ place: Int, isEstate: Bool) -> Street {
        isEstate ? Street.all[Street.ordinaryCount + place / 240 % Street.shoreCount] : Street.all[place % Street.ordinaryCount]
    }

    /// A number of its own in the street: each home has four numbers to choose from.
    private static func number(_ place: Int, isEstate: Bool, _ random: inout RandomStream) -> Int {
        let turn = isEstate ? place / 240 / Street.shoreCount : place / Street.ordinaryCount
        return turn * 4 + 1 + random.uniform(below: 4)
    }

    private static func kind(in area: Area, _ random: inout RandomStream) -> Kind {
        let nearness = Elementary.exp(-area.distance / 4)
        let draw = random.uniform()
        var limit = area.hasWater ? 0.035 : 0
        if draw < limit { return .houseboat }
        limit += 0.08 + 0.36 * nearness
        if draw < limit { return .condo }
        limit += 0.10 + 0.12 * nearness
        if draw < limit { return .townhouse }
        limit += 0.05 + 0.05 * nearness
        return draw < limit ? .multiFamily : .house
    }

    private static func squareFeet(_ kind: Kind, isEstate: Bool, _ area: Area, _ random: inout RandomStream) -> Double {
        let wealth = 0.2 * (Double(area.medianIncome) / 72_000 - 1)
        if isEstate { return 5_200 + 3_800 * random.uniform() }
        let median = [1_850.0, 1_450, 980, 2_700, 820][kind.rawValue]
        let spread = [0.30, 0.22, 0.27, 0.24, 0.20][kind.rawValue]
        return min(max(median * Elementary.exp(wealth + spread * random.normal()), 380), 5_000)
    }

    private static func lotSize(_ kind: Kind, isEstate: Bool, _ area: Area, _ random: inout RandomStream) -> Int {
        let spread = Elementary.exp(0.38 * random.normal())
        if isEstate { return Int((30_000 * spread).rounded()) }
        switch kind {
        case .house: return Int(((4_200 + 620 * area.distance) * spread).rounded())
        case .townhouse: return Int((1_900 * spread).rounded())
        case .multiFamily: return Int(((4_000 + 250 * area.distance) * spread).rounded())
        case .condo, .houseboat: return 0
        }
    }

    private static func garage(_ kind: Kind, isEstate: Bool, _ area: Area, _ random: inout RandomStream) -> Int {
        if isEstate { return 2 + random.uniform(below: 3) }
        if kind == .houseboat { return 0 }
        let wish = (kind == .house ? 1.1 : 0.5) + 0.05 * area.distance + 0.75 * random.normal()
        return Int(min(max(wish.rounded(), 0), 3))
    }
}
