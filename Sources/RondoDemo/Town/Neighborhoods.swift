package import RondoFrame
package import RondoKernels

/// One row a zip: schools, crime, distance, income and where the area is going. See `DemoWorld.town`.
package enum Neighborhoods: DemoTable {
    package static let name = "neighborhoods"
    package static let summary = "The zips of the made town: schools, crime, distance to the center, income, trend."

    /// As many zips as have five digits.
    private static let mostRows = 89_999

    package static func make(rows: Int?, seed: UInt64, context: ComputeContext) throws -> Frame {
        let rows = try DemoTables.checkedRows(rows, own: Area.count, most: mostRows, table: name)
        let areas = try Parallel.map(rows, context: context) { Area(place: $0, seed: seed) }
        return try Frame([
            ("zip", WordColumn.make(areas.map(\.zip))),
            ("neighborhood", WordColumn.make(areas.map(\.neighborhood))),
            ("school_rating", WordColumn.make(areas.map { $0.schoolRating ?? -1 }, of: Area.grades)),
            ("crime_rate", Column(.number(areas.map(\.crimeRate)))),
            ("distance_to_center", Column(.number(areas.map(\.distance)))),
            ("median_income", Column(.integer(areas.map { Int64($0.medianIncome) }, missing: nil))),
            ("trend", WordColumn.make(areas.map(\.trend.rawValue), of: Area.Trend.allCases.map(\.word))),
        ])
    }
}
