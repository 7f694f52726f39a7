import RondoKernels

/// The faults of reading a file, R0601 to R0619, each with the file and, where it applies, line, column and byte.
enum ReadFault {
    static func unreadable(_ name: String) -> Fault {
        Fault("R0601", "\(name) could not be read", remedy: "look at the path, and whether the file may be read", subject: name)
    }

    static func empty(_ name: String) -> Fault {
        Fault("R0602", "\(name) is empty", remedy: "give a file with at least a line of column names", subject: name)
    }

    static func notText(_ name: String, place: BytePlace) -> Fault {
        Fault(
            "R0603", "\(name) is not text: \(place) is a zero byte", remedy: "write the table as text first, for example CSV in UTF-8",
            subject: name)
    }

    static func encoding(_ name: String, place: BytePlace, value: UInt8) -> Fault {
        let hex = String(value, radix: 16, uppercase: true)
        return Fault(
            "R0604", "\(name) is not UTF-8: \(place) is 0x\(hex)",
            remedy: "write the file again as text in UTF-8", subject: name)
    }

    static func unknownEncoding(_ word: String) -> Fault {
        Fault("R0605", "there is no encoding \(word)", remedy: "take utf-8, utf-16le, utf-16be, latin-1 or windows-1252", subject: word)
    }

    static func longRow(_ name: String, place: BytePlace, fields: Int, expected: Int) -> Fault {
        Fault(
            "R0606", "\(name), \(place): \(fields) fields where the table has \(expected)",
            remedy: "put quotes around fields that hold the delimiter, or correct the line", subject: name)
    }

    static func openQuote(_ name: String, place: BytePlace) -> Fault {
        Fault(
            "R0607", "\(name), \(place): a quote is opened and never closed",
            remedy: "close the quote, or double it where it is part of the text", subject: name)
    }

    static func textAfterQuote(_ name: String, place: BytePlace) -> Fault {
        Fault(
            "R0608", "\(name), \(place): text follows a closing quote",
            remedy: "double quotes that are part of a quoted text: \"a \"\"word\"\" in quotes\"", subject: name)
    }

    static func noHeaderLine(_ name: String, line: Int, lines: Int) -> Fault {
        Fault(
            "R0609", "\(name) has no line \(grouped(line)) for the header, it has \(grouped(lines))",
            remedy: "give the number of the line with the names", subject: name)
    }

    static func tooManyRows(_ name: String) -> Fault {
        Fault("R0610", "\(name) has more than 2,147,483,647 rows", remedy: "cut the file into parts", subject: name)
    }
}

/// A place in a file: all counted from 1, columns and bytes in bytes.
struct BytePlace: CustomStringConvertible, Hashable {
    let line: Int
    let column: Int
    let byte: Int

    var description: String { "line \(grouped(line)), column \(grouped(column)), byte \(grouped(byte))" }
}

/// `1,000,001`.
func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var result = value < 0 ? "-" : ""
    for (position, digit) in digits.enumerated() {
        if position > 0, (digits.count - position) % 3 == 0 { result.append(",") }
        result.append(digit)
    }
    return result
}
