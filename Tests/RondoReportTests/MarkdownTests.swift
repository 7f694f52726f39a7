import RondoGoldens
import RondoKernels
import Testing

@testable import RondoReport

/// Expected HTML is that of the CommonMark specification 0.29 and of GitHub's tables, headings two levels down, links as words.
@Suite(.enabled(if: MarkdownWalk.isAvailable, "cmark-gfm is not installed"))
struct MarkdownTests {
    private func html(_ markdown: String) -> String {
        var note = MarkdownNote(anchorPrefix: "a")
        var builder = HTMLBuilder()
        note.render(markdown, into: &builder)
        return builder.html
    }

    @Test(arguments: [
        ("a\nb", "<p>a\nb</p>"), ("a\n\nb", "<p>a</p><p>b</p>"), ("# T", "<h3 id=\"a-1\">T</h3>\n"), ("#no", "<p>#no</p>"),
        ("T\n===", "<h3 id=\"a-1\">T</h3>\n"), ("###### deep", "<h6 id=\"a-1\">deep</h6>\n"),
        ("**a** *b* _c_ `d*`", "<p><strong>a</strong> <em>b</em> <em>c</em> <code>d*</code></p>"),
        ("***both*** **a *b* c**", "<p><em><strong>both</strong></em> <strong>a <em>b</em> c</strong></p>"),
        ("snake_case_name 2 * 3 * 4", "<p>snake_case_name 2 * 3 * 4</p>"), ("a  \nb", "<p>a<br>b</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"), ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>"), ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("> q\n> r", "<blockquote><p>q\nr</p></blockquote>"), ("> q\nlazy", "<blockquote><p>q\nlazy</p></blockquote>"),
        ("```\nx < 1\n```\ny", "<pre><code>x &lt; 1</code></pre><p>y</p>"), ("    code", "<pre><code>code</code></pre>"),
        ("```rondo\nfit forest\n```", "<pre><code><b>fit</b> forest</code></pre>"), ("---", "<hr>"), ("\\*a\\*", "<p>*a*</p>"),
        ("**open", "<p>**open</p>"), ("`` a`b ``", "<p><code>a`b</code></p>"), ("&copy; & &lt;", "<p>© &amp; &lt;</p>"),
        ("[t](http://x.org)", "<p>t<span class=\"address\"> (http://x.org)</span></p>"),
        ("![t](http://x.org/p.png)", "<p>t<span class=\"address\"> (http://x.org/p.png)</span></p>"),
        ("```\nopen", "<pre><code>open</code></pre>"), ("", ""),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"), ("<div>\nx\n</div>", "<p>&lt;div&gt;\nx\n&lt;/div&gt;</p>"),
    ])
    func commonMark(markdown: String, expected: String) { #expect(html(markdown) == expected) }

    @Test func tables() {
        #expect(
            html("| a | b |\n| --- | ---: |\n| 1 | *2* |") == """
                <div class="scroll" role="region" aria-label="table of a note" tabindex="0"><table><thead><tr><th scope="col">a</th>\
                <th scope="col">b</th></tr></thead><tbody><tr><td>1</td><td><em>2</em></td></tr></tbody></table></div>
                """)
        #expect(html("| a |\n| - |").hasSuffix("</tr></thead></table></div>"))
    }

    @Test func headingsForTheContents() {
        var note = MarkdownNote(anchorPrefix: "a")
        var builder = HTMLBuilder()
        note.render("# The *first* `one`\n\n## Second\nwords", into: &builder)
        note.render("# Third", into: &builder)
        #expect(note.headings.map(\.text) == ["The first one", "Second", "Third"])
        #expect(note.headings.map(\.anchor) == ["a-1", "a-2", "a-3"])
    }

    @Test func deepNestingEnds() {
        #expect(html(String(repeating: "> ", count: 2000) + "x").contains("x"))
        #expect(html(String(repeating: "*", count: 5000)).count > 0)
        #expect(html(String(repeating: "- ", count: 500) + "x").contains("x"))
        #expect(html(String(repeating: "**a ", count: 2000)).contains("a"))
    }

    @Test func hugeNotesAreShownAsTyped() {
        let text = String(repeating: "a *b* ", count: 60_000)
        #expect(html(text).hasPrefix("<pre class=\"plain\">a *b* "))
    }

    /// Random marks never give unbalanced or unknown tags, nor attributes beyond our own.
    @Test func randomNotes() {
        let pieces = [
            "*", "**", "_", "`", "```", "\n", "\n\n", "# ", "> ", "- ", "1. ", "  ", "    ", "|", "| - |\n", "[", "](", ")", "![", "<b>",
            "<script>", "</", "&", "\\", "word", "é", "\u{0}", "\t", "\"", "onload=x", "javascript:", "---\n", "<!--", "-->", "https://a.b",
        ]
        let known: Set<String> = [
            "h3", "h4", "h5", "h6", "p", "code", "pre", "ul", "ol", "li", "blockquote", "span", "em", "strong", "hr", "br", "div", "table",
            "thead", "tbody", "tr", "th", "td", "b",
        ]
        var stream = RandomStream(seed: 11, purpose: "markdown")
        for _ in 0..<400 {
            let text = (0..<stream.uniform(below: 60)).map { _ in pieces[stream.uniform(below: pieces.count)] }.joined() + " end"
            let result = html(text)
            var open: [String] = []
            for match in result.matches(of: /<(\/?)([a-z0-9]+)([^>]*)>/) {
                let tag = String(match.2)
                #expect(known.contains(tag), "\(tag) in \(result)")
                #expect(match.3.isEmpty || match.3.contains(/^( (id|class|start|scope|role|aria-label|tabindex)="[^"<]*")+$/), "\(match.0)")
                if tag == "hr" || tag == "br" { continue }
                if match.1.isEmpty { open.append(tag) } else { #expect(open.popLast() == tag, "\(text.debugDescription)") }
            }
            #expect(open.isEmpty, "\(text.debugDescription)")
        }
    }

    @Test func cellsAsMarkdown() {
        #expect(Golden.difference(SampleCells.all.map { MarkdownRenderer().text($0) }.joined(), "cells.md") == nil)
    }

    @Test func tableCellsCannotBreakTheTable() {
        #expect(MarkdownRenderer.escaped("a|b\nc`*") == "a\\|b c\\`\\*")
    }
}
