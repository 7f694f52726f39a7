package import RondoKernels
package import RondoSignature

/// A family whose models are the mean of many trees.
package protocol AveragedTreesFamily: ModelFamily {
    /// Whether one cut a column is drawn, from all rows; else the best one is searched for, in rows drawn with replacement.
    static var drawsCuts: Bool { get }
}

extension AveragedTreesFamily {
    /// Zeros take a byte as codes.
    package static var takesSparse: Bool { true }

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        let checked = try CheckedOptions(options, for: signature)
        return AveragedTreesLearner<Self>(
            trees: checked.integer("trees") ?? 100, depth: checked.integer("depth"), leaf: checked.integer("leaf") ?? 1,
            features: checked.integer("features"))
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try AveragedTreesModel<Self>(from: archive) }

    /// - Parameter leaf: what the parameter of this name bounds.
    static func parameters(leaf: String) -> [ParameterShape] {
        [
            ParameterShape("trees", .integer(lower: 1, upper: 100_000), default: "100", summary: "how many trees"),
            ParameterShape("depth", .integer(lower: 1, upper: 10_000), default: nil, summary: "most splits from root to leaf; not limited"),
            ParameterShape("leaf", .integer(lower: 1, upper: 1_000_000_000), default: "1", summary: leaf),
            ParameterShape(
                "features", .integer(lower: 1, upper: 1_000_000), default: nil,
                summary: "columns tried at each split; all for numbers, the square root of their number for classes"),
        ]
    }
}
