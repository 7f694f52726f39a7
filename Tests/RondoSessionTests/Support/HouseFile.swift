import RondoKernels
import Testing

/// A made table of house sales in date order, as CSV: `id, sold_on, type, zip, sqft, rooms, school, price`; one area in ten is missing.
enum HouseFile {
    static let types = ["condo", "house", "loft"]
    static let zips = ["10001", "10002", "10003", "10004"]

    /// - Parameters:
    ///   - noiseFrom: from this row on every value but identifier and date is noise of the same type, unseen words included.
    ///   - extra: more columns: name and value of a row.
    static func csv(rows: Int = 600, seed: UInt64 = 1, noiseFrom: Int? = nil, noiseSeed: UInt64 = 99, extra: [(String, (Int) -> String)] = []) -> String {
        var stream = RandomStream(seed: seed, purpose: "houses")
        var noise = RandomStream(seed: noiseSeed, purpose: "noise")
        var text = "id,sold_on,type,zip,sqft,rooms,school,price" + extra.map { ",\($0.0)" }.joined() + "\n"
        let start = CivilCalendar.days(year: 2021, month: 1, day: 1) ?? 0
        for row in 0..<rows {
            let type = stream.uniform(below: 3)
            let zip = stream.uniform(below: 4)
            let area = 500.5 + (stream.uniform() * 2000).rounded()
            let rooms = 1 + stream.uniform(below: 6)
            let gap = stream.uniform() < 0.1
            let school = ["A", "B", "C"][stream.uniform(below: 3)]
            let price = 50_000.5 + 100 * area.rounded() + 20_000 * Double(zip) + 15_000 * Double(type) + (stream.uniform() * 30_000).rounded()
            let date = CivilCalendar.text(days: start &+ Int32(row))
            var cells = ["h\(row)", date, types[type], zips[zip], gap ? "" : "\(area)", "\(rooms)", school, "\(price)"]
            if let noiseFrom, row >= noiseFrom {
                cells = [
                    "h\(row)", date, ["condo", "castle", "tent"][noise.uniform(below: 3)], ["10001", "99999"][noise.uniform(below: 2)],
                    noise.uniform() < 0.5 ? "" : "\(0.5 + (noise.uniform() * 1e7).rounded())", "\(noise.uniform(below: 1000))",
                    ["C", "A"][noise.uniform(below: 2)], "\(0.5 + (noise.uniform() * 1e9).rounded())",
                ]
            }
            text += cells.joined(separator: ",") + extra.map { ",\($0.1(row))" }.joined() + "\n"
        }
        return text
    }

    /// A session with the table `sales`.
    static func session(rows: Int = 600, threads: Int = 1, more: [String: String] = [:]) -> TestSession {
        var session = TestSession(["sales.csv": csv(rows: rows)].merging(more) { $1 }, threads: threads)
        session.accept("load \"sales.csv\" as sales")
        return session
    }
}
