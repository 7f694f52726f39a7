import RondoKernels

/// System logs: RFC 3164, its form with ISO times, RFC 5424, and the messages of OpenSSH in them.
extension LogFormats {
    private static let fields = ["time", "host", "program", "pid", "message"]
    private static let withoutYear =
        "times name no year and stay text: cast time time format \"%b %d %H:%M:%S\" reads them as of 1970"

    /// `Dec 10 06:55:46 host program[12]: text`, with a priority `<34>` or without.
    static let syslog = LogFormat(
        name: "system log", columns: fields,
        read: { line in
            var line = line
            return plainSystem(&line).map { [$0.time, $0.host, $0.program, $0.pid, .text(line.rest())] }
        }, note: withoutYear)

    /// `2024-01-31T12:00:00.123456+01:00 host program[12]: text`.
    static let syslogISO = LogFormat(name: "system log", columns: fields) { line in
        var line = line
        skipPriority(&line)
        guard let stamp = line.wordAndBlank(), let time = WrittenMoment.time(line.base + stamp.lowerBound, stamp.count),
            let host = line.wordAndBlank(), let (program, pid) = program(&line)
        else { return nil }
        return [.time(time.microseconds), .text(host), program, pid, .text(line.rest())]
    }

    /// `<34>1 2003-10-11T22:14:15.003Z host program 12 ID47 [data] text`.
    static let syslog5424 = LogFormat(
        name: "system log (RFC 5424)",
        columns: ["priority", "time", "host", "program", "pid", "message_id", "data", "message"]
    ) { line in
        var line = line
        guard line.take("<"), let priority = line.digits(), let number = line.number(priority), line.take(">"), line.take("1"),
            line.take(" "), let stamp = line.wordAndBlank(), let host = line.wordAndBlank(), let program = line.wordAndBlank(),
            let pid = line.wordAndBlank(), let identifier = line.wordAndBlank()
        else { return nil }
        let data: Range<Int>
        if line.at("[") {
            let start = line.place
            while line.at("[") { guard structuredElement(&line) else { return nil } }
            data = start..<line.place
        } else {
            guard let dash = line.word() else { return nil }
            data = dash
        }
        var time: LogValue = .missing
        if let read = WrittenMoment.time(line.base + stamp.lowerBound, stamp.count) {
            time = .time(read.microseconds)
        } else if case .text = dashless(line, stamp) {
            return nil
        }
        line.skipBlanks()
        return [
            .integer(Int64(number)), time, dashless(line, host), dashless(line, program), dashless(line, pid), dashless(line, identifier),
            dashless(line, data), .text(line.rest()),
        ]
    }

    /// Moves over `[id key="value"]`.
    private static func structuredElement(_ line: inout LogLine) -> Bool {
        guard line.take("[") else { return false }
        while !line.isAtEnd {
            if line.at("\"") {
                if line.quoted() == nil { return false }
            } else if line.take("]") {
                return true
            } else {
                line.place += 1
            }
        }
        return false
    }

    private static func skipPriority(_ line: inout LogLine) {
        let start = line.place
        if line.take("<"), line.digits() != nil, line.take(">") { return }
        line.place = start
    }

    private static func plainSystem(_ line: inout LogLine) -> (time: LogValue, host: LogValue, program: LogValue, pid: LogValue)? {
        skipPriority(&line)
        let start = line.place
        guard line.month(start) != nil, line.word()?.count == 3, line.take(" ") else { return nil }
        line.skipBlanks()
        guard let day = line.digits(), let number = line.number(day), (1...31).contains(number), line.take(" "),
            line.clock(line.place) != nil
        else { return nil }
        line.place += 8
        let stamp = start..<line.place
        guard line.take(" "), let host = line.wordAndBlank(), let (program, pid) = program(&line) else { return nil }
        return (.text(stamp), .text(host), program, pid)
    }

