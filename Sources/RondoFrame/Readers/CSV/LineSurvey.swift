import RondoKernels

/// How a text is delimited, and how many quotes and line ends its pieces hold.
struct LineSurvey: TextSurvey {
    let dialect: CSVDialect
    private let bytes: TextBytes

    init(_ bytes: TextBytes, _ options: ReadOptions) {
        self.bytes = bytes
        dialect = DialectDetection.detect(bytes, options)
    }

    func piece(_ range: Range<Int>) -> (quotes: Int, lineEnds: Int) {
        let counts = FieldEnds.counts(dialect.quote, dialect.newline, bytes.base + range.lowerBound, range.count)
        return (dialect.quote == 0 ? 0 : counts.first, counts.second)
    }
}
