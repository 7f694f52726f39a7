import RondoKernels
package import RondoLanguage
package import RondoReport

/// Turns whatever a cell threw into faults with a place.
package enum CellFaults {
    /// - Parameter error: `Diagnostics`, `Diagnostic`, `Fault`, `Interrupted`; anything else is a fault of Rondo itself.
    package static func diagnostics(_ error: any Error, in cell: CellSyntax) -> [Diagnostic] {
        switch error {
        case let all as Diagnostics: Diagnostic.mended(all.all, in: cell.source)
        case let one as Diagnostic: [one.mended(in: cell.source)]
        case let fault as Fault: [diagnostic(fault, in: cell)]
        case is Interrupted:
            [Diagnostic("R0501", "interrupted", span: nil, remedy: "the session is as before this cell; type it again to run it")]
        case let missing as SystemLibraryMissing:
            [Diagnostic("R0503", "\(missing)", span: nil, remedy: "install the library, then repeat the cell")]
        default:
            [Diagnostic("R0599", "this cell met a fault inside Rondo: \(error)", span: nil, remedy: "please report it with this cell")]
        }
    }

    /// What the verb found and what its arguments have, in the order of the text.
    ///
    /// Of two faults at one place that say the same, that of the argument stays: it knows table and place. What is said to be
    /// needed waits while a comma hides the word that may be meant.
    static func together(_ error: any Error, _ arguments: [Diagnostic], in cell: CellSyntax) -> any Error {
        let thrown = diagnostics(error, in: cell)
        let hidesWord = arguments.contains { $0.code == "R0224" }
        let kept = thrown.filter { fault in
            if hidesWord, fault.code == "R0225" { return false }
            return !arguments.contains { $0.isSame(as: fault) }
        }
        var others: [Diagnostic] = []
        for fault in arguments where (kept + others).allSatisfy({ $0.span != fault.span || $0.span == nil && $0.code != fault.code }) {
            others.append(fault)
        }
        let all = (kept + others).enumerated().sorted { left, right in
            (left.element.span?.start ?? Int.max, left.offset) < (right.element.span?.start ?? Int.max, right.offset)
        }
        return Diagnostics(Diagnostic.mended(all.map(\.element), in: cell.source)) ?? error
    }

    /// The same fault as renderers see it; a fault without a place points at the verb.
    package static func report(_ diagnostic: Diagnostic, in cell: CellSyntax) -> ErrorReport {
        let span = diagnostic.span ?? cell.verb.span
        return ErrorReport(
            code: diagnostic.code, message: diagnostic.message, start: span.start, end: span.end, note: diagnostic.note,
            remedy: diagnostic.remedy)
    }

    /// Places the caret under the name that the fault is about, when the cell contains it.
    private static func diagnostic(_ fault: Fault, in cell: CellSyntax) -> Diagnostic {
        let span = fault.subject.flatMap { place(of: $0, in: cell.source) }
        return Diagnostic(fault.code, fault.message, span: span, remedy: quoted(fault.subject, in: fault.remedy, of: cell))
    }

    /// Lower layers know no backquotes: names with blanks or signs get them here, so that what is offered can be typed.
    private static func quoted(_ subject: String?, in remedy: String, of cell: CellSyntax) -> String {
        guard let subject, cell.source.contains("`\(subject)`"), !NameText.isPlain(subject), !remedy.contains("`\(subject)`"),
            !remedy.contains("\"\(subject)")
        else { return remedy }
        return remedy.replacing(subject, with: NameText.written(subject))
    }

    private static func place(of word: String, in source: String) -> Span? {
        let text = Array(source.unicodeScalars)
        let wanted = Array(word.unicodeScalars)
        guard !wanted.isEmpty, wanted.count <= text.count else { return nil }
        func isWord(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
        }
        for start in 0...(text.count - wanted.count) where Array(text[start..<start + wanted.count]) == wanted {
            let end = start + wanted.count
            if start > 0, isWord(text[start - 1]), isWord(wanted[0]) { continue }
            if end < text.count, isWord(text[end]), isWord(wanted[wanted.count - 1]) { continue }
            return Span(start, end)
        }
        return nil
    }
}

extension Span {
    fileprivate func overlaps(_ other: Span) -> Bool { start < other.end && other.start < end }
}

extension Diagnostic {
    /// Whether both are about one place and one kind of fault: the same code, or a name that a lower layer could not find.
    fileprivate func isSame(as other: Diagnostic) -> Bool {
        guard let span, let place = other.span, span.overlaps(place) else { return false }
        return code == other.code || Diagnostic.absentColumn.contains(other.code) && Diagnostic.absentColumn.contains(code)
    }

    private static let absentColumn: Set<String> = ["R0203", "R0208", "R0224", "R0233", "R0343", "R0350"]
}
