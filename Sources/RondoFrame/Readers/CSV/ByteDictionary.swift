/// The distinct texts of a column as bytes, numbered in order of first appearance; open addressing over borrowed bytes.
struct ByteDictionary: @unchecked Sendable {
    struct Entry {
        let bytes: UnsafePointer<UInt8>
        let length: Int
        let hash: UInt32
        /// A missing mark in quotes, told apart from the same word without quotes.
        let quotedMark: Bool
        /// Whether it begins as the words do that usually mean missing.
        let isMarkLike: Bool

        @inline(__always)
        init(bytes: UnsafePointer<UInt8>, length: Int, hash: UInt32, quotedMark: Bool) {
            self.bytes = bytes
            self.length = length
            self.hash = hash
            self.quotedMark = quotedMark
            isMarkLike = length == 0 || MissingMarks.mayBegin(bytes[0])
        }
    }

    private(set) var entries: UnsafeMutablePointer<Entry>
    private(set) var count = 0
    private var capacity: Int
    private var table: UnsafeMutablePointer<Int32>
    private var mask: Int
    /// Bytes of texts whose doubled quotes were halved.
    private var owned: [UnsafeMutablePointer<UInt8>] = []
    /// Whether the texts lie in a store, and no more can be added.
    private var isStored = false

    /// A dictionary with room for so many texts before it grows.
    init(expecting count: Int = 0) {
        capacity = max(count, 32)
        var size = 64
        while size < count * 2 { size *= 2 }
        mask = size - 1
        entries = .allocate(capacity: capacity)
        table = .allocate(capacity: mask + 1)
        table.initialize(repeating: -1, count: mask + 1)
    }

    func deallocate() {
        if !isStored {
            entries.deallocate()
            table.deallocate()
        }
        for bytes in owned { bytes.deallocate() }
    }

    /// The number of this text, a new one when it is new.
    @inline(__always)
    mutating func code(_ bytes: UnsafePointer<UInt8>, _ length: Int, quotedMark: Bool = false) -> Int32 {
        code(bytes, length, hash: ByteDictionary.hash(bytes, length) &+ (quotedMark ? 1 : 0), quotedMark: quotedMark)
    }

    @inline(__always)
    mutating func code(_ bytes: UnsafePointer<UInt8>, _ length: Int, hash: UInt32, quotedMark: Bool) -> Int32 {
        var slot = Int(hash) & mask
        while true {
            let code = table[slot]
            if code < 0 { return insert(Entry(bytes: bytes, length: length, hash: hash, quotedMark: quotedMark), slot) }
            let entry = entries + Int(code)
            if entry.pointee.hash == hash, entry.pointee.length == length, entry.pointee.quotedMark == quotedMark,
                ByteDictionary.equal(entry.pointee.bytes, bytes, length)
            {
                return code
            }
            slot = (slot + 1) & mask
        }
    }

    /// The number of a field with signs that are there only because of the sign before them: doubled quotes, or what a backslash precedes.
    mutating func code(unescaping bytes: UnsafePointer<UInt8>, _ length: Int, escape: UInt8) -> Int32 {
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(length, 1))
        var place = 0
        var size = 0
        while place < length {
            if bytes[place] == escape, place + 1 < length { place += 1 }
            copy[size] = bytes[place]
            size += 1
            place += 1
        }
        let before = count
        let code = code(copy, size)
        if count > before { owned.append(copy) } else { copy.deallocate() }
        return code
    }

    /// The number of a text whose bytes are kept as a copy when it is new.
    mutating func code(copying bytes: UnsafePointer<UInt8>, _ length: Int) -> Int32 {
        let before = count
        let code = code(bytes, length)
        guard count > before else { return code }
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(length, 1))
        copy.initialize(from: bytes, count: length)
        owned.append(copy)
        let entry = entries[Int(code)]
        entries[Int(code)] = Entry(bytes: copy, length: entry.length, hash: entry.hash, quotedMark: entry.quotedMark)
        return code
    }

    @inline(never)
    private mutating func insert(_ entry: Entry, _ slot: Int) -> Int32 {
        if count == capacity { growEntries() }
        (entries + count).initialize(to: entry)
        table[slot] = Int32(count)
        count += 1
        if count * 2 > mask + 1 { growTable() }
        return Int32(count - 1)
    }

    private mutating func growEntries() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }

    private mutating func growTable() {
        let size = (mask + 1) * 4
        table.deallocate()
        table = .allocate(capacity: size)
        table.initialize(repeating: -1, count: size)
        mask = size - 1
        for code in 0..<count {
            var slot = Int(entries[code].hash) & mask
            while table[slot] >= 0 { slot = (slot + 1) & mask }
            table[slot] = Int32(code)
        }
    }

    /// The same texts in a store; this dictionary is empty afterwards.
    mutating func moved(to store: WordStore) -> ByteDictionary {
        var result = self
        result.entries = store.copy(entries, count)
        result.isStored = true
        owned = []
        count = 0
        table.update(repeating: -1, count: mask + 1)
        return result
    }

    func text(_ code: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: entries[code].bytes, count: entries[code].length), as: UTF8.self)
    }

    /// Multiplies and folds eight bytes at a time, the last ones overlapping; never reads beyond the text.
    @inline(__always)
    static func hash(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
        var state = UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
        if length >= 8 {
            var place = 0
            while place + 8 < length {
                state = fold(state, word(bytes + place))
                place += 8
            }
            state = fold(state, word(bytes + length - 8))
        } else if length > 0 {
            state = fold(state, short(bytes, length))
        }
        return UInt32(truncatingIfNeeded: state ^ state >> 32)
    }

    @inline(__always)
    private static func word(_ bytes: UnsafePointer<UInt8>) -> UInt64 { UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self) }

    /// One to seven bytes in a word, different for different texts of one length.
    @inline(__always)
    private static func short(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
        if length >= 4 {
            let raw = UnsafeRawPointer(bytes)
            return UInt64(raw.loadUnaligned(as: UInt32.self)) << 32 | UInt64((raw + length - 4).loadUnaligned(as: UInt32.self))
        }
        return UInt64(bytes[0]) << 16 | UInt64(bytes[length >> 1]) << 8 | UInt64(bytes[length - 1])
    }

    @inline(__always)
    private static func fold(_ state: UInt64, _ word: UInt64) -> UInt64 {
        let product = (state ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low
    }

    @inline(__always)
    static func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        guard length >= 8 else { return length == 0 || short(a, length) == short(b, length) }
        var place = 0
        while place + 8 < length {
            if word(a + place) != word(b + place) { return false }
            place += 8
        }
        return word(a + length - 8) == word(b + length - 8)
    }
}
