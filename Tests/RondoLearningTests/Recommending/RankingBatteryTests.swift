import RondoKernels
import RondoReport
import RondoSignature
import Testing

@testable import RondoLearning

/// What every recommender must hold, whatever it learns: run over the whole registry.
@Suite struct RankingBatteryTests {
    static let names = ModelFamilies.signatures.filter { $0.tasks.contains(.ranking) }.map(\.name)

    typealias Event = (person: String, thing: String, strength: Double)

    /// Forty people of two tastes and thirty things, some seen and not liked, some events twice.
    static let events: [Event] = {
        var stream = RandomStream(seed: 4, purpose: "ranking battery")
        return (0..<900).map { _ in
            let person = stream.uniform(below: 40)
            let thing = stream.uniform(below: 15) * 2 + (stream.uniform() < 0.8 ? person % 2 : 1 - person % 2)
            return ("\(person)", "thing \(thing)", stream.uniform() < 0.7 ? Double(1 + stream.uniform(below: 3)) : 0)
        }
    }()

    /// The events with two columns that describe the things: a kind, and a number with gaps.
    static func data(_ events: [Event], weights: [Double]? = nil) -> TrainingData {
        let plain = Ratings.events(events, weights: weights)
        let numbers = events.map { Double($0.thing.utf8.reduce(0) { Int($0) + Int($1) } % 7) }
        let described = Features(
            plain.features.features + [
                Ratings.feature("kind", numbers.map { $0 < 3 ? "low" : "high" }),
                .init("number", .numbers(numbers.map { $0 == 6 ? .nan : $0 })),
            ], rowCount: plain.features.rowCount)
        return TrainingData(features: described, target: plain.target, weights: weights)
    }

    static func fit(
        _ name: String, _ data: TrainingData, _ options: FamilyOptions = FamilyOptions(), context: ComputeContext = .quiet
    ) throws -> any RankingModel {
        let learner = try #require(ModelFamilies.named(name)).learner(name == "blend" ? blended(options) : options)
        return try #require(try learner.fit(data, seed: 11, context: context) as? any RankingModel)
    }

    /// Two recommenders, the number of a thing favored besides.
    static func blended(_ options: FamilyOptions) -> FamilyOptions {
        var options = options
        options.parts = ["content", "item_knn"].map {
            .init(name: "my_\($0)", family: $0, options: FamilyOptions(), columns: $0 == "content" ? ["kind", "number"] : [])
        }
        options.values["favor"] = .word("number")
        return options
    }

    static func bits(_ model: any RankingModel, _ context: ComputeContext = .quiet) throws -> [UInt64] {
        guard case .numbers(let answers) = try model.predict(data(events).features, context: context) else { return [] }
        #expect(answers.count == events.count && answers.allSatisfy(\.isFinite))
        return answers.map(\.bitPattern)
    }

    // MARK: The same bits

    @Test(arguments: names) func repeatsItself(_ name: String) throws {
        let two = ComputeContext(threads: ThreadCount(2))
        let model = try Self.fit(name, Self.data(Self.events))
        let expected = try Self.bits(model)
        #expect(type(of: model).familyName == name && !model.readable.isEmpty)
        for context in [ComputeContext.quiet, two] {
            let again = try Self.fit(name, Self.data(Self.events), context: context)
            #expect(try Self.bits(again, context) == expected)
            #expect(again.archive() == model.archive())
        }
        let users = (0..<Int32(model.interactions.users.count)).map { $0 }
        let lists = try model.ranked(users, count: 5, leavingOut: model.interactions.seen, context: .quiet)
        #expect(try model.ranked(users, count: 5, leavingOut: model.interactions.seen, context: two) == lists)
    }

    @Test(arguments: names) func theOrderOfEventsIsNothing(_ name: String) throws {
        var stream = RandomStream(seed: 5, purpose: "order")
        let model = try Self.fit(name, Self.data(Self.events))
        let shuffled = stream.permutation(Self.events.count).map { Self.events[$0] }
        #expect(try Self.bits(Self.fit(name, Self.data(shuffled))) == Self.bits(model))
    }

    @Test(arguments: names) func weightsCountAsCopies(_ name: String) throws {
        let weights = Self.events.indices.map { Double($0 % 3) }
        let copies = zip(Self.events, weights).flatMap { [Event](repeating: $0, count: Int($1)) }
        let weighted = try Self.bits(Self.fit(name, Self.data(Self.events, weights: weights)))
        let copied = try Self.bits(Self.fit(name, Self.data(copies)))
        for (one, other) in zip(weighted, copied) {
            let (one, other) = (Double(bitPattern: one), Double(bitPattern: other))
            #expect((one - other).magnitude <= 1e-6 * max(1, one.magnitude))
        }
    }

