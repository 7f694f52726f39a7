import RondoKernels
package import RondoLanguage
package import RondoReport

/// Turns whatever a cell threw into faults with a place.
package enum CellFaults {
    /// - Parameter error: `Diagnostics`, `Diagnostic`, `Fault`, `Interrupted`; anything else is a fault of Rondo itself.
    package static func diagnostics(_ error: any Error, in cell: CellSyntax) -> [Diagnostic] {
        switch error {
        case let all as Diagnostics: all.all
        case let one as Diagnostic: [one]
        case let fault as Fault: [diagnostic(fault, in: cell)]
        case is Interrupted:
            [Diagnostic("R0501", "interrupted", span: nil, remedy: "the session is as before this cell; type it again to run it")]
        case let missing as SystemLibraryMissing:
            [Diagnostic("R0502", "\(missing)", span: nil, remedy: "install the library, then repeat the cell")]
        default:
            [Diagnostic("R0599", "this cell met a fault inside Rondo: \(error)", span: nil, remedy: "please report it with this cell")]
        }
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
        return Diagnostic(fault.code, fault.message, span: span, remedy: fault.remedy)
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
