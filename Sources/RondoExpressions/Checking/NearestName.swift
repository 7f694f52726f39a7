/// Finds the known name that was probably meant.
package enum NearestName {
    /// The name with the fewest typing errors, if there are few enough; ties go to the earlier one.
    package static func of(_ typed: String, among known: [String]) -> String? {
        let wanted = Array(typed.lowercased().unicodeScalars)
        let limit = max(1, min(3, wanted.count / 3))
        var best: (name: String, distance: Int)?
        for name in known {
            let candidate = Array(name.lowercased().unicodeScalars)
            guard abs(candidate.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, candidate)
            if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
        }
        return best?.name ?? beginning(typed, known)
    }

    /// The only known name that begins so, or of which what was typed is the beginning.
    private static func beginning(_ typed: String, _ known: [String]) -> String? {
        guard typed.count >= 3 else { return nil }
        let lower = typed.lowercased()
        let fitting = known.filter { $0.lowercased().hasPrefix(lower) }
        return fitting.count == 1 ? fitting[0] : nil
    }

    /// Insertions, deletions, replacements and exchanges of neighbours (optimal string alignment).
    static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in 0..<b.count {
                var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
