import CSystemLibraries

/// Trees of at most 32 leaves laid out for scoring 64 rows at a time (Lucchese et al. 2015, QuickScorer).
public struct QuickScorer: Sendable {
    /// Most leaves of a tree.
    public static let mostLeaves = 32
    /// Rows that are scored together.
    public static let rowsTogether = 64

    /// A question of a tree.
    public struct Question: Sendable {
        /// Place of the feature's codes.
        public var feature: Int
        /// The codes that go left: `more + 1` of the circle 0, 1, … 255, 0 from `first` on.
        public var first: UInt8
        public var more: UInt8
        /// For each of the 256 codes 0 (left) or 255 (right), in place of the interval; empty for the interval.
        public var sides: [UInt8]
        /// Leaves of the left branch, by number from the left.
        public var leftLeaves: Range<Int>

        public init(feature: Int, first: UInt8, more: UInt8, sides: [UInt8], leftLeaves: Range<Int>) {
            self.feature = feature
            self.first = first
            self.more = more
            self.sides = sides
            self.leftLeaves = leftLeaves
        }
    }

    // C values are plain data, written once.
    private let questions: [rondo_quick_question]
    private let starts: [Int32]
    private let leafValues: [Double]
    private let sides: [UInt8]

    /// - Parameter trees: the questions of each tree in any order, and its leaf values from left to right, at most 32.
    public init(_ trees: [(questions: [Question], leafValues: [Double])]) {
        var questions: [rondo_quick_question] = []
        var starts: [Int32] = [0]
        var values: [Double] = []
        var sides: [UInt8] = []
        for tree in trees {
            for question in tree.questions {
                var left: UInt32 = 0
                for leaf in question.leftLeaves { left |= 1 << UInt32(leaf) }
                var side: Int32 = -1
                if question.sides.count == 256 {
                    side = Int32(sides.count / 256)
                    sides.append(contentsOf: question.sides)
                }
                questions.append(
                    rondo_quick_question(
                        feature: Int32(question.feature), side: side, kept: ~left, first: question.first, more: question.more))
            }
            starts.append(Int32(questions.count))
            values.append(contentsOf: tree.leafValues)
            values.append(contentsOf: [Double](repeating: 0, count: max(0, Self.mostLeaves - tree.leafValues.count)))
        }
        self.questions = questions
        self.starts = starts
        leafValues = values
        self.sides = sides
    }

    /// Adds a leaf value of each tree, in their order, to the sums of rows.
    ///
    /// - Parameters:
    ///   - codes: `[feature][row]`, `stride` rows a feature; a whole number of 64.
    ///   - sums: `stride` many.
    /// - Throws: `Interrupted` when cancelled.
    public func add(codes: [UInt8], stride: Int, to sums: inout [Double], cancellation: CancellationToken) throws {
        guard stride > 0, stride % Self.rowsTogether == 0, sums.count >= stride else { return }
        // Trees in portions that stay in the nearest cache while all rows pass.
        let portion = 32
        for tree in Swift.stride(from: 0, to: starts.count - 1, by: portion) {
            try cancellation.check()
            let count = min(portion, starts.count - 1 - tree)
            questions.withUnsafeBufferPointer { questions in
                starts.withUnsafeBufferPointer { starts in
                    leafValues.withUnsafeBufferPointer { values in
                        sides.withUnsafeBufferPointer { sides in
                            codes.withUnsafeBufferPointer { codes in
                                sums.withUnsafeMutableBufferPointer { sums in
                                    guard let starts = starts.baseAddress, let values = values.baseAddress,
                                        let sums = sums.baseAddress
                                    else { return }
                                    for row in Swift.stride(from: 0, to: stride, by: Self.rowsTogether) {
                                        rondo_quick_scores(
                                            questions.baseAddress, starts + tree, Int32(count), values + tree * Self.mostLeaves,
                                            sides.baseAddress, codes.baseAddress.map { $0 + row }, Int64(stride), sums + row)
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
