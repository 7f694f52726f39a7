import Glibc

/// What the process takes of the machine's memory, in millions of bytes.
enum BenchMemory {
    /// The most that it had since `forgetPeak`, pages of mapped files among it.
    static var peak: Double { status("VmHWM:") }

    /// What it has now, pages of files among it.
    static var resident: Double { status("VmRSS:") }

    /// What it has now without pages of files.
    static var anonymous: Double { status("RssAnon:") }

    /// Lets the peak begin anew at what there is now; without effect where the system does not offer it.
    static func forgetPeak() {
        guard let file = fopen("/proc/self/clear_refs", "w") else { return }
        fputs("5", file)
        fclose(file)
    }

    private static func status(_ key: String) -> Double {
        guard let file = fopen("/proc/self/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split {
                " \t\n".contains($0)
            }
            if words.first.map(String.init) == key, words.count > 1 { return (Double(words[1]) ?? 0) * 1024 / 1_000_000 }
        }
        return 0
    }
}
