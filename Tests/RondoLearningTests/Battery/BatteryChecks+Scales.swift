import RondoKernels
import RondoReport
import RondoSignature
import Testing

@testable import RondoLearning

extension BatteryCheck {
    private static let leastSquares: Set<String> = ["linear"]
    /// Columns may be moved by a constant without any change of the answers.
    private static let shiftable: Set<String> = [
        "linear", "ridge", "lasso", "elastic_net", "logistic", "tree", "naive_bayes", "knn", "pca", "kmeans", "forest", "boost",
    ]
    /// Each column may be multiplied by its own factor.
    private static let scalable: Set<String> = ["linear", "tree", "naive_bayes", "forest", "boost"]

    static let scales: [BatteryCheck] = [
        BatteryCheck("columns of huge numbers") { s in
            let bad = s.mapping { _, value in value * 1e150 }
            s.expectSound(try s.answers(s.fit(bad), bad))
        },
        BatteryCheck("columns of tiny numbers") { s in
            let bad = s.mapping { _, value in value * 1e-150 }
            s.expectSound(try s.answers(s.fit(bad), bad))
        },
        BatteryCheck("the largest and the smallest numbers there are") { s in
            for size in [Double.greatestFiniteMagnitude / 8, .leastNonzeroMagnitude * 64] {
                try s.expectFaultOrSound(s.mapping { _, value in value * size })
            }
        },
        BatteryCheck("one huge and one tiny column") { s in
            let first = s.mapping([0]) { _, value in value * 1e120 }
            let bad = Features(
                first.features.enumerated().map { place, feature in
                    guard place == 2, case .numbers(let values) = feature.values else { return feature }
                    return Features.Feature(feature.name, .numbers(values.map { $0 * 1e-120 }))
                }, rowCount: first.rowCount)
            s.expectSound(try s.answers(s.fit(bad), bad))
        },
        BatteryCheck("noise on a large constant") { s in
            let bad = s.mapping([0]) { _, value in 1e9 + value }
            s.expectSound(try s.answers(s.fit(bad), bad))
        },
        BatteryCheck("columns moved, the same answers", unless: BatteryReason.only(shiftable, "its answers depend on where 0 is")) { s in
            let moved = s.mapping { _, value in value + 1024 }
            s.expectClose(try s.answers(), try s.answers(s.fit(moved), moved), 1e-5)
        },
        BatteryCheck("columns in other units, the same answers", unless: BatteryReason.only(scalable, "its answers depend on the units")) {
            s in
            let scaled = s.mapping { _, value in value * 0.0625 }
            s.expectClose(try s.answers(), try s.answers(s.fit(scaled), scaled), 1e-7)
        },
        BatteryCheck(
            "columns turned around, the same answers",
            unless: BatteryReason.only(
                ["linear", "ridge", "lasso", "elastic_net", "logistic", "naive_bayes", "knn", "kmeans"], "cuts between values lie elsewhere"
            )
        ) { s in
            let turned = s.mapping { _, value in -value }
            s.expectClose(try s.answers(), try s.answers(s.fit(turned), turned), 1e-5)
        },
        BatteryCheck("rows far away are answered soundly") { s in
            s.expectSound(try s.answers(s.fit(), s.mapping { _, value in value * 1e6 + 1e7 }))
        },
        BatteryCheck(
            "a target moved moves the answers",
            unless: { s in
                BatteryReason.noNumber(s)
                    ?? (["forest", "extra_trees"].contains(s.name) ? "rounding tells equally good cuts of few rows apart" : nil)
            }
        ) { s in
            guard case .numbers(let values) = s.target else { return }
            let moved = try s.answers(s.fit(nil, .numbers(values.map { $0 + 4096 })))
            s.expectClose(try s.answers().map { $0.map { $0 + 4096 } }, moved, 1e-5)
        },
        BatteryCheck(
            "a target in other units scales the answers",
            unless: { s in
                BatteryReason.noNumber(s) ?? (["lasso", "elastic_net"].contains(s.name) ? "its penalty is in units of the target" : nil)
            }
        ) { s in
            guard case .numbers(let values) = s.target else { return }
            let scaled = try s.answers(s.fit(nil, .numbers(values.map { $0 * 16 })))
            s.expectClose(try s.answers().map { $0.map { $0 * 16 } }, scaled, 1e-5)
        },
        BatteryCheck(
            "a target turned around turns the answers",
            unless: { s in
                BatteryReason.noNumber(s) ?? (["forest", "extra_trees", "tree", "boost"].contains(s.name) ? "ties between cuts" : nil)
            }
        ) { s in
            guard case .numbers(let values) = s.target else { return }
            s.expectClose(try s.answers().map { $0.map { -$0 } }, try s.answers(s.fit(nil, .numbers(values.map { -$0 }))), 1e-6)
        },
        BatteryCheck("a target of huge and tiny numbers", unless: BatteryReason.noNumber) { s in
            guard case .numbers(let values) = s.target else { return }
            for size in [1e150, 1e-150] { s.expectSound(try s.answers(s.fit(nil, .numbers(values.map { $0 * size })))) }
        },
        BatteryCheck("a constant target is answered with it", unless: BatteryReason.noNumber) { s in
            let same = TargetValues.numbers([Double](repeating: 42, count: BatterySubject.rows))
            s.expectClose(try s.answers(s.fit(nil, same)), [[Double](repeating: 42, count: BatterySubject.rows)], 1e-9)
        },
    ]

