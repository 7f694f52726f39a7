import RondoKernels
import RondoLanguage

/// Expressions in archives: source text out, the parser in.
enum SavedExpression {
    static func text(_ expression: Expression) -> String { expression.text }

    /// `sqft bands [1000, 2000]`.
    static func text(_ group: Group) -> String { ArgumentText.written(.groups([group])) }

    /// Throws R0584 for text that is no expression.
    static func expression(_ text: String) throws -> Expression {
        do {
            return try ExpressionParser.parse(text)
        } catch {
            throw Fault(
                "R0584", "the saved expression \(text) cannot be read",
                remedy: "the file is damaged or of another version: deploy or save it again")
        }
    }

    static func archive(_ group: Group) -> Archive {
        var archive = Archive(["expression": .words([text(group.expression)])])
        switch group.bands {
        case .edges(let items): archive.set("edges", text(Expression(.list(items), Span(0, 0))))
        case .count(let count): archive.set("bands", Int(count))
        case nil: break
        }
        return archive
    }

    static func group(_ archive: Archive) throws -> Group {
        let expression = try expression(try archive.word("expression"))
        if archive["bands"] != nil { return Group(expression, bands: .count(Int64(try archive.integer("bands")))) }
        guard archive["edges"] != nil else { return Group(expression) }
        guard case .list(let items) = try self.expression(try archive.word("edges")).node else { throw StepArchive.damaged("groups") }
        return Group(expression, bands: .edges(items))
    }
}
