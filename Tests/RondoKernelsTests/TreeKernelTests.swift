import Foundation
import RondoKernels
import Testing

@Suite struct TreeKernelTests {
    /// With and without gaps between rows.
    @Test(arguments: [1, 5, 8, 9, 14], [false, true]) func histogramsSumByCode(width: Int, isDense: Bool) {
        var stream = RandomStream(seed: 1, purpose: "histogram")
        let rowCount = 300
        let stride = isDense ? width : CodeHistogram.stride(width: width)
        let codes = (0..<rowCount * stride + CodeHistogram.room).map { _ in UInt8(truncatingIfNeeded: stream.nextUInt32()) }
        let values = (0..<rowCount).map { _ in stream.nextUInt64() }
        // Scattered rows, and a stretch of them.
        for rows in [stream.sampleWithoutReplacement(below: rowCount, count: 177).map { Int32($0) }, (20..<Int32(250)).map { $0 }, [7]] {
            var expected = [UInt64](repeating: 0, count: width * 256)
            for row in rows {
                for feature in 0..<width { expected[feature * 256 + Int(codes[Int(row) * stride + feature])] &+= values[Int(row)] }
            }
            var cells = [UInt64](repeating: 0, count: width * 256)
            cells.withUnsafeMutableBufferPointer { cells in
                rows.withUnsafeBufferPointer { rows in
                    guard let cells = cells.baseAddress else { return }
                    CodeHistogram.add(codes: codes, stride: stride, width: width, rows: rows, values: values, to: cells)
                }
            }
            #expect(cells == expected)
            CodeHistogram.subtract(expected, from: &cells, count: cells.count)
            #expect(cells.allSatisfy { $0 == 0 })
        }
    }

    /// Below and above the number that are divided sixteen at once, and large enough for several chunks; one thread and two give the same
    /// order. `every` third code goes left, or all but 200, or none.
    @Test(arguments: [1, 10, 63, 64, 79, 80, 1000, 100_000], [3, 1, 1000]) func rowsAreDividedInTheirOrder(count: Int, every: Int) throws {
        for stride in [1, 2, 14] { try divideRows(count, every, stride) }
    }

    /// - Parameter stride: bytes from code to code; behind the last one nothing is allocated.
    private func divideRows(_ count: Int, _ every: Int, _ stride: Int) throws {
        var stream = RandomStream(seed: 2, purpose: "partition")
        let column = (0..<count).map { _ in UInt8(truncatingIfNeeded: stream.nextUInt32()) }
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: (count - 1) * stride + 1)
        defer { bytes.deallocate() }
        bytes.initialize(repeating: 0, count: (count - 1) * stride + 1)
        for (row, code) in column.enumerated() { bytes[row * stride] = code }
        let codes = CodeColumn(bytes, stride: stride)
        let side = (0..<256).map { UInt8(($0 + 1) % every == 0 && $0 != 200 ? 1 : 0) }
        let expected = (0..<count).filter { side[Int(column[$0])] == 1 } + (0..<count).filter { side[Int(column[$0])] == 0 }
        let two = ComputeContext(threads: ThreadCount(2))
        for context in [ComputeContext(), two, two.withTeam()] {
            // Two nodes: the rows up to a third, and the others.
            let middle = count / 3
            var rows = (0..<Int32(count)).map { $0 }
            var scratch = rows
            let lefts = try rows.withUnsafeMutableBufferPointer { rows in
                try scratch.withUnsafeMutableBufferPointer { scratch in
                    let nodes = try [0..<middle, middle..<count].map { part in
                        RowPartition.Node(
                            rows: UnsafeMutableBufferPointer(rebasing: rows[part]), column: codes, sides: side,
                            scratch: try #require(scratch.baseAddress) + part.lowerBound)
                    }
                    return try RowPartition.divide(nodes, context: context)
                }
            }
            let first = expected.filter { $0 < middle }, second = expected.filter { $0 >= middle }
            #expect(rows.map { Int($0) } == first + second)
            #expect(lefts == [first, second].map { $0.count { side[Int(column[$0])] == 1 } })
        }
        var rows = (0..<Int32(count)).map { $0 }
        var scratch = rows
        let left = rows.withUnsafeMutableBufferPointer { RowPartition.divide($0, by: codes, side: side, scratch: &scratch) }
        #expect(rows.map { Int($0) } == expected)
        #expect(left == column.count { side[Int($0)] == 1 })
    }

