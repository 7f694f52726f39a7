import RondoKernels

/// The target of a forest: numbers, one share for two classes, or classes.
struct ForestTarget: Sendable {
    /// Empty for classes.
    private let numbers: [Double]
    /// The same as whole numbers for histograms, from 0.
    private let fixed: [UInt64]
    /// Class a row; empty for numbers.
    let classes: [Int32]
    /// 0 unless there are several classes.
    let classCount: Int
    /// Bits of the sum of fixed values, or of the class; the count of rows lies above them.
    let sumBits: UInt64
    let classNames: [String]

    /// Values a leaf.
    var width: Int { max(classCount, 1) }

    /// The number of a row, or 1 for the positive of two classes.
    @inline(__always)
    func value(_ row: Int) -> Double { numbers.isEmpty ? Double(classes[row]) : numbers[row] }

    /// A row that was drawn so often: the count, and the sum of its fixed values or, of several classes, which it is.
    @inline(__always)
    func packed(_ row: Int, count: UInt32) -> UInt64 {
        let sum = numbers.isEmpty ? UInt64(UInt32(bitPattern: classes[row])) : fixed[row]
        return UInt64(count) << sumBits | (classCount > 0 ? sum : UInt64(count) &* sum)
    }

    /// - Parameter most: how many rows can be drawn altogether.
    init(numbers values: [Double], most: Int) {
        numbers = values
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
        numbers = []
        fixed = []
        classes = codes
        classCount = names.count == 2 ? 0 : names.count
        classNames = names
        sumBits = 32
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
