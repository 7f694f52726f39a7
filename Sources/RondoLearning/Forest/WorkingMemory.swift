/// Plain memory of an innermost loop, which lives as long as this object: arrays would be checked and counted at every step.
final class WorkingMemory {
    private var blocks: [UnsafeMutableRawPointer] = []

    deinit { for block in blocks { block.deallocate() } }

    /// Room for so many numbers, all of them 0.
    func zeros<Number: BitwiseCopyable & ExpressibleByIntegerLiteral>(_ count: Int) -> UnsafeMutablePointer<Number> { filled(0, count) }

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
}
