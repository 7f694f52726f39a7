import Foundation
import RondoFrame
import RondoKernels
import RondoLifecycle
import RondoReport
import RondoSession
import Synchronization
import Testing

/// A server on the loopback that answers a few paths, one connection after the other.
private final class LoopbackServer: Sendable {
    private let listener: LoopbackListener
    var port: UInt16 { listener.port }

    init() throws {
        let listener = try LoopbackListener()
        self.listener = listener
        let descriptor = listener.descriptor
        let thread = Thread { LoopbackServer.serve(descriptor) }
        thread.start()
    }

    private static func serve(_ listening: Int32) {
        while let connection = LoopbackListener.call(listening) {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = recv(connection, &buffer, buffer.count, 0)
            let request = String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
            for piece in answer(to: request.split(separator: " ").dropFirst().first.map(String.init) ?? "/") {
                let sent = send(connection, Array(piece.utf8), piece.utf8.count, Int32(MSG_NOSIGNAL))
                if sent < 0 { break }
            }
            close(connection)
        }
    }

    private static func answer(to path: String) -> [String] {
        switch path {
        case "/t.csv", "/t.csv?key=1": ["HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\na,b\n1,2\n3,4\n"]
        case "/moved.csv": ["HTTP/1.1 302 Found\r\nLocation: /t.csv\r\nContent-Length: 0\r\n\r\n"]
        case "/file.csv": ["HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\n\r\n"]
        case "/loop.csv": ["HTTP/1.1 302 Found\r\nLocation: /loop.csv\r\nContent-Length: 0\r\n\r\n"]
        case "/cut.csv": ["HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\na,b\n1,2\n"]
        case "/big.csv":
            ["HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"] + Array(repeating: String(repeating: "a,b\n", count: 2500), count: 500)
        default: ["HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"]
        }
    }
}

/// Files of the web, from a server that the test starts on the loopback.
@Suite(.serialized) struct WebTests {
    @Test func aFileIsFetchedAndRecordedAsOneOfTheDisk() throws {
        let server = try LoopbackServer()
        var session = TestSession()
        session.accept("load \"http://127.0.0.1:\(server.port)/t.csv\" as t")
        let table = try #require(session.workspace.table("t"))
        #expect(table.rows["b"]?[1] == .integer(4))
        // sha256sum of "a,b\n1,2\n3,4\n".
        #expect(table.sources.first?.byteCount == 12)
        #expect(table.sources.first?.sha256 == (try SHA256Digest.hex(of: Array("a,b\n1,2\n3,4\n".utf8))))
        session.accept("load \"http://127.0.0.1:\(server.port)/t.csv?key=1\" as q")
        #expect(session.workspace.table("q")?.rows.rowCount == 2)
        session.accept("load \"http://127.0.0.1:\(server.port)/moved.csv\" as m")
        #expect(session.workspace.table("m")?.rows.rowCount == 2)
    }

    @Test func whatIsNoFileIsRefused() throws {
        let server = try LoopbackServer()
        var session = TestSession()
        let base = "http://127.0.0.1:\(server.port)"
        session.expectFault("load \"\(base)/nothing.csv\" as t", "R0666")
        session.expectFault("load \"\(base)/file.csv\" as t", "R0666")
        session.expectFault("load \"\(base)/loop.csv\" as t", "R0666")
        session.expectFault("load \"\(base)/cut.csv\" as t", "R0666")
        // Nothing listens on port 1.
        session.expectFault("load \"http://127.0.0.1:1/t.csv\" as t", "R0666")
    }

    @Test func theSizeIsLimited() throws {
        let server = try LoopbackServer()
        let address = "http://127.0.0.1:\(server.port)/big.csv"
        #expect {
            try WebAccess.fetch(address, sizeLimit: 1 << 20, seconds: 30, CancellationToken())
        } throws: { ($0 as? Fault)?.code == "R0667" }
        let token = CancellationToken()
        token.cancel()
        #expect(throws: (any Error).self) { try WebAccess.fetch(address, sizeLimit: 1 << 30, seconds: 30, token) }
    }
}
