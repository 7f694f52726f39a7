import RondoKernels
import Testing

/// Field ends found many bytes at a time are those that a walk over single bytes finds.
@Suite struct FieldEndsTests {
    private struct Walk: Equatable {
        var ends: [UInt32] = []
        var lines: [UInt32] = []
        /// Where the first quote stands that neither begins nor ends a field nor doubles another.
        var flaw: Int?
    }

    private func walk(_ text: [UInt8], delimiter: UInt8, newline: UInt8, quote: UInt8) -> Walk {
        var walk = Walk()
        var (isInside, isFieldStart) = (false, true)
        for (place, byte) in text.enumerated() {
            let next = place + 1 < text.count ? text[place + 1] : newline
            let before = place > 0 ? text[place - 1] : newline
            if quote != 0, byte == quote {
                isInside.toggle()
                let ends =
                    [delimiter, newline, quote].contains(next)
                    || (next == 13 && newline == 10 && text.count > place + 2 && text[place + 2] == 10)
                if isInside ? !(isFieldStart || before == quote) : !ends {
                    walk.flaw = place
                    return walk
                }
            } else if !isInside, byte == delimiter || byte == newline {
                walk.ends.append(UInt32(place))
                if byte == newline { walk.lines.append(UInt32(walk.ends.count)) }
            }
            isFieldStart = !isInside && (byte == delimiter || byte == newline)
        }
        return walk
    }

    private func found(_ text: [UInt8], delimiter: UInt8, newline: UInt8, quote: UInt8) -> (walk: Walk, bytes: Int) {
        var ends = [UInt32](repeating: 0, count: text.count + FieldEnds.slack)
        var lines = [UInt32](repeating: 0, count: text.count)
        let found = FieldEnds.find(text, text.count, delimiter: delimiter, newline: newline, quote: quote, ends: &ends, lines: &lines)
        let all = lines.prefix(found.lines)
        return (Walk(ends: Array(ends.prefix(Int(all.last ?? 0))), lines: Array(all)), found.bytes)
    }

    @Test func equalAWalkOverBytes() {
        var stream = RandomStream(seed: 3, purpose: "field ends")
        for round in 0..<400 {
            let signs: [UInt8] = round % 3 == 0 ? Array("ab,\n".utf8) : Array("abcdefgh,,\n\"\r".utf8)
            let newline: UInt8 = round % 7 == 0 ? 13 : 10
            // Well-formed fields, and some that are not.
            var text: [UInt8] = []
            while text.count < 900 {
                let length = Int(stream.next() % 9)
                let body = (0..<length).map { _ in signs[Int(stream.next() % UInt64(signs.count))] }
                let isQuoted = stream.next() % 3 == 0
                if isQuoted {
                    text += [34] + body.flatMap { $0 == 34 ? [34, 34] : [$0] } + [34]
                } else {
                    text += body.filter { stream.next() % 200 == 0 || ![34, 44, 10, 13].contains($0) }
                }
                text.append(stream.next() % 4 == 0 ? newline : 44)
            }
            let (found, bytes) = found(text, delimiter: 44, newline: newline, quote: 34)
            let whole = walk(text, delimiter: 44, newline: newline, quote: 34)
            // A flaw is seen at the latest in the block that follows it.
            #expect(bytes == text.count / 64 * 64 || (whole.flaw.map { bytes <= $0 + 2 && bytes + 128 > $0 } ?? false), "round \(round)")
            let part = walk(Array(text.prefix(bytes)), delimiter: 44, newline: newline, quote: 34)
            let count = Int(part.lines.last ?? 0)
            #expect(found == Walk(ends: Array(part.ends.prefix(count)), lines: part.lines), "round \(round)")
        }
    }

    @Test func withoutQuotesEveryDelimiterEnds() {
        let text = Array(String(repeating: "a,\"b\nc\",\n", count: 20).utf8)
        let (found, bytes) = found(text, delimiter: 44, newline: 10, quote: 0)
        let part = walk(Array(text.prefix(bytes)), delimiter: 44, newline: 10, quote: 0)
        #expect(bytes == 128)
        #expect(found.lines == part.lines && found.ends == Array(part.ends.prefix(Int(part.lines.last ?? 0))))
    }

    @Test func bytesAreCounted() {
        let text = (0..<1000).map { UInt8($0 % 7) }
        for count in [0, 1, 63, 64, 65, 300, 1000] {
            let counts = FieldEnds.counts(3, 5, text, count)
            #expect(counts.first == text.prefix(count).count { $0 == 3 } && counts.second == text.prefix(count).count { $0 == 5 })
        }
    }

    @Test func plainBytesEndAtZeroAndAbove127() {
        for flaw in [UInt8(0), 128, 255] {
            for place in [0, 5, 63, 64, 127, 200] {
                var text = (0..<256).map { UInt8(1 + $0 % 127) }
                text[place] = flaw
                #expect(FieldEnds.plainLength(text, text.count) == place / 64 * 64)
            }
        }
        let text = (0..<256).map { UInt8(1 + $0 % 127) }
        #expect(FieldEnds.plainLength(text, 255) == 192)
    }
}
