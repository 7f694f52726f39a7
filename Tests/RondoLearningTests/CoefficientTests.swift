import Foundation
import RondoKernels
import RondoReport
import RondoSignature
import Testing

@testable import RondoLearning

/// Coefficients beside statsmodels and scikit-learn on the same rows (`ols`, `ridge_alpha_1_standardised`, `logistic_…` in the reference file).
@Suite(.enabled(if: ReferenceTable.isPresent, "the reference data is not beside the package"))
struct CoefficientTests {
    static let numbers = ["diabetes", "ames_housing", "california_housing", "bike_sharing_hourly"]

    struct Complete {
        var features: Features
        var target: TargetValues
    }

    /// Train rows that are complete in these columns.
    static func complete(_ dataset: String, _ names: [String], standardised: Bool, classes: [String]? = nil) throws -> Complete {
        let table = try ReferenceTable(dataset)
        let columns = names.map { table.numbers($0) ?? [] }
        let rows = table.rows(train: true).filter { row in columns.allSatisfy { !$0[Int(row)].isNaN } }
        let features = columns.enumerated().map { index, column -> Features.Feature in
            let values = rows.map { column[Int($0)] }
            guard standardised else { return Features.Feature(names[index], .numbers(values)) }
            let moments = Moments(values)
            return Features.Feature(names[index], .numbers(values.map { ($0 - moments.mean) / moments.populationVariance.squareRoot() }))
        }
        return Complete(features: Features(features, rowCount: rows.count), target: table.targetValues(classes: classes).gathering(rows))
    }

    static func close(_ value: Double, _ reference: Double, _ tolerance: Double) -> Bool {
        (value - reference).magnitude <= tolerance * max(reference.magnitude, 1e-300)
    }

    @Test(arguments: numbers) func ordinaryLeastSquares(_ dataset: String) throws {
        let facts = try #require(try ReferenceTable.reference(dataset)["ols"] as? [String: Any])
        let left = facts["dropped_as_collinear"] as? [String] ?? []
        let kept = facts["features"] as? [String] ?? []
        // Columns that the reference left out come last: earlier columns win.
        let data = try Self.complete(dataset, kept + left, standardised: false)
        #expect(data.features.rowCount == facts["n"] as? Int)
        let learner = try LinearFamily.learner(FamilyOptions())
        let fitted = try learner.fit(TrainingData(features: data.features, target: data.target), seed: 1, context: .quiet)
        let model = try #require(fitted as? LinearModel)
        #expect(model.dropped == left)
        let table = try #require(model.learned.first)
        #expect(table.columns.map(\.name) == ["term", "estimate", "standard_error", "t", "p", "standardised"])
        for (position, name) in ["coef", "std_err", "t", "p"].enumerated() {
            let values = facts[name] as? [String: Double] ?? [:]
            #expect(values.count == kept.count + 1)
            for row in table.rows {
                guard case .text(let term) = row[0], let expected = values[term == "intercept" ? "const" : term] else { continue }
                let value = row[position + 1].number ?? .nan
                let tolerance = name == "p" ? 1e-6 : 1e-8
                #expect(expected < 1e-290 || Self.close(value, expected, tolerance), "\(dataset) \(name) \(term): \(value), \(expected)")
            }
        }
        #expect(Self.close(model.rSquared, facts["r2"] as? Double ?? .nan, 1e-9))
        #expect(Self.close(model.residualDeviation, facts["residual_sd"] as? Double ?? .nan, 1e-9))
    }

    @Test(arguments: numbers) func ridge(_ dataset: String) throws {
        let facts = try #require(try ReferenceTable.reference(dataset)["ridge_alpha_1_standardised"] as? [String: Any])
        let data = try Self.complete(dataset, facts["features"] as? [String] ?? [], standardised: true)
        let learner = try RidgeFamily.learner(FamilyOptions(["penalty": .integer(1)]))
        let fitted = try learner.fit(TrainingData(features: data.features, target: data.target), seed: 1, context: .quiet)
        let model = try #require(fitted as? RidgeModel)
        #expect(Self.close(model.intercept, facts["intercept"] as? Double ?? .nan, 1e-9))
        let expected = facts["coef"] as? [String: Double] ?? [:]
        for (name, coefficient) in zip(model.names, model.coefficients) {
            #expect(Self.close(coefficient, expected[name] ?? .nan, 1e-9), "\(dataset) \(name): \(coefficient) \(expected[name] ?? .nan)")
        }
    }

    static let binary = ["breast_cancer", "titanic", "telco_churn", "adult_income"]

    private static func classes(_ dataset: String) throws -> [String] {
        let positive = try ReferenceTable.reference(dataset)["positive"].map { "\($0)" } ?? ""
        let table = try ReferenceTable(dataset)
        return Set(table.column(table.target)).sorted().filter { $0 != positive } + [positive]
    }

    @Test(arguments: binary, [0, 1]) func logistic(_ dataset: String, _ penalty: Int) throws {
        let key = penalty == 0 ? "logistic_mle_standardised" : "logistic_l2_c1_standardised"
        let facts = try #require(try ReferenceTable.reference(dataset)[key] as? [String: Any])
        let data = try Self.complete(
            dataset, facts["features"] as? [String] ?? [], standardised: true, classes: Self.classes(dataset))
        let learner = try LogisticFamily.learner(FamilyOptions(["penalty": .integer(Int64(penalty))]))
        let training = TrainingData(features: data.features, target: data.target)
        guard facts["error"] == nil else {
            // The reference found perfect separation too.
            #expect { try learner.fit(training, seed: 1, context: .quiet) } throws: { ($0 as? Fault)?.code == "R0522" }
            return
        }
        let model = try #require(try learner.fit(training, seed: 1, context: .quiet) as? LogisticModel)
        let expected = facts["coef"] as? [String: Double] ?? [:]
        let intercept = facts["intercept"] as? Double ?? expected["const"] ?? .nan
        #expect(Self.close(model.intercepts[0], intercept, 1e-6))
        for (name, coefficient) in zip(model.names, model.coefficients[0]) {
            #expect(Self.close(coefficient, expected[name] ?? .nan, 1e-6), "\(dataset) \(name): \(coefficient) \(expected[name] ?? .nan)")
        }
        let errors = facts["std_err"] as? [String: Double] ?? [:]
        for row in try #require(model.learned.first).rows where penalty == 0 {
            guard case .text(let term) = row[0] else { continue }
            #expect(Self.close(row[2].number ?? .nan, errors[term == "intercept" ? "const" : term] ?? .nan, 1e-5))
        }
    }
}
