import RondoKernels

/// Resamples of rows with replacement, one stream each; rows of a class are drawn from that class, so that every resample has the
/// classes in their numbers (stratified bootstrap; Davison and Hinkley 1997, "Bootstrap methods and their application", section 3.2).
package struct Resampling: Sendable {
    /// Rows of each stratum; one stratum for numbers.
    private let strata: [[Int32]]
    private let stream: RandomStream

    package init(_ truth: TargetValues, seed: UInt64, purpose: String) {
        stream = RandomStream(seed: seed, purpose: purpose)
        switch truth {
        case .numbers(let values): strata = [(0..<Int32(values.count)).map { $0 }]
        case .classes(let codes, let names):
            var lists = Array(repeating: [Int32](), count: names.count)
            for (row, code) in codes.enumerated() where lists.indices.contains(Int(code)) { lists[Int(code)].append(Int32(row)) }
            strata = lists.filter { !$0.isEmpty }
        }
    }

    /// The rows of one resample.
    package func rows(_ index: Int) -> [Int32] {
        var own = stream.stream(unit: UInt64(index))
        return strata.flatMap { list in list.indices.map { _ in list[own.uniform(below: list.count)] } }
    }
}