    /// The chance against the logistic function of glibc, the rest from its definition.
    @Test(arguments: [0, 1, 7, 8, 1003]) func logisticDerivatives(count: Int) {
        let scores = (0..<count).map { Double($0 * 37 % 1009) / 10 - 50 }
        let classes = (0..<count).map { Int32($0 % 2) }
        var gradients = [Double](repeating: 9, count: count + 1)
        var hessians = gradients
        LogisticDerivatives.write(scores, classes, count: count, gradients: &gradients, hessians: &hessians)
        for row in 0..<count {
            let chance = 1 / (1 + exp(-min(max(scores[row], -40), 40)))
            #expect(abs(gradients[row] - (chance - Double(classes[row]))) <= 1e-10)
            let share = gradients[row] + Double(classes[row])
            #expect(abs(hessians[row] - share * (1 - share)) <= 1e-15)
        }
        #expect(gradients[count] == 9 && hessians[count] == 9)
    }

    /// Rounded one by one, summed exactly; a whole weight is that many copies of a row.
    @Test(arguments: [0, 1, 7, 8, 1003], [false, true]) func derivativesArePacked(count: Int, hasWeights: Bool) {
        var stream = RandomStream(seed: 5, purpose: "derivatives")
        let gradients = (0..<count).map { _ in stream.normal() }
        let hessians = (0..<count).map { _ in stream.uniform() }
        let weights = (0..<count).map { Double($0 % 3) }
        let copies = (0..<count).map { hasWeights ? Int64($0 % 3) : 1 }
        func write(_ scales: PackedDerivatives.Scales, _ packed: inout [UInt64]) -> PackedDerivatives.Sums {
            guard hasWeights else {
                return PackedDerivatives.write(gradients, hessians, count: count, scales: scales, to: &packed)
            }
            return weights.withUnsafeBufferPointer {
                PackedDerivatives.write(gradients, hessians, weights: $0, areCopies: true, scales: scales, to: &packed)
            }
        }
        var packed = [UInt64](repeating: 9, count: count + 1)
        let scales = PackedDerivatives.Scales(write(PackedDerivatives.Scales(), &packed))
        let sums = write(scales, &packed)
        #expect(packed[count] == 9)
        var (upper, lower): (Int64, Int64) = (0, 0)
        for row in 0..<count {
            let gradient = Int64((gradients[row] * scales.gradient).rounded(.toNearestOrEven)) * copies[row]
            let hessian = Int64((hessians[row] * scales.hessian).rounded(.toNearestOrEven)) * copies[row]
            let own = PackedDerivatives.sums(packed[row])
            #expect(own.gradient == Double(gradient) && own.hessian == Double(hessian))
            (upper, lower) = (upper + gradient, lower + hessian)
        }
        let total = PackedDerivatives.sums(sums.packed)
        #expect(total.gradient == Double(upper) && total.hessian == Double(lower))
        #expect(sums.most == zip(hessians, copies).reduce(0) { $1.1 > 0 ? max($0, $1.0) : $0 })
        #expect(count < 7 || scales.gradient * sums.gradient > 0x1p28 && scales.gradient * sums.gradient < 0x1p30)
        #expect(count < 7 || scales.hessian * sums.hessian > 0x1p29 && scales.hessian * sums.hessian < 0x1p31)
    }

