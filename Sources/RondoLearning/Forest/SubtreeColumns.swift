import RondoKernels

/// The codes of the rows of a small subtree, by column: a sorted list for columns of many codes, cells for those of few.
///
/// A list is sorted a single time, at the top, and below only divided, in its order (Mehta, Agrawal and Rissanen 1996, SLIQ). Its entries
/// are a code and, below it, the place of a row, eight bits each. There are two copies of the lists, so that the parts of a node's two
/// children never lie in each other's way.
final class SubtreeColumns {
    /// What a node has of the lists: where its entries begin, how many they are, in which copy, and how many splits above there are.
    struct Part {
        var first: Int
        var count: Int
        var copy: Int
        var level: Int
    }

    /// Most rows.
    static let mostRows = 128
    /// Most codes of a column that has cells, missing among them.
    private static let mostCells = 16

    private let width: Int
    private let memory = WorkingMemory()
    private let columns: [CodeColumn]
    private let lists: UnsafeMutablePointer<UInt16>
    /// The columns whose lists have different codes, by level, and their number.
    private let listed: UnsafeMutablePointer<UInt16>
    private let listedCounts: UnsafeMutablePointer<Int>
    /// The columns that have cells, the codes behind their cells, and how many these are; first those that have few codes everywhere.
    private let short: UnsafeMutablePointer<UInt16>
    private let shortCodes: UnsafeMutablePointer<UInt8>
    private let shortSizes: UnsafeMutablePointer<UInt8>
    private let alwaysShort: Int
    private let isAlwaysShort: [Bool]
    private var shortCount: Int
    /// The cells of each row in eight columns a word: `[word][place]`.
    private let cellsOfRows: UnsafeMutablePointer<UInt64>
    private let cells: UnsafeMutablePointer<UInt64>
    /// For sorting: rows or places by code, and codes by place.
    private let counts: UnsafeMutablePointer<UInt16>
    private let codes: UnsafeMutablePointer<UInt8>

    init(_ matrix: BinnedMatrix) {
        let bins = matrix.binned.bins
        width = bins.count
        columns = matrix.grouped
        lists = memory.zeros(2 * width * Self.mostRows + 1)
        listed = memory.zeros((Self.mostRows + 1) * width)
        listedCounts = memory.zeros(Self.mostRows + 1)
        short = memory.zeros(width)
        shortCodes = memory.zeros(width * Self.mostCells)
        shortSizes = memory.zeros(width)
        cellsOfRows = memory.zeros((width + 7) / 8 * Self.mostRows)
        cells = memory.zeros((width + 7) / 8 * 8 * Self.mostCells)
        counts = memory.zeros(256)
        codes = memory.zeros(Self.mostRows)
        isAlwaysShort = bins.map { $0.codeCount < Self.mostCells }
        let always = bins.indices.filter { bins[$0].codeCount < Self.mostCells }
        for (slot, feature) in always.enumerated() {
            short[slot] = UInt16(truncatingIfNeeded: feature)
            shortSizes[slot] = UInt8(truncatingIfNeeded: bins[feature].codeCount + 1)
            for code in 0..<bins[feature].codeCount { shortCodes[slot * Self.mostCells + code] = UInt8(truncatingIfNeeded: code) }
            shortCodes[slot * Self.mostCells + bins[feature].codeCount] = FeatureBins.missing
        }
        alwaysShort = always.count
        shortCount = always.count
    }

    /// The codes of a column.
    func codes(of feature: Int) -> CodeColumn { columns[feature] }

    // MARK: Filling

    /// Takes the codes of some rows, at most `mostRows`; of the columns given, as the others have one code only.
    func fill(_ rows: UnsafePointer<Int32>, _ count: Int, columns: ArraySlice<UInt16>) {
        shortCount = alwaysShort
        for slot in 0..<alwaysShort { copy(slot, rows, count) }
        var listedCount = 0
        for column in columns where !isAlwaysShort[Int(column)] {
            let mask = readCodes(Int(column), rows, count)
            let different = mask.0.nonzeroBitCount + mask.1.nonzeroBitCount + mask.2.nonzeroBitCount + mask.3.nonzeroBitCount
            if different > Self.mostCells {
                listed[listedCount] = column
                listedCount &+= 1
                sort(lists + Int(column) &* Self.mostRows, count, mask)
            } else if different > 1 {
                rank(column, count, mask)
            }
            forEach(mask) { counts[$0] = 0 }
        }
        listedCounts[0] = listedCount
    }

    /// Which codes occur.
    private typealias Mask = (UInt64, UInt64, UInt64, UInt64)

