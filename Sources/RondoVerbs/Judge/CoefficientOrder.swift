import RondoKernels
import RondoReport

/// The order of very many coefficients.
enum CoefficientOrder {
    /// Up to so many terms stay in the order of the columns.
    static let limit = 60

    /// The intercept, then the terms by the size of their standardised coefficient; short tables as they are.
    static func sorted(_ table: TableBlock) -> TableBlock {
        guard table.rows.count > limit, let place = table.columns.firstIndex(where: { $0.name == "standardised" }) else { return table }
        var table = table
        func size(_ row: [Scalar]) -> Double {
            if row.first == .text("intercept") { return .infinity }
            return row[place].number.map(\.magnitude) ?? -1
        }
        let sizes = table.rows.map(size)
        let order = table.rows.indices.sorted { (sizes[$0], $1) > (sizes[$1], $0) }
        table.rows = order.map { table.rows[$0] }
        return table
    }
}
