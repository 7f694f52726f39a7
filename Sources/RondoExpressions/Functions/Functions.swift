/// All functions of the language; a new one is its declaration and one line here.
package enum Functions {
    package static let all: [any ExpressionFunction.Type] = [
        // numbers
        Abs.self, Sign.self, Sqrt.self, Log.self, Log10.self, Exp.self, Round.self, Floor.self, Ceil.self, Least.self, Greatest.self,
        // text
        Lower.self, Upper.self, Trim.self, Length.self, Replace.self, Before.self, After.self, Slice.self, Standard.self,
        // dates
        DateOf.self, Year.self, Quarter.self, Month.self, Week.self, Weekday.self, Day.self, Hour.self, Minute.self,
        DaysBetween.self, MonthsBetween.self, FromEpoch.self,
        // any type
        Coalesce.self, NumberOf.self, TextOf.self, IntegerOf.self,
        // over rows
        Mean.self, Median.self, Sum.self, Deviation.self, Minimum.self, Maximum.self, Count.self, First.self, Last.self, Distinct.self,
        // along an order
        Lag.self, Rank.self,
    ]

    /// Names in the order of the list.
    package static let names: [String] = all.map { $0.name }

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// The function of this name.
    package static func named(_ name: String) -> (any ExpressionFunction.Type)? { byName[name] }

    /// What words of other languages are called here.
    static let foreign: [String: String] = [
        "avg": "mean", "average": "mean", "std": "sd", "stdev": "sd", "stddev": "sd", "len": "length", "nchar": "length", "ln": "log",
        "substr": "slice", "substring": "slice", "mid": "slice", "strip": "trim", "lowercase": "lower", "tolower": "lower",
        "toupper": "upper", "uppercase": "upper", "ceiling": "ceil", "n_distinct": "distinct", "nunique": "distinct", "ifnull": "coalesce",
        "nvl": "coalesce", "int": "integer", "float": "number", "str": "text", "string": "text", "to_date": "date",
        "datediff": "days_between",
        "shift": "lag", "row_number": "rank", "total": "sum", "n": "count",
    ]
}
