import Glibc

/// What the process takes of the machine's memory, in millions of bytes.
enum BenchMemory {
    /// The most that it ever had, pages of mapped files among it.
    static var peak: Double {
        var usage = rusage()
        guard getrusage(numericCast(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
        return Double(usage.ru_maxrss) * 1024 / 1_000_000
    }

    /// What it has now without pages of files.
    static var anonymous: Double {
        guard let file = fopen("/proc/self/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split {
                " \t\n".contains($0)
            }
            if words.first == "RssAnon:", words.count > 1 { return (Double(words[1]) ?? 0) * 1024 / 1_000_000 }
        }
        return 0
    }
}
