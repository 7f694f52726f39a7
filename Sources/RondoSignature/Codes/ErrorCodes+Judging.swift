/// Codes of searching, choosing and judging.
extension ErrorCodes {
    static let judging = [
        ErrorCode(
            "R0801", "a range where values to try are wanted",
            "A range such as 5..30 says where to look. `random` draws from it; a list says which values to try.",
            example: "tune tree depth 5..30 random 20", in: ["ParameterGrid"]),
        ErrorCode(
            "R0802", "a grid that is too large",
            "Every combination would be fitted. Fewer values, or `random` with a number, keep it within bounds.",
            example: "tune tree depth [3, 5, 8] leaf [1, 5, 20]", in: ["ParameterGrid"]),
        ErrorCode(
            "R0803", "no trial succeeded",
            "Every combination failed; the first reason is told. A single fit shows it in full.",
            example: "fit tree", in: ["TuneVerb"]),
        ErrorCode(
            "R0804", "values to try that say nothing",
            "A list holds at least one value, and a range begins before it ends.",
            example: "tune tree depth [3, 5, 8]", in: ["GridReading"]),
        ErrorCode(
            "R0805", "a number of trials, folds or rows outside its limits",
            "Folds are at least two; trials, patience and top are at least one.",
            example: "tune tree depth 3..12 random 10 folds 5", in: ["RecommendVerb", "RunsVerb", "TuneVerb"]),
        ErrorCode(
            "R0810", "a decision about probabilities where there are none",
            "A threshold needs a target of two classes, a calibration a target of classes.",
            example: "choose linear because \"it explains itself\"", in: ["ChooseVerb"]),
        ErrorCode(
            "R0811", "a threshold that cannot be meant",
            "A threshold is a probability, the best value of a metric that counts answers, a recall to reach, or a cost with its benefit.",
            example: "choose logistic threshold best f1", in: ["ThresholdReading", "ThresholdRule"]),
        ErrorCode(
            "R0812", "rows from which no decision can be learned",
            "A threshold or a calibration needs rows of every class that the model knows.",
            example: "choose logistic threshold 0.5", in: ["ChooseVerb", "ThresholdRule"]),
        ErrorCode(
            "R0813", "groups that cannot be held against each other",
            "Fairness needs two groups at least, and not so many that chance alone tells them apart.",
            example: "fairness linear by type", in: ["FairnessVerb"]),
        ErrorCode(
            "R0814", "a share of noise or gaps outside its limits",
            "Noise and gaps are shares above 0% and up to 100%.",
            example: "stress linear noise 10% missing 20%", in: ["StressVerb"]),
        ErrorCode(
            "R0815", "a column that the model does not read, or not in this way",
            "Changing it would change no answer: stress and dependence need a column that the model reads.",
            example: "stress linear shift sqft by 10%", in: ["ExplainVerb", "PartialDependence", "StressVerb"]),
        ErrorCode(
            "R0816", "assumptions that cannot be checked",
            "The checks are for linear models of a number, with more rows than columns and something left unexplained.",
            example: "check linear", in: ["LinearDiagnostics", "ModelCheck"]),
        ErrorCode(
            "R0817", "a chart that this model does not have",
            "Residuals need a number to predict; curves and confusion need classes; a tree needs rules; dependence runs over one column.",
            example: "plot residuals of linear", in: ["ModelCharts"]),
        ErrorCode(
            "R0830", "a row that is not there",
            "Rows count from 1, as the table stands after its row steps; `errors` shows the numbers of the worst rows.",
            example: "explain tree row 17", in: ["RowExplanation"]),
        ErrorCode(
            "R0831", "a row of the sealed test part",
            "To look at it would break the seal. `on test` does so, on the record; other rows tell as much about the model.",
            example: "explain tree row 17", in: ["RowExplanation"]),
        ErrorCode(
            "R0832", "an importance that this model does not have",
            "Only trees gain by splits on a column. Permutation and Shapley values work for every family.",
            example: "explain linear method permutation", in: ["ExplainVerb"]),
        ErrorCode(
            "R0833", "a range that so few rows cannot promise",
            "A range that is left by one row in a hundred needs a hundred rows that the model has not seen. A lower level needs fewer.",
            example: "deploy linear as house_price interval 80%", in: ["ReleaseRanges"]),
        ErrorCode(
            "R0834", "a release without one answer a row",
            "A release answers a row with one value. Principal components are several; groups and scores have no range.",
            example: "deploy kmeans as kinds", in: ["DeployVerb"]),
        ErrorCode(
            "R0835", "outcomes that cannot be added up",
            "What models bring is added up over rows: the column holds numbers, durations, or true and false.",
            example: "compare outcomes lot_size", in: ["CompareOutcomes"]),
    ]
}
