import RondoKernels
import RondoReport
import RondoSession
import Testing

/// `encode` as it is typed: what it answers, what it refuses, and that no code tells a row its own answer.
@Suite struct EncodeVerbTests {
    /// Rows whose target is drawn at random, whatever their postcode.
    private static func noise(rows: Int, levels: Int) -> String {
        var stream = RandomStream(seed: 21, purpose: "noise")
        var text = "zip,y,value\n"
        for _ in 0..<rows {
            text += "z\(stream.uniform(below: levels)),\(stream.bernoulli(0.5) ? "yes" : "no"),\((stream.normal() * 1_000).rounded() / 8)\n"
        }
        return text
    }

    private func number(_ report: CellReport, _ name: String) -> Double { report.figure(name)?.value.number ?? .nan }

    @Test(arguments: ["logistic", "tree depth 4"]) func aRandomTargetIsNotLearned(_ family: String) {
        var session = TestSession(["noise.csv": Self.noise(rows: 15_000, levels: 1_500)])
        session.accept(
            """
            load "noise.csv" as t
            goal predict y = "yes"
            encode zip target
            split 60/40
            fit \(family) using zip as m
            """)
        let crossValidated = number(session.accept("score m"), "roc_auc")
        let new = number(session.accept("score m on test"), "roc_auc")
        #expect(abs(crossValidated - 0.5) < 0.02, "cross-validation: \(crossValidated)")
        #expect(abs(new - 0.5) < 0.02, "new rows: \(new)")
    }

    @Test func aRandomNumberIsNotLearned() {
        var session = TestSession(["noise.csv": Self.noise(rows: 6_000, levels: 600)])
        session.accept(
            """
            load "noise.csv" as t
            drop y
            goal predict value
            encode zip target
            split 60/40
            fit linear using zip
            """)
        #expect(abs(number(session.accept("score linear"), "r2")) < 0.01)
        #expect(abs(number(session.accept("score linear on test"), "r2")) < 0.01)
    }

    @Test func theTargetStaysGuarded() {
        var session = HouseFile.session()
        session.expectFault("encode zip target", "R0401")
        session.accept("goal predict price\nderive dear = price > 200k\nderive area_code = zip")
        session.expectFault("encode price target", "R0331")
        session.expectFault("encode dear target", "R0331")
        let report = session.accept("encode zip, type target")
        #expect(report.words.contains("means of price for 7 levels, training rows cross-fitted"), "\(report.words)")
        #expect(report.words.contains("no row sees its own target"))
        session.expectFault("encode zip target", "R0331")
        // What brings several codes together knows the target again.
        session.accept("derive back = mean(zip by area_code)")
        session.accept("split 60/20/20 by sold_on")
        session.expectFault("fit linear using back, sqft", "R0404")
        session.accept("fit linear using zip, type")
        #expect(session.accept("fit tree").words.contains("back (contains the target, price)"))
    }

    @Test func everyWayIsTyped() {
        var session = HouseFile.session(rows: 400)
        #expect(session.accept("encode zip label").words.contains("to whole numbers from 0: 4 levels"))
        #expect(session.accept("encode school frequency").words.contains("3 levels"))
        #expect(session.accept("encode sold_on parts [\"year\", \"quarter\"]").words.contains("2 columns from sold_on: sold_on_year"))
        #expect(session.accept("encode sold_on cycle").words.contains("sold_on stays"))
        #expect(session.accept("encode id hashing buckets 16").words.contains("16 columns from id by hash"))
        #expect(session.accept("encode type onehot levels 1").words.contains("2 rarer levels share type_other"))
        let recipe = session.accept("recipe")
        #expect(recipe.tables.first?.rows.count == 6)
        session.accept("goal predict price\nsplit 60/20/20 by sold_on\nfit ridge\nfit forest")
        session.accept("deploy forest as p despite \"a trial\"\npredict p sqft = 1200, type = \"castle\", sold_on = 2023-03-01, id = \"x\"")
    }

    @Test func whatDoesNotFitIsRefused() {
        var session = HouseFile.session(rows: 60)
        session.expectFault("encode zip hashing rare 1%", "R0237")
        session.expectFault("encode zip onehot buckets 8", "R0237")
        session.expectFault("encode zip frequency [\"a\"]", "R0237")
        session.expectFault("encode zip onehot rare 0%", "R0232")
        session.expectFault("encode zip onehot levels 0", "R0232")
        session.expectFault("encode zip hashing buckets 0", "R0232")
        session.expectFault("encode zip label otherwise 1.5", "R0732")
        #expect(session.expectFault("encode sold_on parts [\"mouth\"]", "R0731")?.remedy.contains("\"month\"") == true)
        session.expectFault("encode sold_on cycle [\"year\"]", "R0731")
        session.expectFault("encode sold_on parts [\"hour\"]", "R0351")
        session.expectFault("encode sqft words", "R0351")
        session.expectFault("encode sqft onehot", "R0351")
        #expect(
            session.expectFault("encode school ordinal [\"A\", \"B\"]", "R0452")?.message.contains("rows)") == true)
        #expect(
            session.accept("encode school ordinal [\"A\", \"B\"] otherwise missing").words.contains("rows with levels outside the list"))
    }

    /// Thousands of columns leave the screen readable, and the model as good as with the same columns written out.
    @Test func manyWords() {
        var stream = RandomStream(seed: 3, purpose: "texts")
        var text = "note,size,price\n"
        for row in 0..<600 {
            let words = (0..<12).map { _ in "w\(stream.uniform(below: 900))" } + (row % 3 == 0 ? ["w7"] : [])
            text += "\(words.joined(separator: " ")),\(row % 50),\(row % 50 * 10 + (words.contains("w7") ? 500 : 0))\n"
        }
        var session = TestSession(["t.csv": text])
        session.accept("load \"t.csv\" as t")
        let report = session.accept("encode note words levels 800")
        #expect(report.words.contains("800 word columns from note") && report.words.contains("kept sparse"), "\(report.words)")
        let head = session.accept("head 3")
        #expect(head.tables.first?.columns.count == 12 && head.words.contains("790 more sparse columns"))
        #expect(session.accept("describe").tables.first?.rows.count == 12)
        session.accept("goal predict price\nsplit 80/20\nfit ridge\nfit linear using size, note_w7\nfit tree depth 3")
        let explained = session.accept("explain ridge")
        #expect(explained.tables.first?.rows.count == 802 && explained.words.contains("802 terms"))
        #expect(explained.tables.first?.rows[1].first == .text("note_w7"))
        session.accept("deploy ridge as p despite \"a trial\"")
        #expect(session.accept("predict p note = \"w7 w8 castle\", size = 20").error == nil)
    }
}
