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

    /// Learns a step from these rows (nil: all) and carries it out on the whole table, as training sees it.
    package mutating func fit(_ specification: Recipe.Entry, rows: [Int32]?, context: ComputeContext) throws -> FittedRecipe.Entry {
        let step = specification.step
        guard step.effect != .judges else {
            var quiet = StepRemarks(collects: false)
            let entry = FittedRecipe.Entry(step: try step.learn(from: known, rows: rows, context: context), specification: specification)
            try pass(entry, as: entry.step, remarks: &quiet, context: context)
            return entry
        }
        let fitted = try step.fit(frame, rows: rows, context: context)
        let entry = FittedRecipe.Entry(step: fitted.step, specification: specification)
        try take(fitted.frame, made: Set(entry.dependencies(in: frame.names).keys), by: entry, as: entry.step, context: context)
        return entry
    }

    /// Carries a step out on new rows.
    /// - Parameter step: the entry's own, perhaps without what cannot be made from new rows.
    package mutating func pass(
        _ entry: FittedRecipe.Entry, as step: any FittedStep, remarks: inout StepRemarks, context: ComputeContext
    ) throws {
        let made = Set(entry.dependencies(in: frame.names).keys)
        if entry.specification.step.effect == .judges {
            known = try step.apply(to: known, remarks: &remarks, context: context)
            for name in made.sorted() { if let column = known[name] { try frame.set(name, column) } }
            return
        }
        try take(
            try step.apply(to: frame, remarks: &remarks, context: context), made: made, by: entry, as: step, context: context)
    }

    /// The table after a step, and what is then known.
    private mutating func take(
        _ after: Frame, made: Set<String>, by entry: FittedRecipe.Entry, as step: any FittedStep, context: ComputeContext
    ) throws {
        let before = frame
        frame = after
        switch entry.specification.step.effect {
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
