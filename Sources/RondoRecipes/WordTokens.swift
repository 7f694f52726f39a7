/// The words of a text: runs of letters and digits, lower case, at least two characters long.
enum WordTokens {
    /// The words in order, repeated ones repeated.
    static func words(of text: String) -> [String] {
        var text = text
        let plain: [String]? = text.withUTF8 { bytes in
            guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
            var words: [String] = []
            var word: [UInt8] = []
            func close() {
                if word.count > 1 { words.append(String(decoding: word, as: UTF8.self)) }
                word.removeAll(keepingCapacity: true)
            }
            for byte in bytes {
                switch byte {
                case 0x41...0x5A: word.append(byte | 0x20)
                case 0x61...0x7A, 0x30...0x39: word.append(byte)
                default: if !word.isEmpty { close() }
                }
            }
            close()
            return words
        }
        return plain ?? scalarWords(of: text.lowercased())
    }

    private static func scalarWords(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        func close() {
            if word.unicodeScalars.count > 1 { words.append(word) }
            word = ""
        }
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            let isMark = !word.isEmpty && [.nonspacingMark, .spacingMark].contains(properties.generalCategory)
            if properties.isAlphabetic || properties.numericType != nil || isMark {
                word.unicodeScalars.append(scalar)
            } else if !word.isEmpty {
                close()
            }
        }
        close()
        return words
    }
}
