extension RandomStream {
    /// A standard normal number (Marsaglia's polar method; two are made at a time).
    public mutating func normal() -> Double {
        if let spare = spareNormal {
            spareNormal = nil
            return spare
        }
        while true {
            let x = 2 * uniform() - 1
            let y = 2 * uniform() - 1
            let square = x * x + y * y
            if square > 0 && square < 1 {
                let scale = (-2 * Elementary.log(square) / square).squareRoot()
                spareNormal = y * scale
                return x * scale
            }
        }
    }

    /// A normal number with this mean and standard deviation.
    public mutating func normal(mean: Double, deviation: Double) -> Double { mean + deviation * normal() }

    /// An exponential number with mean 1, by inversion.
    public mutating func exponential() -> Double { -Elementary.log(uniformOpen()) }

    /// A Poisson count; 0 unless the mean is positive and finite. Time grows with the mean.
    ///
    /// By inversion of products (Knuth, volume 2, 3.4.1); a large mean is the sum of independent parts of at most 16.
    public mutating func poisson(mean: Double) -> Int {
        guard mean > 0, mean <= 1e9 else { return 0 }
        var rest = mean
        var count = 0
        while rest > 0 {
            let part = min(rest, 16)
            rest -= part
            let limit = Elementary.exp(-part)
            var product = uniformOpen()
            while product > limit {
                count += 1
                product *= uniformOpen()
            }
        }
        return count
    }

    /// True with this probability.
    public mutating func bernoulli(_ probability: Double) -> Bool { uniform() < probability }

    /// Puts the elements into random order, every order equally likely (Fisher and Yates, from the end).
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        guard elements.count > 1 else { return }
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, uniform(below: last + 1))
        }
    }

    /// The numbers 0..<count in random order.
    public mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<max(count, 0))
        shuffle(&order)
        return order
    }

    /// `count` numbers of 0..<bound, drawn with replacement; empty when there is nothing to draw from.
    public mutating func sampleWithReplacement(below bound: Int, count: Int) -> [Int] {
        guard bound > 0, count > 0 else { return [] }
        var sample = [Int]()
        sample.reserveCapacity(count)
        for _ in 0..<count { sample.append(uniform(below: bound)) }
        return sample
    }

    /// `count` different numbers of 0..<bound in increasing order, every such set equally likely; all of them when there are fewer.
    ///
    /// Knuth, volume 2, 3.4.2, algorithm S.
    public mutating func sampleWithoutReplacement(below bound: Int, count: Int) -> [Int] {
        guard bound > 0, count > 0 else { return [] }
        var sample = [Int]()
        sample.reserveCapacity(min(bound, count))
        var wanted = min(count, bound)
        for candidate in 0..<bound {
            if wanted == 0 { break }
            if uniform(below: bound - candidate) < wanted {
                sample.append(candidate)
                wanted -= 1
            }
        }
        return sample
    }
}
