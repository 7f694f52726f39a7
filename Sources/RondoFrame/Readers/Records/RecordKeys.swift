/// The keys that occur in records, as a tree: each knows the column of its values. Records mostly repeat the order of their keys, so the
/// key behind the last one is tried first.
struct RecordKeys {
    struct Key {
        /// Where its bytes are among those of all keys.
        let start: Int
        let count: Int
        /// Names from the root, joined by points.
        let path: String
        let parent: Int
        /// The next key of the same parent in order of first appearance, -1 at the end.
        var next = -1
        var firstChild = -1
        var lastChild = -1
        /// Position of its column, -1 while no value has come.
        var column = -1
    }

    private(set) var keys: [Key]
    private var bytes: [UInt8] = []
    private var table: [Place: Int] = [:]

    private struct Place: Hashable {
        let parent: Int
        let bytes: [UInt8]
    }

    /// Keys below a root; its name goes in front of all others.
    init(prefix: String = "") { keys = [Key(start: 0, count: 0, path: prefix, parent: -1)] }

    /// The key of these bytes below `parent`; `expected` is tried first.
    @inline(__always)
    mutating func find(_ bytes: UnsafePointer<UInt8>, _ count: Int, parent: Int, expected: Int) -> Int {
        if expected >= 0, isSame(expected, bytes, count) { return expected }
        return search(bytes, count, parent)
    }

    @inline(__always)
    private func isSame(_ key: Int, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard keys[key].count == count else { return false }
        let start = keys[key].start
        return self.bytes.withUnsafeBufferPointer { all in
            guard let base = all.baseAddress else { return true }
            return ByteDictionary.equal(base + start, bytes, count)
        }
    }

    @inline(never)
    private mutating func search(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ parent: Int) -> Int {
        // A few keys are compared one by one, more are looked up.
        var key = keys[parent].firstChild
        var tries = 0
        while key >= 0, tries < 8 {
            if isSame(key, bytes, count) { return key }
            key = keys[key].next
            tries += 1
        }
        if key < 0 { return add(Array(UnsafeBufferPointer(start: bytes, count: count)), parent) }
        let own = Array(UnsafeBufferPointer(start: bytes, count: count))
        return table[Place(parent: parent, bytes: own)] ?? add(own, parent)
    }

    private mutating func add(_ bytes: [UInt8], _ parent: Int) -> Int {
        let name = String(decoding: bytes, as: UTF8.self)
        let above = keys[parent].path
        let new = keys.count
        self.bytes += bytes
        keys.append(
            Key(
                start: self.bytes.count - bytes.count, count: bytes.count, path: parent == 0 && above.isEmpty ? name : above + "." + name,
                parent: parent))
        table[Place(parent: parent, bytes: bytes)] = new
        let last = keys[parent].lastChild
        if last >= 0 { keys[last].next = new } else { keys[parent].firstChild = new }
        keys[parent].lastChild = new
        return new
    }

    @inline(__always)
    mutating func setColumn(_ column: Int, of key: Int) { keys[key].column = column }
}
