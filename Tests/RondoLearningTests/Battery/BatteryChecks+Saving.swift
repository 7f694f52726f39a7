import RondoKernels
import RondoReport
import RondoSignature
import Synchronization
import Testing

@testable import RondoLearning

extension BatteryCheck {
    private static func decoded(_ bytes: [UInt8]) throws -> Archive { try bytes.withUnsafeBytes { try Archive(decoding: $0) } }

    /// A damaged archive is refused, or makes a model that answers or refuses: never a trap.
    private static func read(_ archive: Archive, _ s: BatterySubject) throws {
        do {
            let model = try s.family.model(from: archive)
            _ = try model.predict(s.features, context: .quiet)
            _ = model.learned
            _ = model.readable
        } catch let fault as Fault {
            s.expect(!fault.message.isEmpty && !fault.remedy.isEmpty, "\(fault.code) is not told")
        }
    }

    static let saving: [BatteryCheck] = [
        BatteryCheck("saved and read, the same answers") { s in
            let model = try s.fit()
            s.expectSame(try s.answers(model), try s.answers(try s.family.model(from: model.archive())))
        },
        BatteryCheck("saved as bytes and read, the same answers") { s in
            let model = try s.fit()
            s.expectSame(try s.answers(model), try s.answers(try s.family.model(from: decoded(model.archive().encoded()))))
        },
        BatteryCheck("read and saved again, the same bytes") { s in
            let bytes = try s.fit().archive().encoded()
            s.expect(try s.family.model(from: decoded(bytes)).archive().encoded() == bytes)
        },
        BatteryCheck("read, it tells the same") { s in
            let model = try s.fit()
            let back = try s.family.model(from: model.archive())
            s.expect(back.learned.map(\.rows) == model.learned.map(\.rows) && back.readable == model.readable)
        },
        BatteryCheck("weighted, saved and read, the same answers") { s in
            let model = try s.fit(weights: (0..<BatterySubject.rows).map { Double($0 % 3) + 0.5 })
            s.expectSame(try s.answers(model), try s.answers(try s.family.model(from: model.archive())))
        },
        BatteryCheck("a saved model that lacks something is refused") { s in
            let archive = try s.fit().archive()
            for key in archive.values.keys.sorted() {
                var damaged = archive
                damaged.values[key] = nil
                try s.expectFault(["R0590"]) { _ = try s.family.model(from: damaged) }
            }
        },
        BatteryCheck("a saved model with a value of another type is refused") { s in
            let archive = try s.fit().archive()
            for key in archive.values.keys.sorted() {
                var damaged = archive
                if case .words = archive.values[key] { damaged.values[key] = .numbers([1]) } else { damaged.values[key] = .words(["1"]) }
                try s.expectFault([]) { _ = try s.family.model(from: damaged) }
            }
        },
        BatteryCheck("a saved model with shortened lists is refused or sound") { s in
            let archive = try s.fit().archive()
            for key in archive.values.keys.sorted() {
                for drop in [1, Int.max] {
                    var damaged = archive
                    damaged.values[key] =
                        switch archive.values[key] {
                        case .numbers(let list): .numbers(list.dropLast(min(drop, list.count)))
                        case .integers(let list): .integers(list.dropLast(min(drop, list.count)))
                        case .codes(let list): .codes(list.dropLast(min(drop, list.count)))
                        case .bytes(let list): .bytes(list.dropLast(min(drop, list.count)))
                        case .words(let list): .words(list.dropLast(min(drop, list.count)))
                        case .archives(let list): .archives(list.dropLast(min(drop, list.count)))
                        case nil: nil
                        }
                    try read(damaged, s)
                }
            }
        },
        BatteryCheck("a saved model with other numbers is refused or sound") { s in
            let archive = try s.fit().archive()
            for key in archive.values.keys.sorted() {
                for place in [0, 1, 2, 5] {
                    for value in [Int64(-1), 0, 7, 1 << 20, Int64(Int32.max), .max, .min] {
                        var damaged = archive
                        switch archive.values[key] {
                        case .numbers(var list) where place < list.count:
                            list[place] = value == 7 ? .nan : value == 0 ? .infinity : Double(value)
                            damaged.values[key] = .numbers(list)
                        case .integers(var list) where place < list.count:
                            list[place] = value
                            damaged.values[key] = .integers(list)
                        case .codes(var list) where place < list.count:
                            list[place] = Int32(truncatingIfNeeded: value)
                            damaged.values[key] = .codes(list)
                        case .bytes(var list) where place < list.count:
                            list[place] = UInt8(truncatingIfNeeded: value)
                            damaged.values[key] = .bytes(list)
                        default: continue
                        }
                        try read(damaged, s)
                    }
                }
            }
        },
        BatteryCheck("bytes cut off are refused") { s in
            let bytes = try s.fit().archive().encoded()
            for part in 0..<40 {
                try s.expectFault([]) { _ = try s.family.model(from: decoded(Array(bytes.prefix(bytes.count * part / 40)))) }
            }
        },
        BatteryCheck("bits turned over are refused or sound") { s in
            let bytes = try s.fit().archive().encoded()
            var stream = RandomStream(seed: 31, purpose: "battery bits")
            for _ in 0..<150 {
                var damaged = bytes
                damaged[stream.uniform(below: bytes.count)] ^= 1 << UInt8(stream.uniform(below: 8))
                guard let archive = try? decoded(damaged) else { continue }
                try read(archive, s)
            }
        },
        BatteryCheck("the model of another family is refused") { s in
            let other = try (s.name == "pca" ? KMeansFamily.self : PCAFamily.self as any ModelFamily.Type).learner(
                FamilyOptions(s.name == "pca" ? ["clusters": .integer(2)] : [:])
            ).fit(
                TrainingData(
                    features: Features([s.features.features[0]], rowCount: BatterySubject.rows),
                    target: .numbers([Double](repeating: 0, count: BatterySubject.rows))), seed: 1, context: .quiet)
            try s.expectFault([]) { _ = try s.family.model(from: other.archive()) }
        },
    ]

