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
        /// Whether its first and last byte say that it is neither number nor date nor truth word.
        let isSurelyText: Bool

        @inline(__always)
        init(bytes: UnsafePointer<UInt8>, length: Int, hash: UInt32, quotedMark: Bool) {
            self.bytes = bytes
            self.length = length
            self.hash = hash
            self.quotedMark = quotedMark
            isMarkLike = length == 0 || MissingMarks.mayBegin(bytes[0])
            isSurelyText = length > 0 && !FieldKind.mayBeValue(bytes[0], bytes[length - 1])
        }
    }

    private(set) var entries: UnsafeMutablePointer<Entry>
    /// By number, what a word is told by.
    private var keys: UnsafeMutablePointer<WordKey>
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
        keys = .allocate(capacity: capacity)
        table = .allocate(capacity: mask + 1)
        table.initialize(repeating: -1, count: mask + 1)
    }

    func deallocate() {
        if !isStored {
            entries.deallocate()
            keys.deallocate()
            table.deallocate()
        }
        for bytes in owned { bytes.deallocate() }
    }

    /// The number of this text, a new one when it is new.
    @inline(__always)
    mutating func code(_ bytes: UnsafePointer<UInt8>, _ length: Int, quotedMark: Bool = false) -> Int32 {
        code(WordKey(bytes, length, quotedMark: quotedMark), bytes, length, quotedMark)
    }

    /// The number of a text behind which `FieldKernels.overhang` bytes may be loaded.
    @inline(__always)
    mutating func code(field bytes: UnsafePointer<UInt8>, _ length: Int) -> Int32 {
        code(WordKey(field: bytes, length), bytes, length, false)
    }

    @inline(__always)
    private mutating func code(_ key: WordKey, _ bytes: UnsafePointer<UInt8>, _ length: Int, _ quotedMark: Bool) -> Int32 {
        let hash = key.hash
        var slot = Int(hash) & mask
        while true {
            let code = table[slot]
            if code < 0 { return insert(Entry(bytes: bytes, length: length, hash: hash, quotedMark: quotedMark), key, slot) }
            if keys[Int(code)] == key, length <= WordKey.size || ByteDictionary.equal(entries[Int(code)].bytes, bytes, length) {
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
    private mutating func insert(_ entry: Entry, _ key: WordKey, _ slot: Int) -> Int32 {
        if count == capacity { growEntries() }
        (entries + count).initialize(to: entry)
        (keys + count).initialize(to: key)
        table[slot] = Int32(count)
        count += 1
        if count * 2 > mask + 1 { growTable() }
        return Int32(count - 1)
    }

    private mutating func growEntries() {
        capacity *= 2
        ByteDictionary.grow(&entries, count, capacity)
        ByteDictionary.grow(&keys, count, capacity)
    }

    private static func grow<Element>(_ memory: inout UnsafeMutablePointer<Element>, _ count: Int, _ capacity: Int) {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        larger.moveInitialize(from: memory, count: count)
        memory.deallocate()
        memory = larger
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

    @inline(__always)
    static func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        guard length >= 8 else { return length == 0 || EightBytes.few(a, length) == EightBytes.few(b, length) }
        var place = 0
        while place + 8 < length {
            if EightBytes.load(a + place) != EightBytes.load(b + place) { return false }
            place += 8
        }
        return EightBytes.load(a + length - 8) == EightBytes.load(b + length - 8)
    }
}
