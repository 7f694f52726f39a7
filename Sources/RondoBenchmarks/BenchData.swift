import RondoFrame
import RondoKernels
import RondoLearning
import RondoSession

/// The folder of data sets, and how they are read.
struct BenchData {
    let folder: String
    let context: ComputeContext

    /// A file of CSV or JSON lines as a table.
    func table(_ name: String) throws -> Frame {
        let content = try DiskFiles.access.read(folder + "/" + name)
        let source = ByteSource(name: name) { body in try body(content.bytes) }
        let reader: any TableReader.Type = name.hasSuffix(".jsonl") ? JSONLinesReader.self : CSVReader.self
        return try reader.read(source, options: ReadOptions(), context: context).frame
    }

    /// All columns but the target as numbers, and the target.
    func rows(_ name: String, target: String) throws -> (features: Features, target: [Double]) {
        let frame = try table(name)
        guard let column = frame[target] else { throw Fault("R0703", "\(name) has no column \(target)", remedy: "make the data again") }
        let features = frame.names.filter { $0 != target }.compactMap { name in
            frame[name].map { Features.Feature(name, .numbers($0.numbers())) }
        }
        return (Features(features, rowCount: frame.rowCount), column.numbers())
    }

    /// All columns but the target, text as categories, and the target as classes.
    func mixed(_ name: String, target: String) throws -> (features: Features, target: TargetValues) {
        let frame = try table(name)
        guard let column = frame[target] else { throw Fault("R0703", "\(name) has no column \(target)", remedy: "make the data again") }
        let features = frame.names.filter { $0 != target }.compactMap { name -> Features.Feature? in
            guard let column = frame[name] else { return nil }
            guard column.type.isText else { return Features.Feature(name, .numbers(column.numbers())) }
            let factor = column.factor()
            return Features.Feature(name, .categories(factor.codes, levels: factor.words))
        }
        let classes = column.factor()
        return (Features(features, rowCount: frame.rowCount), .classes(classes.codes, names: classes.words))
    }

    /// Every feature less its mean, divided by its deviation with n; both from `train`.
    static func standardised(_ train: Features, _ others: Features) -> (Features, Features) {
        let scales = train.features.map { feature -> (Double, Double) in
            guard case .numbers(let values) = feature.values else { return (0, 1) }
            let moments = Moments(values)
            let deviation = moments.populationVariance.squareRoot()
            return (moments.mean, deviation > 0 ? deviation : 1)
        }
        func scaled(_ features: Features) -> Features {
            Features(
                zip(features.features, scales).map { feature, scale in
                    guard case .numbers(let values) = feature.values else { return feature }
                    return Features.Feature(feature.name, .numbers(values.map { ($0 - scale.0) / scale.1 }))
                }, rowCount: features.rowCount)
        }
        return (scaled(train), scaled(others))
    }
}
