import RondoLanguage
import RondoSignature

/// An operand of the test registry.
struct TestSlot: SlotKey {
    let slot: Slot
}

/// A clause of the test registry.
struct TestClause: ClauseKey {
    let shape: ClauseShape
}

func need(_ name: String, _ kind: Kind, word: String? = nil) -> Slot { Slot(name, kind, word: word) }
func may(_ name: String, _ kind: Kind, word: String? = nil) -> Slot { Slot(name, kind, optional: true, word: word) }

func clause(_ keyword: String, _ kind: Kind) -> ClauseShape { ClauseShape(keyword, [Slot(keyword, kind)], summary: "") }
func clause(_ keyword: String, _ slots: [Slot], required: Bool = false, repeatable: Bool = false) -> ClauseShape {
    ClauseShape(keyword, slots, required: required, repeatable: repeatable, summary: "")
}
func required(_ keyword: String, _ kind: Kind) -> ClauseShape { clause(keyword, [Slot(keyword, kind)], required: true) }

func verb(
    _ name: String, _ operands: [Slot] = [], _ clauses: [ClauseShape] = [], phase: Phase = .prepare, class cellClass: CellClass = .look,
    examples: [String] = []
) -> Signature {
    Signature(
        name, phase: phase, class: cellClass, summary: "", searchWords: [], operands: operands.map(TestSlot.init),
        clauses: clauses.map(TestClause.init), examples: examples.map { Example($0, "") })
}

func family(_ name: String, _ parameters: [ParameterShape] = []) -> FamilySignature {
    FamilySignature(name, summary: "", tasks: [.regression], parameters: parameters, needsNumbers: false, readable: "")
}
func whole(_ name: String) -> ParameterShape { ParameterShape(name, .integer(lower: 1, upper: 1_000_000), default: nil, summary: "") }
func real(_ name: String) -> ParameterShape {
    ParameterShape(name, .number(lower: 0, upper: 1e9, includesLower: true), default: nil, summary: "")
}
func word(_ name: String, _ words: [String]) -> ParameterShape { ParameterShape(name, .choice(words), default: nil, summary: "") }

/// All verbs and families of the language reference, section 4.
enum TestGrammar {
    static let registry = GrammarRegistry(
        verbs: define + collect + prepare + explore + model + judge + release + watch + shell, families: families)

    static let families: [FamilySignature] = [
        family("linear"), family("ridge", [real("penalty")]), family("lasso", [real("penalty")]),
        family("elastic_net", [real("penalty"), real("mix")]), family("logistic", [real("penalty"), word("classes", ["balanced"])]),
        family("tree", [whole("depth"), whole("leaf")]),
        family("forest", [whole("trees"), whole("depth"), whole("leaf"), whole("features")]),
        family("extra_trees", [whole("trees"), whole("depth"), whole("leaf"), whole("features")]),
        family(
            "boost",
            [
                whole("trees"), real("rate"), whole("leaves"), whole("depth"), whole("leaf"), real("features"), real("rows"),
                word("loss", ["squared", "absolute", "quantile", "poisson", "logistic"]), whole("stop"),
            ]),
        family("knn", [whole("neighbors")]), family("naive_bayes"), family("kmeans", [whole("clusters")]),
        family("pca", [whole("components")]),
        family("isolation_forest", [whole("trees")]), family("popularity", [real("decay")]),
        family("item_knn", [whole("neighbors"), word("weighting", ["cosine", "tfidf", "bm25"])]),
        family("als", [whole("factors"), real("penalty"), whole("rounds")]), family("ease", [real("penalty")]), family("content"),
        family("bought_together"), family("blend", [whole("models"), real("weight")]),
    ]

    static let from = clause("from", .source)
    static let byGroups = clause("by", .groups)
    static let whereCondition = clause("where", .condition)
    static let onPart = clause("on", .part)
    static let onTrain = clause("on", .choice(["train"]))
    static let asNew = clause("as", .newName)
    static let seed = clause("seed", .integer)
    static let because = clause("because", .text)
    static let despite = clause("despite", .text)
    static let includingSeen = clause("including", .choice(["seen"]))
    static let perhapsFor = may("for", .duration, word: "for")
    static let afterDuration = may("after", .duration, word: "after")
    static let countOrShare = Kind.either([.integer, .percent])
    static let conditionOrModel = Kind.either([.condition, .model])
    static let yesNo = Kind.choice(["yes", "no"])

