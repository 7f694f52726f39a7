package import RondoFrame
package import RondoKernels

/// Sales of homes, as an office would hand them over: with duplicates, gaps and impossible rows. See `DemoWorld.town`.
package enum HouseSales: DemoTable {
    package static let name = "house_sales"
    package static let summary = "Sales of homes in a made town from 2019 to 2024, with duplicates, gaps and impossible rows."

    package static func make(rows: Int?, seed: UInt64, context: ComputeContext) throws -> Frame {
        let rows = try DemoTables.checkedRows(rows, own: TownSize.ownRows, most: TownSize.mostRows, table: name)
        let size = TownSize(rows: rows)
        let areas = Area.town(seed: seed)
        let sales = try Parallel.mapChunks(count: size.sales + size.impossible, chunkSize: 2_048, context: context) { _, places in
            places.map { Sale(place: $0, areas: areas, seed: seed) }
        }.flatMap { $0 }
        var entries = sales.enumerated().map { place, sale in
            place < size.sales ? SaleEntry(sale) : SaleEntry(impossible: sale, turn: place - size.sales)
        }
        addDuplicates(&entries, sales: sales, size: size, seed: seed)
        entries.sort { $0.order < $1.order }
        return try frame(entries, areas: areas)
    }

    /// Adds the second entries of sales entered twice and takes areas away.
    ///
    /// Every other duplicate is an exact copy; the rest are written otherwise. Estates are never entered twice. Areas are missing in
    /// exactly one row in twenty, never in an exact copy or its original, nor in an impossible row.
    private static func addDuplicates(_ entries: inout [SaleEntry], sales: [Sale], size: TownSize, seed: UInt64) {
        var random = RandomStream(seed: seed, purpose: "town/duplicates")
        let eligible = (0..<size.sales).filter { !sales[$0].home.isEstate }
        let sources = random.sampleWithoutReplacement(below: eligible.count, count: size.duplicates).map { eligible[$0] }
        var isCopied = [Bool](repeating: false, count: size.sales)
        var mayLack: [Int] = []
        for (turn, source) in sources.enumerated() {
            let isExact = turn % 2 == 0
            if isExact { isCopied[source] = true } else { mayLack.append(entries.count) }
            let shift = isExact ? 0 : 1 + random.uniform(below: Address.Style.allCases.count - 1)
            entries.append(SaleEntry(again: sales[source], styleShift: shift, tieBreak: random.nextUInt64()))
        }
        let pool = (0..<size.sales).filter { !isCopied[$0] } + mayLack
        var gaps = RandomStream(seed: seed, purpose: "town/gaps")
        for place in gaps.sampleWithoutReplacement(below: pool.count, count: size.missing) { entries[pool[place]].squareFeet = nil }
    }

    private static func frame(_ entries: [SaleEntry], areas: [Area]) throws -> Frame {
        let homes = entries.map(\.sale.home)
        func whole(_ value: (Home) -> Int) -> Column { Column(.integer(homes.map { Int64(value($0)) }, missing: nil)) }
        let lacks = entries.map { $0.squareFeet == nil }
        let feet = Column(.integer(entries.map { Int64($0.squareFeet ?? 0) }, missing: lacks.contains(true) ? lacks : nil))
        return try Frame([
            ("sold_on", Column(.date(entries.map(\.sale.soldOn)))),
            ("address", WordColumn.make(entries.map { $0.sale.home.address.written($0.style) })),
            ("zip", WordColumn.make(homes.map(\.area), of: areas.map(\.zip))),
            ("type", WordColumn.make(homes.map(\.kind.rawValue), of: Home.Kind.words)),
            ("sqft", feet),
            ("lot_size", whole(\.lotSize)),
            ("bedrooms", whole(\.bedrooms)),
            ("bathrooms", Column(.number(homes.map(\.bathrooms)))),
            ("year_built", whole(\.yearBuilt)),
            ("condition", WordColumn.make(homes.map(\.condition), of: Home.conditions)),
            ("garage", whole(\.garage)),
            ("waterfront", Column(.truth(homes.map { $0.isWaterfront ? 1 : 0 }))),
            ("agency", WordColumn.make(entries.map(\.sale.agency), of: Sale.agencies)),
            ("price", Column(.integer(entries.map { Int64($0.price) }, missing: nil))),
        ])
    }
}

/// A row of the sales table: a sale as somebody entered it.
struct SaleEntry: Sendable {
    /// What rows are sorted by: the day, then chance.
    struct Order: Comparable, Sendable {
        let day: Int32
        let tieBreak: UInt64

        static func < (left: Order, right: Order) -> Bool { (left.day, left.tieBreak) < (right.day, right.tieBreak) }
    }

    let sale: Sale
    let style: Address.Style
    var squareFeet: Int?
    let price: Int
    let order: Order

    /// The sale as it was.
    init(_ sale: Sale) {
        self.init(sale, style: sale.style, squareFeet: sale.home.squareFeet, price: sale.price, tieBreak: sale.tieBreak)
    }

    /// The sale entered again, with its address in another style unless the shift is 0.
    init(again sale: Sale, styleShift: Int, tieBreak: UInt64) {
        let styles = Address.Style.allCases
        let style = styles[(sale.style.rawValue + styleShift) % styles.count]
        self.init(sale, style: style, squareFeet: sale.home.squareFeet, price: sale.price, tieBreak: tieBreak)
    }

    /// The sale with a figure that cannot be: by turns a price of one dollar, no area, a negative area.
    init(impossible sale: Sale, turn: Int) {
        let feet = sale.home.squareFeet
        self.init(
            sale, style: sale.style, squareFeet: turn % 3 == 0 ? feet : turn % 3 == 1 ? 0 : -feet, price: turn % 3 == 0 ? 1 : sale.price,
            tieBreak: sale.tieBreak)
    }

    private init(_ sale: Sale, style: Address.Style, squareFeet: Int, price: Int, tieBreak: UInt64) {
        self.sale = sale
        self.style = style
        self.squareFeet = squareFeet
        self.price = price
        order = Order(day: sale.soldOn, tieBreak: tieBreak)
    }
}
