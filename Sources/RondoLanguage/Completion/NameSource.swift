/// The names that a session knows, for completion.
package struct NameSource: Sendable {
    /// A name and what is said beside it: a column's type and missing share.
    package struct Entry: Sendable, Hashable {
        package let name: String
        package let gloss: String

        package init(_ name: String, _ gloss: String = "") {
            self.name = name
            self.gloss = gloss
        }
    }
    /// Columns of a table; of the current one for nil.
    package var columns: @Sendable (String?) -> [Entry]
    package var tables: @Sendable () -> [Entry]
    package var models: @Sendable () -> [Entry]
    package var releases: @Sendable () -> [Entry]
    package var parameters: @Sendable () -> [Entry]
    package var metrics: @Sendable () -> [Entry]
    package var functions: @Sendable () -> [Entry]
    /// Files whose path begins with the text.
    package var files: @Sendable (String) -> [Entry]

    package init(
        columns: @escaping @Sendable (String?) -> [Entry] = { _ in [] }, tables: @escaping @Sendable () -> [Entry] = { [] },
        models: @escaping @Sendable () -> [Entry] = { [] }, releases: @escaping @Sendable () -> [Entry] = { [] },
        parameters: @escaping @Sendable () -> [Entry] = { [] }, metrics: @escaping @Sendable () -> [Entry] = { [] },
        functions: @escaping @Sendable () -> [Entry] = { [] }, files: @escaping @Sendable (String) -> [Entry] = { _ in [] }
    ) {
        self.columns = columns
        self.tables = tables
        self.models = models
        self.releases = releases
        self.parameters = parameters
        self.metrics = metrics
        self.functions = functions
        self.files = files
    }
}
