import RondoKernels

/// A report as one self-contained page: no request to anywhere, readable without JavaScript, the session inside.
///
/// The page shows at most `HTMLTable.rows` rows of a table and says how many it leaves out; the session it carries is complete, so
/// that a replay can compare every value. Equal documents give equal bytes.
package enum HTMLReport {
    /// The page. `sha256` gives the 32 bytes of a digest, for the hashes of the content security policy.
    package static func render(_ document: ReportDocument, sha256: ([UInt8]) -> [UInt8]) -> String {
        var page = HTMLReportPage(document)
        let main = page.main()
        var builder = HTMLBuilder()
        builder.trusted("<!doctype html>\n")
        builder.element("html", [.init("lang", "en")]) { builder in
            head(document, sha256, into: &builder)
            builder.element("body") { builder in
                builder.element("a", [.class("skip"), .init("href", "#main")], text: "Skip to the report")
                page.header(into: &builder)
                builder.element("div", [.class("page")]) { builder in
                    page.contents(into: &builder)
                    builder.trusted(main)
                }
                builder.element("script", [.init("type", "application/json"), .id(SessionPayload.identifier)]) { builder in
                    builder.trusted(SessionPayload.write(document))
                }
                builder.line()
                builder.element("script") { $0.trusted(ReportScript.text) }
            }
        }
        builder.line()
        return builder.html
    }

    /// The page, hashed with libcrypto; throws when that is missing.
    package static func render(_ document: ReportDocument) throws -> String {
        let style = try SHA256Digest.digest(Array(ReportStyle.text.utf8))
        let script = try SHA256Digest.digest(Array(ReportScript.text.utf8))
        return render(document) { $0.elementsEqual(ReportStyle.text.utf8) ? style : script }
    }

    /// The script and the cells a page carries; throws a `Fault` when it carries none, a damaged one or one of a newer format.
    package static func extract(from html: String) throws -> CarriedSession {
        try SessionPayload.read(html)
    }

    private static func head(_ document: ReportDocument, _ sha256: ([UInt8]) -> [UInt8], into builder: inout HTMLBuilder) {
        func hash(_ text: String) -> String { "'sha256-\(Base64Text.encode(sha256(Array(text.utf8))))'" }
        let policy = [
            "default-src 'none'", "style-src \(hash(ReportStyle.text))", "script-src \(hash(ReportScript.text))", "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ].joined(separator: "; ")
        builder.element("head") { builder in
            builder.void("meta", [.init("charset", "utf-8")])
            builder.line()
            // The policy's quotes stand in an attribute: they are escaped, and read back as quotes.
            builder.void("meta", [.init("http-equiv", "Content-Security-Policy"), .init("content", policy)])
            builder.line()
            builder.void("meta", [.init("name", "viewport"), .init("content", "width=device-width, initial-scale=1")])
            builder.line()
            builder.void("meta", [.init("name", "referrer"), .init("content", "no-referrer")])
            builder.line()
            builder.void("link", [.init("rel", "icon"), .init("href", "data:,")])
            builder.line()
            builder.element("title", text: document.title)
            builder.line()
            builder.element("style") { $0.trusted(ReportStyle.text) }
        }
        builder.line()
    }
}

extension SHA256Digest {
    /// The 32 bytes of a digest.
    fileprivate static func digest(_ bytes: [UInt8]) throws -> [UInt8] {
        let digest = try SHA256Digest()
        try digest.update(bytes)
        return try digest.finish()
    }
}