    static let define: [Signature] = [
        verb(
            "goal", [may("text", .text)],
            [
                clause("predict", .target),
                clause("recommend", [need("item", .column), need("to", .column, word: "to"), may("rated", .column, word: "rated")]),
                clause("liked when", .condition), clause("succeed when", .metrics), clause("scope", .condition), clause("at", .column),
                clause("latency", .duration), clause("unit", .text),
                clause("business", [need("name", .newName), need("direction", .choice(["up", "down"])), need("by", .percent)]),
                clause("used", .text), clause("budget", .text), clause("rules", .text),
            ], phase: .define, class: .setting, examples: ["goal \"Suggest a price\" predict price"]),
        verb("param", [need("name", .newName), need("value", .either([.value, .list, .interval]), word: "=")], [clause("about", .text)]),
        verb(
            "set", [],
            [
                seed, clause("digits", .integer), clause("tolerance", .number), clause("threads", .integer), clause("author", .text),
                clause("reviewers", .integer),
            ]),
        verb(
            "note", [need("text", .text)],
            [
                clause(
                    "kind",
                    .choice(["finding", "decision", "assumption", "limitation", "feasibility", "ethics", "review", "verdict", "issue"])),
                clause("about", .either([.thing, .column])), clause("who", .text), clause("until", .date), clause("unit", .text), asNew,
            ]),
        verb("settle", [need("note", .noteName)], [because]),
    ]

    static let collect: [Signature] = [
        verb(
            "load",
            [
                may("format", .choice(["csv", "tsv", "json", "jsonl", "xml", "log", "sqlite", "postgres", "demo"])), need("files", .files),
            ],
            [
                asNew, clause("rows", .integer), clause("table", .newName), clause("query", .text),
                clause("header", .either([.integer, .choice(["none"])])), clause("delimiter", .text), clause("quote", .text),
                clause("comment", .text), clause("encoding", .text), clause("decimal", .text), clause("thousands", .text),
                clause("missing", .list), clause("names", .choice(["tidy"])), clause("text", .columns),
                clause("dates", .choice(["day", "month", "year"])), clause("records", .text), clause("pattern", .text),
                clause("origin", .newName), clause("sample", .either([.percent, .integer])), clause("dictionary", .file), seed,
            ]),
        verb("use", [need("table", .table)]),
        verb(
            "source", [need("table", .table)],
            [
                clause("owner", .text), clause("license", .text), clause("cost", .text), clause("address", .text),
                clause("collected", .text),
                clause("kind", .choice(["file", "database", "api", "log", "survey", "sensor", "scraped"])), clause("covers", .interval),
                clause("privacy", .choice(["public", "internal", "personal"])), clause("private", .columns),
            ]),
    ]

    static let prepare: [Signature] = [
        verb(
            "join", [need("table", .table)],
            [
                clause("by", .keys), clause("nearest", [need("key", .keys), may("side", .choice(["before", "after", "around"]))]),
                clause("within", .either([.duration, .number])), clause("expect", .percent), clause("keep", .choice(["all", "matched"])),
                clause("take", .columns), clause("prefix", .text), clause("prefer", .choice(["left", "right"])), from,
            ]),
        verb("append", [need("tables", .tables)], [clause("origin", .newName), from]),
        verb("sample", [need("size", .either([.percent, .integer]))], [byGroups, whereCondition, onTrain, seed, from]),
        verb("rename", [need("names", .renames)], [from]), verb("drop", [need("columns", .columns)], [from]),
        verb("keep", [need("columns", .columns)], [from]), verb("filter", [need("condition", .condition)], [onTrain, from]),
        verb("dedupe", [], [byGroups, clause("keep", .choice(["first", "last", "fullest"])), onTrain, from]),
        verb("sort", [need("order", .order)], [from]),
        verb("flag", [need("name", .newName)], [required("where", .condition), because, from]),
        verb(
            "clean",
            [need("columns", .columns), may("methods", .choices(["trim", "lower", "upper", "title", "standard", "phone", "spelling"]))],
            [clause("replace", .pairs), from]),
        verb(
            "cast",
            [need("columns", .columns), need("type", .choice(["text", "integer", "number", "date", "time", "truth", "category"]))],
            [clause("format", .text), from]),
        verb(
            "impute", [need("columns", .columns), may("method", .choice(["median", "mean", "mode", "nearest", "mark"]))],
            [clause("with", .value), byGroups, clause("indicator", yesNo), clause("neighbors", .integer), from],
            examples: ["impute sqft median by type"]),
        verb(
            "outliers", [need("columns", .columns), need("method", .choice(["quantile", "robust", "forest"]))],
            [clause("limits", .either([.interval, .number])), clause("action", .choice(["cap", "mark", "drop"])), byGroups, from]),
        verb("derive", [need("columns", .assignments)], [from]),
        verb(
            "encode",
            [
                need("columns", .columns),
                need("method", .choice(["onehot", "ordinal", "label", "target", "hashing", "frequency", "words", "parts", "cycle"])),
                may("levels", .list),
            ],
            [clause("rare", .percent), clause("levels", .integer), clause("buckets", .integer), clause("otherwise", .value), from]),
        verb(
            "scale", [need("columns", .columns), need("method", .choice(["standard", "minmax", "robust"]))],
            [clause("range", .interval), clause("to", .interval), from]),
        verb(
            "bin", [need("columns", .columns)],
            [
                required("bands", .either([.list, .integer])), clause("method", .choice(["equal", "quantile", "tree"])),
                clause("labels", .list), from,
            ]),
        verb(
            "select", [need("method", .choice(["variance", "correlation", "importance", "lasso"]))],
            [clause("top", .integer), clause("above", .number), clause("keep", .columns), from]),
        verb("balance", [need("method", .choice(["weights", "under", "over"]))], [clause("ratio", .number), seed, from]),
        verb(
            "aggregate", [may("columns", .aggregates)],
            [
                byGroups, whereCondition, clause("before", .value), clause("pairs", .column), clause("sets", .column),
                clause("basket", .groups), clause("least", countOrShare), asNew, from,
            ]),
        verb(
            "split", [may("shares", .shares)],
            [
                clause("folds", .integer), clause("by", .column), clause("within", .column), clause("stratify", .column),
                clause("group", .column), clause("using", .column), seed, from,
            ]),
    ]

