package import RondoKernels

extension Recipe {
    /// The recipe as plain data, nothing learned.
    package func archive() -> Archive { Archive(["entries": .archives(entries.map { $0.archive() })]) }

    /// Reads a recipe back; throws R0583 for a kind of step that this version does not know.
    package init(archive: Archive) throws {
        self.init(try archive.archives("entries").map { try Entry(archive: $0) })
    }
}

extension FittedRecipe {
    /// The recipe with all that it learned, as plain data.
    package func archive() -> Archive {
        Archive([
            "entries": .archives(
                entries.map { entry in
                    var archive = entry.specification.archive()
                    archive.set("fitted", entry.step.archive())
                    return archive
                })
        ])
    }

    /// Reads a fitted recipe back; throws R0583 for a kind of step that this version does not know.
    package init(archive: Archive) throws {
        self.init(
            try archive.archives("entries").map { archive in
                let kind = try RecipeSteps.known(try archive.word("kind"))
                return Entry(step: try kind.fitted(from: try archive.archive("fitted")), specification: try Recipe.Entry(archive: archive))
            })
    }
}

extension Recipe.Entry {
    func archive() -> Archive {
        var archive = Archive()
        archive.set("kind", type(of: step).kind)
        archive.set("text", text)
        archive.set("step", step.archive())
        if case .automatic(let reason) = origin { archive.set("reason", reason) }
        return archive
    }

    init(archive: Archive) throws {
        let kind = try RecipeSteps.known(try archive.word("kind"))
        let origin: Recipe.Origin = archive["reason"] == nil ? .cell : .automatic(try archive.word("reason"))
        self.init(try kind.init(archive: try archive.archive("step")), origin: origin, text: try archive.word("text"))
    }
}
