internal import CMicrohttpd

/// What to do with a request.
enum Answer {
    case reply(Reply)
    case drop
}

/// A response on its way to the server's thread.
struct Reply {
    var status: Int
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    /// Whether the connection ends with this reply.
    var closes = false
    /// Fewer than the body holds when the connection is to break in the middle.
    var sentBytesMax: Int?

    /// An error of the server itself, in the shape Bitrix24 gives its errors. It closes the connection: what the client
    /// sends next may be the rest of a request that went wrong.
    static func error(_ status: Int, _ code: StaticString, _ sentence: StaticString) -> Reply {
        Reply(
            status: status, headers: [("Content-Type", "application/json; charset=utf-8")],
            body: Array("{\"error\":\"\(code)\",\"error_description\":\"\(sentence)\"}".utf8), closes: true)
    }

    /// Gives the reply to libmicrohttpd; false where it refuses a header or has no memory. Server's thread only.
    func queue(on connection: OpaquePointer, _ library: Microhttpd) -> Bool {
        guard let response = makeResponse(library) else { return false }
        defer { library.pointee.destroy_response(response) }
        for (name, value) in headers {
            guard library.pointee.add_response_header(response, name, value).rawValue != 0 else { return false }
        }
        if closes { _ = library.pointee.add_response_header(response, "Connection", "close") }
        return library.pointee.queue_response(connection, UInt32(clamping: status), response).rawValue != 0
    }

    private func makeResponse(_ library: Microhttpd) -> OpaquePointer? {
        let body = ReplyBody(body, sentBytesMax: sentBytesMax ?? body.count)
        let held = Unmanaged.passRetained(body).toOpaque()
        let response =
            sentBytesMax == nil
            ? library.pointee.create_response_from_buffer(
                body.bytes.count, UnsafeMutableRawPointer(mutating: body.address), { ReplyBody.release($0) }, held)
            : library.pointee.create_response_from_callback(
                UInt64(body.bytes.count), Reply.blockBytes, { ReplyBody.read($0, $1, $2, $3) }, held,
                { ReplyBody.release($0) })
        if response == nil { ReplyBody.release(held) }
        return response
    }

    private static let blockBytes = 16_384
}

/// Holds a reply's bytes in place until libmicrohttpd has sent them.
private final class ReplyBody {
    let bytes: [UInt8]
    /// Where the array's bytes are. An array's storage is one heap object that does not move while nobody changes the
    /// array, and nobody can: `bytes` is a constant, and this object outlives the response.
    let address: UnsafeRawPointer?
    private let sentBytesMax: Int

    init(_ bytes: [UInt8], sentBytesMax: Int) {
        self.bytes = bytes
        self.sentBytesMax = sentBytesMax
        address = bytes.withUnsafeBytes { $0.baseAddress }
    }

    /// libmicrohttpd's content reader for a body that breaks off.
    static func read(
        _ context: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ room: Int
    ) -> Int {
        guard let context, let buffer else { return cmicrohttpd_end_with_error() }
        let body = Unmanaged<ReplyBody>.fromOpaque(context).takeUnretainedValue()
        let start = Int(clamping: position)
        let count = min(room, body.sentBytesMax - start)
        guard count > 0, let address = body.address else { return cmicrohttpd_end_with_error() }
        UnsafeMutableRawPointer(buffer).copyMemory(from: address + start, byteCount: count)
        return count
    }

    static func release(_ context: UnsafeMutableRawPointer?) {
        if let context { Unmanaged<ReplyBody>.fromOpaque(context).release() }
    }
}
