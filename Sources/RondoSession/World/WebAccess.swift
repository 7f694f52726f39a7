import Glibc
package import RondoKernels

/// Files of the web for cells that write their address out.
package enum WebAccess {
    /// - Throws: `Fault` R0666 no answer or no file, R0667 too large, R0615 without libcurl.
    @Sendable package static func fetch(_ address: String, _ cancellation: CancellationToken) throws -> FileContent {
        try fetch(address, sizeLimit: WebFile.sizeLimit, seconds: WebFile.secondLimit, cancellation)
    }

    package static func fetch(
        _ address: String, sizeLimit: Int, seconds: Int, _ cancellation: CancellationToken
    ) throws -> FileContent {
        let shown = String(address.prefix { $0 != "?" })
        do {
            let bytes = try WebFile.bytes(at: address, sizeLimit: sizeLimit, seconds: seconds, cancellation: cancellation)
            return FileContent(name: address, copying: bytes)
        } catch let missing as SystemLibraryMissing {
            throw Fault(
                "R0615", "\(shown) cannot be read: \(missing)", remedy: "install \(missing.package), then repeat the cell", subject: shown)
        } catch WebFailure.failed(let message) {
            throw Fault("R0666", "\(shown) cannot be fetched: \(message)", remedy: "look at the address and the network", subject: shown)
        } catch WebFailure.status(let status) {
            throw Fault(
                "R0666", "\(shown) cannot be fetched: the server answers \(status)",
                remedy: "look at the address, and whether the file is still there",
                subject: shown)
        } catch WebFailure.tooLarge(let limit) {
            throw Fault(
                "R0667", "\(shown) has more than \(limit >> 20) MiB", remedy: "fetch it yourself, then load the file with sample",
                subject: shown)
        }
    }
}

/// What the system says about its memory.
enum SystemMemory {
    /// Bytes that can be had without swapping (MemAvailable of /proc/meminfo); nil elsewhere.
    static var available: Int? {
        guard let file = fopen("/proc/meminfo", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, 256, file) != nil {
            let words = line.withUnsafeBufferPointer { buffer in
                String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            }.split { $0 == " " || $0 == "\n" }
            if words.first == "MemAvailable:", words.count > 1 { return Int(words[1]).map { $0 * 1024 } }
        }
        return nil
    }
}