    @Test(arguments: names) func savedModelsAnswerTheSame(_ name: String) throws {
        let family = try #require(ModelFamilies.named(name))
        let model = try Self.fit(name, Self.data(Self.events))
        let restored = try #require(try family.model(from: model.archive()) as? any RankingModel)
        #expect(try Self.bits(restored) == Self.bits(model))
        #expect(restored.learned.map(\.rows) == model.learned.map(\.rows) && !model.learned.isEmpty)
        #expect(model.learned.allSatisfy { table in !table.rows.isEmpty && table.rows.allSatisfy { $0.count == table.columns.count } })
        #expect(restored.readable == model.readable && restored.archive() == model.archive())
    }

    @Test(arguments: names) func damagedArchivesAreErrors(_ name: String) throws {
        let family = try #require(ModelFamilies.named(name))
        let archive = try Self.fit(name, Self.data(Self.events)).archive()
        for damaged in Self.damaged(archive) { #expect(throws: Fault.self) { try family.model(from: damaged) } }
    }

    /// Each entry left out, cut short, or out of its limits, inner archives included.
    static func damaged(_ archive: Archive) -> [Archive] {
        archive.values.keys.sorted().flatMap { key -> [Archive] in
            var result: [Archive.Value?] = [nil]
            switch archive.values[key] {
            case .archives(let inner)?:
                result += inner.indices.flatMap { place in
                    damaged(inner[place]).map { one in
                        var all = inner
                        all[place] = one
                        return .archives(all)
                    }
                }
            case .numbers(let values)? where !values.isEmpty:
                result += [.numbers(Array(values.dropLast())), .numbers([.nan] + values.dropFirst())]
            case .codes(let values)? where !values.isEmpty: result += [.codes(Array(values.dropLast())), .codes([-1] + values.dropFirst())]
            case .integers(let values)? where values.count > 1:
                result += [.integers(Array(values.dropLast())), .integers(values.reversed())]
            case .words(let values)? where values.count > 1: result += [.words(Array(values.dropLast()))]
            default: break
            }
            return result.map { value in
                var damaged = archive
                damaged.values[key] = value
                return damaged
            }
        }
    }

    // MARK: Few and odd data

    @Test(arguments: names) func onePersonAndOneThing(_ name: String) throws {
        let single: [[Event]] = [
            [("a", "x", 1)], [("a", "x", 1), ("a", "y", 1), ("a", "z", 0)], [("a", "x", 1), ("b", "x", 1), ("c", "x", 0)],
            // Everybody has everything.
            (0..<4).flatMap { person in (0..<3).map { ("\(person)", "\($0)", 1.0) } },
        ]
        for events in single {
            let model = try Self.fit(name, Self.data(events))
            for user in model.interactions.users.indices {
                let scores = try model.scores(of: model.interactions.history(of: user))
                #expect(scores.count == model.interactions.items.count && scores.allSatisfy(\.isFinite))
            }
            let lists = try model.ranked([0], count: 10, leavingOut: model.interactions.seen, context: .quiet)
            #expect(lists == [[]] || events.count == 3)
            _ = model.learned
        }
    }

    @Test(arguments: names) func nothingLikedIsAnError(_ name: String) throws {
        #expect { try Self.fit(name, Self.data([("a", "x", 0), ("b", "y", 0)])) } throws: { ($0 as? Fault)?.code == "R0462" }
        #expect { try Self.fit(name, Self.data([])) } throws: { ($0 as? Fault)?.code == "R0515" }
        #expect { try Self.fit(name, Self.data([("a", "x", .nan)])) } throws: { ($0 as? Fault)?.code == "R0519" }
        #expect { try Self.fit(name, Self.data([("a", "x", 1)], weights: [0])) } throws: { ($0 as? Fault)?.code == "R0517" }
        let numbers = Features([.init("person", .numbers([1])), .init("thing", .numbers([2]))], rowCount: 1)
        #expect { try Self.fit(name, TrainingData(features: numbers, target: .numbers([1]))) } throws: {
            ($0 as? Fault)?.code == "R0461"
        }
        if name == "content" {
            #expect { try Self.fit(name, Ratings.events([("a", "x", 1)])) } throws: { ($0 as? Fault)?.code == "R0464" }
        }
    }

