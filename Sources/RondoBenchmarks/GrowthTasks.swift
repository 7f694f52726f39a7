import Glibc
import RondoKernels
import RondoLearning
import RondoSignature

/// What training costs as rows grow, and how much memory it takes: 28 numbers a row, 50 trees.
enum GrowthTasks {
    static let all: [BenchTask] = [30_000, 100_000, 300_000, 1_000_000].flatMap { rows in
        [
            task("boost_\(rows / 1000)k", BoostingFamily.self, ["trees": .integer(50)], rows: rows),
            task("forest_\(rows / 1000)k", ForestFamily.self, ["trees": .integer(10), "leaf": .integer(20)], rows: rows),
        ]
    }

    private static func task(
        _ name: String, _ family: any ModelFamily.Type, _ options: [String: FamilyOptions.Value], rows: Int
    ) -> BenchTask {
        BenchTask(name: name) { data in
            let (features, labels) = try data.rows("higgs_like.csv", target: "label")
            let places = (0..<rows).map { Int32($0 % labels.count) }
            let (part, target) = (
                features.gathering(places), TargetValues.classes(places.map { Int32(labels[Int($0)]) }, names: ["0", "1"])
            )
            let learner = try family.learner(FamilyOptions(options))
            let before = residentMegabytes("VmRSS:")
            return BenchWork({ try learner.fit(TrainingData(features: part, target: target), seed: 1, context: data.context) }) { model in
                let codes = Double(rows * features.features.count) / 1_000_000
                return [
                    BenchFigure("rows", Double(rows)), BenchFigure("codes_mb", codes),
                    BenchFigure("model_mb", Double(model.archive().encoded().count) / 1_000_000),
                    BenchFigure("extra_peak_mb", residentMegabytes("VmHWM:") - before),
                ]
            }
        }
    }

    /// A line of the process's memory figures, in millions of bytes.
    private static func residentMegabytes(_ key: String) -> Double {
        guard let file = fopen("/proc/self/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(whereSeparator: {
                $0 == " " || $0 == "\t"
            })
            if words.count >= 2, words[0] == key, let kilobytes = Double(words[1]) { return kilobytes * 1024 / 1_000_000 }
        }
        return 0
    }
}
