import RondoFrame
import RondoKernels

/// Looking at tables: descriptions and correlations.
enum LookTasks {
    static let all: [BenchTask] = [
        describe("describe_1m", times: 1),
        describe("describe_10m", times: 10),
        correlate("correlation_wide", .pearson),
        correlate("correlation_spearman_wide", .spearman),
    ]

    /// - Parameter times: how often the million rows stand below each other.
    private static func describe(_ name: String, times: Int32) -> BenchTask {
        BenchTask(name: name) { data in
            let rows = try data.table("houses_1m.csv")
            let count = Int32(rows.rowCount)
            let table = times == 1 ? rows : rows.gathering((0..<(count * times)).map { $0 % count })
            return BenchWork({ try table.descriptions(context: data.context) }) { descriptions in
                let named = Dictionary(uniqueKeysWithValues: zip(table.names, descriptions))
                return [
                    BenchFigure("median_sqft", named["sqft"]?.median.number ?? 0),
                    BenchFigure("distinct_address", Double(named["address"]?.distinct ?? 0)),
                    BenchFigure("peak_mb", BenchMemory.peak),
                ]
            }
        }
    }

    private static func correlate(_ name: String, _ method: Correlations.Method) -> BenchTask {
        BenchTask(name: name) { data in
            let columns = try data.table("wide.csv").columns.map { $0.numbers() }
            return BenchWork({ try Correlations(columns, method: method, context: data.context) }) { [BenchFigure("r01", $0[0, 1])] }
        }
    }
}
