import RondoFrame
import RondoKernels
import RondoReport
import Testing

/// Text written alike, and values that look misspelled.
@Suite struct CleanTests {
    private static let files = [
        "t.csv":
            "id,address,phone\n1,12 Elm St.,(212) 555-0187\n2, 12  ELM street ,+44 20 7946 0018\n3,7 St. Marks Pl,0044 20 7946 0018\n4,,call me\n5,\"9 Oak St., Apt 2\",555.0187 x12\n"
    ]

    private func cleaned(_ cell: String, _ column: String) throws -> [Scalar] {
        var session = TestSession(Self.files)
        session.accept("load \"t.csv\" as t\n\(cell)")
        let values = try #require(try session.prepared("t")[column])
        return (0..<values.count).map { values[$0] }
    }

    @Test func waysInTheirOrder() throws {
        #expect(try cleaned("clean address trim title", "address")[1] == .text("12 Elm Street"))
        #expect(try cleaned("clean address trim upper", "address")[0] == .text("12 ELM ST."))
        #expect(try cleaned("clean address standard", "address").prefix(2) == [.text("12 elm street"), .text("12 elm street")])
        #expect(try cleaned("clean address lower replace \"st.\" with \"street\"", "address")[4] == .text("9 oak street, apt 2"))
        #expect(try cleaned("clean address trim", "address")[3] == .missing)
    }

    @Test func phoneNumbers() throws {
        #expect(
            try cleaned("clean phone phone", "phone") == [
                .text("2125550187"), .text("+442079460018"), .text("+442079460018"), .text("call me"), .text("5550187x12"),
            ])
        var session = TestSession(Self.files)
        let report = session.accept("load \"t.csv\" as t\nclean phone phone")
        #expect(report.number("changed") == 4 && report.number("no_numbers") == 1 && report.warnings.contains("\"call me\""))
    }

    @Test("whole values first, then whole words, never parts of words; a value that is right already stays")
    func exchanges() throws {
        var session = TestSession(["t.csv": "id,kind\n1,oil\n2,oily\n3,very oil skin\n4,York\n5,New York\n6,York and Hull\n7,a-b\n"])
        session.accept("load \"t.csv\" as t")
        let report = session.accept(
            "clean kind replace \"oil\" with \"oily\", \"York\" with \"New York\", \"-\" with \" \", \"Leeds\" with \"Hull\"")
        let column = try #require(try session.prepared("t")["kind"])
        #expect(
            (0..<7).map { column[$0] }
                == ["oily", "oily", "very oily skin", "New York", "New York", "New York and Hull", "a b"].map { .text($0) })
        #expect(report.number("changed") == 5)
        #expect(report.warnings.contains("stands nowhere as a whole value or word: \"Leeds\""))
    }

    @Test func newRowsAreCleanedToo() throws {
        var session = HouseFile.session()
        session.accept(
            "goal predict price\nclean type upper replace \"CONDO\" with \"FLAT\"\nsplit 60/20/20 by sold_on\nfit tree using type, sqft\ndeploy tree as p"
        )
        let flat = session.accept("predict p type = \"FLAT\", sqft = 900").number("prediction")
        #expect(session.accept("predict p type = \"condo\", sqft = 900").number("prediction") == flat)
        #expect(flat != nil)
    }

    @Test func refusals() {
        var session = TestSession(Self.files)
        session.accept("load \"t.csv\" as t")
        session.expectFault("clean id trim", "R0759")
        session.expectFault("clean address", "R0760")
        session.expectFault("clean address replace \"\" with \"x\"", "R0762")
    }

    // MARK: spelling

    @Test func spellingChangesNothingAndGivesALine() throws {
        var session = TestSession(["t.csv": "n,city\n" + (0..<12).map { "\($0),Lisbon\n" }.joined() + "12,Lisbn\n13,lisbon\n14,Porto\n"])
        session.accept("load \"t.csv\" as t")
        let before = WorkspaceDigest(session.workspace)
        let report = session.accept("clean city spelling")
        #expect(WorkspaceDigest(session.workspace) == before)
        #expect(report.number("variants") == 2 && report.number("groups") == 1)
        let line = try #require(report.words.split(separator: "\n").last?.split(separator: ": ").last)
        #expect(session.accept(String(line)).number("changed") == 2)
        #expect(session.accept("clean city spelling").words.contains("none of the 2 different values looks like another"))
    }

    /// Precision and recall on the labelled list: each variant is shown beside the value that was meant, and nothing else is shown.
    @Test func precisionAndRecallOnTheLabelledList() throws {
        var text = "n,value\n"
        var row = 0
        func add(_ value: String, times: Int) {
            for _ in 0..<times {
                text += "\(row),\"\(value)\"\n"
                row += 1
            }
        }
        for entry in SpellingLabels.entries {
            add(entry.value, times: entry.rows)
            for variant in entry.variants { add(variant, times: 1) }
        }
        var session = TestSession(["t.csv": text])
        session.accept("load \"t.csv\" as t")
        let report = session.accept("clean value spelling")
        let table = try #require(report.tables.first)
        let meant = Dictionary(SpellingLabels.entries.flatMap { entry in entry.variants.map { ($0, entry.value) } }) { first, _ in first }
        var right = 0
        var wrong: [String] = []
        var found: Set<String> = []
        for cells in table.rows {
            guard case .text(let value) = cells[0], case .text(let center) = cells[2] else { continue }
            let bare = value.trimmingQuotes
            found.insert(bare)
            if meant[bare] == center.trimmingQuotes { right += 1 } else { wrong.append("\(bare) as \(center)") }
        }
        let missed = meant.keys.filter { !found.contains($0) }.sorted()
        let precision = Double(right) / Double(right + wrong.count)
        let recall = Double(right) / Double(meant.count)
        print("spelling: \(meant.count) variants, precision \(precision), recall \(recall)")
        print("wrong: \(wrong); missed: \(missed)")
        #expect(meant.count >= 200)
        #expect(precision >= 0.97, "\(wrong)")
        #expect(recall >= 0.9, "\(missed)")
    }
}

extension String {
    fileprivate var trimmingQuotes: String { hasPrefix("\"") && hasSuffix("\"") && count > 1 ? String(dropFirst().dropLast()) : self }
}
