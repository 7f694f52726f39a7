import RondoFrame
import RondoKernels
import RondoLanguage
import Testing

@testable import RondoRecipes

/// The target must be found in every column it reaches, and in no other.
@Suite struct TargetGuardTests {
    private func derive(_ pairs: (String, String)...) throws -> any RecipeStep { DeriveStep(try pairs.map(assignment)) }

    private func recipe(_ steps: any RecipeStep...) -> Recipe { Recipe(steps.map { Recipe.Entry($0, text: "") }) }

    /// What price reaches, before and after learning on the sales.
    private func reached(_ recipe: Recipe, from sources: Set<String> = ["price"]) throws -> Set<String> {
        let frame = try Sales.frame()
        let fitted = try recipe.fit(frame, rows: nil, context: .quiet)
        let exact = fitted.recipe.reached(from: sources, columns: frame.names)
        #expect(recipe.reached(from: sources, columns: frame.names).isSubset(of: exact))
        #expect(exact.isSubset(of: fitted.frame.names))
        try provesItself(recipe, exact, fitted.frame, sources)
        return exact
    }

    /// Changes the sources: no column outside of what is said may change.
    private func provesItself(_ recipe: Recipe, _ reached: Set<String>, _ before: Frame, _ sources: Set<String>) throws {
        let frame = try Sales.frame()
        var changed = frame
        for source in sources {
            let column = try #require(frame[source])
            try changed.set(source, column.gathering((0..<60).map { Int32(($0 * 7 + 3) % 60) }))
        }
        let after = try recipe.fit(changed, rows: nil, context: .quiet).frame
        for name in before.names where !reached.contains(name) {
            #expect(
                try bits(#require(before[name]).archive()) == bits(#require(after[name]).archive()), "\(name) is reached and not said to be"
            )
        }
    }

    @Test func throughDeriveChains() throws {
        let chain = recipe(
            try derive(("per_sqft", "price / sqft"), ("again", "per_sqft + 1")), try derive(("far", "again * 2"), ("clean", "sqft + lot")))
        #expect(try reached(chain) == ["price", "per_sqft", "again", "far"])
    }

    @Test func throughRenames() throws {
        let steps = recipe(
            RenameStep([.init(old: "price", new: "asked"), .init(old: "sqft", new: "price")]),
            try derive(("a", "asked / 2"), ("b", "price / 2")))
        #expect(try reached(steps) == ["asked", "a"])
    }

    @Test func anOverwrittenColumnIsCleanAgain() throws {
        #expect(try reached(recipe(try derive(("x", "price + 1")), try derive(("x", "sqft"), ("y", "x")))) == ["price"])
        #expect(try reached(recipe(try derive(("keep", "price")), try derive(("price", "sqft")))) == ["keep"])
        #expect(try reached(recipe(DropStep(["price"]))).isEmpty)
    }

    @Test func throughGroupMeansAndConditions() throws {
        let means = recipe(
            try derive(
                ("zip_mean", "mean(price by zip)"), ("dear", "count(where price > 300000 by zip)"),
                ("kinds", "count(by price bands [200000, 300000])")))
        #expect(try reached(means) == ["price", "zip_mean", "dear", "kinds"])
        let ordered = recipe(try derive(("before", "lag(sqft over price)"), ("place", "rank(over sqft)")))
        #expect(try reached(ordered) == ["price", "before"])
    }

    @Test func throughConditionsInsideIfThenElse() throws {
        let steps = recipe(
            try derive(
                ("size", "if price > 250000 then \"dear\" else \"cheap\""),
                ("nested", "if sqft > 1000 then (if price is missing then 1 else 2) else 3"),
                ("listed", "if sqft in [1000, 2000] then 1 else 0"), ("between", "if sqft between 100 and price then 1 else 0")))
        #expect(try reached(steps) == ["price", "size", "nested", "between"])
    }

