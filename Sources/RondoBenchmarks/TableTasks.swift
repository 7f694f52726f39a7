import RondoFrame
import RondoKernels
import RondoSession

/// Reading tables.
enum TableTasks {
    static let all: [BenchTask] = [
        load("load_csv_1m", "houses_1m.csv"),
        load("load_csv_houses50k", "houses.csv"),
        load("load_csv_higgs", "higgs_like.csv"),
        load("load_csv_wide", "wide.csv"),
        load("load_jsonl_50k", "houses.jsonl"),
    ]

    private static func load(_ name: String, _ file: String) -> BenchTask {
        BenchTask(name: name) { data in
            let size = try DiskFiles.access.read(data.folder + "/" + file).bytes.count
            return BenchWork({ try data.table(file) }) {
                [
                    BenchFigure("rows", Double($0.rowCount)), BenchFigure("columns", Double($0.columnCount)),
                    BenchFigure("anonymous_mb", BenchMemory.anonymous), BenchFigure("file_mb", Double(size) / 1_000_000),
                ]
            }
        }
    }
}
