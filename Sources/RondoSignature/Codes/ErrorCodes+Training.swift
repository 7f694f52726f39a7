extension ErrorCodes {
    /// Goal, split, learning or judging: something is missing, sealed or unfit for the task.
    static let training: [ErrorCode] = [
        ErrorCode(
            "R0401", "no goal has been set",
            "Fitting and judging need to know what is predicted and when it is good enough.",
            example: "goal predict price succeed when mape < 10%", in: ["Context", "EncodeReading"]),
        ErrorCode(
            "R0402", "no model has been fitted",
            "Judging and releasing need a model.",
            example: "fit linear", in: ["CompareVerb", "Context"]),
        ErrorCode(
            "R0403", "no column is left to learn from",
            "All columns were left out: they hold the target, name rows, are constant or hold long text. The message says why for each.",
            example: "fit linear using sqft, type", in: ["FeatureChoice"]),
        ErrorCode(
            "R0404", "a column that cannot be a feature",
            "It contains the target, names rows, or is made from other rows.",
            example: "fit linear using sqft, type", in: ["FeatureChoice", "SelectVerb", "Trainer+Ranking"]),
        ErrorCode(
            "R0405", "a family that this program does not know",
            "`help families` lists the families.",
            example: "fit forest", in: ["FitReading", "Trainer"]),
        ErrorCode(
            "R0406", "a family for another task",
            "Some families predict numbers, others classes. The goal decides which are needed.",
            example: "fit linear", in: ["FitReading", "RecommendVerb", "RecommendedLists", "Trainer", "Trainer+Ranking"]),
        ErrorCode(
            "R0407", "no training row has a target",
            "The column to predict is missing in all rows of the training part.",
            example: "describe price", in: ["Trainer", "Trainer+Ranking"]),
        ErrorCode(
            "R0408", "a target that never changes",
            "There is nothing to learn when all training rows have the same answer.",
            example: "describe price", in: ["Trainer"]),
        ErrorCode(
            "R0409", "weights that are no weights",
            "Weights are numbers of at least 0, known in every training row.",
            example: "describe sqft", in: ["RecommenderCatalogue", "Trainer"]),
        ErrorCode(
            "R0410", "a class that never occurs",
            "The goal names a value of the target that no row has.",
            example: "goal predict type = \"condo\"", in: ["RecommendedLists", "TaskResolution"]),
        ErrorCode(
            "R0411", "a target that cannot be predicted",
            "Dates, times and durations are no targets. A number made from them is one.",
            example: "derive days = days_between(sold_on, 2020-01-01)", in: ["ResolvedRecommendation", "TaskResolution"]),
        ErrorCode(
            "R0412", "a family without an intercept",
            "Only linear families have a constant that can be left out.",
            example: "fit linear without intercept", in: ["FitReading"]),
        ErrorCode(
            "R0414", "a model without rows kept apart",
            """
            Judged on the rows that it learned from, a model flatters itself. A split keeps rows apart; `on all` fits on every row \
            for plain statistics.
            """,
            example: "split 60/20/20", in: ["FitReading"]),
        ErrorCode(
            "R0415", "a goal that compares no metric",
            "succeed when compares metrics with numbers.",
            example: "goal predict price succeed when mape < 10%", in: ["GoalCheck"]),
        ErrorCode(
            "R0420", "shares that do not add up",
            "Shares add up to 100, to 1, or to the number of rows.",
            example: "split 60/20/20", in: ["SplitMaker"]),
        ErrorCode(
            "R0421", "a part without rows",
            "Every part of a split needs a share above 0.",
            example: "split 80/20", in: ["SplitMaker"]),
        ErrorCode(
            "R0422", "too few rows for the parts",
            "Each part of a split needs at least one row.",
            example: "split 80/20", in: ["SplitMaker"]),
        ErrorCode(
            "R0423", "too many rows of one moment",
            "Rows of one moment stay together, and that leaves a part empty. A finer column or a split at random helps.",
            example: "split 60/20/20", in: ["SplitMaker"]),
        ErrorCode(
            "R0424", "folds that the rows do not allow",
            "The number of folds is at least 2 and at most the number of training rows.",
            example: "split 80/20 folds 5", in: ["SplitMaker"]),
        ErrorCode(
            "R0425", "fewer groups than folds",
            "Rows of one group stay in one fold, so each fold needs a group of its own.",
            example: "split 80/20 folds 2", in: ["SplitMaker"]),
        ErrorCode(
            "R0426", "fewer groups than parts",
            "Rows of one group stay in one part, so each part needs a group of its own.",
            example: "split 80/20", in: ["SplitMaker"]),
        ErrorCode(
            "R0427", "a split after the test part was seen",
            "Another split would mix rows that have been looked at into training.",
            example: "load demo \"house_sales\" as fresh", in: ["SplitVerb"]),
        ErrorCode(
            "R0428", "clauses of split that contradict each other",
            "using takes the parts from a column; by, stratify and group each decide on their own how rows are drawn.",
            example: "split 60/20/20 by sold_on", in: ["SplitVerb"]),
        ErrorCode(
            "R0430", "a part of a table without a split",
            "The table has no parts so far.",
            example: "split 60/20/20", in: ["PartSelection", "RowSteps"]),
        ErrorCode(
            "R0431", "a part that the split does not have",
            "Two shares make train and test, three have validation between them.",
            example: "split 60/20/20", in: ["PartSelection", "RankingErrors"]),
        ErrorCode(
            "R0432", "no column says when",
            "A window needs a date column, and the table has none or several. `at` in the goal names the one that counts.",
            example: "goal predict price at sold_on", in: ["PartSelection"]),
        ErrorCode(
            "R0433", "a column without dates",
            "A split by time or a window needs dates. cast reads them from text.",
            example: "cast sold_on date", in: ["PartSelection", "SplitVerb"]),
        ErrorCode(
            "R0434", "rows that are fixed by a split",
            "After a split, rows come and go in the training part alone, so that the test part stays what it was.",
            example: "filter price > 1 on train", in: ["RowSteps"]),
        ErrorCode(
            "R0435", "a column that does not name parts",
            "The column of using holds the words train, validation and test, and gaps for rows in no part.",
            example: "split 60/20/20", in: ["SplitVerb"]),
        ErrorCode(
            "R0436", "another part than train",
            "Steps that change rows after a split work on the training part only.",
            example: "filter price > 1 on train", in: ["RowSteps"]),
        ErrorCode(
            "R0440", "a model of another target",
            "The goal has changed since the model was fitted.",
            example: "fit linear", in: ["ExplainVerb", "Judgement", "Scoring", "Tuner"]),
        ErrorCode(
            "R0441", "no row has a value of the target",
            "Nothing can be judged where the answer is unknown.",
            example: "describe price", in: ["ModelCheck", "RankingTruth", "Scoring", "Tuner"]),
        ErrorCode(
            "R0442", "too few training rows for folds",
            "Cross-validation needs more rows, or a validation part takes its place.",
            example: "split 60/20/20", in: ["Scoring"]),
        ErrorCode(
            "R0443", "a goal that predicts nothing",
            "The goal names no column to predict, or the model looks for groups: there is no answer that could be right or wrong.",
            example: "goal predict price",
            in: ["CompareVerb", "ExplainVerb", "GroupingReport", "Judgement", "ModelCharts", "Scoring", "Trainer", "TuneVerb", "Tuner"]),
        ErrorCode(
            "R0444", "rows that the model has seen",
            "The model learned from these rows, so that its score on them would flatter it.",
            example: "score linear", in: ["Judgement"]),
        ErrorCode(
            "R0445", "rows that have changed since the fit",
            "Rows came or went after the model was fitted: it is fitted again.",
            example: "fit linear", in: ["Judgement"]),
        ErrorCode(
            "R0446", "no row is left to judge",
            "The part, the scope of the goal and where together leave nothing.",
            example: "count", in: ["Judgement", "RecommenderCatalogue", "TuneVerb"]),
        ErrorCode(
            "R0447", "a metric that does not judge this task",
            "Some metrics judge numbers, others classes. `help metrics` says which.",
            example: "goal predict price succeed when mape < 10%", in: ["GoalCheck", "Judgement", "TuneVerb"]),
        ErrorCode(
            "R0449", "a model that misses the goal",
            "A release needs a model that meets the goal, or a reason why it is released nevertheless.",
            example: "deploy linear as house_price despite \"a first trial\"", in: ["DeployVerb"]),
        ErrorCode(
            "R0450", "too many values for one column each",
            "Every value would become a column of its own. Such a column is dropped, or its values grouped first.",
            example: "drop address", in: ["EncodeOneHotStep", "EncodeWordsStep"]),
        ErrorCode(
            "R0451", "a level that stands twice",
            "Each level of an order is named once.",
            example: "encode school_rating ordinal [\"F\", \"D\", \"C\", \"B\", \"A\"]", in: ["EncodeOrdinalStep"]),
        ErrorCode(
            "R0452", "a level that the order does not have",
            "The column holds a value that the list leaves out.",
            example: "encode school_rating ordinal [\"F\", \"D\", \"C\", \"B\", \"A\"]", in: ["EncodeOrdinalStep"]),
        ErrorCode(
            "R0453", "ends that leave no room between them",
            "The first end is a number below the second.",
            example: "scale sqft minmax range 0..100", in: ["ScaleStep", "ScaleVerb"]),
        ErrorCode(
            "R0454", "a value of another type than the column",
            "Gaps are filled by values of the type that the column holds.",
            example: "impute sqft with 0", in: ["ImputeStep"]),
        ErrorCode(
            "R0455", "a key that looks at other rows",
            "A key says something about one row alone. A column made first can be a key.",
            example: "derive area_key = standard(address)", in: ["LearnedExpression"]),
        ErrorCode(
            "R0456", "more clusters than rows",
            "Every cluster holds at least one row. Ask for fewer clusters, or take more rows.",
            example: "fit kmeans clusters 5", in: ["KMeansLearner"]),
        ErrorCode(
            "R0457", "more components than columns",
            "There are as many directions as there are columns. Ask for fewer components, or give more columns.",
            example: "fit pca components 2", in: ["PCALearner"]),
        ErrorCode(
            "R0458", "more neighbors than rows",
            "As many training rows answer as are asked for. Ask for fewer, or take more rows.",
            example: "fit knn neighbors 5", in: ["KNNLearner"]),
        ErrorCode(
            "R0459", "the logarithm of classes",
            "Only a number has a logarithm to learn.",
            example: "fit linear target log", in: ["LogTarget", "Trainer+Ranking"]),
        ErrorCode(
            "R0460", "the logarithm of a number that is not above 0",
            "A model of logarithms learns from positive targets only. The others can be left out, or the target learned as it is.",
            example: "fit linear where price > 0 target log", in: ["LogTarget"]),
        ErrorCode(
            "R0730", "sparse columns that a family cannot take",
            "The family needs every value of the columns written out, which would take more memory than is given to it. Fewer columns, or a family that takes sparse ones as they are.",
            example: "encode notes words levels 200", in: ["SharedBins", "TrainingData"]),
        ErrorCode(
            "R0731", "a part of a date that does not exist",
            "Dates and times have a year, quarter, month, week, day, weekday, hour and minute; those that come round again have a cycle.",
            example: "encode sold_on parts [\"year\", \"month\"]", in: ["EncodeVerb"]),
        ErrorCode(
            "R0732", "a value that stands for no level",
            "A level without a place becomes another level, a whole number, or missing.",
            example: "encode school_rating ordinal [\"F\", \"D\", \"C\", \"B\", \"A\"] otherwise missing", in: ["EncodeVerb"]),
        ErrorCode(
            "R0790", "a loss for another kind of target",
            "squared, absolute, quantile and poisson are losses of numbers, logistic is that of classes.",
            example: "fit boost loss absolute", in: ["BoostingTarget"]),
        ErrorCode(
            "R0791", "negative numbers where counts are expected",
            "`loss poisson` predicts means of counts, which are never below 0.",
            example: "fit boost loss squared", in: ["BoostingTarget"]),
    ]
}