    @inline(__always)
    private func forEach(_ mask: Mask, _ body: (Int) -> Void) {
        @inline(__always)
        func word(_ bits: UInt64, _ first: Int) {
            var rest = bits
            while rest != 0 {
                body(first | rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
        }
        word(mask.0, 0)
        word(mask.1, 64)
        word(mask.2, 128)
        word(mask.3, 192)
    }

    /// The cells of a column of few codes are its codes, with missing behind them.
    private func copy(_ slot: Int, _ rows: UnsafePointer<Int32>, _ count: Int) {
        let feature = Int(short[slot])
        let (column, last) = (columns[feature], shortSizes[slot] &- 1)
        let own = cellBytes(slot, count)
        var place = 0
        while place < count {
            let code = column[rows[place]]
            own[place &<< 3] = code < last ? code : last
            place &+= 1
        }
    }

    /// The first byte of a column's cells in `cellsOfRows`, the others of which lie eight bytes apart.
    private func cellBytes(_ slot: Int, _ count: Int) -> UnsafeMutablePointer<UInt8> {
        let word = cellsOfRows + (slot &>> 3) &* Self.mostRows
        if slot & 7 == 0 { word.update(repeating: 0, count: count) }
        return UnsafeMutableRawPointer(word).assumingMemoryBound(to: UInt8.self) + (slot & 7)
    }

    @inline(__always)
    private func readCodes(_ feature: Int, _ rows: UnsafePointer<Int32>, _ count: Int) -> Mask {
        let (counts, codes, column) = (counts, codes, columns[feature])
        var mask: Mask = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &mask) { bytes in
            guard let words = bytes.baseAddress?.assumingMemoryBound(to: UInt64.self) else { return }
            var place = 0
            while place < count {
                let code = column[rows[place]]
                codes[place] = code
                counts[Int(code)] &+= 1
                words[Int(code &>> 6)] |= 1 &<< UInt64(code)
                place &+= 1
            }
        }
        return mask
    }

    @inline(__always)
    private func sort(_ list: UnsafeMutablePointer<UInt16>, _ count: Int, _ mask: Mask) {
        let (counts, codes) = (counts, codes)
        var before: UInt16 = 0
        forEach(mask) { code in
            let own = counts[code]
            counts[code] = before
            before &+= own
        }
        var place = 0
        while place < count {
            let code = Int(codes[place])
            let to = counts[code]
            counts[code] = to &+ 1
            list[Int(to)] = UInt16(truncatingIfNeeded: code &<< 8 | place)
            place &+= 1
        }
    }

    /// A column of few codes in these rows: its cells are the ranks of its codes.
    @inline(__always)
    private func rank(_ column: UInt16, _ count: Int, _ mask: Mask) {
        let slot = shortCount
        shortCount &+= 1
        short[slot] = column
        let (counts, codes, known) = (counts, codes, shortCodes + slot &* Self.mostCells)
        var size = 0
        forEach(mask) { code in
            known[size] = UInt8(truncatingIfNeeded: code)
            counts[code] = UInt16(truncatingIfNeeded: size)
            size &+= 1
        }
        shortSizes[slot] = UInt8(truncatingIfNeeded: size)
        let own = cellBytes(slot, count)
        var place = 0
        while place < count {
            own[place &<< 3] = UInt8(truncatingIfNeeded: counts[Int(codes[place])])
            place &+= 1
        }
    }

    // MARK: Cuts

    /// Adds the cuts of a node in the columns that have lists.
    func addLists(_ part: Part, packed: UnsafePointer<UInt64>, to cuts: CutList) {
        let own = listed + part.level &* width
        let kept = own + width
        var keptCount = 0
        let base = lists + (part.copy &* width &* Self.mostRows &+ part.first)
        let count = part.count
        for index in 0..<listedCounts[part.level] {
            let list = base + Int(own[index]) &* Self.mostRows
            let (lefts, codes) = (cuts.lefts + cuts.count, cuts.codes + cuts.count)
            var left: UInt64 = 0
            var found = 0
            var entry = list[0]
            var place = 1
            while place < count {
                left = left &+ packed[Int(entry & 0xFF)]
                lefts[found] = left
                codes[found] = UInt8(truncatingIfNeeded: entry &>> 8)
                let next = list[place]
                found &+= (next ^ entry) > 0xFF ? 1 : 0
                entry = next
                place &+= 1
            }
            guard found > 0 else { continue }
            lefts[found] = left &+ packed[Int(entry & 0xFF)]
            codes[found] = UInt8(truncatingIfNeeded: entry &>> 8)
            kept[keptCount] = own[index]
            keptCount &+= 1
            cuts.close(Int(own[index]), found &+ 1)
        }
        listedCounts[part.level &+ 1] = keptCount
    }

    /// Adds the cuts of the rows at these places in the columns that have cells.
    func addCells(_ places: UnsafeBufferPointer<UInt8>, packed: UnsafePointer<UInt64>, to cuts: CutList) {
        for word in 0..<(shortCount + 7) / 8 { sum(word, places, packed) }
        for slot in 0..<shortCount {
            let (lefts, codes) = (cuts.lefts + cuts.count, cuts.codes + cuts.count)
            codes.update(from: shortCodes + slot &* Self.mostCells, count: Self.mostCells)
            let own = cells + slot &* Self.mostCells
            var left: UInt64 = 0
            // Codes without rows repeat the sum before them; at the end they are left out.
            var size = Int(shortSizes[slot])
            if own[size &- 1] == 0 { size &-= 1 }
            var rank = 0
            while rank < size {
                left = left &+ own[rank]
                own[rank] = 0
                lefts[rank] = left
                rank &+= 1
            }
            cuts.close(Int(short[slot]), size)
        }
        // Where the last word has room for more columns, all rows have been summed in their first cells.
        for slot in shortCount..<(shortCount + 7) / 8 * 8 { cells[slot &* Self.mostCells] = 0 }
    }

    /// Sums the rows in the cells of eight columns.
    private func sum(_ word: Int, _ places: UnsafeBufferPointer<UInt8>, _ packed: UnsafePointer<UInt64>) {
        let (rows, cells) = (cellsOfRows + word &* Self.mostRows, cells + word &* 8 &* Self.mostCells)
        let count = places.count
        guard let places = places.baseAddress else { return }
        var index = 0
        while index < count {
            let (own, value) = (rows[Int(places[index])], packed[Int(places[index])])
            var slot = 0
            while slot < 8 {
                let rank = Int(truncatingIfNeeded: own &>> UInt64(truncatingIfNeeded: slot &<< 3) & 0xFF)
                let cell = cells + (slot &* Self.mostCells | rank)
                cell.pointee = cell.pointee &+ value
                slot &+= 1
            }
            index &+= 1
        }
    }

    // MARK: Dividing

    /// Divides the lists of a node; a child that is not wanted may get none.
    ///
    /// - Parameter sides: 1 for the places that go left.
    func divide(_ part: Part, sides: UnsafePointer<UInt8>, leftCount: Int, wanted: (left: Bool, right: Bool)) -> (left: Part, right: Part) {
        let own = UnsafeBufferPointer(start: listed + (part.level &+ 1) &* width, count: listedCounts[part.level &+ 1])
        let left = Part(first: part.first, count: leftCount, copy: part.copy, level: part.level + 1)
        var right = Part(first: part.first, count: part.count - leftCount, copy: part.copy, level: part.level + 1)
        let base = lists + (part.copy &* width &* Self.mostRows &+ part.first)
        if wanted.left && wanted.right {
            right.copy = 1 - part.copy
            right.first += leftCount
            let other = lists + (right.copy &* width &* Self.mostRows &+ right.first)
            for column in own {
                let offset = Int(column) &* Self.mostRows
                divide(base + offset, part.count, other + offset, right.count, sides)
            }
        } else if wanted.left || wanted.right {
            for column in own { keep(wanted.left ? 1 : 0, of: base + Int(column) &* Self.mostRows, part.count, sides) }
        }
        return (left, right)
    }

    /// Leaves the entries that go left where they are and writes the others elsewhere, both in their order.
    @inline(__always)
    private func divide(
        _ list: UnsafeMutablePointer<UInt16>, _ count: Int, _ rights: UnsafeMutablePointer<UInt16>, _ rightCount: Int,
        _ sides: UnsafePointer<UInt8>
    ) {
        // One entry too many is written behind the right ones.
        let behind = rights[rightCount]
        var (left, right) = (0, 0)
        var place = 0
        while place < count {
            let entry = list[place]
            let side = Int(sides[Int(entry & 0xFF)])
            list[left] = entry
            rights[right] = entry
            left &+= side
            right &+= 1 &- side
            place &+= 1
        }
        rights[rightCount] = behind
    }

    /// Moves the entries of one side to the front.
    @inline(__always)
    private func keep(_ side: UInt8, of list: UnsafeMutablePointer<UInt16>, _ count: Int, _ sides: UnsafePointer<UInt8>) {
        let flip = 1 &- side
        var kept = 0
        var place = 0
        while place < count {
            let entry = list[place]
            list[kept] = entry
            kept &+= Int(sides[Int(entry & 0xFF)] ^ flip)
            place &+= 1
        }
    }
}
