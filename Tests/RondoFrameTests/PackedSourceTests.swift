import RondoFrame
import RondoKernels
import Testing

@Suite struct PackedSourceTests {
    /// `printf 'a,b\n1,x\n2,y\n' | gzip -n9`, gzip 1.12.
    private static let gzip: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0xD4, 0x49, 0xE2, 0x32, 0xD4, 0xA9, 0xE0, 0x32, 0xD2, 0xA9, 0xE4,
        0x02, 0x00, 0xC2, 0x96, 0x7E, 0x9D, 0x0C, 0x00, 0x00, 0x00,
    ]
    /// The same text by zstd 1.5.4.
    private static let zstandard: [UInt8] = [
        0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58, 0x61, 0x00, 0x00, 0x61, 0x2C, 0x62, 0x0A, 0x31, 0x2C, 0x78, 0x0A, 0x32, 0x2C, 0x79, 0x0A, 0x2E,
        0x9F, 0x21, 0x46,
    ]

    private func read(_ bytes: [UInt8], _ name: String = "t.csv.gz") throws -> ReadResult {
        try TableReaders.read(ByteSource(name: name, bytes: bytes), options: ReadOptions(), context: .quiet)
    }

    private func code(_ bytes: [UInt8]) -> String {
        do {
            _ = try read(bytes)
            return "no fault"
        } catch let fault as Fault { return "\(fault.code) \(fault.message)" } catch { return "\(error)" }
    }

    @Test func unpacksByFirstBytesWhateverTheName() throws {
        for (bytes, name) in [(Self.gzip, "gzip"), (Self.zstandard, "zstd")] {
            for file in ["t.csv.gz", "t.csv", "t"] {
                let result = try read(bytes, file)
                #expect(plain(result.frame["b"]) == ["x", "y"])
                #expect(result.findings.first?.text == "unpacked from \(name): \(bytes.count) bytes to 12")
            }
        }
        // Two members are one file, as `cat a.gz b.gz` makes it.
        #expect(try read(Self.gzip + Self.gzip).frame.rowCount == 6)
        #expect(try read(Self.gzip + [0, 0]).findings.contains { $0.text == "2 bytes behind the gzip data left out" })
    }

    @Test func damageIsNamed() {
        #expect(code(Array(Self.gzip.dropLast(9))) == "R0612 t.csv.gz is cut off: its gzip data ends after 23 bytes in the middle")
        #expect(code(Array(Self.gzip.dropLast(1))).hasPrefix("R0612"))
        #expect(code(Array(Self.zstandard.dropLast(6))).hasPrefix("R0612"))
        var wrong = Self.gzip
        wrong[24] ^= 1
        #expect(code(wrong).hasPrefix("R0613 t.csv.gz is damaged: its gzip data cannot be unpacked behind byte"))
        for length in 3..<Self.gzip.count { #expect(code(Array(Self.gzip.prefix(length))).hasPrefix("R061")) }
    }

    @Test func bombsAreRefused() throws {
        // 650,011 bytes would become 103,200,001.
        #expect(code(Self.zeros(repeats: 400_000)).hasPrefix("R0614 t.csv.gz has 650,011 bytes and would unpack to more than"))
    }

    /// gzip of so many times 258 zero bytes in one block of fixed codes: a literal 0, then length 258 at distance 1 (RFC 1951, 3.2.6).
    private static func zeros(repeats: Int) -> [UInt8] {
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        var (word, filled): (UInt64, UInt64) = (0, 0)
        func put(_ value: UInt64, _ count: UInt64) {
            word |= value << filled
            filled += count
            while filled >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: word))
                word >>= 8
                filled -= 8
            }
        }
        put(0b011, 3)
        // Codes are packed from their highest bit: literal 0 is 00110000, length 258 is 11000101, distance 1 is 00000.
        put(0b0000_1100, 8)
        for _ in 0..<repeats { put(0b10100011, 8); put(0, 5) }
        return bytes
    }

    @Test func otherFormatsAreNamed() {
        #expect(code([0x50, 0x4B, 3, 4, 0, 0]).hasPrefix("R0616 t.csv.gz is a ZIP archive or an Excel workbook"))
        #expect(code(Array("PAR1\u{15}".utf8)).hasPrefix("R0616"))
    }
}