    static let weights: [BatteryCheck] = [
        BatteryCheck("weights of 1 change nothing") { s in
            let ones = [Double](repeating: 1, count: BatterySubject.rows)
            s.expectClose(try s.answers(), try s.answers(s.fit(weights: ones)), 1e-9)
        },
        BatteryCheck(
            "whole weights count as copies",
            unless: { s in
                BatteryReason.draws(s).flatMap { s.name == "extra_trees" ? nil : $0 }
            }
        ) { s in
            let weights = (0..<BatterySubject.rows).map { Double(1 + $0 % 3) }
            let copies = (0..<BatterySubject.rows).flatMap { [Int32](repeating: Int32($0), count: 1 + $0 % 3) }
            let copied = try s.fit(s.features.gathering(copies), s.target.gathering(copies))
            s.expectClose(try s.answers(s.fit(weights: weights)), try s.answers(copied), 1e-6)
        },
        BatteryCheck("rows of weight 0 are absent", unless: BatteryReason.draws) { s in
            let weights = (0..<BatterySubject.rows).map { $0 % 4 == 1 ? 0.0 : 1 }
            let kept = (0..<Int32(BatterySubject.rows)).filter { $0 % 4 != 1 }
            let without = try s.fit(s.features.gathering(kept), s.target.gathering(kept))
            s.expectClose(try s.answers(s.fit(weights: weights)), try s.answers(without), 1e-6)
        },
        BatteryCheck("what stands in rows of weight 0 is nothing", unless: { s in s.task == .grouping ? "it has no target" : nil }) { s in
            let weights = (0..<BatterySubject.rows).map { $0 % 4 == 1 ? 0.0 : 1 }
            let other: TargetValues =
                switch s.target {
                case .numbers(let values): .numbers(values.enumerated().map { $0 % 4 == 1 ? 1e9 : $1 })
                case .classes(let codes, let names): .classes(codes.enumerated().map { $0 % 4 == 1 ? 0 : $1 }, names: names)
                }
            s.expectClose(try s.answers(s.fit(weights: weights)), try s.answers(s.fit(nil, other, weights: weights)), 1e-6)
        },
        BatteryCheck(
            "twice all weights, the same answers",
            unless: BatteryReason.not(
                ["ridge", "lasso", "elastic_net", "logistic", "naive_bayes", "knn", "boost", "extra_trees", "isolation_forest"],
                "its penalty, smoothing or counts are in units of rows")
        ) { s in
            let weights = (0..<BatterySubject.rows).map { 0.5 + Double($0 % 5) / 4 }
            s.expectClose(try s.answers(s.fit(weights: weights)), try s.answers(s.fit(weights: weights.map { $0 * 2 })), 1e-7)
        },
        BatteryCheck("weights that are no whole numbers") { s in
            s.expectSound(try s.answers(s.fit(weights: (0..<BatterySubject.rows).map { 0.3 + Double($0 % 7) / 3 })))
        },
        BatteryCheck("weights that are huge or tiny") { s in
            for size in [1e12, 1e-12] {
                let weights = [Double](repeating: size, count: BatterySubject.rows)
                try s.expectFaultOrSound(s.features, weights: weights)
            }
        },
        BatteryCheck("all weight on a few rows") { s in
            try s.expectFaultOrSound(s.features, weights: (0..<BatterySubject.rows).map { $0 < 8 ? 1 : 0 })
        },
        BatteryCheck("no weight at all is refused") { s in
            try s.expectFault(["R0517"]) { _ = try s.fit(weights: [Double](repeating: 0, count: BatterySubject.rows)) }
        },
        BatteryCheck("weights that are none are refused") { s in
            for value in [-1, Double.nan, .infinity] {
                try s.expectFault(["R0517"]) { _ = try s.fit(weights: (0..<BatterySubject.rows).map { $0 == 9 ? value : 1 }) }
            }
        },
        BatteryCheck("too few weights are refused") { s in try s.expectFault(["R0516"]) { _ = try s.fit(weights: [1]) } },
    ]

