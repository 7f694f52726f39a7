import RondoKernels
import RondoSignature
import Testing

@testable import RondoLearning

@Suite struct OptionTests {
    @Test func messageNamesParameterFamilyLimitsAndValue() throws {
        let fault = #expect(throws: Fault.self) { try ForestFamily.learner(FamilyOptions(["trees": .integer(0)])) }
        #expect(fault?.code == "R0502")
        #expect(fault?.message == "trees of forest must be a whole number from 1 to 100000, got 0")
    }

    @Test func unknownParameterNamesTheKnownOnes() throws {
        let fault = #expect(throws: Fault.self) { try RidgeFamily.learner(FamilyOptions(["alpha": .number(1)])) }
        #expect(fault?.code == "R0504")
        #expect(fault?.message == "ridge has no parameter alpha: it has penalty")
    }

    @Test func wholeNumbersMayBeWrittenAsNumbers() throws {
        let learner = try #require(try ForestFamily.learner(FamilyOptions(["trees": .number(7)])) as? ForestLearner)
        #expect(learner.trees == 7)
        #expect(throws: Fault.self) { try ForestFamily.learner(FamilyOptions(["trees": .number(7.5)])) }
        #expect(throws: Fault.self) { try RidgeFamily.learner(FamilyOptions(["penalty": .number(.nan)])) }
        #expect(throws: Fault.self) { try RidgeFamily.learner(FamilyOptions(["penalty": .word("much")])) }
    }
}