    /// The first of the greatest gains, and none that is not above the bound; gains by their formula.
    @Test(arguments: [0, 1, 7, 8, 9, 200, 256]) func theBestCutGainsMost(count: Int) {
        var stream = RandomStream(seed: 6, purpose: "gains")
        // Cells that are empty make equal gains.
        let cells = (0..<256).map { _ -> UInt64 in
            guard stream.uniform() < 0.6 else { return 0 }
            return UInt64(bitPattern: Int64(stream.uniform(below: 2000)) - 1000) << 32 &+ UInt64(stream.uniform(below: 500) + 1)
        }
        let first: UInt64 = 77
        let total = cells.reduce(first, &+)
        var gains = [Double](repeating: 9, count: 256)
        SplitGains.write(cells, count: count, first: first, total: total, least: 900, extra: 0.5, to: &gains)
        var left = first
        let lefts = cells.map { cell -> UInt64 in
            left = left &+ cell
            return left
        }
        let all = PackedDerivatives.sums(total)
        for place in 0..<count {
            let (low, high) = (PackedDerivatives.sums(lefts[place]), PackedDerivatives.sums(total &- lefts[place]))
            let isAllowed = low.hessian >= 900 && all.hessian - low.hessian >= 900
            let gain = low.gradient * low.gradient / (low.hessian + 0.5) + high.gradient * high.gradient / (high.hessian + 0.5)
            #expect(isAllowed ? abs(gains[place] - gain) <= 1e-9 * gain : gains[place] == -1)
        }
        let most = gains.prefix(count).max() ?? -1
        for bound in [0, most.nextDown, most, .infinity] {
            let found = SplitGains.best(cells, count: count, first: first, total: total, least: 900, extra: 0.5, above: bound)
            let place = most > bound ? gains.firstIndex(of: most) : nil
            #expect(found?.place == place && found?.gain == place.map { gains[$0] } && found?.left == place.map { lefts[$0] })
        }
        #expect(count < 200 || most > 0)
    }

    @Test(arguments: [0, 1, 2, 3, 7, 8, 100, 254]) func binsCountTheCutsBelow(count: Int) {
        let cuts = (0..<count).map { Double($0) }
        var values = (-3...3 * count + 7).map { Double($0) / 3 }
        values += [.nan, .infinity, -.infinity]
        var codes = [UInt8](repeating: 7, count: values.count * 2)
        values.withUnsafeBufferPointer { BinSearch.codes(of: $0, cuts: cuts, to: &codes, stride: 2) }
        for (place, value) in values.enumerated() {
            #expect(codes[2 * place] == (value.isNaN ? 255 : UInt8(cuts.count { $0 < value })), "\(value) of \(count)")
        }
    }

    /// A tree of three leaves: code 0 of feature 0 up to 9 goes left; then an interval over the missing code, or a set.
    @Test func quickScorerFindsTheLeafOfAWalk() throws {
        let sides: [UInt8] = (0..<256).map { $0 % 2 == 0 ? 0 : 255 }
        typealias Question = QuickScorer.Question
        let scorer = QuickScorer([
            (
                [
                    Question(feature: 0, first: 0, more: 9, sides: [], leftLeaves: 0..<2),
                    Question(feature: 1, first: 255, more: 100, sides: [], leftLeaves: 0..<1),
                ], [1, 2, 4]
            ),
            ([Question(feature: 1, first: 0, more: 0, sides: sides, leftLeaves: 0..<1)], [10, 20]),
        ])
        let stride = 256
        let first = (0..<stride).map { UInt8($0 % 20) }
        let second = (0..<stride).map { UInt8($0) }
        var sums = [Double](repeating: 0.5, count: stride)
        try scorer.add(codes: first + second, stride: stride, to: &sums, cancellation: CancellationToken())
        for row in 0..<stride {
            let isInside = second[row] == 255 || second[row] < 100
            let expected = (first[row] <= 9 ? (isInside ? 1.0 : 2) : 4) + (row % 2 == 0 ? 10 : 20)
            #expect(sums[row] == 0.5 + expected)
        }
    }
}
