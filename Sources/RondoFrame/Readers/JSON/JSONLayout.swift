/// Where the rows of a JSON text are.
enum JSONLayout {
    /// One record after the other, on lines of their own or not.
    case sequence
    /// The items of the list that begins at `offset`; `path` leads there from the record at the top.
    case list(offset: Int, path: String, others: [String])
    /// One record.
    case record

    /// Looks at the whole text once, checking it, when it is one value; a sequence is told by its second value.
    static func find(_ bytes: TextBytes, isLines: Bool) throws(JSONFlaw) -> JSONLayout {
        var scanner = JSONScanner(bytes)
        let first = try scanner.token()
        if isLines { return .sequence }
        if first == 0x5B { return .list(offset: scanner.position, path: "", others: []) }
        guard first == 0x7B else { return .sequence }
        let members = try members(of: &scanner)
        if scanner.skipBlanks() { return .sequence }
        let lists = members.filter { $0.holdsRecords }
        guard lists.count == 1, let list = lists.first else { return .record }
        return .list(offset: list.offset, path: list.name, others: members.map(\.name).filter { $0 != list.name })
    }

    /// A member of the record at the top.
    struct Member {
        let name: String
        let offset: Int
        /// Whether it is a list whose first item is a record.
        let holdsRecords: Bool
        /// Whether it is neither a list nor a record.
        let isPlain: Bool
    }

    /// The members of the record that begins here; moves behind it.
    static func members(of scanner: inout JSONScanner) throws(JSONFlaw) -> [Member] {
        try scanner.take(0x7B, "a record")
        var members: [Member] = []
        if try scanner.token() == 0x7D {
            scanner.position += 1
            return members
        }
        while true {
            guard try scanner.token() == ASCII.quote else { throw JSONFlaw(.unexpected("a key in double quotes"), at: scanner.position) }
            let text = try scanner.text()
            var name: [UInt8] = []
            _ = JSONText.unescape(scanner.base + text.start, text.end - text.start, into: &name)
            try scanner.take(ASCII.colon, "a colon")
            let first = try scanner.token()
            let offset = scanner.position
            var isRecords = false
            if first == 0x5B {
                var inside = scanner
                inside.position += 1
                isRecords = try inside.token() == 0x7B
            }
            try scanner.skipValue(depth: 1)
            members.append(
                Member(
                    name: String(decoding: name, as: UTF8.self), offset: offset, holdsRecords: isRecords,
                    isPlain: first != 0x5B && first != 0x7B))
            let byte = try scanner.token()
            scanner.position += 1
            if byte == 0x7D { return members }
            guard byte == ASCII.comma else { throw JSONFlaw(.unexpected("a comma or }"), at: scanner.position - 1) }
        }
    }

    /// Places of the value under a path below the record that begins here, with the plain values passed on the way; nil when there is none.
    static func follow(_ path: [String], _ scanner: inout JSONScanner, prefix: String) throws(JSONFlaw) -> (
        offset: Int, parents: [JSONRecords.ParentValue]
    )? {
        guard let key = path.first else { return (scanner.position, []) }
        guard try scanner.token() == 0x7B else {
            try scanner.skipValue(depth: 1)
            return nil
        }
        let members = try members(of: &scanner)
        let end = scanner.position
        // A key may itself hold points.
        var taken = 1
        var wanted = key
        var found = members.last { $0.name == wanted }
        while found == nil, taken < path.count {
            wanted += "." + path[taken]
            taken += 1
            found = members.last { $0.name == wanted }
        }
        guard let found else { return nil }
        let own = members.filter(\.isPlain).map { JSONRecords.ParentValue(name: prefix + $0.name, offset: $0.offset) }
        scanner.position = found.offset
        let rest = Array(path.dropFirst(taken))
        guard let below = try follow(rest, &scanner, prefix: prefix + wanted + ".") else { return nil }
        scanner.position = end
        return (below.offset, own + below.parents)
    }
}
