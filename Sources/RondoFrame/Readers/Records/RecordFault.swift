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
}
