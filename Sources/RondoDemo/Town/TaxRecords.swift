package import RondoFrame
package import RondoKernels

/// The tax roll: one record a home, as the assessor's office writes it. See `DemoWorld.town`.
package enum TaxRecords: DemoTable {
    package static let name = "tax_records"
    package static let summary = "The tax roll of the made town: one record a home, assessed before the sales."

    /// All homes of the town's own sales, and some that were not sold.
    static let ownRows = 48_500
    /// Condos whose record leaves the apartment out, so that their sales find no record by address.
    private static let withoutApartment = 0.057

    package static func make(rows: Int?, seed: UInt64, context: ComputeContext) throws -> Frame {
        let rows = try DemoTables.checkedRows(rows, own: ownRows, most: TownSize.mostRows, table: name)
        let areas = Area.town(seed: seed)
        let records = try Parallel.mapChunks(count: rows, chunkSize: 2_048, context: context) { _, places in
            places.map { TaxRecord(place: $0, areas: areas, seed: seed, withoutApartment: withoutApartment) }
        }.flatMap { $0 }
        func whole(_ value: (TaxRecord) -> Int) -> Column { Column(.integer(records.map { Int64(value($0)) }, missing: nil)) }
        return try Frame([
            ("address", WordColumn.make(records.map(\.address))),
            ("assessed_value", whole(\.assessedValue)),
            ("previous_value", whole(\.previousValue)),
            ("tax_year", whole(\.year)),
            ("tax_rate", Column(.number(records.map(\.rate)))),
            ("owner_occupied", Column(.truth(records.map { $0.isOwnerOccupied ? 1 : 0 }))),
            ("units", whole(\.units)),
        ])
    }
}

/// One home in the tax roll.
struct TaxRecord: Sendable {
    let address: String
    /// Dollars, whole hundreds: what the office found the home worth, renovations unseen.
    let assessedValue: Int
    /// The assessment before.
    let previousValue: Int
    /// Year of the assessment, 2016 to 2018.
    let year: Int
    /// Percent of the assessed value a year, two decimals.
    let rate: Double
    let isOwnerOccupied: Bool
    let units: Int

    init(place: Int, areas: [Area], seed: UInt64, withoutApartment: Double) {
        var random = RandomStream(seed: seed, purpose: "town/tax", unit: UInt64(truncatingIfNeeded: place))
        let home = Home(place: place, areas: areas, seed: seed)
        let area = areas[home.area]
        let draw = random.uniform()
        let style: Address.Style = draw < 0.80 ? .capitals : draw < 0.95 ? .short : .full
        address = home.address.written(style, withApartment: !random.bernoulli(withoutApartment))
        year = 2_016 + random.uniform(below: 3)
        let worth = PriceFormula.assessment(home, area)
        let error = random.normal(mean: 0, deviation: PriceFormula.assessmentDeviation)
        let older = worth - 0.07 + 0.6 * error + random.normal(mean: 0, deviation: 0.08)
        assessedValue = Int(Elementary.exp(worth + error).rounded(toMultipleOf: 100))
        previousValue = Int(Elementary.exp(older).rounded(toMultipleOf: 100))
        let surcharge = [0, 3, 6, 11, 4][home.kind.rawValue]
        rate = Double(95 + surcharge + Int(area.crimeRate / 2) + random.uniform(below: 8)) / 100
        isOwnerOccupied = random.bernoulli(home.kind == .multiFamily ? 0.3 : home.kind == .condo ? 0.6 : 0.82)
        units = home.units
    }
}
