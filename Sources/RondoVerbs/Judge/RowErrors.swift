import RondoLearning
import RondoLifecycle

/// Errors row by row.
enum RowErrors {
    /// |truth - prediction| for numbers; 1 - probability of the true class for classes. Nil when they do not fit together.
    static func absolute(_ outcome: Scoring.Outcome) -> [Double]? {
        switch (outcome.truth, outcome.predictions) {
        case (.numbers(let truth), .numbers(let predicted)): zip(truth, predicted).map { abs($0 - $1) }
        case (.classes(let codes, _), .probabilities(let columns, _)):
            codes.enumerated().map { row, code in Int(code) < columns.count ? 1 - columns[Int(code)][row] : 1 }
        default: nil
        }
    }

    /// Prediction minus truth; for two classes probability minus 0 or 1; nil otherwise.
    static func signed(_ outcome: Scoring.Outcome) -> [Double]? {
        switch (outcome.truth, outcome.predictions) {
        case (.numbers(let truth), .numbers(let predicted)): zip(predicted, truth).map { $0 - $1 }
        case (.classes(let codes, let names), .probabilities(let columns, _)) where names.count == 2 && columns.count == 2:
            codes.enumerated().map { row, code in columns[1][row] - Double(code) }
        default: nil
        }
    }
}
