internal import CCurl
internal import Synchronization

typealias Curl = UnsafePointer<ccurl>
typealias TransferResult = Result<HTTPResponse, HTTPFailure>

/// One request on its way through the loop's thread.
final class Transfer: @unchecked Sendable {
    // @unchecked: made by the sender, then the loop's thread alone touches everything but the flag.
    let request: HTTPRequest
    var continuation: UnsafeContinuation<Void, Never>?
    private var result: TransferResult?
    private let isFinished = Atomic(false)
    /// Set by any thread; the loop looks at it before it starts the transfer.
    let isCancelled = Atomic(false)

    /// The handle it runs on, nil before and after.
    var easy: EasyHandle?
    private var headerBlock: [UInt8] = []
    private var body: [UInt8] = []
    private var announcedBytes = 0
    private var isSuccess = false
    private let reader: UploadReader?
    /// Whether the blank line after the last header came. libcurl takes a head that breaks off for a whole one.
    private(set) var isHeadComplete = false
    /// Why one of our callbacks ended the transfer: libcurl itself only knows that one did.
    private(set) var stop: HTTPFailure.Kind?

    static let headerBytesMax = 256 << 10
    /// What a Content-Length alone may reserve: it costs a server nothing to announce much.
    static let reservedBytesMax = 8 << 20

    init(_ request: HTTPRequest) {
        self.request = request
        reader = request.upload.map(UploadReader.init)
    }

    /// Gives the result to whoever waits, once.
    ///
    /// The result goes by the flag and not by the continuation, which orders it as well: but the thread sanitizer does
    /// not see inside the concurrency runtime and would report every result.
    func finish(_ result: TransferResult) {
        guard let waiter = continuation.take() else { return }
        self.result = result
        isFinished.store(true, ordering: .releasing)
        waiter.resume()
    }

    /// The result, once the continuation was resumed.
    func takeResult() -> TransferResult {
        guard isFinished.load(ordering: .acquiring), let result = result.take() else { return .failure(.clientClosed) }
        return result
    }

    func takeResponse(status: Int) -> HTTPResponse {
        HTTPResponse(status: status, headerBlock: headerBlock, body: body)
    }

    var hasAnswerBegun: Bool { !headerBlock.isEmpty }

    // MARK: libcurl's callbacks (loop's thread)

    /// A header line. Interim answers (100, 103) and a proxy's come before the one that counts.
    func receive(headerLine line: UnsafeBufferPointer<UInt8>) -> Bool {
        if line.starts(with: "HTTP/".utf8) {
            headerBlock.removeAll(keepingCapacity: true)
            announcedBytes = 0
            // `HTTP/1.1 200 OK`, `HTTP/2 200`: the digit after the first blank says which class it is.
            isSuccess = line.drop { $0 != 0x20 }.dropFirst().first == UInt8(ascii: "2")
        }
        isHeadComplete = line.first == 0x0d || line.first == 0x0a
        guard headerBlock.count + line.count <= Transfer.headerBytesMax else { return refuse(.tooLarge) }
        if headerBlock.isEmpty { headerBlock.reserveCapacity(512) }
        headerBlock.append(contentsOf: line)
        guard let length = Transfer.contentLength(line), request.method != "HEAD" else { return true }
        announcedBytes = length
        return length <= (target?.bytesMax ?? request.responseBytesMax) || refuse(.tooLarge)
    }

    /// Where the body goes, when not into memory.
    private var target: FileTarget? { isSuccess ? request.target : nil }

    func receive(body bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if let target {
            guard bytes.count <= target.bytesMax - target.bytesWritten else { return refuse(.tooLarge) }
            return target.write(UnsafeRawBufferPointer(bytes)) || refuse(.file)
        }
        guard bytes.count <= request.responseBytesMax - body.count else { return refuse(.tooLarge) }
        if body.isEmpty { body.reserveCapacity(max(bytes.count, min(announcedBytes, Transfer.reservedBytesMax))) }
        body.append(contentsOf: bytes)
        return true
    }

    /// Called before each attempt to send. libcurl repeats a request of its own accord when a reused connection breaks
    /// before the answer; for what must not be done twice the second attempt ends here.
    func maySend(bytesSentBefore: Int) -> Bool {
        bytesSentBefore == 0 || request.isRepeatable || refuse(.closed)
    }

    func mayAsk(address: String) -> Bool {
        !request.refusesPrivateAddresses || !NetworkAddress.isPrivate(address) || refuse(.forbiddenAddress)
    }

    /// The next bytes of the body, 0 at its end; nil ends the transfer.
    func send(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int? {
        guard let reader else { return 0 }
        guard let count = reader.read(into: buffer) else {
            stop = .file
            return nil
        }
        return count
    }

    /// libcurl sends the body again, on another connection.
    func rewind(to offset: Int) { reader?.seek(to: offset) }

    private func refuse(_ kind: HTTPFailure.Kind) -> Bool {
        stop = kind
        return false
    }

    private static func contentLength(_ line: UnsafeBufferPointer<UInt8>) -> Int? {
        let name = "content-length:".utf8
        guard line.count > name.count, zip(line, name).allSatisfy({ $0.asciiLowercase == $1 }) else { return nil }
        return Int(String(decoding: line[name.count...].filter { $0 > 0x20 }, as: UTF8.self))
    }
}
