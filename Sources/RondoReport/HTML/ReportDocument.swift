import RondoKernels

/// Everything a report shows and carries; drawn from recorded blocks, nothing runs again.
package struct ReportDocument: Sendable, Hashable {
    /// The wish and how it stands.
    package struct Goal: Sendable, Hashable {
        /// One condition of the goal with its verdict: `mape < 10 %`, met, `8.1 % on validation`.
        package struct Line: Sendable, Hashable {
            package var condition: String
            /// Nil while nothing has been scored.
            package var isMet: Bool?
            /// What was reached, by which model, and the distance when it is not met.
            package var detail: String

            package init(_ condition: String, isMet: Bool?, detail: String = "") {
                self.condition = condition
                self.isMet = isMet
                self.detail = detail
            }
        }
        package var text: String
        package var lines: [Line]

        package init(text: String, lines: [Line]) {
            self.text = text
            self.lines = lines
        }
    }

    /// A name with its value: `seed 1`, `rondo 1.0`, `$city NYC`.
    package struct Fact: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A file that was read.
    package struct DataFile: Sendable, Hashable {
        package var name: String
        package var bytes: Int64
        /// 64 hexadecimal digits.
        package var sha256: String
        package var rows: Int64?

        package init(name: String, bytes: Int64, sha256: String, rows: Int64? = nil) {
            self.name = name
            self.bytes = bytes
            self.sha256 = sha256
            self.rows = rows
        }
    }

    /// An entry of the register of notes.
    package struct RegisterEntry: Sendable, Hashable {
        /// `finding decision assumption limitation feasibility ethics review verdict issue`.
        package var kind: String
        package var text: String
        package var about: String?
        package var who: String?
        package var until: String?
        /// Nil for what needs no settling.
        package var isSettled: Bool?

        package init(kind: String, text: String, about: String? = nil, who: String? = nil, until: String? = nil, isSettled: Bool? = nil) {
            self.kind = kind
            self.text = text
            self.about = about
            self.who = who
            self.until = until
            self.isSettled = isSettled
        }
    }

    package var title: String
    package var subtitle = ""
    package var goal: Goal?
    package var facts: [Fact] = []
    package var files: [DataFile] = []
    package var ledger: TableBlock?
    package var register: [RegisterEntry] = []
    package var models: TableBlock?
    package var releases: TableBlock?
    package var cells: [CellReport]
    /// The session file as it would be saved.
    package var script: String
    /// The way from the page's folder to the one that relative paths of the script start from; empty when it is the same.
    package var base = ""
    package var numbers = NumberText()

    package init(title: String, cells: [CellReport], script: String) {
        self.title = title
        self.cells = cells
        self.script = script
    }
}
