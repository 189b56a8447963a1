internal import CMicrohttpd

/// The functions libmicrohttpd calls, all on the server's thread.
enum ServerCallbacks {
    static var options: cmicrohttpd_options {
        var options = cmicrohttpd_options()
        options.on_connection = { ServerCallbacks.onConnection($0, $1, $2, $3) }
        options.on_uri = { ServerCallbacks.onURI($0, $1, $2) }
        options.on_request = { context, connection, _, method, _, data, count, request in
            ServerCallbacks.onRequest(context, connection, method, data, count, request)
        }
        options.on_completed = { context, _, request, _ in
            ServerCallbacks.onCompleted(context, request)
        }
        return options
    }

    private static func core(_ context: UnsafeMutableRawPointer?) -> ServerCore? {
        context.map { Unmanaged<ServerCore>.fromOpaque($0).takeUnretainedValue() }
    }

    /// A connection was opened or is about to be closed; its context is the reaper's peer.
    private static func onConnection(
        _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
        _ socketContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ event: MHD_ConnectionNotificationCode
    ) {
        guard let core = core(context), let connection, let socketContext else { return }
        if event == .CONNECTION_NOTIFY_STARTED {
            let peer = core.reaper.add(socket: cmicrohttpd_socket(core.library, connection))
            socketContext.pointee = Unmanaged.passRetained(peer).toOpaque()
        } else if let raw = socketContext.pointee {
            core.reaper.remove(Unmanaged<Peer>.fromOpaque(raw).takeRetainedValue())
            socketContext.pointee = nil
        }
    }

    /// The request line: the only place where the target is seen before it is decoded. What it returns becomes the
    /// request's context.
    private static func onURI(
        _ context: UnsafeMutableRawPointer?, _ uri: UnsafePointer<CChar>?, _ connection: OpaquePointer?
    ) -> UnsafeMutableRawPointer? {
        guard let core = core(context), let connection, let uri else { return nil }
        let info = cmicrohttpd_socket_context(core.library, connection)
        let peer = info.map { Unmanaged<Peer>.fromOpaque($0).takeUnretainedValue() }
        let exchange = Exchange(core: core, connection: connection, peer: peer, target: String(cString: uri))
        return Unmanaged.passRetained(exchange).toOpaque()
    }

    /// Called with the headers, then with every piece of the body, then once more at its end, and again after a resume.
    private static func onRequest(
        _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ method: UnsafePointer<CChar>?,
        _ data: UnsafePointer<CChar>?, _ dataCount: UnsafeMutablePointer<Int>?,
        _ requestContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    ) -> MHD_Result {
        guard let connection, let method, let dataCount, let raw = requestContext?.pointee else { return .NO }
        let exchange = Unmanaged<Exchange>.fromOpaque(raw).takeUnretainedValue()
        let library = exchange.core.library
        guard exchange.isStarted else {
            if exchange.begin(contentLength: contentLength(of: connection, library)) { return .YES }
            return Exchange.bodyTooLarge.queue(on: connection, library) ? .YES : .NO
        }
        if dataCount.pointee > 0 {
            let bytes = UnsafeRawBufferPointer(start: data, count: dataCount.pointee)
            dataCount.pointee = 0
            return exchange.receive(bytes.assumingMemoryBound(to: UInt8.self)) ? .YES : .NO
        }
        if !exchange.isHandled {
            exchange.core.began()
            if let peer = exchange.peer { exchange.core.reaper.hasRequest(from: peer) }
            exchange.handle(method: String(cString: method), headers: headers(of: connection, library))
        }
        return answer(exchange, library)
    }

    private static func answer(_ exchange: Exchange, _ library: Microhttpd) -> MHD_Result {
        switch exchange.takeAnswerOrPark(library) {
        case nil: return .YES
        case .drop: return .NO
        case .reply(var reply):
            if exchange.core.isStopping { reply.closes = true }
            if reply.queue(on: exchange.connection, library) { return .YES }
            let refused = Reply.error(500, "bad_response", "The server's handler answered with an impossible header.")
            return refused.queue(on: exchange.connection, library) ? .YES : .NO
        }
    }

    /// The request is over, however it ended; a connection kept alive may bring the next one.
    private static func onCompleted(
        _ context: UnsafeMutableRawPointer?, _ requestContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    ) {
        guard let raw = requestContext?.pointee else { return }
        requestContext?.pointee = nil
        let exchange = Unmanaged<Exchange>.fromOpaque(raw).takeRetainedValue()
        guard exchange.isHandled else { return }
        if let peer = exchange.peer { exchange.core.reaper.expectRequest(from: peer) }
        exchange.core.ended()
    }

    private static func contentLength(of connection: OpaquePointer, _ library: Microhttpd) -> Int? {
        guard let text = library.pointee.lookup_connection_value(connection, .HEADER_KIND, "Content-Length") else {
            return nil
        }
        // libmicrohttpd has refused a malformed one; one beyond 64 bits is beyond every limit.
        return Int(String(cString: text)) ?? .max
    }

    private static func headers(
        of connection: OpaquePointer, _ library: Microhttpd
    ) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        headers.reserveCapacity(8)
        withUnsafeMutablePointer(to: &headers) { pointer in
            _ = library.pointee.get_connection_values_n(
                connection, .HEADER_KIND,
                { context, _, name, nameCount, value, valueCount in
                    context?.assumingMemoryBound(to: [(name: String, value: String)].self).pointee.append(
                        (ServerCallbacks.text(name, nameCount), ServerCallbacks.text(value, valueCount)))
                    return .YES
                }, pointer)
        }
        return headers
    }

    private static func text(_ bytes: UnsafePointer<CChar>?, _ count: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count), as: UTF8.self)
    }
}
