import RondoKernels

/// Plain memory of an innermost loop, which lives as long as this object: arrays would be checked and counted at every step.
///
/// Much of it comes from the system itself: the process takes what is written to, and has nothing left of it afterwards.
final class WorkingMemory {
    private var blocks: [UnsafeMutableRawPointer] = []
    private var pages: [UnsafeMutableRawBufferPointer] = []

    /// From so many bytes on.
    private static let leastPages = 1 << 18

    deinit {
        for block in blocks { block.deallocate() }
        for block in pages { LargePages.unmap(block) }
    }

    /// Room for so many numbers, all of them 0.
    func zeros<Number: BitwiseCopyable & ExpressibleByIntegerLiteral>(_ count: Int) -> UnsafeMutablePointer<Number> {
        guard let memory: UnsafeMutablePointer<Number> = mapped(count) else { return filled(0, count) }
        LargePages.advise(UnsafeMutableBufferPointer(start: memory, count: count))
        return memory
    }

    /// Room of which little may be needed: the rest of it takes no memory. What it holds first is not said.
    func spare<Number: BitwiseCopyable & ExpressibleByIntegerLiteral>(_ count: Int) -> UnsafeMutablePointer<Number> {
        mapped(count) ?? filled(0, count)
    }

    /// Room for so many values, all of them the same at first; for one at least.
    func filled<Value: BitwiseCopyable>(_ value: Value, _ count: Int) -> UnsafeMutablePointer<Value> {
        let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(1, count))
        memory.initialize(repeating: value, count: max(1, count))
        blocks.append(UnsafeMutableRawPointer(memory))
        return memory
    }

    /// The numbers of an array.
    func copied(_ numbers: [Double]) -> UnsafePointer<Double> {
        let memory: UnsafeMutablePointer<Double> = zeros(numbers.count)
        for (place, number) in numbers.enumerated() { memory[place] = number }
        return UnsafePointer(memory)
    }

    /// Bytes of 0; nil where there are too few, or none to be had.
    private func mapped<Number: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Number>? {
        let size = count * MemoryLayout<Number>.stride
        guard size >= Self.leastPages, let block = LargePages.map(size) else { return nil }
        pages.append(block)
        return block.baseAddress?.bindMemory(to: Number.self, capacity: count)
    }
}
