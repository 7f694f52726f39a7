extension ErrorCodes {
    /// The session, the options of a model or a release: it is not there, or does not allow this.
    static let session: [ErrorCode] = [
        ErrorCode(
            "R0501", "the cell was interrupted",
            "Somebody pressed Ctrl-C. The session is as it was before the cell, which can be typed again.",
            example: "status", in: ["CellFaults"]),
        ErrorCode(
            "R0502", "an option outside of its limits",
            "The message names what the option takes. Its defaults and limits stand in the help of the family.",
            example: "fit forest trees 100", in: ["CheckedOptions", "FitReading", "GridReading"]),
        ErrorCode(
            "R0503", "a library that is not installed",
            "A part of the system that this cell needs is missing.",
            example: "status", in: ["CellFaults"]),
        ErrorCode(
            "R0504", "an option that the family does not have",
            "The help of the family lists its options.",
            example: "help fit forest", in: ["CheckedOptions"]),
        ErrorCode(
            "R0510", "a cell number that does not exist",
            "`history` lists the cells with their numbers.",
            example: "history", in: ["EditVerb", "Session+Editing"]),
        ErrorCode(
            "R0511", "categories for a family that needs numbers",
            "Words become numbers by encode.",
            example: "encode type onehot", in: ["DesignMatrix"]),
        ErrorCode(
            "R0512", "gaps for a family that needs values",
            "Gaps are filled by impute, or their rows left out.",
            example: "impute sqft median", in: ["DesignMatrix"]),
        ErrorCode(
            "R0513", "an infinite value",
            "A division by 0 or an overflow stands in the column.",
            example: "filter sqft > 0", in: ["ContentVectors", "DesignMatrix", "KMeansLearner", "PCALearner"]),
        ErrorCode(
            "R0514", "rows that do not fit the model",
            "The model was fitted on other columns, or on other people and items, than the rows bring.",
            example: "fit linear", in: ["DesignMatrix", "Interactions", "NaiveBayesModel"]),
        ErrorCode(
            "R0515", "no rows to learn from",
            "Filters and the split leave no training row.",
            example: "count", in: ["Events", "TrainingData+Checks"]),
        ErrorCode(
            "R0516", "features and target of different lengths",
            "A fault of Rondo itself, worth reporting. Fitting again often helps.",
            example: "fit linear", in: ["TrainingData+Checks"]),
        ErrorCode(
            "R0517", "weights that say nothing",
            "Weights are numbers of at least 0, not all of them 0.",
            example: "describe sqft", in: ["TrainingData+Checks"]),
        ErrorCode(
            "R0518", "a family for another kind of target",
            "The family predicts numbers and the target has classes, or the reverse.",
            example: "fit tree", in: ["TrainingData+Checks"]),
        ErrorCode(
            "R0519", "a target that is missing or infinite",
            "Every training row needs an answer.",
            example: "filter price is not missing", in: ["TrainingData+Checks"]),
        ErrorCode(
            "R0520", "training rows of one class only",
            "One class cannot be told from another that never occurs. A split with stratify keeps both in every part.",
            example: "split 60/20/20 stratify type", in: ["TrainingData+Checks"]),
        ErrorCode(
            "R0521", "numbers too large or too small to compute with",
            "The columns lie on scales that differ too much.",
            example: "scale sqft standard", in: ["ALSLearner", "EASELearner", "LassoProblem", "WeightedLeastSquares"]),
        ErrorCode(
            "R0522", "classes that a line separates perfectly",
            "Without a penalty the coefficients would grow without bounds. A column may also tell the answer.",
            example: "fit logistic penalty 1", in: ["LogisticLearner"]),
        ErrorCode(
            "R0523", "coefficients that do not settle",
            "The search for the best coefficients did not end. A penalty or columns on one scale help.",
            example: "fit logistic penalty 1", in: ["NewtonSolver", "SparseLeastSquares"]),
        ErrorCode(
            "R0524", "more rows or columns than the family takes",
            "The message names the limit.",
            example: "drop address", in: ["BoostingLearner", "ForestLearner", "TreeLearner"]),
        ErrorCode(
            "R0527", "an input that the release does not take",
            "`releases` with the name of the release lists its inputs.",
            example: "releases house_price", in: ["PredictInputs"]),
        ErrorCode(
            "R0528", "an input of another type",
            "The release expects the type that the column had in training.",
            example: "predict house_price sqft = 1800", in: ["BundleAnswers", "PredictInputs"]),
        ErrorCode(
            "R0529", "a scope that one new row cannot tell",
            "A scope is held against each new row by itself: it reads columns that new rows bring, and no sums or means over other rows.",
            example: "deploy linear as house_price scope sqft < 9000", in: ["BundleMaking"]),
        ErrorCode(
            "R0531", "a metric with a wrong number in brackets",
            "Some metrics take a number in brackets, others none. `help metrics` says which.",
            example: "goal predict price succeed when within(10%) > 60%", in: ["Metric"]),
        ErrorCode(
            "R0532", "a metric that compares something else",
            "The metric compares numbers and the model gives classes, or the reverse.",
            example: "help metrics", in: ["ClassPairs", "NumberPairs", "PersonMetric"]),
        ErrorCode(
            "R0533", "a condition of a release that looks at other rows",
            "A release answers one row by itself: a mean or rank over a table has no meaning for it. Limits are given as numbers.",
            example: "deploy linear as town_prices scope price > 100k", in: ["BundleCondition"]),
        ErrorCode(
            "R0550", "a bundle that is gone",
            "The file of a release is no longer where it was written. It is brought back from a copy, or the model released again.",
            example: "deploy linear as house_price", in: ["StoreFault"]),
        ErrorCode(
            "R0551", "a bundle that was changed",
            "The file of a release is not the one that was written then, so it is not trusted.",
            example: "deploy linear as house_price", in: ["StoreFault"]),
        ErrorCode(
            "R0552", "a folder of a newer Rondo",
            "The record of the releases in this folder was written by a newer version.",
            example: "releases", in: ["StoreFault"]),
        ErrorCode(
            "R0553", "nothing has been released",
            "Predicting needs a release, and deploy makes one of a model.",
            example: "deploy linear as house_price", in: ["Context+Releases"]),
        ErrorCode(
            "R0554", "a record of releases that cannot be used",
            "The file that lists the releases of this folder is damaged, locked or not permitted.",
            example: "releases", in: ["StoreFault"]),
        ErrorCode(
            "R0560", "a verb that works at the prompt only",
            "Verbs that steer the shell would change what a file says.",
            example: "status", in: ["ShellRules"]),
        ErrorCode(
            "R0561", "nothing is there to take back, put back or show",
            "The session has no cell or answer of the kind that was asked for.",
            example: "history", in: ["MoreVerb", "RedoVerb", "UndoVerb"]),
        ErrorCode(
            "R0562", "a verb that is no cell of the session",
            "Verbs of the shell are not kept, so they cannot take the place of a cell.",
            example: "edit 2 filter price > 1000", in: ["EditVerb"]),
        ErrorCode(
            "R0563", "a session without a name",
            "The session has never been saved: the first time it needs the name of a file.",
            example: "save \"session.rondo\"", in: ["SaveVerb"]),
        ErrorCode(
            "R0564", "no earlier session",
            "This folder has no journal of a session that could be opened.",
            example: "open \"session.rondo\"", in: ["OpenVerb"]),
        ErrorCode(
            "R0565", "a report of an unknown kind",
            "A report is a page (.html) or a text (.md).",
            example: "report \"report.html\"", in: ["ReportVerb"]),
        ErrorCode(
            "R0566", "a word without help",
            "Neither a verb nor a family, function, metric or code has this name. In quotes the words are looked for.",
            example: "help \"remove duplicates\"", in: ["HelpVerb"]),
        ErrorCode(
            "R0567", "a new text that is no cell",
            "What follows the number in edit is a whole cell.",
            example: "edit 2 filter price > 1000", in: ["EditVerb"]),
        ErrorCode(
            "R0568", "a session saved as a report",
            "The ending belongs to reports. Sessions end in .rondo, and report writes pages.",
            example: "save \"session.rondo\"", in: ["SaveVerb"]),
        ErrorCode(
            "R0569", "a session file without cells",
            "There is nothing to open in it.",
            example: "open \"session.rondo\"", in: ["OpenVerb"]),
        ErrorCode(
            "R0570", "a parameter on the command line that cannot be read",
            "On the command line parameters are given as name=value.",
            example: "param rows = 500", in: ["GivenParameters"]),
        ErrorCode(
            "R0571", "a parameter on the command line that the session lacks",
            "The file makes no parameter of this name.",
            example: "param rows = 500", in: ["GivenParameters"]),
        ErrorCode(
            "R0572", "a parameter on the command line of another type",
            "The value takes the type of the parameter's default.",
            example: "param rows = 500", in: ["SettingText"]),
        ErrorCode(
            "R0581", "a saved step that is damaged",
            "The file was changed or cut off after it was written.",
            example: "deploy linear as house_price", in: ["StepArchive"]),
        ErrorCode(
            "R0582", "a saved table that is damaged",
            "The file was changed or cut off after it was written.",
            example: "deploy linear as house_price", in: ["FrameArchive"]),
        ErrorCode(
            "R0583", "a saved step of a newer Rondo",
            "The recipe has a kind of step that this version does not know.",
            example: "releases", in: ["RecipeSteps"]),
        ErrorCode(
            "R0584", "a saved expression that cannot be read",
            "The file is damaged, or was written by another version.",
            example: "deploy linear as house_price", in: ["SavedExpression"]),
        ErrorCode(
            "R0590", "saved data that do not fit together",
            "Parts of the file contradict each other: it is damaged or of another version.",
            example: "deploy linear as house_price",
            in: ["Archive", "Archive+Checks", "BandEdges", "GroupKeys", "LearnedAggregates", "ProbabilityCalibration"]),
        ErrorCode(
            "R0591", "saved data that are damaged",
            "The file was changed or cut off after it was written.",
            example: "deploy linear as house_price",
            in: ["ArchiveFormat", "Bundle", "ClassRange", "ErrorProfile", "LogTarget", "Predictor", "TrainingProfile"]),
        ErrorCode(
            "R0592", "a bundle with an unknown family",
            "The bundle was written by a newer Rondo.",
            example: "releases", in: ["Predictor"]),
        ErrorCode(
            "R0593", "a file that is no bundle",
            "Bundles are written by deploy and by export.",
            example: "export release house_price to \"house_price.bundle\"", in: ["Bundle"]),
        ErrorCode(
            "R0594", "a bundle of another format",
            "The bundle was written by a newer Rondo.",
            example: "releases", in: ["Bundle"]),
        ErrorCode(
            "R0599", "a fault inside Rondo",
            "The cell is not to blame. Please report it together with the cell.",
            example: "status", in: ["CellFaults", "StepCell"]),
    ]
}
