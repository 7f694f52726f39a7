import RondoKernels

/// The kinds of logs that are found; a line belongs to the first that reads it.
enum LogFormats {
    static let all: [LogFormat] = [combined, common, apacheError, nginxError, openSSH, syslog, syslogISO, syslog5424]

    private static let request = ["host", "ident", "user", "time", "method", "path", "protocol", "status", "bytes"]

    /// Apache and nginx, "combined": the request with who sent it there.
    static let combined = LogFormat(name: "combined access log", columns: request + ["referer", "agent"]) { line in
        var line = line
        guard var values = access(&line), line.take(" "), let referer = line.quoted(), line.take(" "), let agent = line.quoted(),
            line.isAtEnd
        else { return nil }
        values += [dashless(line, referer), dashless(line, agent)]
        return values
    }

    /// Apache's "common" log.
    static let common = LogFormat(name: "common access log", columns: request) { line in
        var line = line
        guard let values = access(&line), line.isAtEnd else { return nil }
        return values
    }

    private static func access(_ line: inout LogLine) -> [LogValue]? {
        guard let host = line.wordAndBlank(), let ident = line.wordAndBlank(), let user = line.wordAndBlank(),
            let stamp = line.between("[", "]"), let time = accessTime(line, stamp), line.take(" "), let request = line.quoted(),
            line.take(" "), let status = line.word(), line.take(" "), let size = line.word()
        else { return nil }
        guard let code = line.number(status) else { return nil }
        let bytes: LogValue
        if let number = Int64(String(decoding: UnsafeBufferPointer(start: line.base + size.lowerBound, count: size.count), as: UTF8.self)) {
            bytes = .integer(number)
        } else if size.count == 1, line.base[size.lowerBound] == ASCII.minus {
            bytes = .missing
        } else {
            return nil
        }
        var parts = LogLine(line.base, request)
        var method: LogValue = .missing
        var target: LogValue = dashless(line, request)
        var version: LogValue = .missing
        // "GET /path HTTP/1.1"; anything else stays whole as the path.
        if let verb = parts.wordAndBlank(), let path = parts.wordAndBlank(), let last = parts.word(), parts.isAtEnd {
            (method, target, version) = (.text(verb), .text(path), .text(last))
        }
        return [
            .text(host), dashless(line, ident), dashless(line, user), .time(time), method, target, version, .integer(Int64(code)), bytes,
        ]
    }

    static func dashless(_ line: LogLine, _ range: Range<Int>) -> LogValue {
        range.isEmpty || (range.count == 1 && line.base[range.lowerBound] == ASCII.minus) ? .missing : .text(range)
    }

    /// `17/May/2015:10:05:03 +0000` as UTC.
    private static func accessTime(_ line: LogLine, _ range: Range<Int>) -> Int64? {
        let start = range.lowerBound
        guard range.count == 26, let day = WrittenMoment.digits(line.base + start, 2), let month = line.month(start + 3),
            let year = WrittenMoment.digits(line.base + start + 7, 4), let seconds = line.clock(start + 12),
            let days = CivilCalendar.days(year: year, month: month, day: day),
            let hours = WrittenMoment.digits(line.base + start + 22, 2), let minutes = WrittenMoment.digits(line.base + start + 24, 2)
        else { return nil }
        let sign: Int64 = line.base[start + 21] == ASCII.minus ? -1 : 1
        return (Int64(days) * 86_400 + seconds - sign * Int64(hours * 3600 + minutes * 60)) * 1_000_000
    }