    static let stopping: [BatteryCheck] = [
        BatteryCheck("stopped before it begins") { s in
            let token = CancellationToken()
            token.cancel()
            let rows = (0..<9000).map { Int32($0 % BatterySubject.rows) }
            do {
                _ = try s.fit(s.features.gathering(rows), s.target.gathering(rows), context: ComputeContext(cancellation: token))
                s.expect(false, "went on")
            } catch is Interrupted {}
        },
        BatteryCheck("stopped in the middle, whatever it says it has done") { s in
            // Stopped at each report of progress in turn; families that report none are through before anybody could ask.
            let heard = Mutex(0)
            _ = try s.fit(context: ComputeContext(progress: { _ in heard.withLock { $0 += 1 } }))
            let reports = heard.withLock { $0 }
            let before = try s.answers()
            for report in 1..<max(1, min(reports, 6)) {
                let token = CancellationToken()
                let seen = Mutex(0)
                let context = ComputeContext(
                    threads: ThreadCount(2), cancellation: token,
                    progress: { _ in
                        if seen.withLock({
                            $0 += 1; return $0
                        }) == report {
                            token.cancel()
                        }
                    })
                do { _ = try s.fit(context: context) } catch is Interrupted {}
            }
            s.expectSame(try s.answers(), before)
        },
        BatteryCheck("answers stop too") { s in
            let model = try s.fit()
            let token = CancellationToken()
            token.cancel()
            let rows = s.features.gathering((0..<20_000).map { Int32($0 % BatterySubject.rows) })
            do {
                _ = try model.predict(rows, context: ComputeContext(cancellation: token))
                s.expect(false, "went on")
            } catch is Interrupted {}
            token.reset()
            s.expect(try s.answers(model, rows, context: ComputeContext(cancellation: token)).first?.count == 20_000)
        },
    ]

    // MARK: Options

    private static func value(_ text: String, _ domain: ParameterShape.Domain) -> FamilyOptions.Value {
        switch domain {
        case .integer: Int64(text).map { .integer($0) } ?? .word(text)
        case .number: Double(text).map { .number($0) } ?? .word(text)
        case .choice, .models, .column: .word(text)
        }
    }

    private static func without(_ s: BatterySubject) -> String? {
        s.signature.parameters.isEmpty ? "it has no parameters" : nil
    }

