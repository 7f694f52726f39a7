package import RondoFrame
package import RondoKernels

/// A table on its way through a recipe, seen twice: as the steps make it, and in the values as the user knows them.
///
/// Known is what cells say outright (derive, cast, rename, fillings by a word), not what only prepares columns for models (scales,
/// codes, learned fillings); a column that was coded away is still known. Conditions and groups read the known values.
package struct TableValues: Sendable {
    package private(set) var frame: Frame
    /// Holds every column of `frame`, and those that were coded away.
    package private(set) var known: Frame

    package init(_ rows: Frame) {
        frame = rows
        known = rows
    }

    /// Learns a step from these rows (nil: all).
    package func learn(_ step: any RecipeStep, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        try step.learn(from: step.effect == .judges ? known : frame, rows: rows, context: context)
    }

    /// Carries a step out.
    /// - Parameter step: the entry's own, perhaps without what cannot be made from new rows.
    package mutating func pass(
        _ entry: FittedRecipe.Entry, as step: any FittedStep, remarks: inout StepRemarks, context: ComputeContext
    ) throws {
        let before = frame
        let made = Set(entry.dependencies(in: before.names).keys)
        let effect = entry.specification.step.effect
        if effect == .judges {
            known = try step.apply(to: known, remarks: &remarks, context: context)
            for name in made.sorted() { if let column = known[name] { try frame.set(name, column) } }
            return
        }
        frame = try step.apply(to: before, remarks: &remarks, context: context)
        switch effect {
        case .recodes:
            for (name, column) in zip(frame.names, frame.columns) where before[name] == nil { try known.set(name, column) }
        case .carries:
            // What an earlier step coded away gives its name back.
            let present = known.dropping(made.filter { before[$0] == nil })
            var quiet = StepRemarks(collects: false)
            do { known = try step.apply(to: present, remarks: &quiet, context: context) } catch is Fault {
                // The known values may be of a type that the coded ones were not.
                try remake(made, by: entry)
            }
        case .makes, .judges: try remake(made, by: entry)
        }
    }

    private mutating func remake(_ made: Set<String>, by entry: FittedRecipe.Entry) throws {
        known = known.dropping(entry.specification.step.removes(in: known.names))
        for (name, column) in zip(frame.names, frame.columns) where made.contains(name) { try known.set(name, column) }
    }
}

extension FittedRecipe.Entry {
    /// Follows the columns whose values in the table are not the known ones, each with the step that rewrote it first, in words.
    package func recoded(_ recoded: [String: String], in columns: [String]) -> [String: String] {
        let dependencies = dependencies(in: columns)
        let removed = specification.step.removes(in: columns)
        var result = recoded
        switch specification.step.effect {
        case .recodes:
            let present = Set(columns)
            for name in removed.union(dependencies.keys).intersection(present) where result[name] == nil {
                result[name] = specification.text
            }
        case .makes, .judges: for name in removed.union(dependencies.keys) { result[name] = nil }
        case .carries:
            for name in removed { result[name] = nil }
            for (name, sources) in dependencies { result[name] = sources.sorted().lazy.compactMap { recoded[$0] }.first }
        }
        return result
    }
}
