extension DemoWorld {
    /// A town of 48,500 homes in 30 zips, and six years of its house sales.
    ///
    /// **Tables.** `house_sales` (50,512 rows as loaded, 14 columns), `tax_records` (one row a home, joined by `standard(address)`,
    /// 6 columns more) and `neighborhoods` (one row a zip, joined by `zip`, 6 columns more). Homes and sales are numbered; each has
    /// a random stream of its own, so that a table of fewer rows holds the same homes and its keys fit the other tables. Sales as
    /// loaded need about 0.96 homes each: more than 50,512 of them find all their tax records only in a `tax_records` of as many
    /// rows.
    ///
    /// **What is wrong with the sales as loaded** (at other sizes in the same shares):
    ///
    /// - 500 sales are there twice: 250 as exact copies, 250 with the address written otherwise. Address and day name a true sale.
    /// - 12 rows cannot be: a price of $1, an area of 0, a negative area, 4 each.
    /// - 2,526 rows (5 %) lack the area.
    /// - "12 Elm Street", "12 Elm St.", "12 ELM ST": an address is written in five ways in the sales, mostly in capitals in the tax
    ///   roll.
    /// - 1.3 % of the sales find no tax record: condos, whose record leaves the apartment out.
    /// - Two zips, 6 % of the sales, have no school rating. Four zips begin with a zero, which only text keeps.
    /// - 200 homes above two million stand apart: estates along the water, of another size than all others.
    ///
    /// **Prices.** The logarithm of a price is the sum of worth (`PriceFormula.worth`: size, place, schools, age, condition,
    /// extras), market (`Market.level`: a slow rise over the years, a dip after the rates of mortgages jumped in 2022, spring, and
    /// the drift of the area), and what no table holds: charm (deviation 0.03), a late renovation (0.09 in 12 % of the homes), and
    /// the luck of the sale (deviation 0.033, 2.5 times as much in one sale of twenty). It is not a straight line in the columns:
    ///
    /// - size counts by its logarithm, more in condos and by the water, less in homes for several families;
    /// - nearness fades as exp(-miles / 3.2); crime counts from 20 on; schools count six times as much for homes with three
    ///   bedrooms;
    /// - homes lose 0.0048 a year for 55 years; older than 65 they gain again, near the center almost five times as fast;
    /// - condition counts more in old homes, garages and land more near the center;
    /// - assessments (made in 2016 to 2018, deviation 0.095) are a bent and, by kind and area, biased picture of worth.
    ///
    /// **How well it can be told.** After joining, deduplicating, filtering, filling the areas by type and zip and a 60/20/20 split
    /// by day, least squares on the price has a mean absolute percentage error of about 12 % on the validation part, a random
    /// forest of 100 trees about 8 %, and the mean of the training prices 37 %. Ordinary prices run from 0.1 to 1.99 million around
    /// a median of 0.43 million.
    ///
    /// **Same everywhere.** Only +, -, *, / and this project's own exp and log are used; figures are rounded: prices and values to
    /// hundreds, areas to whole feet, rates of tax to hundredths, crime and distance to tenths.
    package static let town = DemoWorld(
        name: "town", summary: "House sales of a made town over six years, its tax roll and its neighborhoods.",
        tables: [HouseSales.self, TaxRecords.self, Neighborhoods.self])
}
