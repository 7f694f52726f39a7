import Foundation

@testable import RondoLearning

/// Real tables with a train and a test part, read from beside the package when they are there.
struct ReferenceTable {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("../shared/data").standardizedFileURL

    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.appendingPathComponent("reference_visible.json").path) }

    let names: [String]
    /// `[column][row]`
    let cells: [[String]]
    let isTrain: [Bool]
    let target: String

    static func references() throws -> [String: Any] {
        let data = try Data(contentsOf: folder.appendingPathComponent("reference_visible.json"))
        let root = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return root?["datasets"] as? [String: Any] ?? [:]
    }

    static func reference(_ name: String) throws -> [String: Any] { try references()[name] as? [String: Any] ?? [:] }

    init(_ name: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/gzip")
        process.arguments = ["-dc", ReferenceTable.folder.appendingPathComponent("split/\(name).csv.gz").path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = [UInt8](try pipe.fileHandleForReading.readToEnd() ?? Data())
        process.waitUntilExit()
        let rows = ReferenceTable.parse(bytes)
        let header = rows.first ?? []
        var cells = [[String]](repeating: [], count: header.count)
        for row in rows.dropFirst() where row.count == header.count {
            for (column, cell) in row.enumerated() { cells[column].append(cell) }
        }
        names = header
        self.cells = cells
        isTrain = (cells.last ?? []).map { $0 == "train" }
        target = try ReferenceTable.reference(name)["target"] as? String ?? "target"
    }

    /// Fields by commas, quotes doubled inside quoted fields.
    private static func parse(_ bytes: [UInt8]) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if isQuoted {
                if byte == 34, index + 1 < bytes.count, bytes[index + 1] == 34 {
                    field.append(34)
                    index += 1
                } else if byte == 34 {
                    isQuoted = false
                } else {
                    field.append(byte)
                }
            } else if byte == 34 {
                isQuoted = true
            } else if byte == 44 || byte == 10 {
                row.append(String(decoding: field, as: UTF8.self))
                field.removeAll(keepingCapacity: true)
                if byte == 10 {
                    rows.append(row)
                    row = []
                }
            } else if byte != 13 {
                field.append(byte)
            }
            index += 1
        }
        return rows
    }

    func column(_ name: String) -> [String] { names.firstIndex(of: name).map { cells[$0] } ?? [] }

    static func isMissing(_ cell: String) -> Bool {
        let text = cell.trimmingCharacters(in: .whitespaces)
        return text.isEmpty || ["NA", "?", "NaN", "None"].contains(text)
    }

    /// The column as numbers with NaN for missing cells; nil when a cell is text.
    func numbers(_ name: String) -> [Double]? {
        var values: [Double] = []
        for cell in column(name) {
            if ReferenceTable.isMissing(cell) {
                values.append(.nan)
            } else if let value = Double(cell.trimmingCharacters(in: .whitespaces)) {
                values.append(value)
            } else {
                return nil
            }
        }
        return values
    }

    func rows(train: Bool) -> [Int32] { isTrain.indices.filter { isTrain[$0] == train }.map { Int32($0) } }

    func targetValues(classes: [String]?) -> TargetValues {
        guard let classes else { return .numbers(numbers(target) ?? []) }
        let codes = column(target).map { cell in Int32(classes.firstIndex(of: cell) ?? -1) }
        return .classes(codes, names: classes)
    }

    /// Columns as they are: numbers with gaps, categories.
    func plainFeatures(_ names: [String]) -> Features {
        let features = names.map { name in
            if let values = numbers(name) { return Features.Feature(name, .numbers(values)) }
            let cells = column(name)
            let levels = Set(zip(cells, isTrain).filter { $0.1 && !ReferenceTable.isMissing($0.0) }.map(\.0)).sorted()
            let index = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, Int32($0)) })
            return Features.Feature(name, .categories(cells.map { index[$0] ?? -1 }, levels: levels))
        }
        return Features(features, rowCount: isTrain.count)
    }

    /// Medians for missing numbers, which are standardised when asked, and one column of 0 and 1 a level (missing is one): what `fit` adds
    /// for families that need numbers. All learned from train.
    func numericFeatures(_ names: [String], standardised: Bool) -> Features {
        var features: [Features.Feature] = []
        for name in names {
            if let values = numbers(name) {
                let known = zip(values, isTrain).filter { $0.1 && !$0.0.isNaN }.map(\.0).sorted()
                let middle = known.isEmpty ? 0 : (known[known.count / 2] + known[(known.count - 1) / 2]) / 2
                let filled = Features.Feature(name, .numbers(values.map { $0.isNaN ? middle : $0 }))
                features.append(standardised ? standardise(filled, on: isTrain) : filled)
            } else {
                let cells = column(name).map { ReferenceTable.isMissing($0) ? "missing" : $0 }
                for level in Set(zip(cells, isTrain).filter(\.1).map(\.0)).sorted() {
                    features.append(Features.Feature("\(name)=\(level)", .numbers(cells.map { $0 == level ? 1 : 0 })))
                }
            }
        }
        return Features(features, rowCount: isTrain.count)
    }

    private func standardise(_ feature: Features.Feature, on rows: [Bool]) -> Features.Feature {
        guard case .numbers(let values) = feature.values else { return feature }
        let learned = zip(values, rows).filter(\.1).map(\.0)
        let mean = learned.reduce(0, +) / Double(learned.count)
        let variance = learned.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(learned.count)
        let deviation = variance > 0 ? variance.squareRoot() : 1
        return Features.Feature(feature.name, .numbers(values.map { ($0 - mean) / deviation }))
    }
}

/// One reference figure: its mean and deviation over seeds.
struct ReferenceFigure {
    let mean: Double
    let sd: Double

    /// Within 1 % (errors), 0.005 (shares) or two deviations, or better.
    func accepts(_ value: Double, isError: Bool) -> Bool {
        isError ? value <= mean + max(0.01 * mean.magnitude, 2 * sd) : value >= mean - max(0.005, 2 * sd)
    }
}
