import RondoKernels

/// The target of a forest: numbers, one share for two classes, or classes.
struct ForestTarget: Sendable {
    /// Number, or 1 for the positive of two classes; empty for several classes.
    let values: [Double]
    /// Class a row for several classes; else empty.
    let classes: [Int32]
    /// 0 unless there are several classes.
    let classCount: Int
    /// Values as whole numbers for histograms, from 0.
    let fixed: [UInt64]
    /// Bits of the sum of fixed values; the count of rows lies above them.
    let sumBits: UInt64
    let classNames: [String]

    /// Values a leaf.
    var width: Int { max(classCount, 1) }

    /// - Parameter most: how many rows can be drawn altogether.
    init(numbers values: [Double], most: Int) {
        self.values = values
        classes = []
        classCount = 0
        classNames = []
        let countBits = 64 - max(values.count, most).leadingZeroBitCount
        sumBits = UInt64(63 - countBits)
        let low = values.min() ?? 0
        let high = values.max() ?? 0
        // Half of the range cannot overflow.
        let halfRange = high / 2 - low / 2
        let steps = Double(UInt64(1) << (sumBits - UInt64(countBits)) - 1)
        fixed = values.map { value in
            halfRange > 0 ? UInt64(max(0, min((value / 2 - low / 2) / halfRange, 1)) * steps + 0.5) : 0
        }
    }

    init(classes codes: [Int32], names: [String]) {
        classNames = names
        sumBits = 32
        if names.count == 2 {
            values = codes.map { $0 == 1 ? 1 : 0 }
            fixed = codes.map { $0 == 1 ? 1 : 0 }
            classes = []
            classCount = 0
        } else {
            values = []
            fixed = []
            classes = codes
            classCount = names.count
        }
    }

    /// - Throws: the faults of a target that cannot be learned.
    init(_ data: TrainingData, family: String, most: Int) throws {
        switch data.target {
        case .numbers:
            var values = try data.numberTarget(of: family)
            // What stands in rows without weight is not looked at, nor how large it is.
            if let weights = data.weights, let known = weights.firstIndex(where: { $0 > 0 }) {
                for row in values.indices where weights[row] == 0 { values[row] = values[known] }
            }
            self.init(numbers: values, most: most)
        case .classes:
            let (codes, names) = try data.classTarget(of: family)
            self.init(classes: codes, names: names)
        }
    }
}
