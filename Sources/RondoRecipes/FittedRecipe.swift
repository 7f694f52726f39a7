package import RondoFrame
package import RondoKernels

/// A recipe with all that it learned.
package struct FittedRecipe: Sendable {
    package struct Entry: Sendable {
        package let step: any FittedStep
        package let specification: Recipe.Entry

        package init(step: any FittedStep, specification: Recipe.Entry) {
            self.step = step
            self.specification = specification
        }

        /// Each column it makes or changes with what goes into it, those named in learning included.
        package func dependencies(in columns: [String]) -> [String: Set<String>] {
            specification.step.dependencies(in: columns).merging(step.expanded) { $0.union($1) }
        }
    }
    package var entries: [Entry]

    package init(_ entries: [Entry]) { self.entries = entries }

    /// The specifications alone, to be learned again from other rows.
    package var recipe: Recipe { Recipe(entries.map(\.specification)) }

    /// Columns after all steps that are reached by one of `sources` through any chain of steps, sources included while they last.
    package func reached(from sources: Set<String>, columns: [String]) -> Set<String> {
        var reach = ColumnReach(sources, columns: columns)
        for entry in entries {
            reach.pass(dependencies: entry.dependencies(in: reach.present), removes: entry.specification.step.removes(in: reach.present))
        }
        return reach.reached
    }

    /// Columns after all steps that a target taught (`encode … target`), and those that hold it after all because an aggregate brought
    /// codes of several rows together: each of them knows the targets of the others.
    package func taught(columns: [String]) -> (taught: Set<String>, leaked: Set<String>) {
        var present = columns
        var taught: Set<String> = []
        var leaked: Set<String> = []
        for entry in entries {
            let step = entry.specification.step
            let (dependencies, removed) = (entry.dependencies(in: present), step.removes(in: present))
            let (before, leakedBefore) = (taught, leaked)
            let aggregates = step.learns && step is DeriveStep
            for (name, inputs) in dependencies {
                let isTaught = !step.taughtBy.isEmpty || !inputs.isDisjoint(with: before)
                let isLeaked = !inputs.isDisjoint(with: leakedBefore) || (aggregates && !inputs.isDisjoint(with: before))
                if isTaught, !isLeaked { taught.insert(name) } else { taught.remove(name) }
                if isLeaked { leaked.insert(name) } else { leaked.remove(name) }
            }
            taught.subtract(removed.subtracting(dependencies.keys))
            leaked.subtract(removed.subtracting(dependencies.keys))
            present = ColumnReach.names(after: present, made: dependencies.keys.sorted(), removed: removed)
        }
        return (taught, leaked)
    }

    /// Columns of the table before all steps that go into one of the columns after them: what new rows must bring.
    package func inputs(of wanted: Set<String>, columns: [String]) -> Set<String> {
        var present = columns
        var made: [[String: Set<String>]] = []
        for entry in entries {
            let dependencies = entry.dependencies(in: present)
            made.append(dependencies)
            present = ColumnReach.names(
                after: present, made: dependencies.keys.sorted(), removed: entry.specification.step.removes(in: present))
        }
        var needed = wanted
        for dependencies in made.reversed() {
            let here = needed.filter { dependencies[$0] != nil }
            needed.subtract(here)
            for column in here { needed.formUnion(dependencies[column] ?? []) }
        }
        return needed.intersection(columns)
    }

    /// Applies all steps to new rows. What is made from `absent` columns (the target, usually), and from columns that the rows do not
    /// have, is left out, step by step.
    package func apply(
        to frame: Frame, skippingReachedFrom absent: Set<String>, remarks: inout StepRemarks, context: ComputeContext
    ) throws -> TableValues {
        var current = TableValues(frame)
        var lost = absent
        for entry in entries {
            try context.cancellation.check()
            let names = current.frame.names
            let dependencies = entry.dependencies(in: names)
            let removed = entry.specification.step.removes(in: names + lost.sorted())
            lost.formUnion(dependencies.values.reduce(into: Set<String>()) { $0.formUnion($1) }.subtracting(current.known.names))
            let reached = Set(dependencies.filter { !$0.value.isDisjoint(with: lost) }.keys)
            let isReached = !reached.isEmpty || !entry.specification.step.looksAt.isDisjoint(with: lost)
            let step = isReached ? entry.step.without(lost) : entry.step
            if let step { try current.pass(entry, as: step, remarks: &remarks, context: context) }
            // What is coded away would still be known.
            if entry.specification.step.effect != .recodes { lost.subtract(removed) }
            lost.subtract(dependencies.keys)
            lost.formUnion(step == nil ? Set(dependencies.keys) : reached)
        }
        return current
    }
}