    @Test func throughFlags() throws {
        #expect(
            try reached(recipe(FlagStep("luxury", try expression("price > 300000")), try derive(("n", "if luxury then 1 else 0")))) == [
                "price", "luxury", "n",
            ])
    }

    @Test func throughImputeBy() throws {
        let steps = recipe(
            try derive(("band", "if price > 300000 then \"a\" else \"b\"")), ImputeStep(["sqft"], .median, by: try groups("band")),
            ImputeStep(["lot"], .median, by: try groups("type")))
        #expect(try reached(steps) == ["price", "band", "sqft"])
    }

    @Test func throughEncodeAndScale() throws {
        let steps = recipe(
            try derive(("band", "if price > 300000 then \"high\" else \"low\"")), EncodeOneHotStep(["band", "type"]),
            ScaleStep(["sqft"], .standard),
            try derive(("later", "band_high + 1"), ("other", "type_condo + 1")))
        #expect(try reached(steps) == ["price", "band_high", "band_low", "later"])
    }

    @Test func throughJoinsByATaintedKey() throws {
        let right = try Frame([("key", .text(["a", "b"])), ("x", .numbers([1, 2])), ("y", .numbers([3, 4]))])
        let tainted = try JoinStep(
            by: [try expression("band")], with: right, keys: [try expression("key")], taking: [("x", "x"), ("y", "y")], context: .quiet)
        let steps = recipe(try derive(("band", "if price > 300000 then \"a\" else \"b\"")), tainted, try derive(("z", "x + sqft")))
        #expect(try reached(steps) == ["price", "band", "x", "y", "z"])
    }

    @Test func throughATableMadeFromThisOne() throws {
        let means = try Frame([("zip", .text(["10001"])), ("mean_price", .numbers([1])), ("rows", .numbers([2]))])
        let join = try JoinStep(
            by: [try expression("zip")], with: means, keys: [try expression("zip")],
            taking: [("mean_price", "mean_price"), ("rows", "rows")],
            origins: ["mean_price": ["price", "zip"]], context: .quiet)
        #expect(try reached(recipe(join)) == ["price", "mean_price"])
    }

    @Test func castAndKeepPassItOn() throws {
        #expect(try reached(recipe(CastStep(["price"], to: .text), KeepStep(["price", "sqft"]))) == ["price"])
        #expect(try reached(recipe(KeepStep(["sqft"]))).isEmpty)
    }

    // MARK: what follows from it

    @Test func newRowsDoWithoutTheTarget() throws {
        let frame = try Sales.frame()
        let steps = recipe(
            RenameStep([.init(old: "price", new: "asked"), .init(old: "lot", new: "ground")]),
            try derive(("per_sqft", "asked / sqft"), ("total", "sqft + ground")), FlagStep("luxury", try expression("asked > 300000")),
            ImputeStep(["per_sqft", "sqft"], .median), EncodeOneHotStep(["type"]), ScaleStep(["total", "per_sqft"], .standard),
            DropStep(["asked"]))
        let (fitted, full) = try steps.fit(frame, rows: nil, context: .quiet)
        var remarks = StepRemarks(collects: true)
        let without = try fitted.apply(to: frame.dropping(["price"]), skippingReachedFrom: ["price"], remarks: &remarks, context: .quiet)
            .frame
        #expect(without["per_sqft"] == nil && without["luxury"] == nil && without["asked"] == nil)
        for name in ["total", "sqft", "type_condo", "ground"] {
            #expect(try bits(#require(without[name]).archive()) == bits(#require(full[name]).archive()), "\(name)")
        }
        #expect(remarks.count(.imputed, column: "sqft") > 0 && remarks.count(.imputed, column: "per_sqft") == 0)
    }

    @Test func newRowsMayBringTheTarget() throws {
        let frame = try Sales.frame()
        let (fitted, full) = try recipe(try derive(("per_sqft", "price / sqft"))).fit(frame, rows: nil, context: .quiet)
        var remarks = StepRemarks(collects: false)
        #expect(bits(try fitted.apply(to: frame, skippingReachedFrom: [], remarks: &remarks, context: .quiet).frame) == bits(full))
    }

    @Test func inputsAreWhatNewRowsMustBring() throws {
        let frame = try Sales.frame()
        let steps = recipe(
            RenameStep([.init(old: "lot", new: "ground")]), try derive(("total", "sqft + ground"), ("double", "total * 2")),
            ImputeStep(["rooms"], .median, by: try groups("zip")), EncodeOneHotStep(["type"]))
        let fitted = try steps.fit(frame, rows: nil, context: .quiet).recipe
        #expect(fitted.inputs(of: ["double"], columns: frame.names) == ["sqft", "lot"])
        #expect(fitted.inputs(of: ["rooms", "type_condo"], columns: frame.names) == ["rooms", "zip", "type"])
        #expect(fitted.inputs(of: ["pool"], columns: frame.names) == ["pool"])
    }

    @Test func historyAndFlagsAreFollowed() throws {
        let columns = try Sales.frame().names
        let steps = recipe(
            try derive(("before", "lag(price over sold_on)"), ("change", "price - before")),
            FlagStep("large", try expression("sqft > 1000")),
            RenameStep([.init(old: "large", new: "big"), .init(old: "change", new: "rise")]),
            try derive(("score", "rise * 2"), ("plain", "sqft")))
        #expect(steps.historicColumns(columns: columns) == ["before", "rise", "score"])
        #expect(steps.segmentColumns(columns: columns) == ["big"])
        let learned = recipe(ImputeStep(["sqft"], .median), try derive(("big", "sqft * 2"), ("mean", "mean(lot)"), ("small", "lot / 2")))
        #expect(learned.learnedColumns(columns: columns).isSuperset(of: ["sqft", "big", "mean"]))
    }
}
