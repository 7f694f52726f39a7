package import RondoKernels

/// A result of a cell as data; terminal, HTML, Markdown and JSON are renderers of it.
package enum Block: Sendable, Hashable {
    case figures([Figure])
    case table(TableBlock)
    case chart(ChartBlock)
    case text(TextBlock)
    /// Markdown.
    case note(String)
}

/// How a number is shown; its value is never rounded in the block.
package enum NumberStyle: String, Sendable, Hashable, Codable, CaseIterable {
    /// A count of things: `50,512`.
    case count
    /// A share kept as a fraction: 0.081 is shown as `8.1 %`.
    case percent
    /// An amount in the unit of the goal: `$254,000`.
    case money
    /// A length of time in seconds: `0.4 s`, `21 us`.
    case seconds
    /// A size in bytes: `1.4 MB`.
    case bytes
    /// Any other number, with the digits that matter.
    case number
    /// Shown as it is (years, identifiers, text).
    case plain
}

/// A named number or word of a cell.
package struct Figure: Sendable, Hashable {
    /// Lower case, words joined by `_`; names are part of the public contract.
    package var name: String
    package var value: Scalar
    package var style: NumberStyle
    package var unit: String?
    /// Whether it may differ between two honest runs (durations, dates of today, release numbers).
    package var isVolatile: Bool

    package init(_ name: String, _ value: Scalar, _ style: NumberStyle = .number, unit: String? = nil, volatile: Bool = false) {
        self.name = name
        self.value = value
        self.style = style
        self.unit = unit
        isVolatile = volatile
    }
}

/// A table of results: typed columns, rows, caption; missing stays missing.
package struct TableBlock: Sendable, Hashable {
    package struct Column: Sendable, Hashable {
        package var name: String
        /// `number integer truth text category date time duration`.
        package var type: String
        package var style: NumberStyle
        package var isVolatile: Bool

        package init(_ name: String, _ type: String, _ style: NumberStyle = .number, volatile: Bool = false) {
            self.name = name
            self.type = type
            self.style = style
            isVolatile = volatile
        }
    }
    package var caption: String
    package var columns: [Column]
    /// Each row as long as `columns`.
    package var rows: [[Scalar]]
    /// Whether these are rows of a table of the session, whose columns' types are news; not kept in records.
    package var showsTypes: Bool
    /// Rows whose numbers are calendar years, written without marks between thousands; a matter of looks, not kept in records.
    package var yearRows: Set<Int>
    /// Whether lines of words say the same in short: a terminal shows it only where all is asked for. A matter of looks too.
    package var isDetail: Bool
    /// Decimals of its plain numbers where all of them mean the same (correlations); nil: by their sizes. A matter of looks too.
    package var decimals: Int?

    package init(
        caption: String, columns: [Column], rows: [[Scalar]], showsTypes: Bool = false, yearRows: Set<Int> = [], decimals: Int? = nil,
        isDetail: Bool = false
    ) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.showsTypes = showsTypes
        self.yearRows = yearRows
        self.decimals = decimals
        self.isDetail = isDetail
    }

    /// Leaves out columns that have no value in any row (what a family does not compute); the first always stays.
    package mutating func leaveOutEmptyColumns() {
        guard !rows.isEmpty else { return }
        let kept = columns.indices.filter { index in
            index == 0 || rows.contains { index < $0.count && !$0[index].isMissing }
        }
        columns = kept.map { columns[$0] }
        rows = rows.map { row in kept.compactMap { row.indices.contains($0) ? row[$0] : nil } }
    }
}

/// One sentence or a few, with a tone.
package struct TextBlock: Sendable, Hashable {
    package enum Tone: String, Sendable, Hashable { case plain, good, warning }
    package var tone: Tone
    /// Words with slots: `{train} rows to {until}`; each slot names a figure of the same cell. Digests take the template.
    package var template: String

    package init(_ template: String, tone: Tone = .plain) {
        self.template = template
        self.tone = tone
    }
}

/// What to draw, as data.
package struct ChartBlock: Sendable, Hashable {
    package enum Marks: Sendable, Hashable {
        /// Counts between edges (one edge more than counts); `groups` names one series of counts each.
        case histogram(edges: [Double], groups: [String], counts: [[Int]])
        /// One bar a label, one series a group.
        case bars(labels: [String], groups: [String], values: [[Double]])
        /// Points joined in order of x, one series a group.
        case line([Series])
        /// Single points, one series a group.
        case scatter([Series])
        /// Five numbers a group, along the x axis.
        case box([Box])
        /// One value a cell, `values[row][column]`; signed ones lie between -1 and 1.
        case heatmap(rows: [String], columns: [String], values: [[Double]], isSigned: Bool)
    }
    /// A group of values in a box plot (Tukey 1977): the box holds the middle half, the whiskers reach to the farthest values that lie
    /// within one and a half times its length.
    package struct Box: Sendable, Hashable {
        package var name: String
        package var count: Int
        package var least: Double
        package var low: Double
        package var q25: Double
        package var median: Double
        package var q75: Double
        package var high: Double
        package var greatest: Double
        /// Values beyond the whiskers, ascending, and how many there are when not all are kept.
        package var outliers: [Double]
        package var outlierCount: Int

        /// - Parameter bounds: least, low end of the whiskers, quartile, median, quartile, high end, greatest.
        package init?(name: String, count: Int, bounds: [Double], outliers: [Double], outlierCount: Int) {
            guard bounds.count == 7 else { return nil }
            self.name = name
            self.count = count
            (least, low, q25, median) = (bounds[0], bounds[1], bounds[2], bounds[3])
            (q75, high, greatest) = (bounds[4], bounds[5], bounds[6])
            self.outliers = outliers
            self.outlierCount = outlierCount
        }

        /// As the initialiser takes them.
        package var bounds: [Double] { [least, low, q25, median, q75, high, greatest] }
    }
    package struct Series: Sendable, Hashable {
        package var name: String
        package var x: [Double]
        package var y: [Double]

        package init(name: String, x: [Double], y: [Double]) {
            self.name = name
            self.x = x
            self.y = y
        }
    }
    /// How an axis reads its numbers.
    package enum Axis: String, Sendable, Hashable { case number, date, time }

    package var title: String
    package var marks: Marks
    package var xLabel: String
    package var yLabel: String
    package var xAxis: Axis

    package init(title: String, marks: Marks, xLabel: String, yLabel: String, xAxis: Axis = .number) {
        self.title = title
        self.marks = marks
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.xAxis = xAxis
    }

    /// The contract's name of the chart.
    package var chart: String {
        switch marks {
        case .histogram: "histogram"
        case .bars: "bars"
        case .line: "line"
        case .scatter: "scatter"
        case .box: "box"
        case .heatmap: "heatmap"
        }
    }
}
