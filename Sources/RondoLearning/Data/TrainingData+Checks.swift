import RondoKernels

extension TrainingData {
    /// Throws R0515 without rows, R0516 when lengths differ, R0517 for a weight that is negative or not finite, or when all weights are 0.
    package func requireRows() throws {
        guard features.rowCount > 0 else {
            throw Fault("R0515", "there are no rows to learn from", remedy: "count")
        }
        guard target.count == features.rowCount, weights?.count ?? target.count == target.count else {
            throw Fault("R0516", "features, target and weights have different lengths", remedy: "run the fit again on this table")
        }
        guard let weights else { return }
        if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
            throw Fault(
                "R0517", "the weight of row \(row + 1) is not a number of at least 0",
                remedy: "leave out rows without a proper weight, with where")
        }
        guard weights.contains(where: { $0 > 0 }) else {
            throw Fault("R0517", "all weights are 0: there is nothing to learn from", remedy: "leave weights out")
        }
    }

    /// The target as finite numbers.
    ///
    /// - Throws: R0518 for a target of classes, R0519 for a value that is not finite.
    package func numberTarget(of family: String) throws -> [Double] {
        guard case .numbers(let values) = target else {
            throw Fault(
                "R0518", "\(family) predicts numbers, and the target has classes", remedy: "fit forest", subject: family)
        }
        if let row = values.firstIndex(where: { !$0.isFinite }) {
            throw Fault(
                "R0519", "the target is missing or infinite in row \(row + 1)", remedy: "leave out rows without a target, with where")
        }
        return values
    }

    /// The target as class indices that all lie below the number of classes.
    ///
    /// - Throws: R0518 for a target of numbers, R0520 when the rows with weight hold fewer than two classes, R0519 for a code outside.
    package func classTarget(of family: String) throws -> (codes: [Int32], names: [String]) {
        guard case .classes(let codes, let names) = target else {
            throw Fault(
                "R0518", "\(family) predicts classes, and the target is a number", remedy: "fit linear", subject: family)
        }
        var counts = [Int](repeating: 0, count: names.count)
        for (row, code) in codes.enumerated() {
            guard code >= 0, Int(code) < names.count else {
                throw Fault("R0519", "the target is missing in row \(row + 1)", remedy: "leave out rows without a target, with where")
            }
            if weights.map({ $0[row] > 0 }) ?? true { counts[Int(code)] += 1 }
        }
        guard counts.filter({ $0 > 0 }).count >= 2 else {
            let only = zip(names, counts).first { $0.1 > 0 }?.0 ?? "none"
            throw Fault(
                "R0520", "the training rows hold only one class: \(only)", remedy: "take more rows, or draw the split with stratify",
                subject: nil)
        }
        return (codes, names)
    }
}
