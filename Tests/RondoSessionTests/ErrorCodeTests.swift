import Foundation
import RondoLanguage
import RondoReport
import RondoSession
import RondoSignature
import RondoVerbs
import Testing

/// The sources of the package as text.
private enum Sources {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources")

    /// Every Swift file that may give an error, by its name without ending.
    static let files: [(name: String, text: String)] = {
        let all = FileManager.default.enumerator(atPath: root.path(percentEncoded: false))?.compactMap { $0 as? String } ?? []
        return all.filter { $0.hasSuffix(".swift") && !$0.contains("/Codes/") }.sorted().compactMap { path in
            guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) else { return nil }
            return (String((path as NSString).lastPathComponent.dropLast(6)), text)
        }
    }()
}

/// One code, one meaning: the registry says which, and the sources give no other codes.
@Suite struct ErrorCodeTests {
    /// Files that give each code: the code stands first behind an opening bracket.
    static let given: [String: Set<String>] = {
        var given: [String: Set<String>] = [:]
        for (name, text) in Sources.files {
            for match in text.matches(of: /\(\s*"(R\d{4})"\s*,/) { given[String(match.1), default: []].insert(name) }
        }
        return given
    }()

    @Test func everyCodeHasOneMeaning() {
        #expect(Set(ErrorCodes.all.map(\.code)).count == ErrorCodes.all.count, "a code stands twice in the registry")
        #expect(Set(ErrorCodes.all.map(\.title)).count == ErrorCodes.all.count, "two codes have one meaning")
        #expect(Self.given.count > 200)
    }

    @Test func everyCodeThatIsGivenIsExplained() {
        for code in Self.given.keys.sorted() { #expect(ErrorCodes.named(code) != nil, "\(code) has no entry in ErrorCodes") }
    }

    /// A code used in a new place is a question: does its meaning hold there? The entry names the places where it does.
    @Test(arguments: ErrorCodes.all) func isGivenWhereItsEntrySays(_ code: ErrorCode) {
        #expect(Self.given[code.code] == Set(code.givers), "\(code.code): \(code.title)")
        #expect(ErrorCodes.groups.contains { code.code.hasPrefix($0.prefix) })
    }

    @Test(arguments: ErrorCodes.all) func isExplainedWithACellThatWorks(_ code: ErrorCode) {
        #expect(!code.title.isEmpty && !code.title.hasSuffix(".") && code.title.first?.isLowercase == true)
        #expect(code.explanation.hasSuffix("."))
        let parsed = CellParser.parse(code.example, grammar: StandardVerbs.registry.grammar)
        #expect(parsed.diagnostics.isEmpty, "\(code.code): \(code.example)")
    }

    @Test func helpExplainsTheVeryCode() {
        for code in ErrorCodes.all {
            var session = TestSession()
            let words = session.accept("help \(code.code)").words
            #expect(words.contains("\(code.code): \(code.title)") && words.contains(code.example), "\(words)")
        }
    }
}

/// What is offered to type must work: a remedy that begins with a verb is a whole cell.
@Suite struct RemedyTests {
    static let grammar = StandardVerbs.registry.grammar
    /// What may stand for an interpolation; a remedy works when some choice of them parses.
    static let fillings = [
        "sqft", "5", "\"x\"", "60/20/20", "sqft > 1", "median", "trees", "and", "integer", "digits", "onehot", "ridge",
        "robust", "importance",
        "weights", "quantile",
    ]

    struct Remedy: Sendable, CustomTestStringConvertible {
        let file: String
        /// The literal, with nil for each interpolation.
        let pieces: [String?]
        var testDescription: String { pieces.map { $0 ?? "…" }.joined() }
    }

    /// All text literals behind `remedy:` and `advice:` in the sources whose first word is a verb.
    static let cells: [Remedy] = {
        let verbs = Set(grammar.verbs.map(\.name))
        return Sources.files.flatMap { file in
            file.text.matches(of: /(?:remedy|advice|fallback): (?:[^"\n]{0,80}\? )?"/).compactMap { match in
                let pieces = pieces(file.text[match.range.upperBound...])
                guard let first = pieces.first??.split(separator: " ").first.map(String.init) else { return nil }
                return verbs.contains(first) ? Remedy(file: file.name, pieces: pieces) : nil
            }
        }
    }()

    /// A literal up to its closing quote, split at interpolations.
    static func pieces(_ text: Substring) -> [String?] {
        var pieces: [String?] = []
        var piece = ""
        var rest = text
        while let letter = rest.popFirst(), letter != "\"" {
            guard letter == "\\", let next = rest.popFirst() else {
                piece.append(letter)
                continue
            }
            guard next == "(" else {
                piece.append(next == "n" ? "\n" : next)
                continue
            }
            var depth = 1
            while depth > 0, let inner = rest.popFirst() { depth += inner == "(" ? 1 : inner == ")" ? -1 : 0 }
            pieces += [piece, nil]
            piece = ""
        }
        return pieces + [piece]
    }

    @Test func remediesAreFound() { #expect(Self.cells.count > 60) }

    @Test(arguments: cells) func isACellThatParses(_ remedy: Remedy) {
        #expect(Self.parses(remedy.pieces, ""), "\(remedy.file): \(remedy.testDescription)")
    }

    private static func parses(_ pieces: [String?], _ done: String) -> Bool {
        guard let first = pieces.first else { return CellParser.parse(done, grammar: grammar).diagnostics.isEmpty }
        let rest = Array(pieces.dropFirst())
        if let first { return parses(rest, done + first) }
        return fillings.contains { parses(rest, done + $0) }
    }

    /// Verbs of other tongues, alone and with an operand.
    @Test(arguments: ForeignWords.verbs.keys.sorted()) func foreignVerbsGetACellThatParses(_ word: String) {
        for cell in [word, "\(word) sqft", "\(word) sqft, zip", "\(word) x = 1", "\(word) \"a.csv\""] {
            for fault in CellParser.parse(cell, grammar: Self.grammar).diagnostics.prefix(1) {
                guard let verb = fault.remedy.split(separator: " ").first, Self.grammar.verb(String(verb)) != nil else { continue }
                #expect(CellParser.parse(fault.remedy, grammar: Self.grammar).diagnostics.isEmpty, "\(cell): \(fault.remedy)")
            }
        }
    }
}

/// A cell tells everything that is wrong with it, whatever its verb.
@Suite struct ManyFaultsTests {
    static let before = "load demo \"neighborhoods\" as areas\nload demo \"house_sales\" as sales rows 300\ngoal predict price"

    struct Cell: Sendable, CustomTestStringConvertible {
        let text: String
        /// Code and the text under the caret of every fault, in order.
        let faults: [String]
        var testDescription: String { text }

        init(_ text: String, _ faults: String...) { (self.text, self.faults) = (text, faults) }
    }

    static let cells: [Cell] = [
        Cell("impute sqtf, bedz median by zipp", "R0203 sqtf", "R0203 bedz", "R0203 zipp"),
        Cell("impute sqtf median with 0 by zipp", "R0203 sqtf", "R0237 with 0", "R0203 zipp"),
        Cell("drop sqtf, prize", "R0203 sqtf", "R0203 prize"),
        Cell("scale sqtf minmax range 9..1 to 5..5", "R0203 sqtf", "R0453 range 9..1", "R0453 to 5..5"),
        Cell("encode typo ordinal [4, \"B\", 3]", "R0203 typo", "R0239 4", "R0239 3"),
        Cell("split by sold within zipp", "R0225 split", "R0203 sold", "R0203 zipp"),
        Cell("split 60/20/20 by sold stratify typ", "R0203 sold", "R0428 stratify typ", "R0203 typ"),
        Cell("describe prise by typo where sqtf > 1", "R0203 prise", "R0203 typo", "R0203 sqtf"),
        Cell("count by typo where zipp = 1 and type > 5", "R0203 typo", "R0203 zipp", "R0211 type > 5"),
        Cell("sort sqtf descending, prize", "R0203 sqtf", "R0203 prize"),
        Cell("dedupe by standard(adress), solt_on", "R0203 adress", "R0203 solt_on"),
        Cell("derive a = sqtf + 1, b = type + 1, c = a + 1, d = zipp", "R0203 sqtf", "R0211 type", "R0203 zipp"),
        Cell("join areas by zipp take school_ratin, zip", "R0203 zipp", "R0203 school_ratin"),
        Cell("plot prise by typo over sold kind line", "R0203 prise", "R0203 typo", "R0203 sold"),
        Cell("flag dear where prise > 1 and type", "R0203 prise", "R0212 type"),
        Cell("rename sqtf as a, prise as b", "R0203 sqtf", "R0203 prise"),
        Cell("set digits 99 threads 0", "R0232 digits 99", "R0232 threads 0"),
        Cell("fit forest using sqtf, garage without zipp, intercept trees 0 leaf 0", "R0203 sqtf", "R0203 zipp", "R0502 0", "R0502 0"),
        Cell("filter sqtf > 1 from sale", "R0201 sale"),
        Cell("describe sqtf from areas where zipp = 1", "R0203 sqtf", "R0203 zipp"),
    ]

    @Test(arguments: cells) func allAreTold(_ cell: Cell) throws {
        var session = TestSession()
        session.accept(Self.before)
        let report = try #require(session.run(cell.text).last)
        let scalars = Array(cell.text.unicodeScalars)
        let faults = [report.error].compactMap { $0 } + report.moreErrors
        let told = faults.map { fault in
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars[min(fault.start, scalars.count)..<min(fault.end, scalars.count)])
            return "\(fault.code) \(String(text))"
        }
        #expect(told == cell.faults, "\(faults.map(\.message))")
    }

    /// A fault that one place has is told once, with the table's name and a line that would work.
    @Test(arguments: [
        ("derive a = type + 1", "derive a = number(type) + 1"), ("derive a = sqtf + 1", "derive a = sqft + 1"),
        ("impute sqft, median", "impute sqft median"), ("impute sqft, garage, median by zip", "impute sqft, garage median by zip"),
        ("filter type > 5", "filter number(type) > 5"), ("filter type = 5", "filter type = \"5\""),
        ("filter type = condo", "filter type = \"condo\""),
        ("filter sqft = NA", "filter sqft is missing"), ("filter sqft", "filter sqft > 0"),
        ("derive a = ifelse(price > 1, 2, 3)", "derive a = (if price > 1 then 2 else 3)"),
        ("derive a = avg(price)", "derive a = mean(price)"),
        ("derive a = sold_on + 3", "derive a = sold_on + 3 days"), ("derive a = rond(price)", "derive a = round(price)"),
        ("describe sqft, by type", "describe sqft by type"),
        ("impute sqft", "impute sqft median"), ("describe pric", "describe price"),
        ("filter sold_on > 2020", "filter year(sold_on) > 2020"), ("derive a = mean(type)", "derive a = mean(number(type))"),
    ]) func offersALineThatWorks(_ cell: String, _ remedy: String) throws {
        var session = TestSession()
        session.accept(Self.before)
        let report = try #require(session.run(cell).last)
        let error = try #require(report.error)
        #expect(report.moreErrors.isEmpty, "\(report.moreErrors.map(\.message))")
        #expect(error.remedy == remedy, "\(error.code) \(error.message)")
        #expect(!error.message.contains("the table has no column") && !error.message.contains("the rows have no column"))
    }
}
