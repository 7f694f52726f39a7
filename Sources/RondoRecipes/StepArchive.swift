import RondoKernels

/// What step archives have in common.
enum StepArchive {
    /// The fault of saved data of a step that does not fit together.
    static func damaged(_ kind: String) -> Fault {
        Fault("R0581", "the saved step \(kind) is damaged", remedy: "make it again, with deploy or save")
    }
}

extension Archive {
    /// Single numbers and words as one-entry archives, missing included.
    static func scalar(_ value: Scalar) -> Archive {
        switch value {
        case .missing: Archive(["type": .words(["missing"])])
        case .number(let number): Archive(["type": .words(["number"]), "value": .numbers([number])])
        case .integer(let integer): Archive(["type": .words(["integer"]), "value": .integers([integer])])
        case .truth(let truth): Archive(["type": .words(["truth"]), "value": .integers([truth ? 1 : 0])])
        case .text(let text): Archive(["type": .words(["text"]), "value": .words([text])])
        case .date(let days): Archive(["type": .words(["date"]), "value": .integers([Int64(days)])])
        case .time(let time): Archive(["type": .words(["time"]), "value": .integers([time])])
        case .duration(let time): Archive(["type": .words(["duration"]), "value": .integers([time])])
        }
    }

    /// The value kept by `scalar`.
    func scalar() throws -> Scalar {
        func whole() throws -> Int64 {
            guard let value = try integers("value").first else { throw StepArchive.damaged("value") }
            return value
        }
        switch try word("type") {
        case "missing": return .missing
        case "number": return .number(try number("value"))
        case "integer": return .integer(try whole())
        case "truth": return .truth(try whole() == 1)
        case "text": return .text(try word("value"))
        case "date":
            guard let days = Int32(exactly: try whole()) else { throw StepArchive.damaged("date") }
            return .date(days)
        case "time": return .time(try whole())
        case "duration": return .duration(try whole())
        default: throw StepArchive.damaged("value")
        }
    }
}
