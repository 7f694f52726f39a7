import RondoKernels
import RondoReport
import RondoSignature
import Testing

@testable import RondoLearning

extension BatteryCheck {
    private static func shuffled(_ count: Int) -> [Int32] {
        var stream = RandomStream(seed: 8, purpose: "battery order")
        return stream.permutation(count).map { Int32($0) }
    }

    static let rows: [BatteryCheck] = [
        BatteryCheck("fitted twice, the same answers") { s in s.expectSame(try s.answers(), try s.answers()) },
        BatteryCheck("fitted twice, the same model") { s in s.expect(try s.fit().archive().encoded() == s.fit().archive().encoded()) },
        BatteryCheck("one thread learns as two do") { s in
            let two = try s.fit(context: ComputeContext(threads: ThreadCount(2)))
            s.expect(try s.fit().archive().encoded() == two.archive().encoded())
        },
        BatteryCheck("one thread answers as two do") { s in
            let model = try s.fit()
            let rows = s.features.gathering((0..<5000).map { Int32($0 % BatterySubject.rows) })
            s.expectSame(try s.answers(model, rows), try s.answers(model, rows, context: ComputeContext(threads: ThreadCount(2))))
        },
        BatteryCheck("a listener changes nothing") { s in
            s.expectSame(try s.answers(), try s.answers(s.fit(context: ComputeContext(progress: { _ in }))))
        },
        BatteryCheck("another seed answers soundly") { s in s.expectSound(try s.answers(s.fit(seed: 12))) },
        BatteryCheck("a copy of the data learns the same") { s in
            let all = (0..<Int32(BatterySubject.rows)).map { $0 }
            s.expectSame(try s.answers(), try s.answers(s.fit(s.features.gathering(all), s.target.gathering(all))))
        },
        BatteryCheck("the order of rows is nothing", unless: BatteryReason.draws) { s in
            let order = shuffled(BatterySubject.rows)
            let moved = try s.fit(s.features.gathering(order), s.target.gathering(order))
            s.expectClose(try s.answers(), try s.answers(moved), 1e-6)
        },
        BatteryCheck("a row alone is answered as among many") { s in
            let model = try s.fit()
            let all = try s.answers(model)
            for row: Int32 in [0, 7, 63, 64, 119] {
                s.expectSame(try s.answers(model, s.features.gathering([row])), all.map { [$0[Int(row)]] })
            }
        },
        BatteryCheck("answers follow the order of rows") { s in
            let model = try s.fit()
            let order = shuffled(BatterySubject.rows)
            let all = try s.answers(model)
            s.expectSame(try s.answers(model, s.features.gathering(order)), all.map { column in order.map { column[Int($0)] } })
        },
        BatteryCheck("equal rows have equal answers") { s in
            let model = try s.fit()
            let answers = try s.answers(model, s.features.gathering([Int32](repeating: 17, count: 300)))
            s.expect(answers.allSatisfy { Set($0).count == 1 })
        },
        BatteryCheck("no rows to answer, no answers") { s in
            s.expect(try s.answers(s.fit(), s.features.gathering([])).allSatisfy(\.isEmpty))
        },
        BatteryCheck("no rows to learn from") { s in
            try s.expectFault(["R0515"]) { _ = try s.fit(s.features.gathering([]), s.target.gathering([])) }
        },
        BatteryCheck("one row to learn from") { s in
            guard s.hasClasses else { return try s.expectFaultOrSound(s.features.gathering([5]), s.target.gathering([5])) }
            try s.expectFault(["R0520"]) { _ = try s.fit(s.features.gathering([5]), s.target.gathering([5])) }
        },
        BatteryCheck("a few rows to learn from") { s in
            for count in [2, 3, 5, 8] {
                let rows = (0..<Int32(count)).map { $0 * 3 }
                try s.expectFaultOrSound(s.features.gathering(rows), s.target.gathering(rows))
            }
        },
        BatteryCheck("all rows alike") { s in
            let rows = [Int32](repeating: 4, count: 60)
            guard case .classes(_, let names) = s.target else {
                return try s.expectFaultOrSound(s.features.gathering(rows), s.target.gathering(rows))
            }
            let codes = rows.indices.map { Int32($0 % names.count) }
            try s.expectFaultOrSound(s.features.gathering(rows), .classes(codes, names: names))
        },
        BatteryCheck("targets and weights of another length are refused") { s in
            try s.expectFault(["R0516"]) { _ = try s.fit(s.features, s.target.gathering([0, 1, 2])) }
        },
        BatteryCheck("ten times the rows, the same kind of model") { s in
            let rows = (0..<1200).map { Int32($0 % BatterySubject.rows) }
            s.expectSound(try s.answers(s.fit(s.features.gathering(rows), s.target.gathering(rows)), s.features))
        },
    ]

