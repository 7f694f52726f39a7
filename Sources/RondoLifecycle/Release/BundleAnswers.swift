package import RondoFrame
package import RondoKernels
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
    /// The same without the reasons of the fallback, by kind.
    package let notes: AnswerNotes
    /// Why the fallback answers, nil where the model does.
    package let fallbackReasons: [String?]
}

extension Bundle {
    /// Answers rows with the bundle's input columns; other columns are ignored, absent ones count as missing.
    /// - Throws: `Fault` when a column has a type that cannot be taken for the one in training.
    package func answers(for rows: Frame, context: ComputeContext) throws -> BundleAnswers {
        let typed = try BundleInput.typed(rows, as: predictor.inputs)
        let answer = try predictor.answer(typed, context: context)
        var notes = AnswerNotes(rowCount: rows.rowCount)
        let gaps = BundleInput.gaps(in: typed, inputs: predictor.inputs)
        for (name, rows) in gaps { notes.add(.missing, name, rows) }
        let missing = Dictionary(gaps.map { ($0.name, Set($0.rows)) }) { first, _ in first }
        for remark in answer.remarks.all {
            guard let kind = AnswerNotes.Kind(remark.kind) else { continue }
            // What follows from a gap is said once, as the gap.
            let sources = predictor.recipe.inputs(of: [remark.column], columns: predictor.inputs.map(\.name))
            let said = sources.reduce(into: Set<Int32>()) { $0.formUnion(missing[$1] ?? []) }
            notes.add(kind, remark.column, remark.rows.filter { !said.contains($0) })
        }
        for row in 0..<rows.rowCount {
            for name in profile.outside(answer.features, row: row) { notes.add(.outsideRange, name, [Int32(row)]) }
        }
        let predicted = BundleInput.column(answer.predictions, target: predictor.target, threshold: predictor.decision?.threshold)
        let known = try known(answer)
        for condition in conditions {
            notes.add(.failsCheck, condition, try BundleCondition(condition, on: known).failing(on: known, context: context))
        }
        if let groups = predictor.fitted as? any GroupingModel, case .numbers(let values) = answer.predictions {
            for (row, value) in values.enumerated() {
                if let words = groups.remark(value) { notes.add(.apart, words, [Int32(truncatingIfNeeded: row)]) }
            }
        }
        for (row, words) in unsure(answer.predictions) { notes.add(.unsure, words, [row]) }
        let reasons = try fallbackReasons(rows: typed, known: known, context: context)
        return BundleInput.assembled(
            answer.predictions, predicted: predicted, threshold: predictor.decision?.threshold, errors: errors, notes: notes,
            reasons: reasons)
    }

    /// Rows for which more classes than one are possible at the level of the release, or none, in words.
    private func unsure(_ predictions: Predictions) -> [(row: Int32, words: String)] {
        guard let classRange, case .probabilities(let columns, let names) = predictions, let count = columns.first?.count else { return [] }
        let level = "at \(Scalar.plain((classRange.level * 1e4).rounded() / 100)) %"
        return (0..<count).compactMap { row in
            let possible = classRange.possible(row, columns)
            guard possible.count != 1 else { return nil }
            let words = possible.isEmpty ? "no class is probable enough" : possible.map { names[$0] }.joined(separator: " or ")
            return (Int32(truncatingIfNeeded: row), "\(words) \(level)")
        }
    }

    /// Rows in the values as the user knows them, the target as the model predicts it.
    package func knownFrame(of rows: Frame, context: ComputeContext) throws -> Frame {
        let answer = try predictor.answer(try BundleInput.typed(rows, as: predictor.inputs), context: context)
        return try known(answer)
    }

    private func known(_ answer: Predictor.Answer) throws -> Frame {
        var known = answer.known
        try known.set(
            predictor.target.column,
            BundleInput.column(answer.predictions, target: predictor.target, threshold: predictor.decision?.threshold))
        return known
    }