    static let targets: [BatteryCheck] = [
        BatteryCheck("answers are sound") { s in s.expectSound(try s.answers()) },
        BatteryCheck("a target of another kind is refused", unless: BatteryReason.noTarget) { s in
            let (tasks, features) = (s.signature.tasks, s.features)
            if !tasks.contains(.binary) { try s.expectFault(["R0518"]) { _ = try s.fit(nil, BatterySubject.target(.binary, features)) } }
            if !tasks.contains(.regression) {
                try s.expectFault(["R0518"]) { _ = try s.fit(nil, BatterySubject.target(.regression, features)) }
            }
        },
        BatteryCheck("a gap in the target is refused", unless: BatteryReason.noTarget) { s in
            switch s.target {
            case .numbers(let values):
                for value in [Double.nan, .infinity, -.infinity] {
                    try s.expectFault(["R0519"]) { _ = try s.fit(nil, .numbers(values.enumerated().map { $0 == 5 ? value : $1 })) }
                }
            case .classes(let codes, let names):
                for code: Int32 in [-1, 9] {
                    try s.expectFault(["R0519"]) {
                        _ = try s.fit(nil, .classes(codes.enumerated().map { $0 == 5 ? code : $1 }, names: names))
                    }
                }
            }
        },
        BatteryCheck("it learns: better than a constant", unless: BatteryReason.noTarget) { s in
            let answers = try s.answers()
            switch s.target {
            case .numbers(let values):
                let moments = Moments(values)
                let error = zip(values, answers[0]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                s.expect(error < 0.7 * moments.sum2, "error \(error) of \(moments.sum2)")
            case .classes(let codes, let names):
                let shares = names.indices.map { place in Double(codes.filter { Int($0) == place }.count) / Double(codes.count) }
                let hits = codes.enumerated().filter { row, code in
                    answers.indices.max { answers[$0][row] < answers[$1][row] } == Int(code)
                }.count
                s.expect(Double(hits) / Double(codes.count) > (shares.max() ?? 1) + 0.1, "\(hits) of \(codes.count) right")
            }
        },
        BatteryCheck("one class is refused", unless: BatteryReason.noClasses) { s in
            guard case .classes(_, let names) = s.target else { return }
            try s.expectFault(["R0520"]) { _ = try s.fit(nil, .classes([Int32](repeating: 1, count: BatterySubject.rows), names: names)) }
        },
        BatteryCheck("one class among the rows with weight is refused", unless: BatteryReason.noClasses) { s in
            guard case .classes(let codes, _) = s.target else { return }
            try s.expectFault(["R0520"]) { _ = try s.fit(weights: codes.map { $0 == 1 ? 1 : 0 }) }
        },
        BatteryCheck("classes by other names, the same answers", unless: BatteryReason.noClasses) { s in
            guard case .classes(let codes, let names) = s.target else { return }
            let renamed = TargetValues.classes(codes, names: names.map { "class \($0)" })
            s.expectSame(try s.answers(), try s.answers(s.fit(nil, renamed)))
        },
        BatteryCheck("answers name the classes of training", unless: BatteryReason.noClasses) { s in
            guard case .classes(_, let names) = s.target,
                case .probabilities(let columns, let known) = try s.fit().predict(s.features, context: .quiet)
            else { return s.expect(false, "no probabilities") }
            s.expect(known == names && columns.count == names.count)
        },
        BatteryCheck(
            "classes in another order, the answers too",
            unless: { s in
                BatteryReason.noClasses(s) ?? BatteryReason.draws(s)
                    ?? (s.name == "tree" || s.name == "boost" ? "categories are ordered by one class" : nil)
            }
        ) { s in
            guard case .classes(let codes, let names) = s.target else { return }
            let last = Int32(names.count - 1)
            let turned = TargetValues.classes(codes.map { last - $0 }, names: names.reversed())
            s.expectClose(try s.answers().reversed(), try s.answers(s.fit(nil, turned)), 1e-6)
        },
        BatteryCheck("a class without rows", unless: BatteryReason.noClasses) { s in
            guard case .classes(let codes, let names) = s.target else { return }
            try s.expectFaultOrSound(s.features, .classes(codes, names: names + ["never"]))
        },
        BatteryCheck("as many classes as rows", unless: { s in s.task == .multiclass ? nil : "it has not many classes here" }) { s in
            let rows = (0..<Int32(12)).map { $0 }
            try s.expectFaultOrSound(s.features.gathering(rows), .classes(rows, names: rows.map { "row \($0)" }))
        },
        BatteryCheck("a rare class", unless: BatteryReason.noClasses) { s in
            guard case .classes(_, let names) = s.target else { return }
            try s.expectFaultOrSound(s.features, .classes((0..<Int32(BatterySubject.rows)).map { $0 == 77 ? 1 : 0 }, names: names))
        },
        BatteryCheck("classes told apart without error", unless: BatteryReason.noClasses) { s in
            guard case .classes(let codes, let names) = s.target else { return }
            let sure = s.adding("sure") { Double(codes[$0]) * 10 }
            try s.expectFaultOrSound(sure, .classes(codes, names: names))
        },
    ]

    static let levels: [BatteryCheck] = [
        BatteryCheck("categories are refused by name", unless: { s in s.needsNumbers ? nil : "it takes categories" }) { s in
            let bad = Features(
                s.features.features + [
                    Features.Feature("kind", .categories([Int32](repeating: 0, count: BatterySubject.rows), levels: ["a"]))
                ], rowCount: BatterySubject.rows)
            try s.expectFault(["R0511"]) { _ = try s.fit(bad) }
        },
        BatteryCheck("an unseen level counts as missing", unless: BatteryReason.noCategories) { s in
            let model = try s.fit()
            guard case .categories(let codes, let levels) = s.features.features[BatterySubject.categoryPlace].values else { return }
            func with(_ codes: [Int32], _ levels: [String]) -> Features {
                var list = s.features.features
                list[BatterySubject.categoryPlace].values = .categories(codes, levels: levels)
                return Features(list, rowCount: BatterySubject.rows)
            }
            let unseen = with(codes, ["new", "b", "c", "d"])
            let missing = with(codes.map { $0 == 0 ? -1 : $0 }, levels)
            s.expectSame(try s.answers(model, unseen), try s.answers(model, missing))
        },
        BatteryCheck(
            "a level that no row has changes nothing",
            unless: { s in
                BatteryReason.noCategories(s)
                    ?? (["naive_bayes", "extra_trees", "isolation_forest"].contains(s.name)
                        ? "a level counts by being listed" : nil)
            }
        ) { s in
            var list = s.features.features
            guard case .categories(let codes, let levels) = list[BatterySubject.categoryPlace].values else { return }
            list[BatterySubject.categoryPlace].values = .categories(codes, levels: levels + ["never"])
            let more = Features(list, rowCount: BatterySubject.rows)
            s.expectClose(try s.answers(), try s.answers(s.fit(more), more), 1e-9)
        },
        BatteryCheck("levels by other names, the same answers", unless: BatteryReason.noCategories) { s in
            var list = s.features.features
            guard case .categories(let codes, _) = list[BatterySubject.categoryPlace].values else { return }
            list[BatterySubject.categoryPlace].values = .categories(codes, levels: ["w", "x", "y", "z"])
            let renamed = Features(list, rowCount: BatterySubject.rows)
            s.expectSame(try s.answers(), try s.answers(s.fit(renamed), renamed))
        },
        BatteryCheck(
            "levels in another order, the same answers",
            unless: { s in
                BatteryReason.noCategories(s) ?? BatteryReason.draws(s)
                    ?? (["tree", "boost"].contains(s.name) ? "ties between levels of equal effect" : nil)
            }
        ) { s in
            var list = s.features.features
            guard case .categories(let codes, let levels) = list[BatterySubject.categoryPlace].values else { return }
            list[BatterySubject.categoryPlace].values = .categories(codes.map { $0 < 0 ? -1 : 3 - $0 }, levels: levels.reversed())
            let turned = Features(list, rowCount: BatterySubject.rows)
            s.expectClose(try s.answers(), try s.answers(s.fit(turned), turned), 1e-6)
        },
        BatteryCheck("a category of one level", unless: BatteryReason.noCategories) { s in
            var list = s.features.features
            list[BatterySubject.categoryPlace].values = .categories([Int32](repeating: 0, count: BatterySubject.rows), levels: ["only"])
            let one = Features(list, rowCount: BatterySubject.rows)
            s.expectSound(try s.answers(s.fit(one), one))
        },
        BatteryCheck("a level for every row", unless: BatteryReason.noCategories) { s in
            var list = s.features.features
            let rows = (0..<Int32(BatterySubject.rows)).map { $0 }
            list[BatterySubject.categoryPlace].values = .categories(rows, levels: rows.map { "level \($0)" })
            let many = Features(list, rowCount: BatterySubject.rows)
            s.expectSound(try s.answers(s.fit(many), many))
        },
        BatteryCheck("codes outside of the levels are refused or missing", unless: BatteryReason.noCategories) { s in
            let model = try s.fit()
            var list = s.features.features
            list[BatterySubject.categoryPlace].values = .categories([Int32](repeating: -1, count: BatterySubject.rows), levels: [])
            s.expectSound(try s.answers(model, Features(list, rowCount: BatterySubject.rows)))
        },
    ]
}
