import RondoFrame
import RondoKernels
import RondoLanguage
import Testing

@testable import RondoRecipes

/// The values as the user knows them, step by step.
@Suite struct KnownValuesTests {
    private func frame() throws -> Frame {
        var frame = Frame(rowCount: 4)
        try frame.set("sqft", .numbers([1000, 2000, .nan, 3000]))
        try frame.set("type", .text(["condo", "house", "condo", nil]))
        return frame
    }

    private func known(_ entries: [Recipe.Entry]) throws -> (known: Frame, prepared: Frame) {
        let frame = try frame()
        let (recipe, _) = try Recipe(entries).fit(frame, rows: nil, context: .quiet)
        var remarks = StepRemarks(collects: false)
        let values = try recipe.apply(to: frame, skippingReachedFrom: [], remarks: &remarks, context: .quiet)
        return (values.known, values.frame)
    }

    @Test func scalesCodesAndLearnedFillingsAreNotKnown() throws {
        let (known, prepared) = try known([
            Recipe.Entry(ImputeStep(["sqft"], .median), text: "impute sqft median"),
            Recipe.Entry(ScaleStep(["sqft"], .standard), text: "scale sqft standard"),
            Recipe.Entry(EncodeOneHotStep(["type"]), text: "encode type onehot"),
        ])
        #expect(prepared["sqft"]?.numbers().contains(1000) == false && prepared["type"] == nil)
        #expect(known["sqft"]?.numbers()[1] == 2000 && known["sqft"]?.missingCount == 1)
        #expect(known["type"]?[1].plainText == "house")
        #expect(known["type_house"]?.numbers() == [0, 1, 0, 0], "what was made is known too")
    }

    @Test func whatTheUserWritesIsKnown() throws {
        let (known, _) = try known([
            Recipe.Entry(ImputeStep(["type"], .constant(.text("unknown"))), text: "impute type with \"unknown\""),
            Recipe.Entry(ScaleStep(["sqft"], .minmax(range: 0...4000, to: 0...1)), text: "scale sqft minmax range 0..4000"),
            Recipe.Entry(DeriveStep([try assignment(("half", "sqft / 2"))]), text: "derive half = sqft / 2"),
            Recipe.Entry(RenameStep([.init(old: "sqft", new: "area")]), text: "rename sqft as area"),
            Recipe.Entry(CastStep(["area"], to: .text), text: "cast area text"),
        ])
        #expect(known["type"]?[3].plainText == "unknown")
        #expect(known["half"]?.numbers()[0] == 0.125, "derived from what the table showed")
        #expect(known["area"]?[0].plainText == "1000" && known["sqft"] == nil)
    }

    @Test func flagsReadWhatIsKnown() throws {
        let (known, prepared) = try known([
            Recipe.Entry(ScaleStep(["sqft"], .standard), text: "scale sqft standard"),
            Recipe.Entry(EncodeOneHotStep(["type"]), text: "encode type onehot"),
            Recipe.Entry(FlagStep("large", try expression("sqft > 1500 and type = \"house\"")), text: "flag large where …"),
        ])
        #expect(prepared["large"]?.numbers()[1] == 1 && prepared["large"]?.numbers()[0] == 0)
        #expect(known["large"]?.numbers()[1] == 1)
    }

    /// Rows without a column lack what is made of it, and nothing else.
    @Test func absentColumnsAreLeftOut() throws {
        let frame = try frame()
        let (recipe, _) = try Recipe([
            Recipe.Entry(DeriveStep([try assignment(("half", "sqft / 2"))]), text: "derive half = sqft / 2"),
            Recipe.Entry(EncodeOneHotStep(["type"]), text: "encode type onehot"),
            Recipe.Entry(FlagStep("large", try expression("half > 700")), text: "flag large where half > 700"),
        ]).fit(frame, rows: nil, context: .quiet)
        var remarks = StepRemarks(collects: true)
        let values = try recipe.apply(to: frame.dropping(["sqft"]), skippingReachedFrom: [], remarks: &remarks, context: .quiet)
        #expect(values.frame.names == ["type_condo", "type_house", "type_missing"])
    }

    @Test func aNameThatWasCodedAwayCanBeTakenAgain() throws {
        let (known, prepared) = try known([
            Recipe.Entry(EncodeOneHotStep(["type"]), text: "encode type onehot"),
            Recipe.Entry(RenameStep([.init(old: "sqft", new: "type")]), text: "rename sqft as type"),
        ])
        #expect(prepared["type"]?.numbers()[1] == 2000 && known["type"]?.numbers()[1] == 2000)
    }
}
