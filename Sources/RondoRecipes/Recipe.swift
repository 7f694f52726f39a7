package import RondoFrame
package import RondoKernels

/// An ordered list of column steps: how the columns of a table come about from its loaded rows.
package struct Recipe: Sendable {
    package enum Origin: Sendable, Hashable {
        /// A cell of the user.
        case cell
        /// Added by `fit` on its own, with the reason in words.
        case automatic(String)
    }
    package struct Entry: Sendable {
        package let step: any RecipeStep
        package let origin: Origin
        /// The step in words of the language: `impute sqft median by type, zip`.
        package let text: String

        package init(_ step: any RecipeStep, origin: Origin = .cell, text: String) {
            self.step = step
            self.origin = origin
            self.text = text
        }
    }
    package var entries: [Entry]

    package init(_ entries: [Entry] = []) { self.entries = entries }

    /// Columns after all steps that are reached by one of `sources` through any chain of steps, sources included while they last.
    package func reached(from sources: Set<String>, columns: [String]) -> Set<String> {
        var reached = sources
        var present = columns
        for entry in entries {
            let dependencies = entry.step.dependencies(in: present)
            let before = reached
            for (column, inputs) in dependencies {
                if inputs.isDisjoint(with: before) { reached.remove(column) } else { reached.insert(column) }
            }
            let removed = entry.step.removes(in: present)
            reached.subtract(removed)
            present = present.filter { !removed.contains($0) }
            present += dependencies.keys.filter { !present.contains($0) }.sorted()
        }
        return reached
    }

    /// Learns every step in order and applies it: the fitted recipe, and the table after all steps.
    /// - Parameter rows: learning rows of `frame`; nil means all.
    package func fit(_ frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> (recipe: FittedRecipe, frame: Frame) {
        var current = frame
        var fitted: [FittedRecipe.Entry] = []
        var remarks = StepRemarks(collects: false)
        for entry in entries {
            try context.cancellation.check()
            let step = try entry.step.learn(from: current, rows: rows, context: context)
            fitted.append(FittedRecipe.Entry(step: step, specification: entry))
            current = try step.apply(to: current, remarks: &remarks, context: context)
        }
        return (FittedRecipe(fitted), current)
    }
}

/// A recipe with all that it learned.
package struct FittedRecipe: Sendable {
    package struct Entry: Sendable {
        package let step: any FittedStep
        package let specification: Recipe.Entry

        package init(step: any FittedStep, specification: Recipe.Entry) {
            self.step = step
            self.specification = specification
        }
    }
    package var entries: [Entry]

    package init(_ entries: [Entry]) { self.entries = entries }

    /// Applies all steps to new rows; steps whose inputs are reached by `absent` columns (the target, usually) are skipped.
    package func apply(
        to frame: Frame, skippingReachedFrom absent: Set<String>, remarks: inout StepRemarks, context: ComputeContext
    ) throws -> Frame {
        var current = frame
        var lost = absent
        for entry in entries {
            let dependencies = entry.specification.step.dependencies(in: current.names)
            let reached = dependencies.filter { !$0.value.isDisjoint(with: lost) }.map(\.key)
            if !reached.isEmpty {
                lost.formUnion(reached)
                continue
            }
            lost.subtract(dependencies.keys)
            current = try entry.step.apply(to: current, remarks: &remarks, context: context)
        }
        return current
    }
}