    /// Apache's error log, of version 2.2 (`[time] [level] [client a] text`) and 2.4 (`[time] [module:level] [pid 1:tid 2] …`).
    static let apacheError = LogFormat(
        name: "Apache error log", columns: ["time", "module", "level", "pid", "tid", "client", "message"]
    ) { line in
        var line = line
        guard let stamp = line.between("[", "]"), let time = apacheTime(line, stamp), line.take(" "), let first = line.between("[", "]")
        else { return nil }
        var (module, level): (LogValue, LogValue) = (.missing, .text(first))
        if let colon = first.first(where: { line.base[$0] == ASCII.colon }) {
            module = dashless(line, first.lowerBound..<colon)
            level = .text(colon + 1..<first.upperBound)
        }
        var (pid, tid, client): (LogValue, LogValue, LogValue) = (.missing, .missing, .missing)
        while true {
            let before = line.place
            line.skipBlanks()
            guard let part = line.between("[", "]") else {
                line.place = before
                break
            }
            if let (process, thread) = process(line, part) {
                pid = .integer(Int64(process))
                tid = thread
            } else if starts(line, part, "client ") {
                client = .text(part.lowerBound + 7..<part.upperBound)
            } else {
                line.place = before
                break
            }
        }
        line.skipBlanks()
        return [.time(time), module, level, pid, tid, client, .text(line.rest())]
    }

    static func starts(_ line: LogLine, _ range: Range<Int>, _ word: StaticString) -> Bool {
        range.count >= word.utf8CodeUnitCount
            && (0..<word.utf8CodeUnitCount).allSatisfy { line.base[range.lowerBound + $0] == word.utf8Start[$0] }
    }

    /// `pid 35708:tid 4328636416` or `pid 12`.
    private static func process(_ line: LogLine, _ range: Range<Int>) -> (Int, LogValue)? {
        guard starts(line, range, "pid ") else { return nil }
        var part = LogLine(line.base, range.lowerBound + 4..<range.upperBound)
        guard let digits = part.digits(), let number = line.number(digits) else { return nil }
        if part.isAtEnd { return (number, .missing) }
        guard part.take(":"), starts(line, part.place..<part.end, "tid ") else { return nil }
        part.place += 4
        return (number, .text(part.rest()))
    }

    /// `Sun Dec 04 04:47:44 2005`, with a fraction of a second or without; the server's own time.
    private static func apacheTime(_ line: LogLine, _ range: Range<Int>) -> Int64? {
        var part = LogLine(line.base, range)
        guard part.wordAndBlank() != nil, let month = part.month(part.place), part.word()?.count == 3 else { return nil }
        part.skipBlanks()
        guard let dayDigits = part.digits(), let day = part.number(dayDigits), part.take(" "), let seconds = part.clock(part.place) else {
            return nil
        }
        part.place += 8
        var micro: Int64 = 0
        if part.take(".") {
            guard let fraction = part.digits(), fraction.count <= 6, let value = part.number(fraction) else { return nil }
            micro = Int64(value)
            for _ in fraction.count..<6 { micro *= 10 }
        }
        guard part.take(" "), let yearDigits = part.digits(), yearDigits.count == 4, part.isAtEnd, let year = part.number(yearDigits),
            let days = CivilCalendar.days(year: year, month: month, day: day)
        else { return nil }
        return (Int64(days) * 86_400 + seconds) * 1_000_000 + micro
    }

    /// nginx: `2023/01/31 12:00:00 [error] 123#456: *789 text`.
    static let nginxError = LogFormat(
        name: "nginx error log", columns: ["time", "level", "pid", "tid", "connection", "message"]
    ) { line in
        var line = line
        let start = line.place
        guard line.end - start > 20, let days = WrittenMoment.isoDate(line.base + start, 10), line.base[start + 4] == ASCII.slash,
            line.base[start + 10] == ASCII.blank, let seconds = line.clock(start + 11)
        else { return nil }
        line.place = start + 19
        guard line.take(" "), let level = line.between("[", "]"), line.take(" "), let pid = line.digits(), line.take("#"),
            let tid = line.digits(), line.take(":"), let process = line.number(pid), let thread = line.number(tid)
        else { return nil }
        line.skipBlanks()
        var connection: LogValue = .missing
        if line.take("*"), let digits = line.digits() { connection = .text(digits) }
        line.skipBlanks()
        return [
            .time((Int64(days) * 86_400 + seconds) * 1_000_000), .text(level), .integer(Int64(process)), .integer(Int64(thread)),
            connection,
            .text(line.rest()),
        ]
    }
}