    static let columns: [BatteryCheck] = [
        BatteryCheck("one column") { s in
            try s.expectFaultOrSound(Features([s.features.features[0]], rowCount: BatterySubject.rows))
        },
        BatteryCheck("no column") { s in try s.expectFaultOrSound(Features([], rowCount: BatterySubject.rows)) },
        BatteryCheck(
            "a constant column changes no answer",
            unless: BatteryReason.not(
                ["forest", "extra_trees", "isolation_forest", "boost"], "it draws among columns, or counts them")
        ) { s in
            let more = s.adding("constant") { _ in 0.1 }
            s.expectClose(try s.answers(), try s.answers(s.fit(more), more), 1e-7)
        },
        BatteryCheck("a constant column is sound") { s in
            let more = s.adding("constant") { _ in 7 }
            s.expectSound(try s.answers(s.fit(more), more))
        },
        BatteryCheck("a constant column alone") { s in
            try s.expectFaultOrSound(
                Features(
                    [Features.Feature("constant", .numbers([Double](repeating: -3, count: BatterySubject.rows)))],
                    rowCount: BatterySubject.rows))
        },
        BatteryCheck("a column of zeros") { s in
            let more = s.adding("zero") { _ in 0 }
            s.expectSound(try s.answers(s.fit(more), more))
        },
        BatteryCheck("a column with one other value") { s in
            let more = s.adding("rare") { $0 == 11 ? 1 : 0 }
            s.expectSound(try s.answers(s.fit(more), more))
        },
        BatteryCheck("a column twice is sound") { s in
            guard case .numbers(let values) = s.features.features[0].values else { return }
            let more = s.adding("again") { values[$0] }
            s.expectSound(try s.answers(s.fit(more), more))
        },
        BatteryCheck("least squares names the column that stands twice", unless: BatteryReason.only(["linear"], "no least squares")) { s in
            guard case .numbers(let values) = s.features.features[0].values else { return }
            let more = s.adding("again") { 3 * values[$0] - 1 }
            let model = try s.fit(more)
            s.expect((model as? any CoefficientModel)?.dropped == ["again"])
            s.expectClose(try s.answers(), try s.answers(model, more), 1e-9)
        },
        BatteryCheck("the order of columns is nothing", unless: BatteryReason.ordered) { s in
            let turned = Features(s.features.features.reversed(), rowCount: BatterySubject.rows)
            s.expectClose(try s.answers(), try s.answers(s.fit(turned), turned), 1e-6)
        },
        BatteryCheck("more columns than rows") { s in
            let wide = BatterySubject.features(s.signature, rows: 20, width: 30)
            try s.expectFaultOrSound(wide, s.target.gathering((0..<20).map { Int32($0) }))
        },
        BatteryCheck("a name of any signs is kept") { s in
            let odd = Features(
                s.features.features.enumerated().map { Features.Feature("\($0) é\u{1F600} \"x\",\n", $1.values) },
                rowCount: BatterySubject.rows)
            let model = try s.fit(odd)
            s.expectSame(try s.answers(model, odd), try s.answers(try s.family.model(from: model.archive()), odd))
        },
        BatteryCheck("a column too few is refused") { s in
            let model = try s.fit()
            let fewer = Features(Array(s.features.features.dropFirst()), rowCount: BatterySubject.rows)
            try s.expectFault(["R0514"]) { _ = try s.answers(model, fewer) }
        },
        BatteryCheck("a column too many is refused") { s in
            let model = try s.fit()
            let more = s.adding("more") { Double($0) }
            try s.expectFault(["R0514"]) { _ = try s.answers(model, more) }
        },
        BatteryCheck("columns in another order are refused") { s in
            let model = try s.fit()
            let turned = Features(s.features.features.reversed(), rowCount: BatterySubject.rows)
            try s.expectFault(["R0514"]) { _ = try s.answers(model, turned) }
        },
        BatteryCheck("a column of another kind is refused, or counts as missing") { s in
            let model = try s.fit()
            var list = s.features.features
            list[0].values = .categories([Int32](repeating: 0, count: BatterySubject.rows), levels: ["a"])
            do {
                let missing = s.mapping([0]) { _, _ in .nan }
                s.expectSame(try s.answers(model, Features(list, rowCount: BatterySubject.rows)), try s.answers(model, missing))
            } catch let fault as Fault {
                s.expect(["R0511", "R0512", "R0514"].contains(fault.code), fault.code)
            }
        },
    ]