    /// `sshd[24200]: ` or `kernel: `.
    private static func program(_ line: inout LogLine) -> (program: LogValue, pid: LogValue)? {
        let start = line.place
        while !line.isAtEnd, !line.at("["), !line.at(":"), !line.at(" ") { line.place += 1 }
        let name = start..<line.place
        var pid: LogValue = .missing
        if let inside = line.between("[", "]") { pid = line.number(inside).map { .integer(Int64($0)) } ?? .text(inside) }
        guard !name.isEmpty, line.take(":") else { return nil }
        line.skipBlanks()
        return (.text(name), pid)
    }

    /// The system log of OpenSSH: what happened, to whom, from where, found in the message.
    static let openSSH = LogFormat(
        name: "OpenSSH log", columns: ["time", "host", "program", "pid", "event", "user", "address", "port", "message"],
        read: { line in
            var line = line
            guard let head = plainSystem(&line), case .text(let program) = head.program, starts(line, program, "sshd") else { return nil }
            let message = line.rest()
            let words = SecureShellMessage(line.base, message)
            return [head.time, head.host, head.program, head.pid, words.event, words.user, words.address, words.port, .text(message)]
        }, note: withoutYear)
}

/// What a message of OpenSSH's server says.
struct SecureShellMessage {
    private(set) var event: LogValue = .missing
    private(set) var user: LogValue = .missing
    private(set) var address: LogValue = .missing
    private(set) var port: LogValue = .missing

    /// Beginnings of messages, what stands behind them, longest first where one begins another.
    private static let events: [(beginning: StaticString, names: Bool)] = [
        ("Failed password for invalid user ", true), ("Failed password for ", true), ("Failed none for invalid user ", true),
        ("Accepted password for ", true), ("Accepted publickey for ", true), ("Invalid user ", true), ("input_userauth_request", false),
        ("Connection closed", false), ("Connection reset", false), ("Received disconnect", false), ("Disconnected", false),
        ("reverse mapping", false), ("pam_unix(sshd:auth): authentication failure", false), ("pam_unix(sshd:auth): check pass", false),
        ("pam_unix(sshd:session): session opened", false), ("pam_unix(sshd:session): session closed", false),
        ("Did not receive identification", false), ("message repeated", false), ("Too many authentication failures", false),
    ]

    init(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) {
        var line = LogLine(base, range)
        if let found = SecureShellMessage.events.first(where: { LogFormats.starts(line, range, $0.beginning) }) {
            var end = range.lowerBound + found.beginning.utf8CodeUnitCount
            line.place = end
            if found.names {
                // "for" and "user" lead to the name; the event is what stands before.
                if let name = line.word() { user = .text(name) }
                if base[end - 1] == ASCII.blank { end -= 1 }
                while end - 4 > range.lowerBound, LogFormats.starts(line, end - 4..<end, " for") { end -= 4 }
            }
            event = .text(range.lowerBound..<end)
        }
        line.place = range.lowerBound
        var before: Range<Int>?
        while !line.isAtEnd {
            line.skipBlanks()
            guard let word = line.word() else { break }
            if let before {
                if before.count == 4, LogFormats.starts(line, before, "from"), SecureShellMessage.isAddress(base, word) {
                    address = .text(SecureShellMessage.withoutColon(base, word))
                }
                if before.count == 4, LogFormats.starts(line, before, "port"),
                    let number = line.number(SecureShellMessage.withoutColon(base, word))
                {
                    port = .integer(Int64(number))
                }
            }
            if word.count > 6, LogFormats.starts(line, word, "rhost=") { address = .text(word.lowerBound + 6..<word.upperBound) }
            if word.count > 5, LogFormats.starts(line, word, "user=") { user = .text(word.lowerBound + 5..<word.upperBound) }
            before = word
        }
    }

    private static func isAddress(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> Bool {
        range.contains { base[$0] == ASCII.point || base[$0] == ASCII.colon }
    }

    private static func withoutColon(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> Range<Int> {
        range.count > 1 && base[range.upperBound - 1] == ASCII.colon ? range.lowerBound..<range.upperBound - 1 : range
    }
}
