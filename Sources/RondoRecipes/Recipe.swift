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
    ///
    /// Columns that get their names in learning (one-hot) are unknown here: `FittedRecipe.reached` is exact.
    package func reached(from sources: Set<String>, columns: [String]) -> Set<String> {
        var reach = ColumnReach(sources, columns: columns)
        for entry in entries {
            reach.pass(dependencies: entry.step.dependencies(in: reach.present), removes: entry.step.removes(in: reach.present))
        }
        return reach.reached
    }

    /// Columns after all steps that hold values of `sources` or are made of them.
    ///
    /// Keys of a join only find a record: what it brings is reached where it is itself among the sources. A source that a step makes is
    /// one from there on.
    package func holding(_ sources: Set<String>, columns: [String]) -> Set<String> {
        var reach = ColumnReach(sources, columns: columns)
        for entry in entries {
            var dependencies = entry.step.dependencies(in: reach.present)
            if entry.step is JoinStep { for name in dependencies.keys { dependencies[name]?.formIntersection([name]) } }
            reach.pass(dependencies: dependencies, removes: entry.step.removes(in: reach.present))
            reach.add(sources.intersection(dependencies.keys))
        }
        return reach.reached
    }

    /// Columns after all steps whose content was learned from rows, through any chain of steps.
    package func learnedColumns(columns: [String]) -> Set<String> {
        marked(columns: columns) { step, present in step.learns ? Set(step.dependencies(in: present).keys) : [] }
    }

    /// Columns after all steps that need other rows of the table (`lag`, `rank`), through any chain: never features of a release.
    package func historicColumns(columns: [String]) -> Set<String> { marked(columns: columns) { step, _ in step.historic } }

    /// Flags among the columns after all steps: named segments, never features. A renamed flag is a flag.
    package func segmentColumns(columns: [String]) -> Set<String> {
        var segments: Set<String> = []
        var present = columns
        for entry in entries {
            let before = segments
            let dependencies = entry.step.dependencies(in: present)
            let removed = entry.step.removes(in: present)
            segments.subtract(removed)
            segments.subtract(dependencies.keys)
            if entry.step is RenameStep { segments.formUnion(dependencies.filter { !$0.value.isDisjoint(with: before) }.keys) }
            segments.formUnion(entry.step.segments)
            present = ColumnReach.names(after: present, made: dependencies.keys.sorted(), removed: removed)
        }
        return segments
    }

    private func marked(columns: [String], by mark: (any RecipeStep, [String]) -> Set<String>) -> Set<String> {
        var reach = ColumnReach([], columns: columns)
        for entry in entries {
            let marks = mark(entry.step, reach.present)
            reach.pass(dependencies: entry.step.dependencies(in: reach.present), removes: entry.step.removes(in: reach.present))
            reach.add(marks)
        }
        return reach.reached
    }

    /// Learns every step in order and applies it: the fitted recipe, and the table after all steps.
    /// - Parameter rows: learning rows of `frame`; nil means all.
    package func fit(_ frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> (recipe: FittedRecipe, frame: Frame) {
        var current = TableValues(frame)
        var fitted: [FittedRecipe.Entry] = []
        for entry in entries {
            try context.cancellation.check()
            fitted.append(try current.fit(entry, rows: rows, context: context))
        }
        return (FittedRecipe(fitted), current.frame)
    }
}

/// Follows a set of columns through steps.
struct ColumnReach {
    private(set) var reached: Set<String>
    private(set) var present: [String]

    init(_ sources: Set<String>, columns: [String]) {
        reached = sources
        present = columns
    }

    mutating func pass(dependencies: [String: Set<String>], removes removed: Set<String>) {
        let before = reached
        reached.subtract(removed)
        for (column, inputs) in dependencies {
            if inputs.isDisjoint(with: before) { reached.remove(column) } else { reached.insert(column) }
        }
        present = ColumnReach.names(after: present, made: dependencies.keys.sorted(), removed: removed)
    }

    mutating func add(_ columns: Set<String>) { reached.formUnion(columns) }

    static func names(after present: [String], made: [String], removed: Set<String>) -> [String] {
        let kept = present.filter { !removed.contains($0) }
        let known = Set(kept)
        return kept + made.filter { !known.contains($0) }
    }
}