    @Test(arguments: names) func strangersGetWhatIsPopular(_ name: String) throws {
        let model = try Self.fit(name, Self.data(Self.events))
        let asked = Features(
            [Ratings.feature("person", ["stranger", "3", "3"]), Ratings.feature("thing", ["thing 4", "nothing", "thing 4"])], rowCount: 3)
        guard case .numbers(let answers) = try model.predict(asked, context: .quiet) else { return }
        let interactions = model.interactions
        let (thing, person) = (try #require(interactions.itemIndex("thing 4")), try #require(interactions.userIndex("3")))
        let popular = try model.scores(of: .empty)
        let own = try model.scores(of: interactions.history(of: person))
        #expect(answers == [popular[thing], try #require(own.min()), own[thing]])
        let best = BestItems.of(popular, count: 1)
        if name != "blend" { #expect(BestItems.of(interactions.popularity, count: 1) == best) }
    }

    @Test(arguments: names) func newHistoriesAreAnsweredLikeOldOnes(_ name: String) throws {
        let model = try Self.fit(name, Self.data(Self.events))
        let known = model.interactions.history(of: 7)
        let new = model.interactions.history(
            of: zip(known.items, known.strengths).reversed().map { (model.interactions.items[Int($0)], $1) } + [("nothing", 1)])
        #expect(new == known)
        #expect(try model.ranked([new], count: 8, leavingOut: [new.items], context: .quiet).first?.count == 8)
        #expect(throws: Fault.self) { try model.scores(of: History([(1_000_000, 1)])) }
    }

    @Test(arguments: names) func reasonsAreInTheHistory(_ name: String) throws {
        let model = try Self.fit(name, Self.data(Self.events))
        let history = model.interactions.history(of: 3)
        for item in model.interactions.items.indices {
            if let reason = try model.reason(for: item, in: history) { #expect(history.items.contains(Int32(reason)) && reason != item) }
            if let likeness = try model.likeness(to: item) {
                #expect(likeness.count == model.interactions.items.count && likeness.allSatisfy(\.isFinite))
            }
        }
        #expect(try model.reason(for: 0, in: .empty) == nil)
        if name != "popularity" {
            #expect(throws: Fault.self) { try model.likeness(to: 30) }
            #expect(throws: Fault.self) { try model.likeness(to: -1) }
        }
    }

    /// People of one taste are given things of that taste: chance would give half of 120.
    @Test(arguments: names.filter { !["popularity", "content", "blend"].contains($0) }) func tastesAreFound(_ name: String) throws {
        let model = try Self.fit(name, Self.data(Self.events))
        let interactions = model.interactions
        let lists = try model.ranked(
            interactions.users.indices.map { Int32($0) }, count: 3, leavingOut: nil, context: .quiet)
        let right = zip(interactions.users, lists).map { user, list in
            list.count { item in (Int(interactions.items[Int(item)].dropFirst(6)) ?? 0) % 2 == (Int(user) ?? 0) % 2 }
        }
        #expect(right.reduce(0, +) > 90, "\(right.reduce(0, +)) of 120")
    }

    // MARK: Stopping and options

    @Test(arguments: names) func cancelledWorkStops(_ name: String) throws {
        let token = CancellationToken()
        token.cancel()
        let stopped = ComputeContext(cancellation: token)
        #expect(throws: Interrupted.self) { try Self.fit(name, Self.data(Self.events), context: stopped) }
        let model = try Self.fit(name, Self.data(Self.events))
        #expect(throws: Interrupted.self) { try model.ranked([0, 1], count: 3, leavingOut: nil, context: stopped) }
        #expect(throws: Interrupted.self) { try model.predict(Self.data(Self.events).features, context: stopped) }
    }

    @Test(arguments: names) func allowedItemsAloneAreAnswered(_ name: String) throws {
        let model = try Self.fit(name, Self.data(Self.events))
        let allowed = model.interactions.items.indices.map { $0 % 3 == 0 }
        let list = try #require(
            try model.ranked([2], count: 30, leavingOut: nil, allowed: allowed, context: .quiet).first)
        #expect(list.count == allowed.count { $0 } && list.allSatisfy { $0 % 3 == 0 })
        let seen = try #require(try model.ranked([2], count: 30, leavingOut: model.interactions.seen, context: .quiet).first)
        #expect(Set(seen).isDisjoint(with: model.interactions.seen.columns(of: 2)))
    }
}
