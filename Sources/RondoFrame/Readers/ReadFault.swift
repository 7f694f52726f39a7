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

    static func encoding(_ name: String, place: BytePlace, value: UInt8, suggestion: String) -> Fault {
        let hex = String(value, radix: 16, uppercase: true)
        return Fault(
            "R0604", "\(name) is not UTF-8: \(place) is 0x\(hex)",
            remedy: "load \"\(name)\" encoding \"\(suggestion)\"", subject: name)
    }

    static func unknownEncoding(_ word: String) -> Fault {
        Fault(
            "R0605", "there is no encoding \(word)",
            remedy: "name it as iconv does: utf-8, utf-16, latin-1, windows-1252, windows-1251, big5, shift_jis, gb18030",
            subject: word)
    }

    static func brokenText(_ name: String, encoding: String, byte: Int) -> Fault {
        Fault(
            "R0611", "\(name) is no text in \(encoding): byte \(grouped(byte)) belongs to no character",
            remedy: "name another encoding, load \"\(name)\" encoding \"windows-1252\", or copy the file again", subject: name)
    }

    static func truncated(_ name: String, format: String, bytes: Int) -> Fault {
        Fault(
            "R0612", "\(name) is cut off: its \(format) data ends after \(grouped(bytes)) bytes in the middle",
            remedy: "copy the file again", subject: name)
    }

    static func damaged(_ name: String, format: String, byte: Int) -> Fault {
        Fault(
            "R0613", "\(name) is damaged: its \(format) data cannot be unpacked behind byte \(grouped(byte))",
            remedy: "copy the file again", subject: name)
    }

    static func tooLarge(_ name: String, packed: Int, limit: Int) -> Fault {
        Fault(
            "R0614", "\(name) has \(grouped(packed)) bytes and would unpack to more than \(grouped(limit))",
            remedy: "unpack it yourself if you trust it, then load the file", subject: name)
    }

    static func missingLibrary(_ name: String, _ missing: SystemLibraryMissing) -> Fault {
        Fault("R0615", "\(name) cannot be read: \(missing)", remedy: "install \(missing.package), then repeat the cell", subject: name)
    }

    static func otherFormat(_ name: String, what: String, remedy: String) -> Fault {
        Fault("R0616", "\(name) is \(what)", remedy: remedy, subject: name)
    }

    static func longRow(_ name: String, place: BytePlace, fields: Int, expected: Int) -> Fault {
        Fault(
            "R0606", "\(name), \(place): \(fields) fields where the table has \(expected)",
            remedy: "put quotes around fields that hold the delimiter, or correct the line", subject: name)
    }

    static func tooWide(_ name: String, place: BytePlace, fields: Int, bytes: Int) -> Fault {
        let what = fields > TableLayout.columnLimit ? "\(grouped(fields)) fields" : "a line of \(grouped(bytes)) bytes"
        return Fault(
            "R0668", "\(name), \(place): \(what) where a table begins",
            remedy: "a table has at most \(grouped(TableLayout.columnLimit)) columns: look at the line ends, or turn the table",
            subject: name)
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

    static func clause(_ clause: String, readers: [String], reader: String, _ name: String) -> Fault {
        Fault(
            "R0617", "\(clause) is for \(readers.joined(separator: ", ")); \(name) is read as \(reader)",
            remedy: "leave \(clause) out, or name the format: load \(readers.first ?? reader) \"\(name)\"", subject: clause)
    }

    static func noReader(_ format: String, _ name: String) -> Fault {
        Fault("R0618", "nothing here reads \(format)", remedy: "write \(name) as CSV in UTF-8, then load that", subject: format)
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