    static let gaps: [BatteryCheck] = [
        BatteryCheck("a column all missing is named", unless: BatteryReason.takesGaps) { s in
            let bad = s.adding("empty") { _ in .nan }
            try s.expectFault(["R0512"]) { _ = try s.fit(bad) }
            do { _ = try s.fit(bad) } catch let fault as Fault { s.expect(fault.subject == "empty" && fault.message.contains("empty")) }
        },
        BatteryCheck("a gap is named with its row", unless: BatteryReason.takesGaps) { s in
            let bad = s.mapping([1]) { row, value in row == 41 ? .nan : value }
            try s.expectFault(["R0512"]) { _ = try s.fit(bad) }
            do { _ = try s.fit(bad) } catch let fault as Fault { s.expect(fault.message.contains("row 42"), fault.message) }
        },
        BatteryCheck("a gap in a row to answer is refused", unless: BatteryReason.takesGaps) { s in
            let model = try s.fit()
            try s.expectFault(["R0512"]) { _ = try s.answers(model, s.mapping([1]) { row, value in row == 3 ? .nan : value }) }
        },
        BatteryCheck("a column all missing is sound", unless: BatteryReason.noGaps) { s in
            let bad = s.adding("empty") { _ in .nan }
            s.expectSound(try s.answers(s.fit(bad), bad))
        },
        BatteryCheck("all columns all missing", unless: BatteryReason.noGaps) { s in
            let bad = s.mapping { _, _ in .nan }
            let none = Features(
                bad.features.map { feature in
                    guard case .categories(let codes, let levels) = feature.values else { return feature }
                    return Features.Feature(feature.name, .categories(codes.map { _ in -1 }, levels: levels))
                }, rowCount: bad.rowCount)
            try s.expectFaultOrSound(none)
        },
        BatteryCheck("every other value missing", unless: BatteryReason.noGaps) { s in
            let bad = s.mapping { row, value in row % 2 == 0 ? .nan : value }
            s.expectSound(try s.answers(s.fit(bad), bad))
        },
        BatteryCheck("gaps only in the rows to answer", unless: BatteryReason.noGaps) { s in
            s.expectSound(try s.answers(s.fit(), s.mapping { _, _ in .nan }))
        },
        BatteryCheck("infinity is sound or named") { s in
            for value in [Double.infinity, -.infinity] {
                let bad = s.adding("endless") { $0 % 10 == 0 ? value : Double($0) }
                try s.expectFaultOrSound(bad)
                do { _ = try s.fit(bad) } catch let fault as Fault { s.expect(fault.subject == "endless") }
            }
        },
        BatteryCheck("infinity in a row to answer is sound or refused") { s in
            let model = try s.fit()
            do {
                s.expectSound(try s.answers(model, s.mapping([0]) { row, value in row == 2 ? .infinity : value }))
            } catch let fault as Fault {
                s.expect(["R0513", "R0512"].contains(fault.code), fault.code)
            }
        },
    ]
}
