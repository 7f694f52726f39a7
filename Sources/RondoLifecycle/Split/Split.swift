import RondoFrame

/// The parts of a table: which row trains, validates, tests.
package struct Split: Sendable {
    package enum Part: UInt8, Sendable, Hashable, CaseIterable {
        case train, validation, test
        /// In no part: no value in the column that decides.
        case none

        package var name: String {
            switch self {
            case .train: "train"
            case .validation: "validation"
            case .test: "test"
            case .none: "none"
            }
        }
    }
    /// How rows were assigned, in words: `at random`, `by sold_on`, `within customer by day`.
    package let method: String
    /// Raw values of `Part`, one a row.
    package let parts: [UInt8]
    /// Fold of each row for cross-validation, when folds were asked for; -1 outside the training part.
    package let folds: [Int32]?
    package let foldCount: Int
    /// Code of the class of each row, when classes have equal shares in every part; folds made later spread them evenly too.
    package let strata: [Int32]?
    /// Code of the group of each row, when groups stay together; they do so in folds made later too.
    package let groups: [Int32]?
    /// Whether it is random although the table has dates.
    package let isRandomOverTime: Bool
    package let identity: Identity
    /// What the seal is kept under: a split again over the same loaded rows keeps the test part's history, undone or not.
    package let seal: Identity
    package let trainRows: [Int32]
    package let validationRows: [Int32]
    package let testRows: [Int32]

    package init(
        method: String, parts: [UInt8], folds: [Int32]? = nil, foldCount: Int = 0, strata: [Int32]? = nil, groups: [Int32]? = nil,
        isRandomOverTime: Bool = false,
        identity: Identity = Identity(),
        seal: Identity = Identity()
    ) {
        self.method = method
        self.parts = parts
        self.folds = folds
        self.foldCount = foldCount
        self.strata = strata
        self.groups = groups
        self.isRandomOverTime = isRandomOverTime
        self.identity = identity
        self.seal = seal
        trainRows = Split.rows(of: .train, in: parts)
        validationRows = Split.rows(of: .validation, in: parts)
        testRows = Split.rows(of: .test, in: parts)
    }

    package static func rows(of part: Part, in parts: [UInt8]) -> [Int32] {
        var result: [Int32] = []
        for (row, value) in parts.enumerated() where value == part.rawValue { result.append(Int32(row)) }
        return result
    }

    package func rows(_ part: Part) -> [Int32] {
        switch part {
        case .train: trainRows
        case .validation: validationRows
        case .test: testRows
        case .none: Split.rows(of: .none, in: parts)
        }
    }

    /// The split of the kept rows.
    package func gathering(_ kept: [Int32]) -> Split {
        Split(
            method: method, parts: kept.map { parts[Int($0)] }, folds: folds.map { folds in kept.map { folds[Int($0)] } },
            foldCount: foldCount, strata: strata.map { strata in kept.map { strata[Int($0)] } },
            groups: groups.map { groups in kept.map { groups[Int($0)] } }, isRandomOverTime: isRandomOverTime, identity: identity,
            seal: seal)
    }
}