    static let explore: [Signature] = [
        verb(
            "describe", [may("columns", .columns)],
            [byGroups, clause("with", .column), clause("method", .choice(["pearson", "spearman"])), whereCondition, onPart, from]),
        verb(
            "correlate", [may("columns", .columns)],
            [byGroups, clause("with", .column), clause("method", .choice(["pearson", "spearman"])), whereCondition, onPart, from]),
        verb("head", [may("rows", .integer), may("columns", .columns)], [clause("sort", .order), byGroups, whereCondition, onPart, from]),
        verb("count", [], [clause("sort", .order), byGroups, whereCondition, onPart, from]),
        verb(
            "plot",
            [
                may(
                    "chart",
                    .choice(["residuals", "roc", "pr", "calibration", "confusion", "importance", "dependence", "learning", "tree", "lift"])),
                may("model", .model, word: "of"), may("columns", .columns),
            ],
            [
                byGroups, clause("over", .expression), clause("kind", .choice(["histogram", "bars", "box", "line", "scatter", "heatmap"])),
                whereCondition, onPart, from,
            ]),
        verb("check", [need("what", conditionOrModel)], [clause("expect", .percent), because, from]),
        verb("recipe", [may("thing", .thing)], [from]), verb("ledger", [], [from]),
    ]

    static let fitClauses: [ClauseShape] = [
        clause("using", .columns), clause("without", .either([.choice(["intercept"]), .columns])), clause("weights", .column),
        clause("target", .choice(["plain", "log"])), whereCondition, onPart, asNew, seed, from,
    ]

    static let model: [Signature] = [
        verb("fit", [need("family", .family)], fitClauses, examples: ["fit forest trees 100"]),
        verb(
            "tune", [need("family", .family)],
            fitClauses + [
                clause("folds", .integer), clause("random", .integer), clause("halving", yesNo), clause("metric", .metric),
                clause("patience", .integer),
                clause("pick", [need("rule", .choice(["best", "smallest", "fastest"])), may("within", .percent, word: "within")]),
            ]),
        verb(
            "retrain", [need("release", .release)],
            [
                clause("on", [need("part", .part), may("except", .part, word: "except")]), clause("every", .duration), asNew, because, seed,
                from,
            ]),
        verb(
            "choose", [need("model", .model)],
            [
                because,
                clause(
                    "threshold",
                    [
                        may("value", .number), may("best", .metric, word: "best"), may("recall", .percent, word: "recall"),
                        may("cost", .number, word: "cost"), may("benefit", .number, word: "benefit"),
                    ]), clause("calibrate", .choice(["platt", "isotonic"])), asNew,
            ]),
    ]

