import RondoFrame
import RondoKernels

/// Comparisons of words in the order of their Unicode scalars, on the distinct words only.
enum TextComparison {
    static func compare(_ operation: ComparisonOperator, _ left: Vector, _ right: Vector, _ scope: EvaluationScope) throws -> Operand<UInt8>
    {
        if case .text(let word)? = right.constant {
            return try scope.mapWords(left, missing: 2) { holds(operation, $0, word) ? 1 : 0 }
        }
        if case .text(let word)? = left.constant {
            return try scope.mapWords(right, missing: 2) { holds(operation, word, $0) ? 1 : 0 }
        }
        let (first, second) = ranks(left.words.levels, right.words.levels, ordered: operation == .less || operation == .lessOrEqual)
        let leftRanks = try scope.map(left.words.codes) { $0 < 0 ? -1 : first[Int($0)] }
        let rightRanks = try scope.map(right.words.codes) { $0 < 0 ? -1 : second[Int($0)] }
        return try Comparison.compare(operation, leftRanks, rightRanks, scope) { $0 < 0 }
    }

    private static func holds(_ operation: ComparisonOperator, _ a: String, _ b: String) -> Bool {
        switch operation {
        case .equal: a == b
        case .unequal: a != b
        case .less: a < b
        case .lessOrEqual: a <= b
        }
    }

    /// A number for each word of both lists, equal for equal words and, if wanted, in the order of the words.
    private static func ranks(_ left: Levels, _ right: Levels, ordered: Bool) -> ([Int32], [Int32]) {
        if left === right, !ordered {
            let own = (0..<left.count).map { Int32($0) }
            return (own, own)
        }
        let all = ordered ? Array(Set(left.words).union(right.words)).sorted() : left.words + right.words
        let index = Levels(all).index()
        return (left.words.map { index[$0] ?? -1 }, right.words.map { index[$0] ?? -1 })
    }
}

extension EvaluationScope {
    /// `transform` of the word in each row, computed once for each distinct word where that is less work.
    func mapWords<Result>(_ vector: Vector, missing: Result, _ transform: (String) throws -> Result) throws -> Operand<Result> {
        let (codes, levels) = vector.words
        switch codes {
        case .constant(let code):
            guard code >= 0, let word = levels.words.first else { return .constant(missing) }
            return .constant(try transform(word))
        case .buffer(let codes):
            if codes.count < levels.count / 2 {
                var results: [Result] = []
                results.reserveCapacity(codes.count)
                for code in codes { results.append(code < 0 ? missing : try transform(levels.words[Int(code)])) }
                return .buffer(results)
            }
            let perWord = try transformed(levels.words, transform)
            return try map(.buffer(codes)) { $0 < 0 ? missing : perWord[Int($0)] }
        }
    }

    /// `transform` of each word, on the threads of the context.
    func transformed<Result>(_ words: [String], _ transform: (String) throws -> Result) throws -> [Result] {
        try Parallel.mapChunks(count: words.count, chunkSize: 4096, context: context) { _, items in
            try items.map { try transform(words[$0]) }
        }.flatMap { $0 }
    }
}
