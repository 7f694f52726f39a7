package import RondoSignature

/// A cell that could not be read, with all its faults.
package struct FaultyCell: Sendable, Hashable {
    package let source: String
    /// Line of the file on which it begins, from 1.
    package let line: Int
    /// Number of the cell in the file, from 1; nil for what is no cell (a version line, a stray record).
    package let number: Int?
    package let diagnostics: [Diagnostic]
}

/// A whole file as read: what could be read, and what could not.
package struct ParsedScript: Sendable {
    package let syntax: ScriptSyntax
    package let faulty: [FaultyCell]
    /// The first fault of each line in order, for a file that must be whole to run.
    package var isWhole: Bool { faulty.isEmpty }
}

/// Reads a file or a paste: version line, notes, comments, records, cells.
package struct ScriptParser {
    /// The version of the language that this program reads.
    package static let version = 1

    private let grammar: GrammarRegistry
    private var items: [ScriptSyntax.Item] = []
    private var faulty: [FaultyCell] = []
    private var versionFound: Int?
    private var cells = 0
    /// The lines of the cell being gathered.
    private var gathered: [Substring] = []
    private var gatheredLine = 0
    private var note: [String] = []
    private var noteLine = 0
    /// Whether the line above belongs to a cell or its records.
    private var isUnderCell = false

    private init(_ grammar: GrammarRegistry) { self.grammar = grammar }

    /// The items of a text and its faulty cells; a byte order mark and either line end are accepted.
    package static func parse(_ text: String, grammar: GrammarRegistry) -> ParsedScript {
        var parser = ScriptParser(grammar)
        let whole = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        for (place, line) in SourceLines.split(whole).enumerated() { parser.read(line, place + 1) }
        parser.endCell()
        parser.endNote()
        return ParsedScript(syntax: ScriptSyntax(version: parser.versionFound, items: parser.items), faulty: parser.faulty)
    }

    private mutating func read(_ line: Substring, _ number: Int) {
        if SourceLines.isBlank(line) {
            endCell()
            endNote()
            isUnderCell = false
        } else if SourceLines.isIndented(line) {
            continueCell(line, number)
        } else if line.utf8.first == 35 {
            hashLine(line, number)
        } else {
            endCell()
            endNote()
            if !versionLine(line, number) {
                gathered = [line]
                gatheredLine = number
                isUnderCell = true
            }
        }
    }

    private mutating func continueCell(_ line: Substring, _ number: Int) {
        endNote()
        if !gathered.isEmpty { return gathered.append(line) }
        refuse(.indentedStart, String(line), number)
    }

    private mutating func hashLine(_ line: Substring, _ number: Int) {
        endCell()
        let mark = line.utf8.dropFirst().first
        let isMarkAlone = line.utf8.count == 2 || line.utf8.dropFirst(2).first == 32
        if mark == 35, isMarkAlone {
            if note.isEmpty { noteLine = number }
            note.append(String(line.dropFirst(3)))
            isUnderCell = false
            return
        }
        endNote()
        if isMarkAlone, mark == 61 || mark == 64 || mark == 33 {
            if isUnderCell { return items.append(.record(String(line), line: number)) }
            return refuse(.strayRecord, String(line), number)
        }
        isUnderCell = false
        items.append(.comment(String(line), line: number))
    }

    /// `rondo 1`, on the first line only.
    private mutating func versionLine(_ line: Substring, _ number: Int) -> Bool {
        let tokens = Lexer.lex(String(line)).tokens
        guard tokens.first?.word == "rondo", tokens.count <= 3 else { return false }
        guard number == 1 else {
            refuse(.strayVersion, String(line), number)
            return true
        }
        guard tokens.count == 3, case .literal(.integer(let version)) = tokens[1].kind, version > 0 else {
            refuse(.malformedVersion(String(line)), String(line), number)
            return true
        }
        if version > Int64(Self.version) {
            refuse(.newerVersion(String(version)), String(line), number, tokens[1].span)
        } else {
            versionFound = Int(version)
        }
        return true
    }

    private mutating func refuse(_ fault: SyntaxFault, _ line: String, _ number: Int, _ span: Span? = nil) {
        let source = Lexer.lex(line)
        let wording = DiagnosticWording(source: source, grammar: grammar)
        let diagnostic = wording.diagnostic(LocatedFault(fault, span ?? Span(0, source.scalars.count)))
        faulty.append(FaultyCell(source: line, line: number, number: nil, diagnostics: [diagnostic]))
    }

    private mutating func endCell() {
        guard !gathered.isEmpty else { return }
        cells += 1
        let text = gathered.joined(separator: "\n")
        let parsed = CellParser.parse(text, line: gatheredLine, grammar: grammar)
        if let syntax = parsed.syntax {
            items.append(.cell(syntax))
        } else {
            faulty.append(FaultyCell(source: text, line: gatheredLine, number: cells, diagnostics: parsed.diagnostics))
        }
        gathered = []
    }

    private mutating func endNote() {
        guard !note.isEmpty else { return }
        items.append(.note(markdown: note.joined(separator: "\n"), line: noteLine))
        note = []
    }
}
