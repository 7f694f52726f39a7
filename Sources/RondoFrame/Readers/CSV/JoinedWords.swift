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
        let all = try [Entry](unsafeUninitializedCapacity: total) { buffer, count in
            let target = buffer
            try Parallel.indices(sinks.count, context: context) { chunk in
                guard let local = sinks[chunk].dictionary, local.count > 0, let base = target.baseAddress else { return }
                (base + starts[chunk]).initialize(from: local.entries, count: local.count)
            }
            count = total
        }
        guard sinks.count > 1 else {
            codes = (0..<total).map { Int32(truncatingIfNeeded: $0) }
            firsts = all
            return
        }
        var earliest = [Int32](repeating: 0, count: total)
        let order = try JoinedWords.partitioned(all, context)
        try earliest.withUnsafeMutableBufferPointer { earliest in
            let target = earliest
            try Parallel.indices(order.bounds.count - 1, context: context) { partition in
                JoinedWords.join(order.places[order.bounds[partition]..<order.bounds[partition + 1]], of: all, into: target)
            }
        }
        var firsts: [Entry] = []
        for place in 0..<total {
            let first = Int(earliest[place])
            if first == place {
                earliest[place] = Int32(truncatingIfNeeded: firsts.count)
                firsts.append(all[place])
            } else {
                // The earlier place holds its number by now.
                earliest[place] = earliest[first]
            }
        }
        codes = earliest
        self.firsts = firsts
    }

    /// The places of all words, those of one partition together and in order.
    private static func partitioned(_ all: [Entry], _ context: ComputeContext) throws -> (places: [Int32], bounds: [Int]) {
        guard all.count > fewWords else { return (all.indices.map { Int32(truncatingIfNeeded: $0) }, [0, all.count]) }
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
        let places = try [Int32](unsafeUninitializedCapacity: all.count) { buffer, count in
            let target = buffer
            try next.withUnsafeMutableBufferPointer { next in
                let next = next
                try Parallel.chunks(count: all.count, chunkSize: blockSize, context: context) { block, places in
                    var free = next[block]
                    for place in places {
                        let partition = Int(all[place].hash >> shift)
                        target.initializeElement(at: free[partition], to: Int32(truncatingIfNeeded: place))
                        free[partition] += 1
                    }
                }
            }
            count = all.count
        }
        return (places, bounds)
    }

    /// Writes for each place the first place that holds the same word.
    private static func join(_ places: ArraySlice<Int32>, of all: [Entry], into earliest: UnsafeMutableBufferPointer<Int32>) {
        var size = 64
        while size < places.count * 2 { size *= 2 }
        var table = [Int32](repeating: -1, count: size)
        for place in places {
            let entry = all[Int(place)]
            var slot = Int(entry.hash) & (size - 1)
            while true {
                let known = table[slot]
                if known < 0 {
                    table[slot] = place
                    earliest[Int(place)] = place
                    break
                }
                let other = all[Int(known)]
                if other.hash == entry.hash, other.length == entry.length, other.quotedMark == entry.quotedMark,
                    ByteDictionary.equal(other.bytes, entry.bytes, entry.length)
                {
                    earliest[Int(place)] = known
                    break
                }
                slot = (slot + 1) & (size - 1)
            }
        }
    }
}
