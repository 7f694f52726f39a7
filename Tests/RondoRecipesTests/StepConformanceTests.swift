import RondoFrame
import RondoKernels
import RondoReport
import Testing

@testable import RondoRecipes

/// What every step must keep to, whatever it does.
@Suite struct StepConformanceTests {
    static let third = (0..<60).filter { $0 % 3 != 1 }.map { Int32($0) }

    @Test func everyKindIsCovered() throws {
        let covered = Set(try StepCase.all.map { type(of: try $0.make()).kind })
        let kinds = RecipeSteps.all.map { $0.kind }
        #expect(Set(kinds) == covered)
        #expect(Set(kinds).count == kinds.count)
        print("step conformance: \(kinds.count) kinds, \(StepCase.all.count) cases")
    }

    @Test(arguments: StepCase.all) func keepsRowsAndSaysWhatItMakes(_ step: StepCase) throws {
        let frame = try Sales.frame()
        let specification = try step.make()
        let fitted = try specification.learned(from: frame)
        let result = try fitted.applied(to: frame)
        #expect(result.rowCount == 60)
        let removed = specification.removes(in: frame.names)
        let made = Set(specification.dependencies(in: frame.names).keys).union(fitted.expanded.keys)
        #expect(Set(result.names) == Set(frame.names).subtracting(removed).union(made))
        for name in frame.names where !removed.contains(name) && !made.contains(name) {
            #expect(try bits(#require(result[name]).archive()) == bits(#require(frame[name]).archive()), "\(name) should pass through")
        }
    }

