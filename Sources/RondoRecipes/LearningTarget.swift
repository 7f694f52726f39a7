package import RondoFrame
import RondoKernels
package import RondoLearning

/// The column that a step learns by, without making anything from it: read on learning rows alone, never on new ones.
package struct LearningTarget: Sendable, Hashable {
    package let column: String
    /// The class that counts, when the goal names one: `left = 1`.
    package let positive: String?

    package init(column: String, positive: String? = nil) {
        self.column = column
        self.positive = positive
    }

    /// Learning rows that have a value, as places among them, and those values.
    /// - Throws: R0351 for a target of dates.
    package func values(from frame: Frame, rows: [Int32]?) throws -> (places: [Int32], values: TargetValues) {
        let target = try frame.learning(column, rows)
        if target.type.isNumeric, positive == nil {
            let numbers = target.numbers()
            let places = Column.places(numbers) { !$0.isNaN }
            return (places, .numbers(places.map { numbers[Int($0)] }))
        }
        guard !target.type.isMoment, target.type != .duration else {
            throw typeFault(
                column, target.type, needs: "a step learns from numbers or classes", remedy: "make a number of \(column) first, with derive"
            )
        }
        let levels = try LevelCodes(target, name: column)
        let places = Column.places(levels.codes) { $0 >= 0 }
        if let positive {
            let isPositive = levels.words.map { $0 == positive }
            let others = levels.occurring.filter { $0 != positive }
            return (
                places,
                .classes(
                    places.map { isPositive[Int(levels.codes[Int($0)])] ? 1 : 0 },
                    names: [others.count == 1 ? others[0] : "not \(positive)", positive])
            )
        }
        let names = levels.occurring
        let order = levels.places(in: names)
        return (places, .classes(places.map { order[Int(levels.codes[Int($0)])] }, names: names))
    }

    func archive() -> Archive { Archive(["column": .words([column]), "positive": .words(positive.map { [$0] } ?? [])]) }

    init(archive: Archive) throws {
        column = try archive.word("column")
        positive = try archive.words("positive").first
    }
}

extension TargetValues {
    /// The target as columns of numbers: itself, or a column of 0 and 1 for each class; of two classes only the second.
    var outcomes: [[Double]] {
        switch self {
        case .numbers(let values): [values]
        case .classes(let codes, let names):
            (names.count == 2 ? [1] : Array(names.indices)).map { wanted in codes.map { Int($0) == wanted ? 1 : 0 } }
        }
    }
}
