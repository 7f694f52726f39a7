import RondoFrame
import RondoKernels

extension EvaluationScope {
    /// Text from text; words that become equal share one level, nil becomes missing.
    func mapText(_ vector: Vector, _ transform: (String) -> String?) throws -> Vector {
        let (codes, levels) = vector.words
        switch codes {
        case .constant(let code):
            guard code >= 0, let word = levels.words.first, let result = transform(word) else { return Vector(constant: .missing, .text) }
            return Vector(constant: .text(result), .text)
        case .buffer(let codes):
            if codes.count < levels.count / 2 {
                return Vector(.text(codes.map { $0 < 0 ? nil : transform(levels.words[Int($0)]) }), .text)
            }
            let words = try transformed(levels.words, transform)
            guard case .text(let moved, let merged) = Column.text(words).storage else { return Vector(constant: .missing, .text) }
            guard case .buffer(let result) = try map(.buffer(codes), { $0 < 0 ? -1 : moved[Int($0)] }) else {
                return Vector(constant: .missing, .text)
            }
            return Vector(Column(.text(result, merged)), .text)
        }
    }

    /// Text from several texts of each row; missing where one of them is.
    func mapTextRows(_ vectors: [Vector], _ transform: ([String]) -> String?) -> Vector {
        let operands = vectors.map(\.words)
        return Vector(
            .text(
                (0..<rows).map { row in
                    var words: [String] = []
                    for (codes, levels) in operands {
                        guard codes[row] >= 0 else { return nil }
                        words.append(levels.words[Int(codes[row])])
                    }
                    return transform(words)
                }), .text)
    }
}

extension Vector {
    /// Integers in which the least integer marks missing.
    static func markedIntegers(_ operand: Operand<Int64>) -> Vector {
        switch operand {
        case .constant(let value): return Vector(constant: value == .min ? .missing : .integer(value), .integer)
        case .buffer(let values):
            guard values.contains(.min) else { return Vector(Column(.integer(values, missing: nil)), .integer) }
            return Vector(Column(.integer(values.map { $0 == .min ? 0 : $0 }, missing: values.map { $0 == .min })), .integer)
        }
    }
}
