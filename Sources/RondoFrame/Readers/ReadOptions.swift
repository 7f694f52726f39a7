import RondoKernels

/// How many rows of a file are kept.
public struct RowSample: Sendable, Hashable {
    public enum Size: Sendable, Hashable {
        /// A part of all rows, above 0 and at most 1.
        case share(Double)
        /// At most so many rows.
        case count(Int)
    }

    public let size: Size
    public let seed: UInt64

    public init(_ size: Size, seed: UInt64) {
        self.size = size
        self.seed = seed
    }

    /// How many of so many rows are kept.
    func count(of rows: Int) -> Int {
        switch size {
        case .count(let count): min(max(count, 0), rows)
        case .share(let share): min(Int((Double(rows) * share).rounded()), rows)
        }
    }

    /// The rows that are kept, ascending.
    func rows(of count: Int) -> [Int] {
        var random = RandomStream(seed: seed, purpose: "sample while reading")
        return random.sampleWithoutReplacement(below: count, count: self.count(of: count))
    }
}

/// How a file is to be read; nil and empty mean: find it out from the file and say what was found.
public struct ReadOptions: Sendable, Hashable {
    /// The order of day, month and year in dates written with numbers.
    public enum DateOrder: String, Sendable, Hashable, CaseIterable {
        /// 31/12/2024
        case day
        /// 12/31/2024
        case month
        /// 2024/12/31
        case year
    }

    /// Words that mean missing, exactly these beside the empty field; nil: empty, blanks, `NA`, `NaN`, `?`, `None`, unless they are codes.
    public var missing: [String]?
    /// Whether names become lower case words joined by underscores.
    public var namesTidy = false
    /// Line of the header counted from 1, 0 for none.
    public var headerLine: Int?
    /// The character between fields.
    public var delimiter: UInt8?
    /// The character around fields.
    public var quote: UInt8?
    /// The character that begins lines of comment.
    public var comment: UInt8?
    /// The decimal mark, a point or a comma.
    public var decimal: UInt8?
    /// The mark between thousands: a comma, point, blank or apostrophe.
    public var thousands: UInt8?
    /// How many of the rows are read, drawn at random.
    public var sample: RowSample?
    /// `utf-8`, `utf-16le`, `latin-1`, `windows-1252`, or another name that iconv knows.
    public var encoding: String?
    /// Order of the parts of dates that could be read in two ways.
    public var dateOrder: DateOrder?
    /// Columns that stay text whatever they hold, by their name in the file.
    public var textColumns: Set<String> = []

    /// JSON: the list whose items are the rows, `orders.items`; XML: the element that is a row.
    public var records: String?
    /// Logs: a regular expression whose named groups are the columns.
    public var pattern: String?
    /// Databases: the table to read, and a query to read instead.
    public var table: String?
    public var query: String?

    /// The clauses among the options that only some readers know, with the readers that do.
    private var special: [(clause: String, readers: [String])] {
        var given: [(String, [String])] = []
        if headerLine != nil { given.append(("header", ["csv"])) }
        if delimiter != nil { given.append(("delimiter", ["csv"])) }
        if quote != nil { given.append(("quote", ["csv"])) }
        if comment != nil { given.append(("comment", ["csv"])) }
        if decimal != nil { given.append(("decimal", ["csv"])) }
        if thousands != nil { given.append(("thousands", ["csv"])) }
        if records != nil { given.append(("records", ["json", "jsonl", "xml"])) }
        if pattern != nil { given.append(("pattern", ["log"])) }
        if table != nil { given.append(("table", ["sqlite", "postgres"])) }
        if query != nil { given.append(("query", ["sqlite", "postgres"])) }
        if encoding != nil { given.append(("encoding", ["csv", "json", "jsonl", "xml", "log"])) }
        return given
    }

    /// A clause that the reader of this name does not know, with the readers that do; nil when it knows all.
    func unknownClause(to reader: String) -> (clause: String, readers: [String])? {
        special.first { !$0.readers.contains(reader) }
    }

    public init(missing: [String]? = nil, namesTidy: Bool = false) {
        self.missing = missing
        self.namesTidy = namesTidy
    }
}
