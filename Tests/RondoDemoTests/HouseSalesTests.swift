import RondoDemo
import RondoFrame
import RondoKernels
import Testing

@Suite("Sales of the town")
struct HouseSalesTests {
    let sales: Frame

    init() throws { sales = try Town.table("house_sales") }

    @Test("50,512 rows and these 14 columns")
    func columns() {
        #expect(sales.rowCount == 50_512)
        #expect(
            sales.names == [
                "sold_on", "address", "zip", "type", "sqft", "lot_size", "bedrooms", "bathrooms", "year_built", "condition", "garage",
                "waterfront", "agency", "price",
            ])
        #expect(
            sales.columns.map(\.type) == [
                .date, .text, .text, .text, .integer, .integer, .integer, .number, .integer, .text, .integer, .truth, .text, .integer,
            ])
    }

    @Test("500 sales are there twice, half of them as exact copies")
    func duplicates() throws {
        let keys = Town.keys(sales)
        #expect(Set(keys).count == 50_012)
        let addresses = Town.words(sales, "address")
        var seen: [String: Int] = [:]
        var exact = 0
        for (row, key) in keys.enumerated() {
            guard let first = seen.updateValue(row, forKey: key) else { continue }
            let isSame = addresses[row] == addresses[first]
            if isSame { exact += 1 }
            for name in sales.names where name != "address" && (isSame || name != "sqft") {
                #expect(sales[name]?[row] == sales[name]?[first], "\(name) of rows \(first) and \(row)")
            }
        }
        #expect(exact == 250)
    }

    @Test("12 rows cannot be: 4 prices of a dollar, 4 areas of 0, 4 negative areas; none of them twice")
    func impossible() {
        let price = Town.numbers(sales, "price")
        let feet = Town.numbers(sales, "sqft")
        let wrong = sales.rowRange.filter { price[$0] <= 1 || feet[$0] <= 0 }
        #expect(wrong.count == 12)
        #expect(price.filter { $0 == 1 }.count == 4)
        #expect(feet.filter { $0 == 0 }.count == 4)
        #expect(feet.filter { $0 < 0 }.count == 4)
        #expect(wrong.allSatisfy { !feet[$0].isNaN })
        let keys = Town.keys(sales)
        let wrongKeys = Set(wrong.map { keys[$0] })
        #expect(keys.filter { wrongKeys.contains($0) }.count == 12)
    }

    @Test("One area in twenty is missing, and nothing else")
    func gaps() {
        #expect(sales["sqft"]?.missingCount == 2_526)
        for name in sales.names where name != "sqft" { #expect(sales[name]?.missingCount == 0, "\(name)") }
    }

    @Test("200 homes are above two million, none of them twice")
    func estates() {
        let price = Town.numbers(sales, "price")
        #expect(price.filter { $0 > 2_000_000 }.count == 200)
        #expect(price.allSatisfy { $0 == 1 || $0.truncatingRemainder(dividingBy: 100) == 0 })
    }

    @Test("Working days from 2019 to 2024, in order, about as many in every year")
    func days() throws {
        guard case .date(let days)? = sales["sold_on"]?.storage else { throw Fault("R0000", "sold_on is no date", remedy: "make it one") }
        #expect(days == days.sorted())
        #expect(days.first == CivilCalendar.days(year: 2019, month: 1, day: 2))
        #expect(days.last == CivilCalendar.days(year: 2024, month: 12, day: 30))
        #expect(days.allSatisfy { CivilCalendar.weekday(days: $0) <= 5 })
        let years = Dictionary(grouping: days) { CivilCalendar.date(days: $0).year }.mapValues(\.count)
        #expect(years.keys.sorted() == [2019, 2020, 2021, 2022, 2023, 2024])
        #expect(years.values.allSatisfy { (8_000...8_900).contains($0) })
    }

    @Test("Bathrooms come in halves, and no home is sold before it is built")
    func figures() {
        #expect(Town.numbers(sales, "bathrooms").allSatisfy { $0 >= 1 && ($0 * 2).rounded() == $0 * 2 })
        #expect(Town.numbers(sales, "year_built").allSatisfy { (1_875...2_018).contains($0) })
        #expect(Town.numbers(sales, "bedrooms").allSatisfy { (1...9).contains($0) })
        let boats = Town.words(sales, "type").filter { $0 == "houseboat" }.count
        #expect((100...600).contains(boats))
    }

    @Test("Addresses are written in several ways")
    func spelling() {
        let addresses = Town.words(sales, "address").compactMap { $0 }
        for ending in [" Street", " St.", " St", " ST", " street"] {
            #expect(addresses.contains { $0.hasSuffix(ending) }, "none ends in\(ending)")
        }
    }
}

extension Frame {
    fileprivate var rowRange: Range<Int> { 0..<rowCount }
}
