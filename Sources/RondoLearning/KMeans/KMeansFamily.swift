package import RondoKernels
package import RondoSignature

/// k-means: rows in groups around centres.
package enum KMeansFamily: ModelFamily {
    package static let signature = FamilySignature(
        "kmeans",
        summary: "groups of rows that lie close together",
        details: """
            Minimises the sum of squared distances of the rows from the centre of their cluster. The columns are standardised first by a
            step that the recipe shows; the table of centres is in the units before. The starts are drawn by k-means++ (each next centre
            among several candidates, drawn with chances that grow with the squared distance from the centres so far, the best one kept);
            Lloyd's iterations follow until no row changes its cluster. Of three starts the best one stays. Clusters are numbered from the
            largest on. An answer is the number of the nearest centre.

            Source: Arthur and Vassilvitskii 2007, k-means++: the advantages of careful seeding, SODA; Lloyd 1982, IEEE Transactions on
            Information Theory 28.
            """,
        searchWords: ["cluster", "groups", "segments", "unsupervised"],
        tasks: [.grouping],
        parameters: [
            ParameterShape("clusters", .integer(lower: 1, upper: 10_000), default: "8", summary: "how many groups")
        ],
        needsNumbers: true, needsScale: true, readable: "centres")

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        let checked = try CheckedOptions(options, for: signature)
        return KMeansLearner(clusters: checked.integer("clusters") ?? 8)
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try KMeansModel(from: archive) }
}