    static let judge: [Signature] = [
        verb(
            "compare", [may("things", .things)],
            [clause("metric", .metric), clause("outcomes", .column), onPart, whereCondition, includingSeen]),
        verb("runs", [], [whereCondition, clause("sort", .order), clause("top", .integer)]),
        verb("score", [may("models", .models)], [onPart, whereCondition, clause("confidence", .percent), includingSeen, from]),
        verb("errors", [may("model", .model)], [byGroups, clause("worst", .integer), whereCondition, onPart]),
        verb(
            "explain", [may("model", .model)],
            [
                clause("row", .integer), clause("of", .columns), clause("method", .choice(["permutation", "impurity", "shap"])),
                whereCondition, onPart, seed,
            ]),
        verb("fairness", [may("model", .model)], [required("by", .groups), whereCondition, onPart]),
        verb(
            "stress", [may("model", .model)],
            [
                clause("noise", .percent), clause("missing", .percent),
                clause("shift", [need("column", .column), need("by", .amount, word: "by")], repeatable: true), clause("unseen", .columns),
                onPart, seed,
            ]),
        verb(
            "recommend", [may("model", .model)],
            [
                clause("for", .values), clause("to", .file), clause("like", .value), whereCondition, clause("top", .integer), includingSeen,
                clause("favor", [need("column", .column), need("weight", .number, word: "weight")]), clause("diverse", .number), from,
            ]),
    ]

    static let release: [Signature] = [
        verb(
            "deploy", [need("model", .model)],
            [
                required("as", .newName), clause("interval", .percent), clause("scope", .condition), clause("requires", .columns),
                clause("fallback", .either([.text, .model])), despite,
                clause("pilot", [need("condition", .condition), need("for", .duration, word: "for")]),
                clause("label", .choice(["live", "staging", "canary", "shadow"])), clause("share", .percent), clause("by", .column),
            ]),
        verb("predict", [need("release", .release), may("inputs", .inputs)], [clause("to", .file), clause("every", .duration), from]),
        verb(
            "export", [need("thing", .either([.choice(["dictionary"]), .thing]))],
            [
                required("to", .file), clause("including", .choice(["private"])), clause("under", .text), despite,
            ]),
        verb(
            "serve", [may("releases", .either([.choice(["stop"]), .releases]))],
            [
                clause("port", .integer), clause("address", .text), clause("keys", .file), clause("body", .text),
            ]),
        verb(
            "promote", [need("thing", .thing)],
            [
                clause("as", .release), clause("label", .choice(["live", "staging", "canary", "shadow"])), clause("share", .percent),
                clause("by", .column), despite, because,
            ]),
        verb("rollback", [need("release", .release)], [because]), verb("releases", [may("release", .release)], [because]),
    ]

    static let watch: [Signature] = [
        verb(
            "simulate", [need("release", .release), need("time", .duration)],
            [
                clause("labels after", .duration),
                clause("shift", [need("column", .column), need("by", .amount, word: "by"), afterDuration], repeatable: true),
                clause("volume", [need("by", .percent), afterDuration], repeatable: true),
                clause("outage", [need("time", .duration), afterDuration], repeatable: true),
                clause("slow", [need("time", .duration), afterDuration], repeatable: true), seed, from,
            ]),
        verb("monitor", [may("release", .release)], monitorClauses), verb("drift", [may("release", .release)], monitorClauses),
        verb(
            "alert", [need("name", .newName)],
            [
                required("when", .metrics), clause("over", .duration), clause("for", .duration), clause("of", .release),
                clause("notify", [need("way", .choice(["file", "webhook", "command"])), need("to", .text)], repeatable: true),
            ]),
        verb(
            "feedback", [need("release", .release), may("inputs", .inputs)],
            [
                clause("by", .keys), clause("changed", .column), clause("outcome", .column),
                clause("action", .choice(["accepted", "adjusted", "replaced"])), because, from,
            ]),
    ]

    static let monitorClauses: [ClauseShape] = [
        onPart, byGroups, clause("every", .duration), clause("against", .source),
        clause("method", .choice(["psi", "ks", "js", "chi2", "wasserstein"])), from,
    ]

    static let shell: [Signature] = [
        verb("help", [may("topic", .either([.word, .text])), may("second", .word)], class: .shell), verb("undo", [may("cells", .integer)]),
        verb("redo", [may("cells", .integer)]), verb("history", [may("cells", .integer)], [clause("like", .text)]),
        verb("edit", [need("number", .integer), may("cell", .cell)]), verb("rerun"),
        verb("open", [need("session", .either([.choice(["last"]), .file]))]), verb("save", [may("file", .file)]),
        verb("replay", [may("file", .file)], [clause("tolerance", .number)]), verb("report", [need("file", .file)]),
        verb("tutorial", [may("name", .newName)]), verb("status"), verb("more"), verb("quit"),
    ]
}
