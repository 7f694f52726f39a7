import RondoExpressions
package import RondoFrame
package import RondoKernels
import RondoLanguage
import RondoLearning
import RondoRecipes

/// Answers of a release, one a row: value, range, confidence, warnings, or the fallback with its reason.
package struct BundleAnswers: Sendable {
    /// Number or class name; missing where the fallback answers.
    package let prediction: Column
    package let lower: Column
    package let upper: Column
    /// Regression: share of unseen rows with predictions of this size that were close. Classes: probability of the answer.
    package let confidence: Column
    /// Probability of each class; empty for regression.
    package let probabilities: [(name: String, values: [Double])]
    /// Warnings of a row, joined by `; `, empty when there is none.
    package let warnings: [String]
    /// Why the fallback answers, nil where the model does.
    package let fallbackReasons: [String?]
}

extension Bundle {
    /// Answers rows with the bundle's input columns; other columns are ignored, absent ones count as missing.
    /// - Throws: `Fault` when a column has a type that cannot be taken for the one in training.
    package func answers(for rows: Frame, context: ComputeContext) throws -> BundleAnswers {
        let typed = try BundleInput.typed(rows, as: predictor.inputs)
        let answer = try predictor.predict(typed, collectsRemarks: true, context: context)
        var notes = Array(repeating: [String](), count: rows.rowCount)
        let gaps = BundleInput.missing(in: typed, inputs: predictor.inputs)
        for row in gaps.indices where !gaps[row].isEmpty { notes[row].append("missing: \(gaps[row].joined(separator: ", "))") }
        for remark in answer.remarks.all where remark.kind != .imputed {
            for row in remark.rows { notes[Int(row)].append(BundleInput.words(remark)) }
        }
        for row in 0..<rows.rowCount {
            let outside = profile.outside(answer.features, row: row)
            if !outside.isEmpty { notes[row].append("outside the training range: \(outside.joined(separator: ", "))") }
        }
        let predicted = BundleInput.column(answer.predictions, target: predictor.target)
        for condition in conditions {
            let unlike = try failing(condition, rows: typed, predicted: predicted, context: context)
            for row in unlike { notes[Int(row)].append("outside what the model was trained on: \(condition)") }
        }
        let reasons = try fallbackReasons(rows: typed, predicted: predicted, context: context)
        return BundleInput.assembled(answer.predictions, predicted: predicted, errors: errors, notes: notes, reasons: reasons)
    }

    private func fallbackReasons(rows: Frame, predicted: Column, context: ComputeContext) throws -> [String?] {
        var reasons = Array(repeating: String?.none, count: rows.rowCount)
        for name in required {
            let mask = rows[name]?.missingMask() ?? Array(repeating: true, count: rows.rowCount)
            for row in mask.indices where mask[row] && reasons[row] == nil { reasons[row] = "\(name) is missing" }
        }
        if let scope {
            for row in try failing(scope, rows: rows, predicted: predicted, context: context) where reasons[Int(row)] == nil {
                reasons[Int(row)] = "outside scope: \(scope)"
            }
        }
        for condition in strictConditions {
            for row in try failing(condition, rows: rows, predicted: predicted, context: context) where reasons[Int(row)] == nil {
                reasons[Int(row)] = "fails the check \(condition)"
            }
        }
        return reasons
    }

    /// Rows for which a condition is false; where it cannot be known (missing) they pass. The target is taken as predicted.
    /// Columns that the rows do not bring are missing.
    private func failing(_ condition: String, rows: Frame, predicted: Column, context: ComputeContext) throws -> [Int32] {
        let tree = try ExpressionParser.parse(condition)
        var remarks = StepRemarks(collects: false)
        let complete = try BundleInput.completed(rows, inputs: predictor.inputs)
        var frame = complete
        try frame.set(predictor.target.column, predicted)
        guard let compiled = try? CompiledExpression(tree, schema: Schema(frame), expects: .truth) else {
            // Not a loaded column: perhaps one that the recipe makes.
            let prepared = try predictor.recipe.apply(
                to: complete, skippingReachedFrom: predictor.targetInputs, remarks: &remarks, context: context)
            guard let later = try? CompiledExpression(tree, schema: Schema(prepared), expects: .truth), !later.hasAggregates else {
                return []
            }
            return try later.failing(on: prepared, context: context)
        }
        if compiled.hasAggregates { return [] }
        return try compiled.failing(on: frame, context: context)
    }
}