    /// - Parameter known: as `knownFrame` gives them.
    private func fallbackReasons(rows: Frame, known: Frame, context: ComputeContext) throws -> [String?] {
        var reasons = Array(repeating: String?.none, count: rows.rowCount)
        for name in required {
            let mask = rows[name]?.missingMask() ?? Array(repeating: true, count: rows.rowCount)
            for row in mask.indices where mask[row] && reasons[row] == nil { reasons[row] = "\(name) is missing" }
        }
        let rules = (scope.map { [($0, "outside scope:")] } ?? []) + strictConditions.map { ($0, "fails the check") }
        for (condition, words) in rules {
            for row in try BundleCondition(condition, on: known).failing(on: known, context: context) where reasons[Int(row)] == nil {
                reasons[Int(row)] = "\(words) \(condition)"
            }
        }
        return reasons
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

    /// The rows in which each input column is missing, columns without such rows left out.
    static func gaps(in rows: Frame, inputs: [Predictor.InputColumn]) -> [(name: String, rows: [Int32])] {
        inputs.compactMap { input in
            let mask = rows[input.name]?.missingMask() ?? Array(repeating: true, count: rows.rowCount)
            let missing = mask.indices.filter { mask[$0] }.map { Int32($0) }
            return missing.isEmpty ? nil : (input.name, missing)
        }
    }

    /// The predicted values as a column: numbers, or class names.
    static func column(_ predictions: Predictions, target: ResolvedTarget.Description, threshold: Double? = nil) -> Column {
        switch predictions {
        case .numbers(let values): return .numbers(values)
        case .probabilities(let columns, let names):
            let codes = PredictedClass.codes(columns, threshold: threshold)
            return Column(.category(codes, Levels(names)))
        }
    }

    static func assembled(
        _ predictions: Predictions, predicted: Column, threshold: Double? = nil, errors: ErrorProfile?, notes: AnswerNotes,
        reasons: [String?]
    ) -> BundleAnswers {
        let rows = reasons.indices
        let kept = rows.map { reasons[$0] == nil ? Int32($0) : -1 }
        func masked(_ values: [Double]) -> Column { .numbers(rows.map { reasons[$0] == nil ? values[$0] : .nan }) }
        let warnings = rows.map { row in (notes.words(row) + (reasons[row].map { ["no estimate: \($0)"] } ?? [])).joined(separator: "; ") }
        let nothing = Array(repeating: Double.nan, count: reasons.count)
        switch predictions {
        case .numbers(let values):
            let widths = values.map { errors?.halfWidth(around: $0) ?? .nan }
            return BundleAnswers(
                prediction: predicted.gathering(kept), lower: masked(zip(values, widths).map { $0 - $1 }),
                upper: masked(zip(values, widths).map { $0 + $1 }),
                confidence: masked(values.map { value in errors.map { $0.confidence(value) } ?? .nan }), probabilities: [],
                warnings: warnings, notes: notes, fallbackReasons: reasons)
        case .probabilities(let columns, let names):
            // The probability of the answer, which a threshold may make the lesser one.
            let answers = PredictedClass.codes(columns, threshold: threshold)
            let best = rows.map { row in answers[row] >= 0 ? columns[Int(answers[row])][row] : .nan }
            return BundleAnswers(
                prediction: predicted.gathering(kept), lower: masked(nothing), upper: masked(nothing), confidence: masked(best),
                probabilities: zip(names, columns).map { ($0, $1) }, warnings: warnings, notes: notes, fallbackReasons: reasons)
        }
    }
}

/// The class that probabilities answer with.
package enum PredictedClass {
    /// Index of the greatest probability a row, the earlier class on ties; -1 without classes.
    /// - Parameter threshold: with two classes, the least probability of the positive one that is answered with it.
    package static func codes(_ columns: [[Double]], threshold: Double? = nil) -> [Int32] {
        guard let rows = columns.first?.count else { return [] }
        if let threshold, columns.count == 2 { return columns[1].map { $0 >= threshold ? 1 : 0 } }
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
