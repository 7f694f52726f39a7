import RondoDemo
import RondoFrame
import Testing

@Suite("Keys of the town")
struct TownKeysTests {
    @Test("No home is twice in the tax roll, no zip twice among the neighborhoods", arguments: [1 as UInt64, 2, 77])
    func unique(seed: UInt64) throws {
        let tax = try Town.table("tax_records", seed: seed)
        let areas = try Town.table("neighborhoods", seed: seed)
        #expect(tax.rowCount == 48_500)
        #expect(Set(Town.words(tax, "address").map { PlainAddress.read($0 ?? "") }).count == tax.rowCount)
        #expect(areas.rowCount == 30)
        #expect(Set(Town.words(areas, "zip")).count == 30)
        #expect(try Set(Town.words(Town.table("neighborhoods", rows: 2_000), "zip")).count == 2_000)
    }

    @Test("About 98.7 % of the sales find their tax record, also of fewer sales", arguments: [nil, 5_000, 20_000] as [Int?])
    func matches(rows: Int?) throws {
        let known = Set(try Town.words(Town.table("tax_records"), "address").map { PlainAddress.read($0 ?? "") })
        let addresses = try Town.words(Town.table("house_sales", rows: rows), "address").map { PlainAddress.read($0 ?? "") }
        let share = Double(addresses.filter { known.contains($0) }.count) / Double(addresses.count)
        #expect((0.98...0.99).contains(share), "\(share)")
        #expect(addresses.allSatisfy { known.contains($0) || $0.contains(" apartment ") })
    }

    @Test("Every zip of a sale has its neighborhood; 6 % of the sales have no school rating")
    func areas() throws {
        let areas = try Town.table("neighborhoods")
        let ratings = Dictionary(uniqueKeysWithValues: zip(Town.words(areas, "zip"), Town.words(areas, "school_rating")))
        let zips = try Town.words(Town.table("house_sales"), "zip")
        #expect(Set(zips) == Set(ratings.keys))
        let unrated = zips.filter { (ratings[$0] ?? nil) == nil }.count
        #expect((0.055...0.065).contains(Double(unrated) / Double(zips.count)))
        #expect(Set(ratings.values.compactMap { $0 }).isSubset(of: ["A", "B", "C", "D", "F"]))
        #expect(zips.contains("10003"))
        #expect(zips.contains("07301"))
        #expect(zips.allSatisfy { $0?.count == 5 })
    }

    @Test("The tax roll adds six columns, and its values are no copy of the prices")
    func values() throws {
        let tax = try Town.table("tax_records")
        #expect(
            tax.names == ["address", "assessed_value", "previous_value", "tax_year", "tax_rate", "owner_occupied", "units"])
        let assessed = Dictionary(
            uniqueKeysWithValues: zip(Town.words(tax, "address").map { PlainAddress.read($0 ?? "") }, Town.numbers(tax, "assessed_value")))
        let sales = try Town.table("house_sales")
        var pairs: [(Double, Double)] = []
        for (address, price) in zip(Town.words(sales, "address"), Town.numbers(sales, "price")) where price > 1 {
            if let value = assessed[PlainAddress.read(address ?? "")] { pairs.append((value, price)) }
        }
        let share = squaredCorrelation(pairs)
        #expect((0.7...0.9).contains(share), "\(share)")
    }

    private func squaredCorrelation(_ pairs: [(Double, Double)]) -> Double {
        let count = Double(pairs.count)
        let mean = (pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count)
        var sums = (0.0, 0.0, 0.0)
        for pair in pairs {
            let (x, y) = (pair.0 - mean.0, pair.1 - mean.1)
            sums = (sums.0 + x * x, sums.1 + y * y, sums.2 + x * y)
        }
        return sums.2 * sums.2 / (sums.0 * sums.1)
    }
}
