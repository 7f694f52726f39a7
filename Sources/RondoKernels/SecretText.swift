/// Passwords in the text of a cell: they must not be shown, saved or kept in a history.
public enum SecretText {
    /// The cell with stars in place of its passwords, as long as before; nil when it holds none.
    ///
    /// Only cells of `load` are looked at: `password=…` and `password = '…'` of a database, and `user:password@` of an address.
    public static func masked(_ cell: String) -> String? {
        var bytes = Array(cell.utf8)
        guard bytes.drop(while: { $0 == 0x20 || $0 == 0x09 }).starts(with: "load".utf8) else { return nil }
        let isMasked = maskSettings(&bytes)
        return maskAddresses(&bytes) || isMasked ? String(decoding: bytes, as: UTF8.self) : nil
    }

    private static let keywords = ["password", "sslpassword", "passwd", "pwd"].map { Array($0.utf8) }

    private static func maskSettings(_ bytes: inout [UInt8]) -> Bool {
        var found = false
        for keyword in keywords {
            var place = 0
            while place + keyword.count < bytes.count {
                guard (0..<keyword.count).allSatisfy({ bytes[place + $0] | 0x20 == keyword[$0] }) else {
                    place += 1
                    continue
                }
                place += keyword.count
                while place < bytes.count, bytes[place] == 0x20 { place += 1 }
                guard place < bytes.count, bytes[place] == UInt8(ascii: "=") else { continue }
                place += 1
                while place < bytes.count, bytes[place] == 0x20 { place += 1 }
                let isQuoted = place < bytes.count && bytes[place] == UInt8(ascii: "'")
                if isQuoted { place += 1 }
                while place < bytes.count, !ends(bytes[place], isQuoted: isQuoted) {
                    bytes[place] = UInt8(ascii: "*")
                    found = true
                    place += 1
                }
            }
        }
        return found
    }

    private static func ends(_ byte: UInt8, isQuoted: Bool) -> Bool {
        byte == UInt8(ascii: "\"") || byte == 0x0A
            || (isQuoted ? byte == UInt8(ascii: "'") : byte == 0x20 || byte == UInt8(ascii: "&"))
    }

    private static func maskAddresses(_ bytes: inout [UInt8]) -> Bool {
        var found = false
        var place = 0
        while place + 3 < bytes.count {
            guard bytes[place] == UInt8(ascii: ":"), bytes[place + 1] == UInt8(ascii: "/"), bytes[place + 2] == UInt8(ascii: "/") else {
                place += 1
                continue
            }
            place += 3
            // The last @ before the path ends user and password.
            var end = place
            var at: Int?
            while end < bytes.count, ![0x20, 0x0A, UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "?")].contains(bytes[end]) {
                if bytes[end] == UInt8(ascii: "@") { at = end }
                end += 1
            }
            if let at, let colon = bytes[place..<at].firstIndex(of: UInt8(ascii: ":")), colon + 1 < at {
                for secret in (colon + 1)..<at { bytes[secret] = UInt8(ascii: "*") }
                found = true
            }
            place = end
        }
        return found
    }
}
