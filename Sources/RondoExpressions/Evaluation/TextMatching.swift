import RondoFrame
import RondoKernels

/// `contains`, `starts with`, `ends with` and `matches`, on the distinct words where one side is fixed.
enum TextMatching {
    static func evaluate(_ test: TextTest, _ text: Vector, _ part: Vector, _ scope: EvaluationScope) throws -> Vector {
        if text.isMissingConstant || part.isMissingConstant { return Vector(constant: .missing, .truth) }
        if case .text(let wanted)? = part.constant {
            let bytes = Array(wanted.utf8)
            return .truths(try scope.mapWords(text, missing: 2) { holds(test, $0, bytes) ? 1 : 0 })
        }
        if case .text(let whole)? = text.constant {
            return .truths(try scope.mapWords(part, missing: 2) { holds(test, whole, Array($0.utf8)) ? 1 : 0 })
        }
        let (codes, levels) = text.words
        let (partCodes, partLevels) = part.words
        let partBytes = partLevels.words.map { Array($0.utf8) }
        return .truths(
            try scope.combine(codes, partCodes) { code, partCode in
                code < 0 || partCode < 0 ? 2 : (holds(test, levels.words[Int(code)], partBytes[Int(partCode)]) ? 1 : 0)
            })
    }

    static func matches(_ text: Vector, _ pattern: SearchPattern, _ scope: EvaluationScope) throws -> Vector {
        .truths(try scope.mapWords(text, missing: 2) { try pattern.matches($0) ? 1 : 0 })
    }

    static func holds(_ test: TextTest, _ word: String, _ part: [UInt8]) -> Bool {
        var word = word
        return word.withUTF8 { bytes in
            guard part.count <= bytes.count else { return false }
            switch test {
            case .starts: return isAt(0, bytes, part)
            case .ends: return isAt(bytes.count - part.count, bytes, part)
            case .contains: return position(of: part, in: bytes, from: 0) != nil
            }
        }
    }

    /// Where `part` first stands in `bytes` at or after `start`.
    static func position(of part: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let first = part.first else { return start <= bytes.count ? start : nil }
        var place = start
        while place + part.count <= bytes.count {
            if bytes[place] == first, isAt(place, bytes, part) { return place }
            place += 1
        }
        return nil
    }

    private static func isAt(_ start: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ part: [UInt8]) -> Bool {
        for offset in part.indices where bytes[start + offset] != part[offset] { return false }
        return true
    }
}
