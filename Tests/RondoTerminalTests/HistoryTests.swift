import Foundation
import Glibc
import Testing

@testable import RondoTerminal

/// A folder that is removed with the value.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/rondo-terminal-XXXXXX".utf8CString)
        path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ bytes: [UInt8], to name: String) throws {
        let descriptor = open(file(name), O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    }

    func text(of name: String) -> String {
        let descriptor = open(file(name), O_RDONLY)
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let count = read(descriptor, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
}

@Suite("History file")
struct HistoryFileTests {
    @Test("gives back what was added, whatever characters it holds")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let history = HistoryFile(path: folder.file("state/rondo/history"))
        let entries = ["fit x\n    by \"é 日本 😀\"", "a\\nb", "tab\there", "end\\", "c\r\nd"]
        for entry in entries { #expect(history.append([entry])) }
        #expect(history.load() == entries)
        #expect(folder.text(of: "state/rondo/history").split(separator: "\n").count == entries.count)
    }

    @Test("is readable by its owner alone")
    func mode() throws {
        let folder = try TemporaryFolder()
        try folder.write(Array("old\n".utf8), to: "history")
        #expect(HistoryFile(path: folder.file("history")).append(["new"]))
        var status = stat()
        try #require(stat(folder.file("history"), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("survives damaged lines and a last line that was cut off")
    func damage() throws {
        let folder = try TemporaryFolder()
        let bytes = Array("good\n".utf8) + [0xFF, 0xFE, 0x0A] + Array("nul\u{0}nul\n\n   \nodd\\x\n".utf8) + Array("cut".utf8)
        try folder.write(bytes, to: "history")
        let history = HistoryFile(path: folder.file("history"))
        #expect(history.load() == ["good", "odd\\x", "cut"])
        #expect(history.append(["next"]))
        #expect(history.load() == ["good", "odd\\x", "cut", "next"])
    }

    @Test("drops what repeats the entry before, and the oldest beyond its capacity")
    func capacity() throws {
        let folder = try TemporaryFolder()
        let history = HistoryFile(path: folder.file("history"), capacity: 10)
        for entry in ["a", "a", "b", "a"] { #expect(history.append([entry])) }
        #expect(history.load() == ["a", "b", "a"])
        for number in 0..<20 { #expect(history.append(["entry \(number)"])) }
        #expect(history.load() == (10..<20).map { "entry \($0)" })
        #expect(folder.text(of: "history").split(separator: "\n").count == 10)
    }

    @Test("loses no line when several shells add at once, even while one cuts it")
    func together() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("history")
        await withTaskGroup(of: Void.self) { group in
            for shell in 0..<4 {
                group.addTask {
                    let history = HistoryFile(path: path)
                    for number in 0..<25 { history.append(["shell \(shell)\n    line \(number)"]) }
                }
            }
        }
        let expected = Set((0..<4).flatMap { shell in (0..<25).map { "shell \(shell)\n    line \($0)" } })
        let loaded = HistoryFile(path: path).load()
        #expect(loaded.count == 100)
        #expect(Set(loaded) == expected)

        let small = HistoryFile(path: path, capacity: 20)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for _ in 0..<10 { _ = small.load() } }
            group.addTask { for number in 0..<15 { small.append(["late \(number)"]) } }
        }
        #expect(small.load().suffix(15) == ArraySlice((0..<15).map { "late \($0)" }))
    }

    @Test("that cannot be read or written is no error")
    func unreachable() {
        let history = HistoryFile(path: "/proc/no-such-folder/history")
        #expect(history.load().isEmpty)
        #expect(!history.append(["x"]))
    }
}

@Suite("Walk through history")
struct HistoryWalkTests {
    @Test("goes through entries that begin like the typed text, and back to it")
    func prefix() {
        var walk = HistoryWalk(entries: ["fit a", "load b", "fit c"])
        let back = [
            walk.earlier(text: "fi", beforeCursor: "fi"), walk.earlier(text: "fit c", beforeCursor: "fit c"),
            walk.earlier(text: "fit a", beforeCursor: "fit a"),
        ]
        #expect(back == ["fit c", "fit a", nil])
        let forth = [walk.later(text: "fit a"), walk.later(text: "fit c"), walk.later(text: "fi")]
        #expect(forth == ["fit c", "fi", nil])
    }

    @Test("begins anew when the text was changed")
    func changed() {
        var walk = HistoryWalk(entries: ["fit a", "load b"])
        let steps = [walk.earlier(text: "", beforeCursor: ""), walk.earlier(text: "f", beforeCursor: "f"), walk.later(text: "fit ax")]
        #expect(steps == ["load b", "fit a", nil])
    }

    @Test("remembers an entry once in a row")
    func remember() {
        var walk = HistoryWalk(entries: [])
        let nothing = walk.earlier(text: "", beforeCursor: "")
        #expect(nothing == nil)
        let added = [walk.remember("a"), walk.remember("a"), walk.remember("b")]
        #expect(added == [true, false, true])
        #expect(walk.entries == ["a", "b"])
        let last = walk.earlier(text: "", beforeCursor: "")
        #expect(last == "b")
    }
}
