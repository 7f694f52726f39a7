package import RondoKernels
package import RondoSignature

/// Principal components: the directions in which rows differ most.
package enum PCAFamily: ModelFamily {
    package static let signature = FamilySignature(
        "pca",
        summary: "the directions in which rows differ most",
        details: """
            Eigenvectors of the covariance of the columns, which are standardised first by a step that the recipe shows: the largest share
            of the variance comes first. The sign of a component is chosen so that its greatest loading is positive. An answer is the place of
            a row along the first component; `explain` shows all of them with their loadings and shares.

            Source: Jolliffe, Principal Component Analysis, 2nd edition, sections 1.1 and 2.3.
            """,
        searchWords: ["principal", "components", "dimension", "unsupervised"],
        tasks: [.grouping],
        parameters: [
            ParameterShape(
                "components", .integer(lower: 1, upper: 10_000), default: nil, summary: "how many are kept; all by default")
        ],
        needsNumbers: true, needsScale: true, readable: "loadings")

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        PCALearner(components: try CheckedOptions(options, for: signature).integer("components"))
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try PCAModel(from: archive) }
}
