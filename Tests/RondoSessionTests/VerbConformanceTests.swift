import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import RondoSignature
import RondoVerbs
import Testing

/// What holds for every verb of the registry, present and future.
@Suite struct VerbConformanceTests {
    static let registry = StandardVerbs.registry
    static let signatures = registry.verbs.map { $0.signature }
    /// Every example with its verb.
    static let examples = signatures.flatMap { signature in
        signature.examples.map { Shown(verb: signature.name, isShell: signature.cellClass == .shell, example: $0) }
    }

    struct Shown: Sendable, CustomTestStringConvertible {
        let verb: String
        let isShell: Bool
        let example: Example
        var testDescription: String { example.cell }
    }

    @Test func signaturesObeyTheRules() {
        print("verbs covered: \(Self.signatures.count), examples: \(Self.examples.count)")
        #expect(SignatureRules.violations(Self.registry.grammar) == [])
        #expect(Set(Self.signatures.map(\.name)).count == Self.signatures.count)
    }

    @Test(arguments: signatures.map(\.name)) func declaresItself(_ name: String) throws {
        let signature = try #require(Self.registry[name]).signature
        #expect(!signature.summary.isEmpty && signature.summary.hasSuffix("."))
        #expect(!signature.searchWords.isEmpty)
        #expect(signature.examples.count >= 2)
        for slot in signature.operands { #expect(!slot.summary.isEmpty, "\(slot.name)") }
        for clause in signature.clauses { #expect(!clause.summary.isEmpty, "\(clause.keyword)") }
        for example in signature.examples { #expect(!example.explanation.isEmpty, "\(example.cell)") }
        for other in signature.seeAlso { #expect(Self.registry[other] != nil, "\(name) points to \(other), which is no verb") }
    }

    @Test(arguments: examples) func exampleRuns(_ shown: Shown) throws {
        let report = try #require(run(shown).last)
        #expect(report.status == .ok, "\(report.error?.code ?? ""): \(report.error?.message ?? "")")
        #expect(!report.blocks.isEmpty || shown.isShell)
        for block in report.blocks {
            var writer = JSONWriter()
            BlockCoding.write(block, to: &writer)
            let back = try BlockCoding.block(try JSONReader.read(writer.text))
            #expect(CellDigest([back]) == CellDigest([block]))
        }
        for name in SlotFilling.names(in: report) { #expect(report.figure(name) != nil, "no figure fills {\(name)}") }
    }

    @Test(arguments: examples.filter { !$0.isShell }) func oneThreadEqualsTwo(_ shown: Shown) {
        let (one, two) = (run(shown, threads: 1), run(shown, threads: 2))
        #expect(one.map { CellDigest($0) } == two.map { CellDigest($0) })
    }

    /// The clock strides in the second run: what depends on it must be marked volatile.
    @Test(arguments: examples.filter { !$0.isShell }) func runsAlikeUnderAnotherClock(_ shown: Shown) {
        let (still, striding) = (run(shown), run(shown, stride: 0.37))
        for (one, other) in zip(still, striding) { #expect(CellDigest(one) == CellDigest(other), "\(one.source)") }
    }

    @Test(arguments: examples) func formatsToTheSameCell(_ shown: Shown) throws {
        let cell = try #require(CellParser.parse(shown.example.cell, grammar: Self.registry.grammar).syntax)
        let text = Formatter(Self.registry.grammar).text(cell)
        let again = CellParser.parse(text, grammar: Self.registry.grammar)
        #expect(again.diagnostics.isEmpty, "\(text)")
        #expect(again.syntax == cell, "\(text)")
        #expect(again.syntax.map { Formatter(Self.registry.grammar).text($0) } == text)
    }

    @Test(arguments: examples) func interruptedLeavesTheSessionAsItWas(_ shown: Shown) throws {
        var session = TestSession()
        session.accept(shown.example.setup.joined(separator: "\n"))
        let before = WorkspaceDigest(session.workspace)
        let count = session.session.runs.count
        session.session.world.cancellation.cancel()
        let report = try #require(session.run(shown.example.cell).last)
        guard let error = report.error else { return }
        #expect(error.code == "R0501")
        #expect(WorkspaceDigest(session.workspace) == before)
        #expect(session.session.runs.count == count)
        session.session.world.cancellation.reset()
        #expect(session.run(shown.example.cell).last?.status == .ok, "it runs when it is typed again")
    }

    @Test(arguments: ["fit", "compare", "join"]) func longVerbsCanBeInterrupted(_ verb: String) throws {
        let shown = try #require(Self.examples.first { $0.verb == verb })
        var session = TestSession()
        session.accept(shown.example.setup.joined(separator: "\n"))
        session.session.world.cancellation.cancel()
        #expect(session.run(shown.example.cell).last?.error?.code == "R0501")
    }

    /// The cell that `edit` takes runs to the end of the line.
    @Test(arguments: examples.filter { $0.verb != "edit" }) func unknownClauseIsASyntaxError(_ shown: Shown) {
        // The rows of typed data are no clauses: the clause goes to the end of the first line.
        let cell = shown.example.cell
        let end = cell.hasPrefix("load here") ? cell.firstIndex(of: "\n") ?? cell.endIndex : cell.endIndex
        let parsed = CellParser.parse(cell[..<end] + " zzqx 5" + cell[end...], grammar: Self.registry.grammar)
        #expect(!parsed.diagnostics.isEmpty)
        for diagnostic in parsed.diagnostics { #expect(diagnostic.isSyntax && !diagnostic.remedy.isEmpty, "\(diagnostic.message)") }
    }

    private func run(_ shown: Shown, threads: Int = 1, stride: Double = 0) -> [CellReport] {
        var session = TestSession(threads: threads, stride: stride)
        return session.run((shown.example.setup + [shown.example.cell]).joined(separator: "\n"))
    }
}
