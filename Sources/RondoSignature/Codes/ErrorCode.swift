/// What one error code means: the same wherever it is given.
package struct ErrorCode: Sendable, Hashable {
    /// `R0203`; stable, a sentence may become better.
    package let code: String
    /// What has happened, a phrase that follows "error:".
    package let title: String
    /// Why it is a fault and what to do, one to three sentences.
    package let explanation: String
    /// A cell that shows how it is right.
    package let example: String
    /// The source files that give it, by name: whoever gives a code in another file reads its meaning here first.
    package let givers: [String]

    package init(_ code: String, _ title: String, _ explanation: String, example: String, in givers: [String]) {
        self.code = code
        self.title = title
        self.explanation = explanation
        self.example = example
        self.givers = givers
    }
}

/// Every error code of the program, each with its one meaning: `help R0203` and the page of the guide come from here.
package enum ErrorCodes {
    /// The first digits of codes and what they are about.
    package static let groups: [(prefix: String, words: String)] = [
        ("R01", "the cell cannot be read: a word, sign or clause stands where it cannot"),
        ("R02", "a name or value of the cell fits nothing here: a column, table, model, metric, type or limit"),
        ("R03", "the data do not allow what the cell asks: values, types, keys, rows"),
        ("R04", "goal, split, learning or judging: something is missing, sealed or unfit for the task"),
        ("R05", "the session, the options of a model or a release: it is not there, or does not allow this"),
        ("R06", "a file: absent, not permitted, damaged or not understood"),
        ("R07", "rows and columns that are prepared, shaped or looked at: what the step or its words do not allow"),
        ("R08", "searching, choosing and judging models: what cannot be tried, or cannot be told from these rows"),
        ("R09", "recorded answers and reports: damaged, empty, or written by a newer Rondo"),
    ]

    package static let all = syntax + names + data + training + session + files + formats + steps + shape + looks + judging + recommending

    /// The code as people type it, `r0203` too; nil when there is none.
    package static func named(_ word: String) -> ErrorCode? {
        let code = word.uppercased()
        return all.first { $0.code == code }
    }
}
