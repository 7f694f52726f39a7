/// A phase of the lifecycle, in the order in which `help` lists the verbs.
package enum Phase: String, CaseIterable, Sendable, Hashable {
    case define, collect, prepare, explore, model, judge, release, watch, shell
}

/// What a cell of a verb does to the session (the class column of the language reference).
package enum CellClass: String, Sendable, Hashable {
    /// Changes a setting of the session or the goal.
    case setting
    /// Fixes which rows a table has.
    case rowStep
    /// A column step that learns nothing.
    case plainStep
    /// A column step that learns from the training rows.
    case learnedStep
    /// Reads only.
    case look
    /// Makes a model.
    case model
    /// Judges models.
    case judge
    /// Acts outside the session: a file, a release, a server.
    case effect
    /// Steers the shell; neither saved nor compared.
    case shell
}
