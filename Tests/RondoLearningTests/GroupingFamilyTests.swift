import RondoKernels
import RondoSignature
import Testing

@testable import RondoLearning

/// k-means and principal components beside scikit-learn on the same standardised rows.
@Suite(.enabled(if: ReferenceTable.isPresent, "the reference data is not beside the package"))
struct GroupingFamilyTests {
    private static func fit(
        _ family: String, _ options: [String: FamilyOptions.Value], _ features: Features, context: ComputeContext = .quiet
    ) throws -> any GroupingModel {
        let learner = try #require(ModelFamilies.named(family)).learner(FamilyOptions(options))
        let target = TargetValues.numbers([Double](repeating: 0, count: features.rowCount))
        let model = try learner.fit(TrainingData(features: features, target: target), seed: 1, context: context)
        return try #require(model as? any GroupingModel)
    }

    private static func standardised(_ table: ReferenceTable) -> Features {
        let names = table.names.filter { $0 != table.target && $0 != "split" }
        let columns = names.compactMap { name in
            table.numbers(name).map { values in
                let moments = Moments(values)
                return Features.Feature(name, .numbers(values.map { ($0 - moments.mean) / moments.populationVariance.squareRoot() }))
            }
        }
        return Features(columns, rowCount: table.isTrain.count)
    }

    /// scikit-learn 1.9, `KMeans(3, n_init=50, tol=0)` on all rows, each column standardised with n; `silhouette_score` of its labels.
    @Test(arguments: [
        ("iris", [53, 50, 47], 139.82049635974974, 0.45994823920518646), ("wine", [65, 62, 51], 1277.9284888446423, 0.2848589191898987),
    ])
    func centresOfKMeans(dataset: String, sizes: [Double], inertia: Double, silhouette: Double) throws {
        let features = Self.standardised(try ReferenceTable(dataset))
        let model = try #require(try Self.fit("kmeans", ["clusters": .integer(3)], features) as? KMeansModel)
        #expect(model.sizes == sizes)
        #expect((model.inertia / inertia - 1).magnitude < 1e-12)
        let measures = try model.measures(features, context: .quiet)
        #expect(measures.map(\.name) == ["inertia", "silhouette"])
        #expect((measures[0].value * Double(features.rowCount) / inertia - 1).magnitude < 1e-12)
        #expect((measures[1].value - silhouette).magnitude < 1e-12)
    }

    /// Every row is in the cluster of its nearest centre, and no centre wants to move.
    @Test func rowsAreAtTheirNearestCentres() throws {
        var stream = RandomStream(seed: 4, purpose: "kmeans test")
        let columns = (0..<5).map { index in
            Features.Feature("x\(index)", .numbers((0..<3000).map { _ in stream.normal() }))
        }
        let features = Features(columns, rowCount: 3000)
        let model = try #require(try Self.fit("kmeans", ["clusters": .integer(20)], features) as? KMeansModel)
        guard case .numbers(let clusters) = try model.predict(features, context: .quiet) else { return }
        for cluster in 0..<20 {
            let rows = clusters.indices.filter { clusters[$0] == Double(cluster + 1) }
            #expect(Double(rows.count) == model.sizes[cluster])
            for (index, column) in columns.enumerated() {
                guard case .numbers(let values) = column.values else { continue }
                let mean = rows.reduce(0) { $0 + values[$1] } / Double(rows.count)
                #expect((mean - model.centres[cluster * 5 + index]).magnitude < 1e-12)
            }
        }
    }

    @Test func moreClustersThanRowsIsAnError() throws {
        let features = Features([.init("x", .numbers([1, 2, 3]))], rowCount: 3)
        let fault = #expect(throws: Fault.self) { try Self.fit("kmeans", ["clusters": .integer(4)], features) }
        #expect(fault?.code == "R0456")
        let other = #expect(throws: Fault.self) { try Self.fit("pca", ["components": .integer(2)], features) }
        #expect(other?.code == "R0457")
    }

    /// Shares of the variance on the training rows (`pca_standardised` of the reference file).
    @Test(arguments: ["iris", "wine", "breast_cancer", "diabetes", "california_housing", "bike_sharing_hourly"])
    func sharesOfComponents(_ dataset: String) throws {
        let facts = try ReferenceTable.reference(dataset)["pca_standardised"] as? [String: Any] ?? [:]
        let names = try #require(facts["features"] as? [String])
        let expected = try #require(facts["explained_variance_ratio"] as? [Double])
        let table = try ReferenceTable(dataset)
        let columns = try names.map { try #require(table.numbers($0)) }
        let complete = table.rows(train: true).filter { row in columns.allSatisfy { !$0[Int(row)].isNaN } }
        let features = Features(
            zip(names, columns).map { name, values in
                let known = complete.map { values[Int($0)] }
                let moments = Moments(known)
                return Features.Feature(name, .numbers(known.map { ($0 - moments.mean) / moments.populationVariance.squareRoot() }))
            }, rowCount: complete.count)
        let model = try #require(try Self.fit("pca", [:], features, context: ComputeContext(threads: ThreadCount(2))) as? PCAModel)
        let total = model.variances.reduce(0, +)
        #expect(model.variances.count >= expected.count)
        for (variance, share) in zip(model.variances, expected) { #expect((variance / total - share).magnitude < 1e-12) }
        let measures = try model.measures(features, context: .quiet)
        #expect((measures[0].value - 1).magnitude < 1e-12)
    }
}
