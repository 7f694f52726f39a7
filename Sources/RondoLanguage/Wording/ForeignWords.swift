/// Words of other languages and what Rondo says instead.
package enum ForeignWords {
    /// Verbs: the Rondo verb and a line that shows it.
    package static let verbs: [String: (verb: String, line: String)] = [
        "mutate": ("derive", "derive age = year(sold_on) - year_built"), "gen": ("derive", "derive age = year(sold_on) - year_built"),
        "generate": ("derive", "derive age = year(sold_on) - year_built"),
        "transform": ("derive", "derive age = year(sold_on) - year_built"),
        "assign": ("derive", "derive age = year(sold_on) - year_built"), "let": ("derive", "derive age = year(sold_on) - year_built"),
        "select": ("keep", "keep price, sqft"), "merge": ("join", "join tax by address"), "lookup": ("join", "join tax by address"),
        "summarise": ("aggregate", "aggregate mean(price) by zip"), "summarize": ("aggregate", "aggregate mean(price) by zip"),
        "summary": ("describe", "describe"), "collapse": ("aggregate", "aggregate mean(price) by zip"),
        "arrange": ("sort", "sort price descending"), "orderby": ("sort", "sort price descending"),
        "where": ("filter", "filter price > 1"), "subset": ("filter", "filter price > 1"),
        "groupby": ("aggregate", "aggregate mean(price) by zip"), "group_by": ("aggregate", "aggregate mean(price) by zip"),
        "group": ("aggregate", "aggregate mean(price) by zip"), "dropna": ("filter", "filter sqft is not missing"),
        "drop_na": ("filter", "filter sqft is not missing"), "fillna": ("impute", "impute sqft median"),
        "replace_na": ("impute", "impute sqft with 0"), "read": ("load", "load \"sales.csv\""), "import": ("load", "load \"sales.csv\""),
        "read_csv": ("load", "load \"sales.csv\""), "open_file": ("load", "load \"sales.csv\""), "delete": ("drop", "drop sqft"),
        "remove": ("drop", "drop sqft"), "distinct": ("dedupe", "dedupe"), "unique": ("dedupe", "dedupe"),
        "print": ("head", "head"), "show": ("head", "head"), "glimpse": ("describe", "describe"), "train": ("fit", "fit forest"),
        "evaluate": ("score", "score"), "exit": ("quit", "quit"), "normalize": ("scale", "scale sqft minmax"),
        "concat": ("append", "append more"),
        "rbind": ("append", "append more"), "union": ("append", "append more"), "test": ("score", "score on test"),
    ]

    /// Families of models.
    static let families: [String: String] = [
        "rf": "forest", "random_forest": "forest", "randomforest": "forest", "lm": "linear", "ols": "linear", "regression": "linear",
        "glm": "logistic", "logit": "logistic", "logreg": "logistic", "decision_tree": "tree", "cart": "tree",
    ]

    /// Words for an absent value.
    package static let absent: Set<String> = [
        "null", "NULL", "Null", "NA", "None", "none", "NaN", "nan", "nil", "undefined", "Missing", "MISSING",
    ]

    /// Words inside expressions.
    package static let operators: [String: String] = [
        "AND": "and", "OR": "or", "NOT": "not", "And": "and", "Or": "or", "Not": "not", "IN": "in", "IS": "is", "LIKE": "contains",
        "like": "contains", "BETWEEN": "between", "TRUE": "true", "FALSE": "false", "True": "true", "False": "false", "T": "true",
        "F": "false",
        "IF": "if", "THEN": "then", "ELSE": "else", "elif": "else if", "elsif": "else if",
    ]

    /// Functions: the Rondo function, or an expression that does the same.
    package static let functions: [String: String] = [
        "ifelse": "if a then b else c", "if_else": "if a then b else c", "iif": "if a then b else c", "case_when": "if a then b else c",
        "len": "length", "nchar": "length", "strlen": "length", "avg": "mean", "average": "mean", "std": "sd", "stdev": "sd",
        "stddev": "sd",
        "n": "count", "size": "count", "nunique": "distinct", "n_distinct": "distinct", "toupper": "upper", "tolower": "lower",
        "strip": "trim", "substr": "slice", "substring": "slice", "isna": "x is missing", "is_null": "x is missing",
        "isnull": "x is missing",
        "ln": "log", "pow": "a ^ b", "power": "a ^ b", "ceiling": "ceil", "int": "integer", "str": "text", "float": "number",
        "pmin": "least",
        "pmax": "greatest", "ifnull": "coalesce", "nvl": "coalesce", "dayofweek": "weekday", "datediff": "days_between", "concat": "a + b",
    ]
}
