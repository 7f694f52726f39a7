import RondoGoldens
import RondoKernels
import Testing

@testable import RondoReport

@Suite struct HTMLReportTests {
    private static func digest(_ bytes: [UInt8]) throws -> [UInt8] {
        let digest = try SHA256Digest()
        try digest.update(bytes)
        return try digest.finish()
    }

    private let page: String

    init() throws { page = try HTMLReport.render(SampleReport.document) }

    @Test func golden() { #expect(Golden.difference(page, "report.html") == nil) }

    @Test func equalDocumentsGiveEqualBytes() throws {
        #expect(try HTMLReport.render(SampleReport.document) == page)
    }

    @Test func nothingIsFetched() {
        for match in page.matches(of: /(?:src|href|action|srcset|data|poster|xlink:href)\s*=\s*"([^"]*)"/) {
            let target = String(match.1)
            #expect(target.hasPrefix("#") || target == "data:,", "\(target)")
        }
        let style = page.split(separator: "<style>")[1].split(separator: "</style>")[0]
        #expect(!style.contains("url(") && !style.contains("@import"))
    }

    /// The policy's hashes are those of the style and the script in the page, computed anew from the page's own text.
    @Test func policyHashesFitTheContent() throws {
        let style = try #require(page.firstMatch(of: /<style>([\s\S]*?)<\/style>/)).1
        let script = try #require(page.firstMatch(of: /<script>([\s\S]*?)<\/script>/)).1
        let policy = try #require(page.firstMatch(of: /Content-Security-Policy" content="([^"]*)"/)).1.replacing("&#39;", with: "'")
        for content in [style, script] {
            #expect(policy.contains("'sha256-\(Base64Text.encode(try HTMLReportTests.digest(Array(content.utf8))))'"))
        }
        #expect(
            policy.hasPrefix("default-src 'none'; ") && !policy.contains("unsafe") && policy.contains("base-uri 'none'; form-action 'none'")
        )
        #expect(page.matches(of: /<script/).count == 2 && page.matches(of: /<style/).count == 1)
        #expect(!page.contains(/\s(style|on[a-z]+)="/))
    }

    @Test func budget() {
        #expect(ReportScript.text.utf8.count < 8192)
        #expect(page.utf8.count < 300_000)
        var empty = ReportDocument(title: "empty", cells: [], script: "rondo 1\n")
        empty.subtitle = ""
        #expect(HTMLReport.render(empty) { _ in [UInt8](repeating: 0, count: 32) }.utf8.count < 30_000)
    }

    @Test func theSessionReadsBack() throws {
        let carried = try HTMLReport.extract(from: page)
        let (script, cells) = (carried.script, carried.cells)
        #expect(script == SampleReport.document.script)
        #expect(cells.count == SampleReport.cells.count)
        for (back, original) in zip(cells, SampleReport.cells) {
            #expect(CellDigest(back) == CellDigest(original))
            if original != SampleCells.charts, original.number != 9 { #expect(back == original) }
        }
    }

    @Test func damagedPagesAreFaults() {
        #expect(throws: Fault.self) { try HTMLReport.extract(from: "") }
        #expect(throws: Fault.self) { try HTMLReport.extract(from: "<html></html>") }
        for cut in stride(from: 0, to: page.utf8.count, by: 9973) {
            let part = String(decoding: page.utf8.prefix(cut), as: UTF8.self)
            if part.contains("\"cells\":"), part.contains("</html>") { continue }
            if (try? HTMLReport.extract(from: part)) != nil { #expect(part.contains("rondo-session") && part.contains("]}</script>")) }
        }
        #expect(throws: Fault.self) { try HTMLReport.extract(from: page.replacing("\"kind\":\"table\"", with: "\"kind\":\"tabel\"")) }
        #expect(throws: Fault.self) { try HTMLReport.extract(from: page.replacing("\"version\":1", with: "\"version\":2")) }
        #expect(throws: Fault.self) { try HTMLReport.extract(from: page.replacing("rondo-report", with: "other")) }
    }

    @Test func dataNeverBecomesMarkup() {
        #expect(
            !page.contains("<img") && !page.contains("alert(1)</script>") && !page.contains("<script>alert")
                && !page.contains("javascript:alert(1)\""))
        #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;"))
        var markdown = MarkdownNote(anchorPrefix: "x")
        var builder = HTMLBuilder()
        markdown.render("# <b>\n<script>\n[a](javascript:x \"y\")\n<a href=x>`</code>`\n```\n</pre><i>\n```\n- <u>\n> <s>", into: &builder)
        let tags = Set(builder.html.matches(of: /<\/?([a-z0-9]+)/).map { String($0.1) })
        #expect(tags.isSubset(of: ["h3", "p", "code", "pre", "ul", "li", "blockquote", "span"]))
    }

    @Test func accessibleTablesAndPictures() {
        #expect(
            page.matches(of: /<table/).count
                == page.matches(of: /<div class="scroll[^"]*" role="region" aria-label="[^"]+" tabindex="0">/).count
        )
        #expect(!page.contains(/<thead><tr><th>/) && page.contains("<th scope=\"col\""))
        #expect(page.matches(of: /<svg/).count == 10)
        #expect(
            page.matches(of: /<svg/).count
                == page.matches(
                    of:
                        /<svg viewBox="[^"]*" role="img" aria-labelledby="[^"]*"><title id="[^"]*">[^<]+<\/title><desc id="[^"]*">[^<]+\.<\/desc>/
                ).count)
        let identifiers = page.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
        #expect(Set(identifiers).count == identifiers.count)
        for match in page.matches(of: /href="#([^"]*)"/) { #expect(identifiers.contains(String(match.1))) }
    }

    @Test func tagsAreBalanced() {
        var open: [String] = []
        let body = page.replacing(/<script[\s\S]*?<\/script>/, with: "").replacing(/<style[\s\S]*?<\/style>/, with: "")
        for match in body.matches(of: /<(\/?)([a-z0-9]+)[^>]*?(\/?)>/) {
            let tag = String(match.2)
            if ["meta", "link", "br", "hr"].contains(tag) || !match.3.isEmpty { continue }
            if match.1.isEmpty { open.append(tag) } else { #expect(open.popLast() == tag) }
        }
        #expect(open.isEmpty)
    }

    @Test func statesAreSaidInWords() {
        #expect(
            page.contains("The goal is not judged in full yet: 2 of 3 conditions are met.")
                && page.contains("<strong class=\"state\"> failed</strong>") && page.contains("<strong class=\"state\"> stale</strong>"))
        var document = SampleReport.document
        document.goal?.lines[2].isMet = true
        #expect(HTMLReport.render(document) { _ in [] }.contains("The goal is met."))
        document.goal?.lines[0].isMet = false
        #expect(HTMLReport.render(document) { _ in [] }.contains("The goal is not met."))
    }

    @Test func longTablesAreThinnedWithACount() throws {
        #expect(page.contains("… 60 of 260 rows are left out here"))
        let cells = try HTMLReport.extract(from: page).cells
        guard case .table(let table)? = cells.first(where: { $0.status == .stale })?.blocks.first else {
            Issue.record("no table")
            return
        }
        #expect(table.rows.count == 260)
    }

    /// Contrast by the formula of WCAG 2.2 (relative luminance): words at least 4.5 to 1, marks of charts at least 3 to 1.
    @Test(arguments: ReportStyle.themes.indices)
    func contrastInBothThemes(theme: Int) throws {
        var colours: [String: Double] = [:]
        for match in ReportStyle.themes[theme].matches(of: /--([a-z0-9]+):#([0-9a-f]{3,6})/) {
            let digits = match.2.count == 3 ? String(match.2.flatMap { [$0, $0] }) : String(match.2)
            let value = try #require(UInt32(digits, radix: 16))
            let linear = [16, 8, 0].map { shift -> Double in
                let share = Double(value >> UInt32(shift) & 255) / 255
                return share <= 0.04045 ? share / 12.92 : HTMLReportTests.powerOfTwelveFifths((share + 0.055) / 1.055)
            }
            colours[String(match.1)] = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        }
        func contrast(_ first: String, _ second: String) throws -> Double {
            let (a, b) = (try #require(colours[first]), try #require(colours[second]))
            return (max(a, b) + 0.05) / (min(a, b) + 0.05)
        }
        for back in ["page", "card", "code"] {
            for words in ["ink", "quiet", "accent"] { #expect(try contrast(words, back) >= 4.5, "\(words) on \(back)") }
        }
        for (words, back) in [
            ("good", "goodbg"), ("bad", "badbg"), ("warn", "warnbg"), ("good", "card"), ("good", "code"), ("bad", "page"), ("warn", "card"),
        ] {
            #expect(try contrast(words, back) >= 4.5, "\(words) on \(back)")
        }
        for mark in 1...6 { #expect(try contrast("c\(mark)", "card") >= 3, "c\(mark)") }
    }

    /// x to 2.4: the fifth root of the twelfth power, by Newton's steps.
    private static func powerOfTwelveFifths(_ base: Double) -> Double {
        let target = (0..<12).reduce(1.0) { product, _ in product * base }
        var root = 1.0
        for _ in 0..<60 { root -= (root * root * root * root * root - target) / (5 * root * root * root * root) }
        return root
    }

    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func base64Vectors(text: String, encoded: String) { #expect(Base64Text.encode(Array(text.utf8)) == encoded) }
}
