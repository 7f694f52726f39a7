import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoReport
import Testing

@testable import RondoRecipes

/// Whole recipes: archive, table, roles, automatic steps, design.
@Suite struct RecipeTests {
    /// Every case of the conformance suite that leaves the columns the next one needs.
    private func longRecipe() throws -> Recipe {
        Recipe([
            Recipe.Entry(CastStep(["code"], to: .number), text: "cast code number"),
            Recipe.Entry(
                ImputeStep(["sqft", "rooms"], .median, by: try groups("type", "zip")), text: "impute sqft, rooms median by type, zip"),
            Recipe.Entry(DeriveStep(try [("typical", "mean(sqft by type)")].map(assignment)), text: "derive typical = mean(sqft by type)"),
            Recipe.Entry(EncodeOneHotStep(["type"]), origin: .automatic("linear needs numbers"), text: "encode type onehot"),
            Recipe.Entry(
                ScaleStep(["sqft", "typical"], .standard), origin: .automatic("linear needs one scale"),
                text: "scale sqft, typical standard"),
        ])
    }

    @Test func comesBackBitForBit() throws {
        let frame = try Sales.frame()
        let (fitted, prepared) = try longRecipe().fit(frame, rows: StepConformanceTests.third, context: .quiet)
        let back = try FittedRecipe(archive: fitted.archive())
        #expect(bits(back.archive()) == bits(fitted.archive()))
        var remarks = StepRemarks(collects: false)
        #expect(bits(try back.apply(to: frame, skippingReachedFrom: [], remarks: &remarks, context: .quiet).frame) == bits(prepared))
        #expect(back.entries.map(\.specification.text) == fitted.entries.map(\.specification.text))
        #expect(back.entries.map(\.specification.origin) == fitted.entries.map(\.specification.origin))
        #expect(
            bits(try Recipe(archive: back.recipe.archive()).fit(frame, rows: StepConformanceTests.third, context: .quiet).frame)
                == bits(prepared))
    }

    @Test func anUnknownKindIsAClearFault() throws {
        let entry = Archive([
            "kind": .words(["teleport"]), "text": .words(["teleport x"]), "step": .archives([Archive()]), "fitted": .archives([Archive()]),
        ])
        let archive = Archive(["entries": .archives([entry])])
        for fault in [
            #expect(throws: Fault.self) { try Recipe(archive: archive) },
            #expect(throws: Fault.self) { try FittedRecipe(archive: archive) },
        ] {
            #expect(fault?.code == "R0583" && fault?.message.contains("teleport") == true)
        }
    }

    @Test func tableSaysWhoAddedWhat() throws {
        let table = RecipeTable.block(try longRecipe().fit(Sales.frame(), rows: nil, context: .quiet).recipe)
        #expect(table.rows.count == 5)
        #expect(table.rows[1][0] == .integer(2) && table.rows[1][2] == .text("cell"))
        #expect(table.rows[3][2] == .text("fit: linear needs numbers") && table.rows[3][3] == .text("3 levels"))
        #expect(table.rows[4][3] == .text("means and deviations of 2 columns"))
        #expect(RecipeTable.block(try longRecipe()).rows[1][3] == .text("not learned yet"))
    }

    @Test func framesComeBackBitForBit() throws {
        var frame = try Sales.frame()
        try frame.set("time", Column(.time((0..<60).map { $0 == 5 ? Column.missingTime : Int64($0) * 1_234_567 })))
        try frame.set("span", Column(.duration((0..<60).map { Int64($0) })))
        try frame.set("sparse", Column(.sparse(SparseNumbers(count: 60, rows: [3, 9], values: [1.5, -2]))))
        #expect(bits(try Frame(archive: frame.archive())) == bits(frame))
        var damaged = frame.archive()
        damaged.set("rows", 59)
        #expect(throws: Fault.self) { try Frame(archive: damaged) }
        let code = Archive(["type": .words(["text"]), "values": .codes([0, 7]), "levels": .words(["a"])])
        #expect(throws: Fault.self) { try Column(archive: code) }
        let sparse = Archive(["type": .words(["sparse"]), "rows": .codes([2, 1]), "values": .numbers([1, 1]), "count": .integers([5])])
        #expect(throws: Fault.self) { try Column(archive: sparse) }
    }

    @Test func fittingStopsWhenAsked() throws {
        let context = ComputeContext()
        context.cancellation.cancel()
        #expect(throws: Interrupted.self) { try longRecipe().fit(Sales.frame(), rows: nil, context: context) }
    }

    @Test func damagedGroupsAreAFault() throws {
        let step = ImputeStep(["sqft"], .median, by: try groups("type"))
        let archive = try step.learned(from: Sales.frame()).archive()
        func damaged(_ change: (inout Archive) -> Void) throws -> Archive {
            var result = archive
            var keys = try archive.archive("keys")
            var level = try #require(try keys.archives("levels").first)
            change(&level)
            keys["levels"] = .archives([level])
            result.set("keys", keys)
            return result
        }
        #expect(bits(try ImputeStep.fitted(from: damaged { _ in }).archive()) == bits(archive))
        #expect(throws: Fault.self) { try ImputeStep.fitted(from: damaged { $0["codes"] = .codes([0, 1, 2, 9]) }) }
        #expect(throws: Fault.self) { try ImputeStep.fitted(from: damaged { $0["parents"] = .codes([0, 0, 0, 5]) }) }
        #expect(throws: Fault.self) { try ImputeStep.fitted(from: damaged { $0["codes"] = .codes([0]) }) }
        let gap = Archive(["type": .words(["text"]), "values": .codes([0, -1, 1]), "levels": .words(["a", "b"])])
        #expect(throws: Fault.self) { try ImputeStep.fitted(from: damaged { $0.set("values", gap) }) }
    }

    // MARK: roles

    private func roles(_ rows: Int = 200) throws -> (Frame, [ColumnRole]) {
        let range = 0..<rows
        let frame = try Frame([
            ("address", .text(range.map { "\($0) Elm Street" })),
            ("note", .text(range.map { "a long remark about the house, its garden and its roof, number \($0)" })),
            ("type", .text(range.map { ["condo", "house"][$0 % 2] })), ("pool", .text(range.map { $0 % 3 == 0 ? "Y" : nil })),
            ("serial", Column(.integer(range.map { Int64($0 + 1) }, missing: nil))),
            ("customer_id", Column(.integer(range.map { Int64($0) * 7919 }, missing: nil))),
            ("sqft", Column(.integer(range.map { Int64(800 + ($0 * 7919) % 9000) }, missing: nil))),
            ("lot", .numbers(range.map { Double($0) + 0.5 })), ("same", .numbers(Array(repeating: 4, count: rows))),
            ("void", .numbers(Array(repeating: .nan, count: rows))), ("sold_on", Column(.date(range.map { Int32($0) }))),
            ("new", Column(.truth(range.map { UInt8($0 % 2) }))), ("street", .text(range.map { "street \($0 % 60)" })),
        ])
        return (frame, try ColumnRoles.judge(frame, columns: frame.names, rows: nil, context: .quiet))
    }

    @Test func rolesAreJudged() throws {
        let roles = try roles().1
        let kinds = Dictionary(uniqueKeysWithValues: roles.map { ($0.column, $0.kind) })
        #expect(
            kinds == [
                "address": .identifier, "note": .freeText, "type": .category, "pool": .category, "serial": .identifier,
                "customer_id": .identifier,
                "sqft": .number, "lot": .number, "same": .constant, "void": .constant, "sold_on": .date, "new": .truth, "street": .category,
            ])
        #expect(roles[0].phrase == "address (200 different values)")
        // A few rows of whole numbers are measurements, not identifiers.
        let small = try Frame([("x", Column(.integer([1, 2, 3, 4, 5], missing: nil)))])
        #expect(try ColumnRoles.judge(small, columns: ["x"], rows: nil, context: .quiet)[0].kind == .number)
        #expect(ColumnRoles.namesRows("CustomerID") && ColumnRoles.namesRows("order_no") && !ColumnRoles.namesRows("paid"))
    }

    @Test func rolesLookAtTrainingRowsOnly() throws {
        let frame = try Frame([("type", .text(["a", "a", "b", "c"]))])
        #expect(try ColumnRoles.judge(frame, columns: ["type"], rows: [0, 1], context: .quiet)[0].kind == .constant)
    }

    // MARK: automatic steps and design

    @Test func numbersFamiliesAreCompleted() throws {
        let frame = try Sales.frame()
        let needs = FamilyNeeds(family: "ridge", numbers: true, scale: true)
        let roles = try ColumnRoles.judge(frame, columns: frame.names.filter { $0 != "price" }, rows: nil, context: .quiet)
        let out = AutomaticSteps.leftOut(roles, needs: needs)
        #expect(out.map(\.column) == ["code", "sold_on"])
        #expect(AutomaticSteps.leftOut(roles, needs: needs, named: ["code"]).map(\.column) == ["sold_on"])
        let chosen = roles.filter { role in !out.contains { $0.column == role.column } }
        let plan = AutomaticSteps.plan(chosen, needs: needs)
        #expect(
            plan.map(\.text) == [
                "impute sqft, lot, rooms median", "impute pool mode", "impute type, zip, grade with \"missing\"",
                "scale sqft, lot, rooms standard",
                "encode type, zip, grade onehot",
            ])
        let (fitted, prepared) = try Recipe(plan).fit(frame, rows: StepConformanceTests.third, context: .quiet)
        let features = AutomaticSteps.features(chosen.map(\.column), after: fitted, in: prepared)
        #expect(features.prefix(4) == ["sqft", "lot", "rooms", "type_condo"] && features.contains("pool"))
        let design = try FittedDesign(learningFrom: prepared, features: features, rows: StepConformanceTests.third, context: .quiet)
        var remarks = StepRemarks(collects: false)
        let matrix = try design.features(of: prepared, remarks: &remarks, context: .quiet)
        for feature in matrix.features {
            guard case .numbers(let values) = feature.values else { Issue.record("\(feature.name) is no number"); continue }
            #expect(!values.contains { !$0.isFinite }, "\(feature.name) has gaps")
        }
    }

    @Test func treesTakeThingsAsTheyAre() throws {
        let needs = FamilyNeeds(family: "forest", numbers: false, scale: false)
        let (frame, roles) = try roles()
        #expect(AutomaticSteps.plan(roles, needs: needs).isEmpty)
        #expect(AutomaticSteps.leftOut(roles, needs: needs).map(\.column) == ["address", "note", "serial", "customer_id", "same", "void"])
        let numbers = FamilyNeeds(family: "linear", numbers: true, scale: false)
        #expect(AutomaticSteps.leftOut(roles, needs: numbers).map(\.column).suffix(2) == ["sold_on", "street"])
        #expect(frame.rowCount == 200)
    }

    @Test func designMapsByLevelName() throws {
        let frame = try Frame([
            ("type", .text(["house", "condo", "flat", nil])),
            ("n", .scalars([.integer(1), .missing, .integer(3), .integer(4)], type: .integer)),
            ("day", Column(.date([10, 20, 30, 40]))),
        ])
        let design = try FittedDesign(learningFrom: frame, features: ["n", "type", "day"], rows: [0, 1, 3], context: .quiet)
        #expect(design.features[1].kind == .categories(levels: ["condo", "house"]))
        let back = try FittedDesign(archive: design.archive())
        #expect(back.features == design.features)
        var remarks = StepRemarks(collects: true)
        let features = try back.features(of: frame, rows: [2, 0], remarks: &remarks, context: .quiet)
        #expect(features.names == ["n", "type", "day"] && features.rowCount == 2)
        guard case .categories(let codes, let levels) = features.features[1].values else { Issue.record("no category"); return }
        #expect(codes == [-1, 1] && levels == ["condo", "house"])
        #expect(remarks.all == [.init(kind: .unseenLevel, column: "type", rows: [0])])
        guard case .numbers(let days) = features.features[2].values else { Issue.record("no numbers"); return }
        #expect(days == [30, 10])
    }

    @Test func designNamesWhatDoesNotFit() throws {
        let frame = try Frame([("n", .numbers([1, 2]))])
        let design = try FittedDesign(learningFrom: frame, features: ["n"], rows: nil, context: .quiet)
        var remarks = StepRemarks(collects: false)
        #expect(throws: Fault.self) { try design.features(of: Frame([("m", .numbers([1]))]), remarks: &remarks, context: .quiet) }
        let fault = #expect(throws: Fault.self) {
            try design.features(of: Frame([("n", .text(["a"]))]), remarks: &remarks, context: .quiet)
        }
        #expect(fault?.code == "R0351" && fault?.subject == "n")
        // A column without any value fits everywhere.
        let empty = try design.features(of: Frame([("n", .text([nil]))]), remarks: &remarks, context: .quiet)
        guard case .numbers(let values) = empty.features[0].values else { Issue.record("no numbers"); return }
        #expect(values[0].isNaN)
    }
}