extension CompiledExpression {
    /// Rows for which the condition is false (not missing).
    func failing(on frame: Frame, context: ComputeContext) throws -> [Int32] {
        let column = try evaluate(on: frame, aggregates: .none, context: context).column
        guard case .truth(let values) = column.storage else { return [] }
        return values.indices.filter { values[$0] == 0 }.map { Int32($0) }
    }
}

/// Small parts of answering.
enum BundleInput {
    /// The input columns in the types of training: words that read wholly as a number or date are taken as such, and the reverse.
    static func typed(_ rows: Frame, as inputs: [Predictor.InputColumn]) throws -> Frame {
        var result = rows
        for input in inputs {
            guard let column = rows[input.name], column.type != input.type else { continue }
            if column.missingCount == column.count {
                try result.set(input.name, .scalars(Array(repeating: .missing, count: column.count), type: input.type))
                continue
            }
            let cast = try column.cast(to: input.type)
            guard cast.failures == 0 else {
                throw Fault(
                    "R0528", "\(input.name) should be \(input.type.rawValue), but \(cast.examples.first ?? "a value") is not",
                    remedy: "give \(input.name) the type it had in training", subject: input.name)
            }
            try result.set(input.name, cast.column)
        }
        return result
    }

    /// Names of the input columns that each row does not bring.
    static func missing(in rows: Frame, inputs: [Predictor.InputColumn]) -> [[String]] {
        var names = Array(repeating: [String](), count: rows.rowCount)
        for input in inputs {
            guard let mask = rows[input.name]?.missingMask() else {
                for row in names.indices { names[row].append(input.name) }
                continue
            }
            for row in mask.indices where mask[row] { names[row].append(input.name) }
        }
        return names
    }

    /// The rows with the input columns that they do not bring, all missing.
    static func completed(_ rows: Frame, inputs: [Predictor.InputColumn]) throws -> Frame {
        var result = rows
        for input in inputs where rows[input.name] == nil {
            try result.set(input.name, .scalars(Array(repeating: .missing, count: rows.rowCount), type: input.type))
        }
        return result
    }

    static func words(_ remark: StepRemarks.Remark) -> String {
        switch remark.kind {
        case .imputed: "\(remark.column) was missing and filled"
        case .unseenLevel: "\(remark.column) has a value that training did not have"
        case .conversionFailed: "\(remark.column) could not be converted"
        case .noMatch: "\(remark.column) has no match in the joined table"
        }
    }

    /// The predicted values as a column: numbers, or class names.
    static func column(_ predictions: Predictions, target: ResolvedTarget.Description) -> Column {
        switch predictions {
        case .numbers(let values): return .numbers(values)
        case .probabilities(let columns, let names):
            let codes = PredictedClass.codes(columns)
            return Column(.category(codes, Levels(names)))
        }
    }

    static func assembled(
        _ predictions: Predictions, predicted: Column, errors: ErrorProfile?, notes: [[String]], reasons: [String?]
    ) -> BundleAnswers {
        let rows = reasons.indices
        let kept = rows.map { reasons[$0] == nil ? Int32($0) : -1 }
        func masked(_ values: [Double]) -> Column { .numbers(rows.map { reasons[$0] == nil ? values[$0] : .nan }) }
        let warnings = rows.map { row in (notes[row] + (reasons[row].map { ["no estimate: \($0)"] } ?? [])).joined(separator: "; ") }
        let nothing = Array(repeating: Double.nan, count: reasons.count)
        switch predictions {
        case .numbers(let values):
            let width = errors?.halfWidth ?? .nan
            return BundleAnswers(
                prediction: predicted.gathering(kept), lower: masked(values.map { $0 - width }), upper: masked(values.map { $0 + width }),
                confidence: masked(values.map { value in errors.map { $0.confidence(value) } ?? .nan }), probabilities: [],
                warnings: warnings, fallbackReasons: reasons)
        case .probabilities(let columns, let names):
            let best = rows.map { row in columns.map { $0[row] }.max() ?? .nan }
            return BundleAnswers(
                prediction: predicted.gathering(kept), lower: masked(nothing), upper: masked(nothing), confidence: masked(best),
                probabilities: zip(names, columns).map { ($0, $1) }, warnings: warnings, fallbackReasons: reasons)
        }
    }
}

/// The class that probabilities answer with.
package enum PredictedClass {
    /// Index of the greatest probability a row, the earlier class on ties; -1 without classes.
    package static func codes(_ columns: [[Double]]) -> [Int32] {
        guard let rows = columns.first?.count else { return [] }
        return (0..<rows).map { row in
            var best: Int32 = -1
            var value = -Double.infinity
            for (index, column) in columns.enumerated() where column[row] > value {
                value = column[row]
                best = Int32(index)
            }
            return best
        }
    }
}
