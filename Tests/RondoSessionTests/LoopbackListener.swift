import Foundation
import Testing

/// A port of the loopback that takes calls; closed with the object.
final class LoopbackListener: Sendable {
    let port: UInt16
    let descriptor: Int32

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.descriptor = descriptor
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 && listen(descriptor, 8) == 0 }
        }
        var bound = sockaddr_in()
        _ = withUnsafeMutablePointer(to: &bound) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        port = UInt16(bigEndian: bound.sin_port)
        try #require(isBound)
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    /// The next call, as a descriptor that the caller closes; nil when the port is closed.
    func call() -> Int32? { LoopbackListener.call(descriptor) }

    static func call(_ descriptor: Int32) -> Int32? {
        let connection = accept(descriptor, nil, nil)
        return connection < 0 ? nil : connection
    }
}
