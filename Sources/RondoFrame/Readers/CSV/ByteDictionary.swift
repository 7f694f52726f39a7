/// The distinct texts of a column as bytes, numbered in order of first appearance; open addressing over borrowed bytes.
struct ByteDictionary: @unchecked Sendable {
    struct Entry {
        let bytes: UnsafePointer<UInt8>
        let length: Int32
        let hash: UInt32
        /// A missing mark in quotes, told apart from the same word without quotes.
        let quotedMark: Bool
    }

    private(set) var entries: UnsafeMutablePointer<Entry>
    private(set) var count = 0
    private var capacity: Int
    private var table: UnsafeMutablePointer<Int32>
    private var mask: Int
    /// Bytes of texts whose doubled quotes were halved.
    private var owned: [UnsafeMutablePointer<UInt8>] = []

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
        entries.deallocate()
        table.deallocate()
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
            if code < 0 { return insert(Entry(bytes: bytes, length: Int32(length), hash: hash, quotedMark: quotedMark), slot) }
            let entry = entries + Int(code)
            if entry.pointee.hash == hash, Int(entry.pointee.length) == length, entry.pointee.quotedMark == quotedMark,
                ByteDictionary.equal(entry.pointee.bytes, bytes, length)
            {
                return code
            }
            slot = (slot + 1) & mask
        }
    }

    /// The number of a field that holds doubled quotes.
    mutating func code(unescaping bytes: UnsafePointer<UInt8>, _ length: Int, quote: UInt8) -> Int32 {
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(length, 1))
        var place = 0
        var size = 0
        while place < length {
            copy[size] = bytes[place]
            size += 1
            place += bytes[place] == quote ? 2 : 1
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

    func text(_ code: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: entries[code].bytes, count: Int(entries[code].length)), as: UTF8.self)
    }

    /// Multiplies and folds eight bytes at a time; never reads beyond the text.
    @inline(__always)
    static func hash(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
        var state = UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
        var place = 0
        while place + 8 <= length {
            state = fold(state, UnsafeRawPointer(bytes + place).loadUnaligned(as: UInt64.self))
            place += 8
        }
        if place < length {
            var word: UInt64 = 0
            while place < length {
                word = word << 8 | UInt64(bytes[place])
                place += 1
            }
            state = fold(state, word)
        }
        return UInt32(truncatingIfNeeded: state ^ state >> 32)
    }

    @inline(__always)
    private static func fold(_ state: UInt64, _ word: UInt64) -> UInt64 {
        let product = (state ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low
    }

    @inline(__always)
    static func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        var place = 0
        while place + 8 <= length {
            if UnsafeRawPointer(a + place).loadUnaligned(as: UInt64.self) != UnsafeRawPointer(b + place).loadUnaligned(as: UInt64.self) {
                return false
            }
            place += 8
        }
        while place < length {
            if a[place] != b[place] { return false }
            place += 1
        }
        return true
    }
}
