import RondoKernels
import Testing

@testable import RondoReport

/// The format is that of nbformat 4.5.
@Suite struct NotebookTests {
    private let notebook: JSONTree
    private let text: String

    init() throws {
        text = NotebookReport.render(SampleReport.document, opening: "# Title\n\nwords", closing: "## Facts")
        notebook = try JSONReader.read(text)
    }

    private var cells: [JSONTree] { notebook["cells"]?.elements ?? [] }

    private func joined(_ tree: JSONTree?) -> String { (tree?.elements ?? []).compactMap(\.text).joined() }

    @Test func headOfTheFormat() {
        #expect(text.contains("\"nbformat\":4,\"nbformat_minor\":5"))
        #expect(notebook["metadata"]?["kernelspec"]?["name"]?.text == "rondo")
    }

    @Test func aCellForEachCell() {
        let document = SampleReport.document
        #expect(cells.count == document.cells.count + 2)
        let identifiers = cells.compactMap { $0["id"]?.text }
        #expect(identifiers.count == cells.count && Set(identifiers).count == cells.count)
        #expect(identifiers.allSatisfy { $0.contains(/^[a-zA-Z0-9_-]{1,64}$/) })
        let codes = cells.filter { $0["cell_type"]?.text == "code" }
        #expect(codes.map { joined($0["source"]) } == document.cells.filter { $0.number != nil }.map(\.source))
        #expect(joined(cells.first?["source"]) == "# Title\n\nwords")
    }

    @Test func resultsAsHTMLAndPlainText() {
        let outputs = cells.flatMap { $0["outputs"]?.elements ?? [] }
        let shown = outputs.filter { $0["output_type"]?.text == "display_data" }
        #expect(shown.count > 6)
        for output in shown {
            let data = output["data"]
            let plain = joined(data?["text/plain"])
            #expect(!plain.isEmpty)
            #expect(data?["text/html"] != nil || data?["image/svg+xml"] != nil)
        }
        let html = shown.map { joined($0["data"]?["text/html"]) }.joined()
        #expect(html.contains("<table") && html.contains("<b>50,512</b>") && !html.contains("<svg") && !html.contains("<script"))
        let pictures = shown.map { joined($0["data"]?["image/svg+xml"]) }.filter { !$0.isEmpty }
        #expect(pictures.count == 10)
        #expect(
            pictures.allSatisfy { $0.hasPrefix("<svg ") && $0.contains("xmlns=\"http://www.w3.org/2000/svg\"") && $0.contains("<style>") })
    }

    @Test func aFailedCellSaysWhy() throws {
        let outputs = cells.flatMap { $0["outputs"]?.elements ?? [] }
        let error = try #require(outputs.first { $0["output_type"]?.text == "error" })
        #expect(error["ename"]?.text == "R0203" && error["evalue"]?.text == "table sales has no column sqtf")
        #expect(joined(error["traceback"]).contains("try: impute sqft"))
    }

    @Test func equalDocumentsGiveEqualBytes() {
        #expect(NotebookReport.render(SampleReport.document, opening: "# Title\n\nwords", closing: "## Facts") == text)
    }
}
