import RondoFrame
import RondoKernels
import Testing

/// Texts of several pieces, whose boundaries lie inside quotes, and words of every length.
@Suite struct LargeTextTests {
    private func read(_ text: String, comment: UInt8? = nil) throws -> ReadResult {
        var options = ReadOptions()
        options.comment = comment
        return try CSVReader.read(ByteSource(name: "t", text: text), options: options, context: ComputeContext(threads: ThreadCount(2)))
    }

    /// A sign of comment that never occurs makes the chunks be found by walking over all records.
    @Test(arguments: ["", "\"a \"\"title\"\" in quotes\"\n\n"], ["\n", "\r\n"])
    func quotesAcrossBoundaries(title: String, lineEnd: String) throws {
        var stream = RandomStream(seed: 11, purpose: "large text")
        var text = title + "number,note,day" + lineEnd
        var sum: Int64 = 0
        for row in 0..<40_000 {
            let number = Int64(stream.next() % 100_000)
            sum += number
            let note = stream.next() % 3 == 0 ? "\"said \"\"no\"\",\n then \(stream.next() % 1000)\"" : "plain \(stream.next())"
            let filler = stream.next() % 50 == 0 ? String(repeating: "\"\"\n", count: 900) : ""
            text += "\(number),\(filler.isEmpty ? note : "\"\(filler)\""),2024-01-\(10 + row % 20)" + lineEnd
        }
        let (guessed, walked) = (try read(text), try read(text, comment: 1))
        #expect(guessed.findings == walked.findings && guessed.frame.equals(walked.frame))
        #expect(guessed.frame.rowCount == 40_000 && guessed.frame["day"]?.type == .date)
        #expect(guessed.frame["number"]?.numbers().reduce(0, +) == Double(sum))
    }

    /// Words that differ in one byte, in quotes and without, at the end of the text as well.
    @Test(arguments: 1...70) func wordsOfEveryLength(length: Int) throws {
        let plain = Array(repeating: UInt8(ascii: "b"), count: length)
        let words = [plain] + plain.indices.map { place in plain.enumerated().map { $0.offset == place ? UInt8(ascii: "c") : $0.element } }
        let texts = words.map { String(decoding: $0, as: UTF8.self) }
        var text = "word,other\n"
        for word in texts { text += "\(word),x\n\"\(word)\",y\n" }
        text += texts.map { "z,\($0)" }.joined(separator: "\n")
        let frame = try read(text).frame
        guard case .text(let codes, let levels) = frame["word"]?.storage else {
            Issue.record("the words are no text")
            return
        }
        #expect(levels.words == texts + ["z"])
        #expect(codes.prefix(2 * texts.count).enumerated().allSatisfy { $0.element == Int32($0.offset / 2) })
        let others = (0..<texts.count).map { frame["other"]?[2 * texts.count + $0] }
        #expect(others == texts.map { .text($0) })
    }

    /// A word and the same word with a byte more are two, as are long words with the same beginning.
    @Test func wordsThatBeginAlike() throws {
        let words = (1...60).map { String(repeating: "k", count: $0) }
        let frame = try read("word,n\n" + (words + words.reversed()).map { "\($0),1\n" }.joined()).frame
        guard case .text(let codes, let levels) = frame["word"]?.storage else {
            Issue.record("the words are no text")
            return
        }
        #expect(levels.words == words && codes == (0..<60).map { Int32($0) } + (0..<60).reversed().map { Int32($0) })
    }

    /// Blanks around hide no value: what looks like text at its ends may be a truth word, a number or a date.
    @Test(arguments: [" true", "true ", " 12", "12 ", " 2024-01-05"]) func blanksHideNoValue(value: String) throws {
        let rows = Array(repeating: "\(value),1", count: 9) + ["plain words,1"]
        let finding = try read("a,b\n" + rows.joined(separator: "\n") + "\n").findings.first { $0.name == "type" }
        #expect(finding?.text.contains("line 11 holds \"plain words\"") == true)
    }
}
