/// The registry of recipe steps: one line each.
package enum RecipeSteps {
    package static let all: [any FittedStepReading.Type] = []

    package static func named(_ kind: String) -> (any FittedStepReading.Type)? { all.first { $0.kind == kind } }
}
