import Glibc
import RondoKernels

/// `rondo-bench TASK DATA THREADS`: times one task, warm and alone in its process, and prints one line
/// `BENCH {"seconds": [0.51, 0.50, 0.52], "cpu_seconds": 0.93, "test_mape": 0.081}`. Loading of the input
/// stays outside the clock, except in load tasks.
@main
struct RondoBench {
    /// Seconds that the runs of a task may take together.
    private static let budget = 15.0

    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let task = BenchTasks.named(arguments[1]), let threads = Int(arguments[3]) else {
            leave("usage: rondo-bench TASK DATA THREADS\ntasks: \(BenchTasks.all.map(\.name).joined(separator: " "))")
        }
        do {
            let data = BenchData(folder: arguments[2], context: ComputeContext(threads: ThreadCount(threads)))
            print(try line(try task.prepare(data)))
        } catch {
            leave("\(task.name): \(error)")
        }
    }

    /// Runs as often as the budget allows, three to nine times; once when the first run takes more than 40 seconds.
    private static func line(_ work: BenchWork) throws -> String {
        var seconds: [Double] = []
        var processor: [Double] = []
        var wanted = 1
        while seconds.count < wanted {
            let clock = ContinuousClock()
            let before = processorSeconds()
            let time = try clock.measure { try work.run() }
            processor.append(processorSeconds() - before)
            let (whole, fraction) = time.components
            seconds.append(Double(whole) + Double(fraction) * 1e-18)
            if seconds.count == 1 {
                let first = max(seconds[0], 1e-9)
                wanted = first > 40 ? 1 : first > 12 ? 2 : Int(min(9, max(3, budget / first)))
            }
        }
        let middle = processor.sorted()[processor.count / 2]
        let figures = ["\"cpu_seconds\": \(middle)"] + (try work.quality().map { "\"\($0.name)\": \($0.value)" })
        let list = seconds.map { "\($0)" }.joined(separator: ", ")
        return "BENCH {" + (["\"seconds\": [\(list)]"] + figures).joined(separator: ", ") + "}"
    }

    /// What the process has used of all processors so far: on a busy machine the steadier measure.
    private static func processorSeconds() -> Double {
        var usage = rusage()
        guard getrusage(numericCast(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
        let whole = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        return Double(whole) + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
    }

    private static func leave(_ words: String) -> Never {
        var bytes = Array((words + "\n").utf8)
        _ = write(2, &bytes, bytes.count)
        exit(2)
    }
}
