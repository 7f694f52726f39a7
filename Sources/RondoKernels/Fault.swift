/// A clear error of a lower layer: what is wrong, what to do, and about which name; the shell adds the place in the cell.
public struct Fault: Error, Sendable, Hashable {
    /// The stable code, `R0301`; each code is listed once in the guide.
    public let code: String
    /// What is wrong and where, one sentence without a final full stop.
    public let message: String
    /// What to do instead: a cell that would work where one exists.
    public let remedy: String
    /// A name, text or number of the cell under which the caret should stand.
    public let subject: String?

    public init(_ code: String, _ message: String, remedy: String, subject: String? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.subject = subject
    }
}
