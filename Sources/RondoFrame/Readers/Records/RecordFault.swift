import RondoKernels

/// The faults of reading records: JSON, XML, logs, R0640 to R0659.
enum RecordFault {
    static func json(_ name: String, place: BytePlace, what: String, remedy: String) -> Fault {
        Fault("R0640", "\(name), \(place): \(what)", remedy: remedy, subject: name)
    }

    static func tooDeep(_ name: String, place: BytePlace, limit: Int) -> Fault {
        Fault(
            "R0641", "\(name), \(place): records and lists are nested more than \(limit) deep",
            remedy: "make the file flatter, or load the part that is needed", subject: name)
    }

    static func tooManyColumns(_ name: String, _ count: Int) -> Fault {
        Fault(
            "R0642", "\(name) would have \(grouped(count)) columns or more: too many for its rows",
            remedy: "keys that are data make a column each: bring the file into the form of key and value first", subject: name)
    }

    static func noRecords(_ name: String, path: String, known: [String]) -> Fault {
        let remedy = known.isEmpty ? "leave records out" : known.prefix(5).map { "records \"\($0)\"" }.joined(separator: ", ")
        return Fault("R0643", "\(name) has no records under \"\(path)\"", remedy: remedy, subject: path)
    }

    static func markup(_ name: String, _ error: MarkupError) -> Fault {
        let what = error.message.isEmpty ? "this is no well-formed XML" : "this is no well-formed XML: \(error.message)"
        return Fault(
            "R0644", "\(name), line \(grouped(error.line)), column \(grouped(error.column)): \(what)",
            remedy: "correct the file here, or copy it again if it is cut off", subject: name)
    }

    static func entities(_ name: String, place: BytePlace) -> Fault {
        Fault(
            "R0645", "\(name), \(place): the document declares entities, which are not expanded",
            remedy: "write the texts themselves in place of entities", subject: name)
    }

    static func entityUse(_ name: String, line: Int, entity: String) -> Fault {
        Fault(
            "R0646", "\(name), line \(grouped(line)): nothing says what the entity &\(entity); is",
            remedy: "write the character itself", subject: name)
    }

    static func unknownLog(_ name: String) -> Fault {
        Fault(
            "R0647", "\(name) is no log that is known: access and error logs of Apache and nginx, system logs, OpenSSH",
            remedy: "load log \"\(name)\" pattern \"(?<level>[A-Z]+) (?<message>.*)\"", subject: name)
    }

    static func noLogLines(_ name: String) -> Fault {
        Fault(
            "R0648", "no line of \(name) has the form that was asked for",
            remedy: "try the pattern on one line: its named groups are the columns", subject: name)
    }

    static func pattern(_ text: String, _ what: String) -> Fault {
        Fault(
            "R0649", "\"\(text)\" cannot be used: \(what)", remedy: "name the columns: pattern \"(?<level>[A-Z]+) (?<message>.*)\"",
            subject: text)
    }
}
