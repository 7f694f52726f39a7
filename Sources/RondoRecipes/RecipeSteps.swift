import RondoKernels

/// The registry of recipe steps: one line each.
package enum RecipeSteps {
    package static let all: [any FittedStepReading.Type] = [
        RenameStep.self,
        DropStep.self,
        KeepStep.self,
        TakeOutStep.self,
        CastStep.self,
        CleanStep.self,
        DeriveStep.self,
        FlagStep.self,
        FilterStep.self,
        ImputeStep.self,
        EncodeOneHotStep.self,
        EncodeOrdinalStep.self,
        BinStep.self,
        OutliersStep.self,
        DropOutliersStep.self,
        EncodeLabelStep.self,
        EncodeTargetStep.self,
        EncodeHashingStep.self,
        EncodeFrequencyStep.self,
        EncodeWordsStep.self,
        EncodeDatesStep.self,
        ScaleStep.self,
        SelectStep.self,
        BalanceStep.self,
        JoinStep.self,
    ]

    package static func named(_ kind: String) -> (any FittedStepReading.Type)? { all.first { $0.kind == kind } }

    /// The kind of this name; throws R0583 when there is none.
    static func known(_ kind: String) throws -> any FittedStepReading.Type {
        if let found = named(kind) { return found }
        throw Fault(
            "R0583", "the saved recipe has a step of the kind \(kind), which this version does not know",
            remedy: "take the version that wrote it, or a newer one", subject: kind)
    }
}