    @Test(arguments: StepCase.all) func onlyDependsOnWhatItSays(_ step: StepCase) throws {
        let frame = try Sales.frame()
        let specification = try step.make()
        let fitted = try specification.learned(from: frame)
        let dependencies = specification.dependencies(in: frame.names).merging(fitted.expanded) { $0.union($1) }
        let before = try fitted.applied(to: frame)
        for changed in frame.names where changed != "grade" && !specification.learnsFrom.contains(changed) {
            var other = frame
            try other.set(changed, try #require(Sales.overwritten(frame, rows: Set(0..<60))[changed]))
            let after = try specification.learned(from: other).applied(to: other)
            for name in before.names where name != changed || dependencies[name] != nil {
                // What teaches may change what is learned, and nothing else.
                if specification.taughtBy.contains(changed), dependencies[name] != nil { continue }
                guard dependencies[name]?.contains(changed) != true else { continue }
                #expect(
                    try bits(#require(before[name]).archive()) == bits(#require(after[name]).archive()), "\(name) changed with \(changed)")
            }
        }
    }

    @Test(arguments: StepCase.all, [0, 1]) func worksOnNoneAndOneRow(_ step: StepCase, _ rows: Int) throws {
        let frame = try Sales.frame(rows: rows)
        let fitted = try step.make().learned(from: frame)
        #expect(try fitted.applied(to: frame).rowCount == rows)
        // Learned from nothing, applied to something.
        let full = try Sales.frame()
        let fromNothing = try step.make().learned(from: full, rows: [])
        #expect(try fromNothing.applied(to: full).rowCount == 60)
        #expect(fromNothing.learned.map { table in table.rows.allSatisfy { $0.count == table.columns.count } } ?? true)
    }

    @Test(arguments: StepCase.all) func worksOnMissingEverywhere(_ step: StepCase) throws {
        let frame = try Sales.empty(rows: 8)
        let fitted = try step.make().learned(from: frame)
        #expect(try fitted.applied(to: frame).rowCount == 8)
        // Learned from values, then a batch without any.
        #expect(try step.make().learned(from: Sales.frame()).applied(to: frame).rowCount == 8)
    }

    @Test(arguments: StepCase.all) func worksOnConstants(_ step: StepCase) throws {
        let frame = try Sales.frame().gathering(Array(repeating: 0, count: 12))
        #expect(try step.make().learned(from: frame).applied(to: frame).rowCount == 12)
    }

    @Test(arguments: StepCase.all) func takesUnseenLevels(_ step: StepCase) throws {
        let fitted = try step.make().learned(from: Sales.frame())
        var fresh = try Sales.frame(rows: 5)
        try fresh.set("type", .text(["castle", nil, "tent", "condo", "castle"]))
        try fresh.set("zip", .text(["99999", "10001", nil, "x", "10002"]))
        try fresh.set("grade", Column(.category([0, 1, -1, 1, 0], Levels(["Z", "A"]))))
        #expect(try fitted.applied(to: fresh).rowCount == 5)
    }

    @Test(arguments: StepCase.all) func namesAMissingColumn(_ step: StepCase) throws {
        let frame = try Sales.frame()
        let specification = try step.make()
        let fitted = try specification.learned(from: frame)
        let inputs = specification.dependencies(in: frame.names).values.reduce(into: Set<String>()) { $0.formUnion($1) }
            .union(fitted.expanded.values.flatMap { $0 }).union(specification.removes(in: frame.names))
            .union(specification.looksAt).union(specification.learnsFrom).intersection(frame.names)
        let taught = specification.learnsFrom.subtracting(specification.dependencies(in: frame.names).values.flatMap { $0 })
        #expect(!inputs.isEmpty)
        for column in inputs.sorted() {
            let rows = frame.dropping([column])
            // What a join adds may be there or not.
            if step.toleratesAbsence || (specification is JoinStep && specification.dependencies(in: frame.names)[column] != nil) {
                #expect(try fitted.applied(to: rows).rowCount == 60)
                continue
            }
            // What a step only learns by is not asked of new rows.
            if taught.contains(column) {
                #expect(try fitted.applied(to: rows).rowCount == 60)
                #expect(throws: (any Error).self) { try specification.learned(from: rows) }
                continue
            }
            let fault = #expect(throws: Fault.self) { try fitted.applied(to: rows) }
            #expect(fault?.code == "R0350" && fault?.message.contains(column) == true && fault?.subject == column)
            #expect(throws: (any Error).self) { try specification.learned(from: rows) }
        }
    }

    @Test(arguments: StepCase.all) func looksAtLearningRowsOnly(_ step: StepCase) throws {
        let frame = try Sales.frame()
        let others = Set(0..<60).subtracting(Self.third.map(Int.init))
        let noisy = try Sales.overwritten(frame, rows: others)
        let clean = try step.make().learned(from: frame, rows: Self.third)
        let fromNoisy = try step.make().learned(from: noisy, rows: Self.third)
        #expect(bits(clean.archive()) == bits(fromNoisy.archive()))
        #expect(clean.learned == fromNoisy.learned)
        // And learning from these rows is learning from a table of only these rows.
        #expect(bits(clean.archive()) == bits(try step.make().learned(from: frame.gathering(Self.third)).archive()))
    }

    @Test(arguments: StepCase.all) func rowsAloneGiveTheSame(_ step: StepCase) throws {
        guard !step.usesHistory else { return }
        let frame = try Sales.frame()
        let fitted = try step.make().learned(from: frame, rows: Self.third)
        let together = values(try fitted.applied(to: frame))
        for row in 0..<frame.rowCount {
            let alone = values(try fitted.applied(to: frame.gathering([Int32(row)])))
            #expect(alone.count == 1 && alone.first == together[row])
        }
    }

    @Test(arguments: StepCase.all) func comesBackFromAnArchive(_ step: StepCase) throws {
        let frame = try Sales.frame()
        let specification = try step.make()
        let fitted = try specification.learned(from: frame, rows: Self.third)
        let kind = try #require(RecipeSteps.named(type(of: specification).kind))
        #expect(bits(try kind.init(archive: specification.archive()).archive()) == bits(specification.archive()))
        let back = try kind.fitted(from: fitted.archive())
        #expect(bits(back.archive()) == bits(fitted.archive()))
        #expect(back.learned == fitted.learned && back.summary == fitted.summary && back.expanded == fitted.expanded)
        #expect(bits(try back.applied(to: frame)) == bits(try fitted.applied(to: frame)))
        // The specification that comes back learns the same.
        #expect(
            bits(try kind.init(archive: specification.archive()).learned(from: frame, rows: Self.third).archive()) == bits(fitted.archive())
        )
    }

    @Test(arguments: StepCase.all) func damagedArchivesAreFaults(_ step: StepCase) throws {
        let specification = try step.make()
        let kind = try #require(RecipeSteps.named(type(of: specification).kind))
        let archive = try specification.learned(from: Sales.frame()).archive()
        for name in archive.values.keys.sorted() where !["format", "otherwise", "range"].contains(name) {
            var damaged = archive
            damaged[name] = nil
            #expect(throws: Fault.self, "without \(name)") { try kind.fitted(from: damaged) }
        }
        #expect(throws: Fault.self) { try kind.fitted(from: Archive()) }
        #expect(throws: Fault.self) { try kind.init(archive: Archive()) }
    }

    @Test(arguments: StepCase.all) func threadsChangeNothing(_ step: StepCase) throws {
        let frame = try Sales.frame()
        let (one, two) = (ComputeContext(threads: .one), ComputeContext(threads: ThreadCount(2)))
        let (first, second) = (try step.make().learned(from: frame, context: one), try step.make().learned(from: frame, context: two))
        #expect(bits(first.archive()) == bits(second.archive()))
        #expect(bits(try first.applied(to: frame, context: one)) == bits(try second.applied(to: frame, context: two)))
    }

    @Test(arguments: StepCase.all) func stopsWhenAsked(_ step: StepCase) throws {
        let frame = try Sales.frame()
        let fitted = try step.make().learned(from: frame)
        let context = ComputeContext()
        context.cancellation.cancel()
        #expect(throws: Interrupted.self) { try fitted.applied(to: frame, context: context) }
        if try step.make().learns {
            #expect(throws: Interrupted.self) { try step.make().learned(from: frame, context: context) }
        }
    }

    @Test(arguments: StepCase.all) func doesWithoutWhatIsLost(_ step: StepCase) throws {
        let frame = try Sales.frame()
        let specification = try step.make()
        let fitted = try specification.learned(from: frame)
        let dependencies = specification.dependencies(in: frame.names).merging(fitted.expanded) { $0.union($1) }
        for lost in frame.names {
            guard let rest = fitted.without([lost]) else { continue }
            let result = try rest.applied(to: frame.dropping([lost]))
            for (name, inputs) in dependencies where !inputs.contains(lost) {
                #expect(result[name] != nil, "\(name) is lost without \(lost)")
            }
        }
    }

    @Test(arguments: StepCase.all) func tablesAreWellFormed(_ step: StepCase) throws {
        guard let table = try step.make().learned(from: Sales.frame()).learned else { return }
        #expect(!table.rows.isEmpty && table.rows.allSatisfy { $0.count == table.columns.count })
    }
}
