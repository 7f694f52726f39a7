import RondoKernels

/// What homes are worth: the truth that models try to find.
///
/// Logarithms of dollars add up; every term is written out in its function. What no table holds: the fame of an area, the charm of a home,
/// late renovations, and the luck of a sale.
enum PriceFormula {
    /// Deviation of a home's charm.
    static let charmDeviation = 0.03
    /// Deviation of a sale's luck; one sale in twenty has two and a half times as much.
    static let luckDeviation = 0.033
    /// What a late renovation adds.
    static let renovation = 0.09
    /// Deviation of what the assessor finds a home worth.
    static let assessmentDeviation = 0.095

    /// What the tables can tell about a home's worth, without time, charm, renovation and luck.
    static func worth(_ home: Home, _ area: Area) -> Double {
        12.93 + size(home) + place(home, area) + schools(home, area) + age(home, area) + condition(home) + extras(home, area)
    }

    /// Floor area: the larger the less a further square foot adds; in condos and by the water it counts more.
    private static func size(_ home: Home) -> Double {
        let relative = Elementary.log(Double(home.squareFeet) / 1_700)
        let slope = home.kind == .condo ? 0.74 : home.kind == .multiFamily ? 0.52 : 0.64
        return [0, -0.05, 0.03, 0.10, -0.22][home.kind.rawValue] + slope * relative + (home.isWaterfront ? 0.08 * max(relative, 0) : 0)
    }

    /// Nearness to the center, fame, and crime, which counts from 20 on.
    private static func place(_ home: Home, _ area: Area) -> Double {
        let nearness = Elementary.exp(-area.distance / 3.2)
        let fear = -0.006 * max(area.crimeRate - 20, 0)
        return 0.42 * nearness * (home.kind == .condo ? 1.25 : 1) + area.fame + fear
    }

    /// Schools, for homes with room for children.
    private static func schools(_ home: Home, _ area: Area) -> Double {
        let hasRoom = home.bedrooms >= 3 && home.kind != .condo && home.kind != .houseboat
        return area.schools * (hasRoom ? 0.075 : 0.012)
    }

    /// New homes are dear, homes of the fifties and sixties cheap, old ones near the center dear again.
    private static func age(_ home: Home, _ area: Area) -> Double {
        let years = Double(2_018 - home.yearBuilt)
        let worn = -0.0048 * min(years, 55)
        let heritage = area.distance < 3 ? 0.0066 : 0.0014
        return worn + heritage * max(years - 65, 0)
    }

    /// Condition, which counts more in old homes.
    private static func condition(_ home: Home) -> Double {
        let effect = [-0.19, -0.08, 0, 0.06, 0.12][home.condition]
        return effect * (0.55 + Double(2_018 - home.yearBuilt) / 80)
    }

    /// Bathrooms, garages (dearer where parking is hard), land (dearer near the center), water.
    private static func extras(_ home: Home, _ area: Area) -> Double {
        let isCentral = area.distance < 3.5
        let baths = 0.035 * min(home.bathrooms - 2, 2)
        let parking = Double(min(home.garage, 2)) * (isCentral ? 0.055 : 0.02)
        let land = home.lotSize > 0 ? (isCentral ? 0.11 : 0.05) * Elementary.log(Double(home.lotSize) / 5_000) : 0
        let water = home.isWaterfront && home.kind != .houseboat ? (home.kind == .condo ? 0.13 : 0.22) : 0
        return baths + parking + land + water
    }

    /// What the assessor's office takes a home to be worth, in logarithms and without the error of the day.
    ///
    /// The dearer a home, the smaller the share of its worth; condos and houseboats too low, homes for several families too high.
    static func assessment(_ home: Home, _ area: Area) -> Double {
        let kind = [0, -0.04, -0.10, 0.08, -0.20][home.kind.rawValue]
        return 12.75 + 0.68 * (worth(home, area) + home.charm - 12.9) + kind + area.assessorBias
    }

    /// The price of a sale in dollars, whole hundreds.
    ///
    /// Ordinary homes stay below two million: above 1.4 million a further dollar of worth brings 30 cents. Estates lie above two million:
    /// each dollar of worth over 1.3 million adds 90 cents.
    static func price(_ home: Home, _ area: Area, day: Int32, luck: Double) -> Int {
        let hidden = home.charm + (home.isRenovated ? renovation : 0) + luck
        let dollars = Elementary.exp(worth(home, area) + Market.level(day: day, area) + hidden)
        let ordinary = min(dollars, 1_400_000 + 0.3 * max(dollars - 1_400_000, 0))
        let price = home.isEstate ? 2_000_100 + 0.9 * max(dollars - 1_300_000, 0) : min(max(ordinary, 25_000), 1_990_000)
        return Int(min(price, 9_000_000).rounded(toMultipleOf: 100))
    }
}

/// How prices move over time.
enum Market {
    /// The level at the beginning of 2019, 2019 and a half, and so on, in logarithms: a slow rise, and a dip after mortgage rates
    /// jumped in 2022.
    private static let levels = [0, 0.006, 0.012, 0.018, 0.032, 0.045, 0.056, 0.060, 0.042, 0.038, 0.046, 0.052, 0.060]
    /// By month: homes sell dearer in late spring.
    private static let season = [-0.014, -0.012, -0.004, 0.006, 0.014, 0.018, 0.012, 0.006, 0, -0.006, -0.010, -0.012]

    /// The level on this day in this area, over that of January 2019, in logarithms.
    static func level(day: Int32, _ area: Area) -> Double {
        let years = Double(day - Sale.firstDay) / 365.25
        let place = min(max(years * 2, 0), Double(levels.count - 1))
        let before = min(Int(place), levels.count - 2)
        let town = levels[before] + (levels[before + 1] - levels[before]) * (place - Double(before))
        return town + area.trend.drift * years + season[CivilCalendar.date(days: day).month - 1]
    }
}
