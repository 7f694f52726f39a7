import RondoKernels

/// The words of all chunks of a text column, each once, numbered in order of first appearance.
///
/// Words are sorted into partitions by their hash, so that threads and caches share the work; the numbers do not depend on that.
struct JoinedWords {
    typealias Entry = ByteDictionary.Entry

    /// The words of the chunks one behind the other: where each chunk's begin, and the end.
    let starts: [Int]
    /// For each word of a chunk its joined number.
    let codes: [Int32]
    /// For each joined number the first word.
    let firsts: [Entry]
    var count: Int { firsts.count }

    private static let partitionBits = 6
    /// Fewer words are joined in one go.
    private static let fewWords = 1 << 14
    private static let blockSize = 1 << 16

    init(_ sinks: [ColumnSink], context: ComputeContext) throws {
        var starts = [0]
        for sink in sinks { starts.append((starts.last ?? 0) + (sink.dictionary?.count ?? 0)) }
        let total = starts.last ?? 0
        self.starts = starts
        var all = try [Entry](large: total) { target in
            try Parallel.indices(sinks.count, context: context) { chunk in
                guard let local = sinks[chunk].dictionary, local.count > 0, let base = target.baseAddress else { return }
                (base + starts[chunk]).initialize(from: local.entries, count: local.count)
            }
        }
        guard sinks.count > 1 else {
            codes = (0..<total).map { Int32(truncatingIfNeeded: $0) }
            firsts = all
            return
        }
        let order = try JoinedWords.partitioned(all, context)
        var earliest = try [Int32](large: total) { target in
            try Parallel.indices(order.bounds.count - 1, context: context) { partition in
                JoinedWords.join(order.words[order.bounds[partition]..<order.bounds[partition + 1]], of: all, into: target)
            }
        }
        let count = all.withUnsafeMutableBufferPointer { all in
            earliest.withUnsafeMutableBufferPointer { JoinedWords.number(all, $0) }
        }
        all.removeLast(total - count)
        codes = earliest
        firsts = all
    }

    /// Moves the first words together where they are, and makes their numbers of the earliest places; how many there are.
    private static func number(_ all: UnsafeMutableBufferPointer<Entry>, _ earliest: UnsafeMutableBufferPointer<Int32>) -> Int {
        var count = 0
        for place in all.indices {
            let first = Int(earliest[place])
            if first == place {
                earliest[place] = Int32(truncatingIfNeeded: count)
                if count < place { all[count] = all[place] }
                count += 1
            } else {
                // The earlier place holds its number by now.
                earliest[place] = earliest[first]
            }
        }
        return count
    }

    /// A word by its hash and its place among all.
    private struct Hashed {
        let hash: UInt32
        let place: Int32
    }

    /// All words, those of one partition together and in order.
    private static func partitioned(_ all: [Entry], _ context: ComputeContext) throws -> (words: [Hashed], bounds: [Int]) {
        guard all.count > fewWords else {
            return (all.indices.map { Hashed(hash: all[$0].hash, place: Int32(truncatingIfNeeded: $0)) }, [0, all.count])
        }
        let shift = UInt32(32 - partitionBits)
        var next = try Parallel.mapChunks(count: all.count, chunkSize: blockSize, context: context) { _, block in
            var sizes = [Int](repeating: 0, count: 1 << partitionBits)
            for place in block { sizes[Int(all[place].hash >> shift)] += 1 }
            return sizes
        }
        var bounds = [0]
        for partition in 0..<1 << partitionBits {
            var total = bounds[partition]
            for block in next.indices { (next[block][partition], total) = (total, total + next[block][partition]) }
            bounds.append(total)
        }
        let starts = next
        let words = try [Hashed](large: all.count) { target in
            try Parallel.chunks(count: all.count, chunkSize: blockSize, context: context) { block, places in
                var free = starts[block]
                for place in places {
                    let hash = all[place].hash
                    let partition = Int(hash >> shift)
                    target.initializeElement(at: free[partition], to: Hashed(hash: hash, place: Int32(truncatingIfNeeded: place)))
                    free[partition] += 1
                }
            }
        }
        return (words, bounds)
    }

    /// Writes for each place the first place that holds the same word.
    private static func join(_ words: ArraySlice<Hashed>, of all: [Entry], into earliest: UnsafeMutableBufferPointer<Int32>) {
        var size = 64
        while size < words.count * 2 { size *= 2 }
        var table = [Hashed](repeating: Hashed(hash: 0, place: -1), count: size)
        for word in words {
            var slot = Int(word.hash) & (size - 1)
            while true {
                let known = table[slot]
                if known.place < 0 {
                    table[slot] = word
                    earliest[Int(word.place)] = word.place
                    break
                }
                if known.hash == word.hash, isSame(all[Int(known.place)], all[Int(word.place)]) {
                    earliest[Int(word.place)] = known.place
                    break
                }
                slot = (slot + 1) & (size - 1)
            }
        }
    }

    @inline(__always)
    private static func isSame(_ a: Entry, _ b: Entry) -> Bool {
        a.length == b.length && a.quotedMark == b.quotedMark && ByteDictionary.equal(a.bytes, b.bytes, a.length)
    }
}
