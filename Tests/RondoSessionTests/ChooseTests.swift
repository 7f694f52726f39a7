import RondoFrame
import RondoKernels
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession
import Testing

/// How a model decides: thresholds and calibration, and that both travel.
@Suite struct ChooseTests {
    /// Two classes whose probability grows with one column.
    static func csv(rows: Int = 800, seed: UInt64 = 3) -> String {
        var stream = RandomStream(seed: seed, purpose: "choose")
        var text = "day,x,z,left\n"
        let start = CivilCalendar.days(year: 2022, month: 1, day: 1) ?? 0
        for row in 0..<rows {
            let x = stream.normal()
            let probability = Elementary.logistic(1.5 * x - 1)
            text +=
                "\(CivilCalendar.text(days: start &+ Int32(row))),\(x),\(stream.normal()),\(stream.bernoulli(probability) ? "yes" : "no")\n"
        }
        return text
    }

    private func session() -> TestSession {
        var session = TestSession(["people.csv": Self.csv()])
        session.accept("load \"people.csv\" as people\ngoal predict left = \"yes\"\nsplit 60/20/20 by day\nfit logistic")
        return session
    }

    @Test func thresholdsDoWhatTheySay() throws {
        var session = session()
        let plain = session.accept("score logistic")
        session.accept("choose logistic threshold recall 80%")
        let careful = session.accept("score logistic")
        #expect((careful.number("recall") ?? 0) >= 0.8 && (plain.number("recall") ?? 1) < 0.8)
        #expect(careful.number("roc_auc") == plain.number("roc_auc"), "the order of the rows stays")
        let best = session.accept("choose logistic threshold best f1")
        let score = session.accept("score logistic")
        #expect(score.number("f1") == best.number("reached") && (score.number("f1") ?? 0) >= (plain.number("f1") ?? 1))
        #expect(session.accept("choose logistic threshold 0.3").number("threshold") == 0.3)
        #expect(session.accept("score").words.contains("threshold 0.3"))
        session.accept("choose logistic threshold best f1 as keen")
        #expect(session.workspace.model("keen")?.predictor.decision != nil && session.workspace.chosenModel == "keen")
    }

    /// Every positive answer costs 5 and every hit brings 60: by hand, all rows with a probability above 1 / 12 are worth it.
    @Test func costAndBenefitByHand() throws {
        let probabilities = [0.9, 0.6, 0.4, 0.2, 0.1, 0.05]
        let truth = [true, true, false, true, false, false]
        let finding = try ThresholdRule.gain(cost: 5, benefit: 60).finding(probabilities, truth)
        // Four answers, three hits: 180 - 20.
        #expect(finding.threshold == 0.2 && finding.value == 160 && finding.share == 4.0 / 6)
        let recall = try ThresholdRule.recall(0.5).finding(probabilities, truth)
        #expect(recall.threshold == 0.6)
        // f1 at 0.2: 2 * 3 / (2 * 3 + 1 + 0).
        let best = try ThresholdRule.best("f1").finding(probabilities, truth)
        #expect(best.threshold == 0.2 && abs(best.value - 6.0 / 7) < 1e-15)
        #expect(throws: Fault.self) { try ThresholdRule.best("f1").finding([0.2, 0.3], [false, false]) }
    }

    /// scikit-learn 1.5 IsotonicRegression(out_of_bounds="clip") on the same points.
    @Test func isotonicPoolsAdjacentViolators() {
        let calibration = ProbabilityCalibration(
            .isotonic, probabilities: [[0.9, 0.8, 0.7, 0.6, 0.5], [0.1, 0.2, 0.3, 0.4, 0.5]], truth: [0, 1, 0, 1, 1])
        let answer = calibration.applied(to: [[1, 0.85, 0.75, 0.65, 0.2], [0, 0.15, 0.25, 0.35, 0.8]])[1]
        for (value, expected) in zip(answer, [0, 0.25, 0.5, 0.75, 1]) { #expect(abs(value - expected) < 1e-12, "\(answer)") }
    }

    /// Over-confident probabilities are pulled back, and the curve is that of the truth: log odds halved.
    @Test func plattFindsThePlantedCurve() throws {
        var stream = RandomStream(seed: 5, purpose: "platt")
        var shown: [Double] = []
        var truth: [Int32] = []
        for _ in 0..<20_000 {
            let odds = 2 * stream.normal()
            shown.append(Elementary.logistic(2 * odds))
            truth.append(stream.bernoulli(Elementary.logistic(odds)) ? 1 : 0)
        }
        let calibration = ProbabilityCalibration(.platt, probabilities: [shown.map { 1 - $0 }, shown], truth: truth)
        guard case .logistic(let slope, let offset)? = calibration.curves.first else {
            Issue.record("no curve")
            return
        }
        #expect(abs(slope - 0.5) < 0.02 && abs(offset) < 0.05, "\(slope) \(offset)")
        #expect(try ProbabilityCalibration(archive: calibration.archive()) == calibration)
    }

    @Test func calibrationImprovesABadModelAndTravels() throws {
        var session = session()
        let report = session.accept("choose logistic calibrate isotonic threshold best f1 because \"calls are dear\"")
        #expect((report.number("brier") ?? 1) <= (report.number("brier_before") ?? 0))
        session.accept("deploy logistic as caller despite \"a trial\"")
        let release = try #require(session.workspace.release("caller"))
        let bytes = try release.bundle.bytes()
        let back = try bytes.withUnsafeBytes { try Bundle(bytes: $0) }
        #expect(back.predictor.decision == session.workspace.model("logistic")?.predictor.decision)
        #expect(back.card.contains { $0.contains("isotonic") })
        let threshold = try #require(back.predictor.decision?.threshold)
        let table = try #require(session.workspace.table("people"))
        let answers = try back.answers(for: table.rows, context: session.session.world.compute)
        let positive = try #require(answers.probabilities.last)
        var both: Set<String> = []
        for (row, probability) in positive.values.enumerated() {
            #expect(answers.prediction[row].plainText == (probability >= threshold ? "yes" : "not yes") || probability < threshold)
            both.insert(answers.prediction[row].plainText)
            let own = answers.prediction[row].plainText == "yes" ? probability : 1 - probability
            #expect(abs((answers.confidence[row].number ?? -1) - own) < 1e-12)
        }
        #expect(both.count == 2)
    }

    @Test func whatCannotBeDecidedIsRefused() {
        var session = session()
        session.expectFault("choose logistic threshold 0", "R0811")
        session.expectFault("choose logistic threshold best roc_auc", "R0811")
        session.expectFault("choose logistic threshold cost 5", "R0811")
        session.expectFault("choose logistic threshold 0.2 best f1", "R0811")
        session.expectFault("choose logistic threshold cost 60 benefit 5", "R0811")
        session.accept("goal predict x\nfit linear")
        session.expectFault("choose linear threshold 0.4", "R0810")
        session.expectFault("choose linear calibrate platt", "R0810")
    }
}
