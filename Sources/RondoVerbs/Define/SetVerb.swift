import RondoKernels
package import RondoLanguage
package import RondoReport
package import RondoSession
package import RondoSignature

/// `set seed 7 digits 4`: settings of the session.
package enum SetVerb: WorkspaceVerb {
    static let seed = Clause("seed", .integer, "seed of all randomness (1)")
    static let digits = Clause("digits", .integer, "significant digits shown, 1 to 15 (as many as matter)")
    static let tolerance = Clause("tolerance", .number, "relative difference that replay still calls close (1e-9)")
    static let threads = Clause("threads", .integer, "threads at most; no number depends on it")
    static let author = Clause("author", .text, "who works here, for journal and report")
    static let reviewers = Clause("reviewers", .integer, "how many people must agree to a release")

    package static let signature = Signature(
        "set", phase: .define, class: .setting,
        summary: "Changes settings of the session: seed, digits, tolerance, threads, author, reviewers.",
        searchWords: ["option", "setting", "configure", "seed", "random"],
        clauses: [seed, digits, tolerance, threads, author, reviewers],
        examples: [
            Example("set seed 7", "Another seed: other random splits and forests, each still the same every time."),
            Example("set digits 4 author \"M. Field\"", "Four significant digits, and a name for the report."),
        ], seeAlso: ["param", "status"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let (seed, digits, threads) = (integer(call, seed), integer(call, digits), integer(call, threads))
        let reviewers = integer(call, reviewers)
        let tolerance = call[tolerance]?.value.number
        context.changeSettings { settings in
            if let seed { settings.seed = UInt64(seed) }
            if let digits { settings.digits = Int(digits) }
            if let tolerance { settings.tolerance = tolerance }
            if let threads { settings.threads = Int(threads) }
            if let author = call[author]?.value { settings.author = author }
            if let reviewers { settings.reviewers = Int(reviewers) }
        }
        let words = call.cell.clauses.map { clause in
            "\(clause.keyword.value) \(clause.values.values.map { ArgumentText.written($0) }.joined(separator: " "))"
        }
        return [.text(TextBlock(SlotText.escaped(words.joined(separator: ", "))))]
    }

    package static func faults(of call: Call) -> [Diagnostic] {
        guard !call.cell.clauses.isEmpty else {
            return [Diagnostic("R0225", "set needs a setting", span: call.cell.verb.span, remedy: "set seed 7")]
        }
        var faults = [(digits, 1...15), (threads, 1...256), (reviewers, 0...1000)].compactMap { clause, limits in
            integer(call, clause).flatMap { limits.contains($0) ? nil : outside(call, clause, limits) }
        }
        if let tolerance = call[tolerance]?.value.number, !(0...1).contains(tolerance) {
            faults.append(
                Diagnostic("R0232", "tolerance lies between 0 and 1", span: call.span(self.tolerance), remedy: "set tolerance 1e-6"))
        }
        return faults
    }

    private static func integer(_ call: Call, _ clause: Clause<SpannedLiteral>) -> Int64? {
        if case .integer(let value)? = call[clause]?.value { value } else { nil }
    }

    private static func outside(_ call: Call, _ clause: Clause<SpannedLiteral>, _ limits: ClosedRange<Int64>) -> Diagnostic {
        Diagnostic(
            "R0232", "\(clause.shape.keyword) lies between \(limits.lowerBound) and \(limits.upperBound)", span: call.span(clause),
            remedy: "set \(clause.shape.keyword) \(max(limits.lowerBound, min(limits.upperBound, 4)))")
    }
}
