import RondoFrame
import RondoKernels

/// Reading and describing tables.
enum TableTasks {
    static let all: [BenchTask] = [
        load("load_csv_1m", "houses_1m.csv"),
        load("load_csv_houses50k", "houses.csv"),
        load("load_csv_higgs", "higgs_like.csv"),
        load("load_csv_wide", "wide.csv"),
        BenchTask(name: "describe_1m") { data in
            let table = try data.table("houses_1m.csv")
            return BenchWork({ try table.descriptions(context: data.context) }) { descriptions in
                let named = Dictionary(uniqueKeysWithValues: zip(table.names, descriptions))
                return [
                    BenchFigure("median_sqft", named["sqft"]?.median.number ?? 0),
                    BenchFigure("distinct_address", Double(named["address"]?.distinct ?? 0)),
                ]
            }
        },
    ]

    private static func load(_ name: String, _ file: String) -> BenchTask {
        BenchTask(name: name) { data in
            BenchWork({ try data.table(file) }) {
                [BenchFigure("rows", Double($0.rowCount)), BenchFigure("columns", Double($0.columnCount))]
            }
        }
    }
}