@Suite(.enabled(if: SharedData.isPresent, "the folder ../shared/data is absent"))
struct PackedDataTests {
    @Test func adult() throws {
        let bytes = try SharedData.bytes("adult_income.csv.gz")
        let result = try TableReaders.read(ByteSource(name: "adult_income.csv.gz", bytes: bytes), options: ReadOptions(), context: .quiet)
        #expect(result.frame.rowCount == 48_842)
        #expect(result.frame.columnCount == 16)
    }
}

@Suite struct EncodingTests {
    private func read(_ bytes: [UInt8], _ encoding: String? = nil) throws -> ReadResult {
        var options = ReadOptions()
        options.encoding = encoding
        return try CSVReader.read(ByteSource(name: "t.csv", bytes: bytes), options: options, context: .quiet)
    }

    private func utf16(_ text: String, big: Bool) -> [UInt8] {
        text.utf16.flatMap { big ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
    }

    private func utf32(_ text: String, big: Bool) -> [UInt8] {
        text.unicodeScalars.flatMap { scalar -> [UInt8] in
            let bytes = (0..<4).map { UInt8(scalar.value >> (8 * UInt32($0)) & 255) }
            return big ? bytes.reversed() : bytes
        }
    }

    @Test func unicodeForms() throws {
        let text = "name,n\nZoë 😀,1\nÅsa,2\n"
        for big in [false, true] {
            for (bytes, name) in [
                (utf16("\u{FEFF}" + text, big: big), "UTF-16"), (utf16(text, big: big), "UTF-16"),
                (utf32("\u{FEFF}" + text, big: big), "UTF-32"),
            ] {
                let result = try read(bytes)
                #expect(plain(result.frame["name"]) == ["Zoë 😀", "Åsa"])
                #expect(result.findings.first?.text.hasPrefix(name) == true)
            }
            #expect(plain(try read(utf16(text, big: big), big ? "utf-16be" : "utf-16le").frame["n"]) == ["1", "2"])
            #expect(plain(try read(utf32(text, big: big), big ? "utf-32be" : "utf-32le").frame["n"]) == ["1", "2"])
        }
        #expect(throws: Fault.self) { try read(utf16("\u{FEFF}a,b\n1,2", big: false) + [0x00, 0xD8]) }
        #expect(throws: Fault.self) { try read(utf16("\u{FEFF}a,b\n1,2", big: false) + [0x41]) }
    }

    @Test func windowsPagesThatArePlain() throws {
        let western =
            Array("name,city\nJos".utf8) + [0xE9] + Array(",M".utf8) + [0xFC] + Array("nchen\nFran".utf8) + [0xE7]
            + Array("ois,Paris\n".utf8)
        let result = try read(western)
        #expect(plain(result.frame["name"]) == ["José", "François"])
        #expect(result.findings.first?.text == "the text is read as Latin-1, for example \"José\"; encoding \"…\" says otherwise")
        // Mixed with UTF-8, or of no word: nothing is guessed.
        #expect(throws: Fault.self) { try read(western + Array("Zoë,x\n".utf8)) }
        #expect(throws: Fault.self) { try read(Array("a,b\n1,".utf8) + [0xE9, 10]) }
    }

    @Test func encodingsByName() throws {
        // "Москва" in windows-1251 and "東京" in Shift_JIS, as the standards' tables have them.
        let moscow: [UInt8] = Array("c\n".utf8) + [0xCC, 0xEE, 0xF1, 0xEA, 0xE2, 0xE0, 10]
        #expect(plain(try read(moscow, "windows-1251").frame["c"]) == ["Москва"])
        #expect(plain(try read(Array("c\n".utf8) + [0x93, 0x8C, 0x8B, 0x9E, 10], "shift_jis").frame["c"]) == ["東京"])
        #expect(throws: Fault.self) { try read(moscow, "klingon") }
        #expect(throws: Fault.self) { try read(moscow, "windows-1251//IGNORE") }
        #expect(throws: Fault.self) { try read(Array("c\n".utf8) + [0x93, 10], "shift_jis") }
    }

    @Test(.enabled(if: SharedData.isPresent, "the folder ../shared/data is absent"))
    func bigFive() throws {
        var options = ReadOptions()
        options.encoding = "big5"
        let frame = try SharedData.table("messy/characters.csv", options: options).frame
        #expect(frame.names.first == "id")
        #expect(frame.rowCount > 100)
    }
}
