import RondoKernels
import RondoSignature
import Testing

@testable import RondoLearning

/// The estimator contract: named checks, each run over the whole registry at every task of a family.
@Suite struct FamilyBatteryTests {
    static let tasks = [TaskKind.regression, .binary, .multiclass, .grouping]
    /// Recommenders have a battery of their own.
    static let names = ModelFamilies.signatures.filter { !$0.tasks.isDisjoint(with: tasks) }.map(\.name)

    @Test func thereAreSixtyChecksAndMore() {
        print("battery: \(BatteryCheck.all.count) checks of \(Self.names.count) families")
        #expect(Set(BatteryCheck.all.map(\.name)).count == BatteryCheck.all.count, "names stand once")
        #expect(BatteryCheck.all.count >= 60)
    }

    @Test(arguments: names) func holds(_ name: String) throws {
        let family = try #require(ModelFamilies.named(name))
        var applied: Set<String> = []
        var left: [String: String] = [:]
        for task in Self.tasks where family.signature.tasks.contains(task) {
            let subject = BatterySubject(family, task)
            for check in BatteryCheck.all {
                if let reason = check.reason(subject) {
                    left[check.name] = reason
                    continue
                }
                applied.insert(check.name)
                do {
                    try check.body(subject)
                } catch {
                    Issue.record("\(name) \(task.rawValue), \(check.name): \(error)")
                }
            }
        }
        print("\(name): \(applied.count) checks")
        for (check, reason) in left.sorted(by: { $0.key < $1.key }) where !applied.contains(check) {
            print("\(name): not \(check), because \(reason)")
        }
        #expect(applied.count >= 60, "\(applied.count) checks apply")
    }
}
