package import RondoKernels
import RondoLearning

/// Which classes are possible beside the answer, from rows that the model has not seen: a set of classes that holds the true one with
/// a stated probability.
///
/// A class is possible when its probability is at least that of the true class of all but few rows (least ambiguous sets: Sadinle, Lei
/// and Wasserman 2019).
package struct ClassRange: Sendable, Hashable {
    package let level: Double
    /// Least probability of a possible class.
    package let least: Double
    package let rowCount: Int
    /// Share of the rows whose true class was possible, and share with one possible class only.
    package let coverage: Double
    package let single: Double

    /// - Parameters:
    ///   - truth: classes as codes; a code without a probability counts as impossible.
    ///   - probabilities: `[class][row]`
    /// - Returns: nil with fewer rows than the level needs.
    package init?(truth: [Int32], probabilities: [[Double]], level: Double) {
        let own = truth.enumerated().map { row, code in probabilities.indices.contains(Int(code)) ? probabilities[Int(code)][row] : 0 }
        let rank = Int((Double(own.count + 1) * level - 1e-9).rounded(.up))
        guard own.count >= ErrorProfile.leastRows(level), rank >= 1, rank <= own.count else { return nil }
        let least = own.sorted(by: >)[rank - 1]
        self.level = level
        self.least = least
        rowCount = own.count
        coverage = Double(own.filter { $0 >= least }.count) / Double(own.count)
        let sets = own.indices.map { row in probabilities.reduce(0) { $1[row] >= least ? $0 + 1 : $0 } }
        single = Double(sets.filter { $0 == 1 }.count) / Double(own.count)
    }

    /// Places of the possible classes of a row.
    package func possible(_ row: Int, _ probabilities: [[Double]]) -> [Int] {
        probabilities.indices.filter { probabilities[$0][row] >= least }
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive["class_range"] = .numbers([level, least, coverage, single])
        archive.set("rows", rowCount)
        return archive
    }

    /// - Throws: R0591 for damaged data.
    package init(archive: Archive) throws {
        let numbers = try archive.numbers("class_range")
        guard numbers.count == 4 else {
            throw Fault("R0591", "the saved classes are damaged", remedy: "make the release again, with deploy")
        }
        (level, least, coverage, single) = (numbers[0], numbers[1], numbers[2], numbers[3])
        rowCount = try archive.integer("rows")
    }
}
