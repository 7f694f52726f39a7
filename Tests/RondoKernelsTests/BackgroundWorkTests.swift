import RondoKernels
import Testing

@Suite struct BackgroundWorkTests {
    @Test(arguments: [1, 2]) func givesTheResultOrTheError(_ threads: Int) throws {
        let context = ComputeContext(threads: ThreadCount(threads))
        let sum = BackgroundWork(context: context) { (1...1_000).reduce(0, +) }
        let broken = BackgroundWork<Int>(context: context) { throw Interrupted() }
        #expect(try sum.value() == 500_500)
        #expect(try sum.value() == 500_500)
        #expect(throws: Interrupted.self) { try broken.value() }
    }
}
