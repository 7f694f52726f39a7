import RondoFrame
import RondoKernels

/// How rows become points whose distances can be compared: numbers divided by their usual width, levels by their codes.
///
/// The width of a number is the distance of its 5 % and 95 % quantiles in the learning rows: two values that far apart, or
/// farther, differ as much as two different levels do.
struct NeighbourSpace: Sendable {
    enum Axis: Sendable {
        /// `factor` is one over the width; 0 for a column that is constant.
        case number(ColumnType, factor: Double)
        case level(KeyDictionary)
    }
    let names: [String]
    let axes: [Axis]

    /// - Parameter columns: the learning rows only, one column a name.
    init(learningFrom columns: [Column], names: [String]) {
        self.names = names
        axes = columns.map { column in
            if column.type.isText { return .level(KeyDictionary.learned(from: column, GroupCodes(column)).dictionary) }
            return .number(column.type, factor: NeighbourSpace.factor(column.numbers()))
        }
    }

    private static func factor(_ values: [Double]) -> Double {
        let ends = Quantiles.of(values, [0, 0.05, 0.95, 1])
        for width in [ends[2] - ends[1], ends[3] - ends[0]] where width > 0 && width.isFinite && (1 / width).isFinite { return 1 / width }
        return 0
    }

    /// The points of rows, one after the other; an unknown level differs from all.
    /// - Throws: R0352 when a column is of another type than learned.
    func coordinates(of columns: [Column]) throws -> [Double] {
        let count = columns.first?.count ?? 0
        var result = [Double](repeating: .nan, count: count * axes.count)
        for (axis, column) in columns.enumerated() {
            switch axes[axis] {
            case .number(let type, let factor):
                guard column.isCountable == (type.isNumeric || type == .truth), column.isCountable || column.type == type else {
                    guard column.missingCount == count else { throw mismatch(axis, column.type, type) }
                    continue
                }
                for (row, value) in column.numbers().enumerated() { result[row * axes.count + axis] = value * factor }
            case .level(let dictionary):
                guard let codes = dictionary.codes(of: column) else {
                    guard column.missingCount == count else { throw mismatch(axis, column.type, dictionary.values.type) }
                    continue
                }
                for (row, code) in codes.enumerated() where code != KeyDictionary.missing {
                    result[row * axes.count + axis] = Double(code)
                }
            }
        }
        return result
    }

    private func mismatch(_ axis: Int, _ here: ColumnType, _ learned: ColumnType) -> Fault {
        Fault(
            "R0352", "\(names[axis]) is \(here.phrase) here and was \(learned.phrase) when learned",
            remedy: "give it the same type, for example with cast", subject: names[axis])
    }

    func archive() -> Archive {
        Archive([
            "names": .words(names),
            "axes": .archives(
                axes.map { axis in
                    switch axis {
                    case .number(let type, let factor): Archive(["type": .words([type.rawValue]), "factor": .numbers([factor])])
                    case .level(let dictionary): Archive(["levels": .archives([dictionary.values.archive()])])
                    }
                }),
        ])
    }

    init(archive: Archive) throws {
        names = try archive.words("names")
        axes = try archive.archives("axes").map { axis in
            if axis["levels"] != nil {
                let values = try Column(archive: try axis.archive("levels"))
                guard values.missingCount == 0, values.type.isText else { throw StepArchive.damaged(ImputeStep.kind) }
                return .level(KeyDictionary(values: values))
            }
            guard let type = ColumnType(rawValue: try axis.word("type")), !type.isText else { throw StepArchive.damaged(ImputeStep.kind) }
            return .number(type, factor: try axis.number("factor"))
        }
        guard axes.count == names.count, !axes.isEmpty else { throw StepArchive.damaged(ImputeStep.kind) }
    }
}
