import RondoFrame
import RondoKernels
import Testing

private func log(_ text: String, pattern: String? = nil) throws -> ReadResult {
    var options = ReadOptions()
    options.pattern = pattern
    return try LogReader.read(ByteSource(name: "t.log", text: text), options: options, context: .quiet)
}

@Suite struct LogReaderTests {
    @Test func combined() throws {
        let result = try log(
            """
            83.149.9.216 - frank [17/May/2015:10:05:03 +0200] "GET /a.png HTTP/1.1" 200 203023 "http://x.com/" "Mozilla \\"5.0\\""
            ::1 - - [29/Feb/2024:23:59:60 +0000] "-" 408 - "-" "-"
            garbage
            """)
        let frame = result.frame
        #expect(frame.names == ["host", "ident", "user", "time", "method", "path", "protocol", "status", "bytes", "referer", "agent"])
        #expect(plain(frame["time"]) == ["2015-05-17T08:05:03", "2024-02-29T23:59:59"])
        #expect(plain(frame["method"]) == ["GET", "-"])
        #expect(frame["status"]?.type == .integer)
        #expect(plain(frame["bytes"]) == ["203023", "-"])
        #expect(plain(frame["user"]) == ["frank", "-"])
        #expect(plain(frame["agent"]) == ["Mozilla \\\"5.0\\\"", "-"])
        #expect(result.findings.map(\.text).contains("line 3 is of another form: left out"))
        #expect(result.findings.map(\.text).contains("read as combined access log"))
        #expect(try log("h - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.0\" 304 -\n").frame.columnCount == 9)
    }

    @Test func errors() throws {
        let old = try log("[Sun Dec 04 04:47:44 2005] [error] [client 1.2.3.4] Directory index forbidden\n").frame
        #expect(plain(old["time"]) == ["2005-12-04T04:47:44"])
        #expect(plain(old["client"]) == ["1.2.3.4"])
        #expect(plain(old["message"]) == ["Directory index forbidden"])
        let new = try log("[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 4328636416] [client 72.15.99.187] no\n").frame
        #expect(plain(new["time"]) == ["2011-09-09T10:42:29.902022"])
        #expect(plain(new["module"]) == ["core"])
        #expect(plain(new["pid"]) == ["35708"])
        let nginx = try log("2023/01/31 12:00:00 [error] 12#34: *789 open() failed\n").frame
        #expect(plain(nginx["connection"]) == ["789"])
        #expect(plain(nginx["message"]) == ["open() failed"])
    }

    @Test func systemLogs() throws {
        let plainLog = try log("Dec 10 06:55:46 LabSZ cron[12]: job ran\n<34>Oct  1 22:14:15 m su: failed\n")
        #expect(plain(plainLog.frame["program"]) == ["cron", "su"])
        #expect(plain(plainLog.frame["time"]) == ["Dec 10 06:55:46", "Oct  1 22:14:15"])
        #expect(plainLog.findings.contains { $0.text.hasPrefix("times name no year and stay text") })
        let iso = try log("2024-01-31T12:00:00.5+01:00 host app[3]: hello\n").frame
        #expect(plain(iso["time"]) == ["2024-01-31T11:00:00.5"])
        let new = try log("<34>1 2003-10-11T22:14:15.003Z m su - ID47 [a@1 k=\"v ]\"][b x=\"1\"] 'su root' failed\n<3>1 - - - - - - x\n")
            .frame
        #expect(plain(new["data"]) == ["[a@1 k=\"v ]\"][b x=\"1\"]", "-"])
        #expect(plain(new["message"]) == ["'su root' failed", "x"])
    }

    @Test func openSSH() throws {
        let frame = try log(
            """
            Dec 10 06:55:46 LabSZ sshd[24200]: Invalid user webmaster from 173.234.31.186
            Dec 10 06:55:48 LabSZ sshd[24200]: Failed password for invalid user webmaster from 173.234.31.186 port 38926 ssh2
            Dec 10 07:07:38 LabSZ sshd[24206]: pam_unix(sshd:auth): authentication failure; logname= uid=0 rhost=1.2.3.4  user=root
            Dec 10 09:32:20 LabSZ sshd[24680]: Accepted password for fztu from 119.137.62.142 port 49116 ssh2
            """
        ).frame
        #expect(
            plain(frame["event"]) == [
                "Invalid user", "Failed password for invalid user", "pam_unix(sshd:auth): authentication failure", "Accepted password",
            ])
        #expect(plain(frame["user"]) == ["webmaster", "webmaster", "root", "fztu"])
        #expect(plain(frame["address"]) == ["173.234.31.186", "173.234.31.186", "1.2.3.4", "119.137.62.142"])
        #expect(plain(frame["port"]) == ["-", "38926", "-", "49116"])
    }

    @Test func patterns() throws {
        let result = try log("WARN 12 disk (full)\n---\nINFO 3 ok\n", pattern: #"^(?<level>[A-Z]+) (?:x)?(?P<count>\d+) (?<text>.*)$"#)
        #expect(result.frame.names == ["level", "count", "text"])
        #expect(result.frame["count"]?.type == .integer)
        #expect(plain(result.frame["text"]) == ["disk (full)", "ok"])
        #expect(result.findings.map(\.text).contains("line 2 is of another form: left out"))
        #expect(throws: Fault.self) { try log("a\n", pattern: "(?<x>") }
        #expect(throws: Fault.self) { try log("a\n", pattern: "a") }
        #expect(throws: Fault.self) { try log("a\n", pattern: "(?<x>b)") }
        #expect(throws: Fault.self) { try log("hello world\nthis is no log\n") }
    }
}

@Suite(.enabled(if: SharedData.isPresent, "the folder ../shared/data is absent"))
struct LogDataTests {
    private func file(_ name: String) throws -> ReadResult {
        try TableReaders.read(
            ByteSource(name: name, bytes: try SharedData.bytes("formats/" + name)), options: ReadOptions(), context: .quiet)
    }

    /// Every line of the real files is a row: counts as `wc -l` and `grep -c` give them.
    @Test func everyLineIsARow() throws {
        let access = try file("apache_access.log.gz")
        // One line of 10,000 lacks the quote at its end.
        #expect(access.frame.rowCount == 9999)
        #expect(access.findings.map(\.text).contains("line 8,899 is of another form: left out"))
        #expect(access.frame["time"]?[0] == .time(1_431_857_103_000_000))
        let errors = try file("Apache_error_2k.log").frame
        #expect(errors.rowCount == 2000)
        #expect(errors["level"]?.factor().words == ["error", "notice"])
        let ssh = try file("OpenSSH_2k.log")
        #expect(ssh.frame.rowCount == 2000)
        #expect(!ssh.findings.contains { $0.name == "other_lines" })
        let events = (0..<2000).filter { ssh.frame["event"]?[$0] == .text("Accepted password") }.count
        #expect(events == 1)
    }
}