    static let options: [BatteryCheck] = [
        BatteryCheck("values outside of the limits are refused", unless: without) { s in
            for parameter in s.signature.parameters {
                for text in parameter.samplesOutside {
                    let options = FamilyOptions([parameter.name: value(text, parameter.domain)])
                    try s.expectFault(["R0502"]) { _ = try s.family.learner(options) }
                }
            }
        },
        BatteryCheck("what is no number is refused", unless: without) { s in
            for parameter in s.signature.parameters {
                if case .choice = parameter.domain { continue }
                for bad in [FamilyOptions.Value.number(.nan), .number(.infinity), .number(-.infinity), .word("many"), .word("")] {
                    try s.expectFault(["R0502"]) { _ = try s.family.learner(FamilyOptions([parameter.name: bad])) }
                }
            }
        },
        BatteryCheck("whole numbers with a fraction are refused", unless: without) { s in
            for parameter in s.signature.parameters {
                guard case .integer = parameter.domain else { continue }
                try s.expectFault(["R0502"]) { _ = try s.family.learner(FamilyOptions([parameter.name: .number(2.5)])) }
            }
        },
        BatteryCheck("unknown words are refused", unless: without) { s in
            for parameter in s.signature.parameters {
                guard case .choice = parameter.domain else { continue }
                for bad in [FamilyOptions.Value.word("nonsense"), .integer(1), .number(0.5)] {
                    try s.expectFault(["R0502"]) { _ = try s.family.learner(FamilyOptions([parameter.name: bad])) }
                }
            }
        },
        BatteryCheck("unknown parameters are refused") { s in
            try s.expectFault(["R0504"]) { _ = try s.family.learner(FamilyOptions(["nonsense": .integer(1)])) }
        },
        BatteryCheck("a refusal names parameter, limits and what to write", unless: without) { s in
            for parameter in s.signature.parameters {
                guard let text = parameter.samplesOutside.first else { continue }
                do { _ = try s.family.learner(FamilyOptions([parameter.name: value(text, parameter.domain)])) } catch let fault as Fault {
                    s.expect(fault.message.contains(parameter.name) && fault.message.contains(parameter.domain.wording), fault.message)
                    s.expect(fault.remedy.contains(parameter.name), fault.remedy)
                }
            }
        },
        BatteryCheck("defaults lie within the limits", unless: without) { s in
            for parameter in s.signature.parameters {
                if let text = parameter.defaultText { s.expect(parameter.domain.reading(text) != nil, parameter.name) }
            }
        },
        BatteryCheck("the ends of the limits are accepted", unless: without) { s in
            for parameter in s.signature.parameters {
                for end in ends(parameter.domain) { _ = try s.family.learner(FamilyOptions([parameter.name: end])) }
            }
        },
        BatteryCheck("the ends of the limits learn, or say why not", unless: without) { s in
            for parameter in s.signature.parameters {
                for end in ends(parameter.domain) {
                    // A hundred thousand trees would learn too, next week.
                    if parameter.name == "trees", case .integer(let count) = end, count > 1000 { continue }
                    var options = s.options
                    options.values[parameter.name] = end
                    do {
                        s.expectSound(try s.answers(s.fit(options: options)))
                    } catch let fault as Fault {
                        s.expect(!fault.message.isEmpty && !fault.remedy.isEmpty, fault.code)
                    }
                }
            }
        },
        BatteryCheck(
            "every word of a choice learns, or says why not",
            unless: { s in
                s.signature.parameters.contains { if case .choice = $0.domain { true } else { false } } ? nil : "it has no choices"
            }
        ) { s in
            for parameter in s.signature.parameters {
                guard case .choice(let words) = parameter.domain else { continue }
                for word in words {
                    var options = s.options
                    options.values[parameter.name] = .word(word)
                    do {
                        s.expectSound(try s.answers(s.fit(options: options)))
                    } catch let fault as Fault {
                        s.expect(!fault.remedy.isEmpty, fault.code)
                    }
                }
            }
        },
        BatteryCheck("whole numbers may be written as numbers", unless: without) { s in
            for parameter in s.signature.parameters {
                guard case .integer(let lower, _) = parameter.domain else { continue }
                _ = try s.family.learner(FamilyOptions([parameter.name: .number(Double(lower))]))
            }
        },
    ]

    private static func ends(_ domain: ParameterShape.Domain) -> [FamilyOptions.Value] {
        switch domain {
        case .integer(let lower, let upper): [.integer(lower), .integer(upper)]
        case .number(let lower, let upper, let includesLower):
            [.number(includesLower ? max(lower, -1e300) : lower + 1e-9), .number(min(upper, 1e300))]
        case .choice(let words): words.map { .word($0) }
        case .models, .column: []
        }
    }

    // MARK: Reading

    static let reading: [BatteryCheck] = [
        BatteryCheck("what it learned is not empty") { s in
            let model = try s.fit()
            s.expect(!model.readable.isEmpty)
            s.expect(s.signature.readable == "importances" || !model.learned.isEmpty, "no table")
            for table in model.learned { s.expect(!table.rows.isEmpty && !table.caption.isEmpty, table.caption) }
        },
        BatteryCheck("what it learned is finite") { s in
            for table in try s.fit().learned {
                for row in table.rows {
                    s.expect(row.count == table.columns.count, "\(table.caption): a row of \(row.count) cells")
                    for cell in row { if let number = cell.number { s.expect(number.isFinite, "\(table.caption): \(row)") } }
                }
            }
        },
        BatteryCheck("what it learned of huge and tiny columns is finite") { s in
            for size in [1e150, 1e-150] {
                for table in try s.fit(s.mapping { _, value in value * size }).learned {
                    let numbers = table.rows.joined().compactMap(\.number)
                    s.expect(numbers.allSatisfy(\.isFinite), table.caption)
                }
            }
        },
        BatteryCheck("its name is that of its family") { s in s.expect(type(of: try s.fit()).familyName == s.name) },
        BatteryCheck("its declaration is complete") { s in
            s.expect(s.signature.details.contains("Source:") && !s.signature.summary.isEmpty && !s.signature.searchWords.isEmpty)
            for parameter in s.signature.parameters { s.expect(!parameter.summary.isEmpty, parameter.name) }
        },
        BatteryCheck("it says what each row is, in order") { s in
            let model = try s.fit()
            s.expect(try s.answers(model).allSatisfy { $0.count == BatterySubject.rows })
        },
    ]
}
