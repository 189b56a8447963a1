internal import CCurl
internal import Glibc

/// The thread that drives libcurl's multi handle. Others only put transfers into its inbox.
final class ClientLoop: @unchecked Sendable {
    // @unchecked: everything below `inbox` belongs to the loop's thread from `run` on.
    private struct Inbox {
        var submitted: [Transfer] = []
        var cancelled: [Transfer] = []
        /// Transfers submitted and not finished.
        var requests = 0
        var isClosing = false
        /// The thread sleeps, or is about to: whoever brings something must wake it.
        var isPolling = false
    }

    private let configuration: HTTPClient.Configuration
    private let curl: Curl
    private let multi: UnsafeMutableRawPointer
    private let inbox = Monitor(Inbox())
    private var active: [ObjectIdentifier: Transfer] = [:]
    private var idleHandles: [EasyHandle] = []

    static func start(
        _ configuration: HTTPClient.Configuration
    ) throws(HTTPFailure) -> (ClientLoop, pthread_t) {
        guard let curl = ccurl_load() else { throw .unable(String(cString: ccurl_load_error())) }
        guard let multi = curl.pointee.multi_init() else { throw .unable("libcurl has no memory for a client.") }
        let loop = ClientLoop(configuration, curl, multi)
        guard let thread = startThread({ loop.run() }) else {
            _ = curl.pointee.multi_cleanup(multi)
            throw .unable("The system has no thread left for the HTTP client.")
        }
        return (loop, thread)
    }

    private init(_ configuration: HTTPClient.Configuration, _ curl: Curl, _ multi: UnsafeMutableRawPointer) {
        self.configuration = configuration
        self.curl = curl
        self.multi = multi
        let perHostMax = max(1, configuration.connectionsPerHostMax)
        ccurl_multi_set_long(curl, multi, CURLMOPT_MAX_HOST_CONNECTIONS, perHostMax)
        ccurl_multi_set_long(curl, multi, CURLMOPT_MAXCONNECTS, max(1, configuration.idleConnectionsMax))
    }

    // MARK: From any thread

    func submit(_ transfer: Transfer, _ continuation: UnsafeContinuation<Void, Never>) {
        transfer.continuation = continuation
        let refusal = inbox.withLock { inbox -> HTTPFailure? in
            guard !inbox.isClosing else { return .clientClosed }
            guard inbox.requests < configuration.requestsMax else {
                return .unable("More than \(configuration.requestsMax) requests at once (requestsMax).")
            }
            inbox.requests += 1
            inbox.submitted.append(transfer)
            wake(&inbox)
            return nil
        }
        if let refusal { transfer.finish(.failure(refusal)) }
    }

    /// The flag reaches a transfer that is not submitted yet, the list one that is.
    func cancel(_ transfer: Transfer) {
        transfer.isCancelled.store(true, ordering: .releasing)
        inbox.withLock { inbox in
            guard !inbox.isClosing else { return }
            inbox.cancelled.append(transfer)
            wake(&inbox)
        }
    }

    func close() {
        inbox.withLock { inbox in
            inbox.isClosing = true
            wake(&inbox)
        }
    }

    /// Under the inbox's lock: the thread frees the multi handle only after it has seen `isClosing` under it.
    private func wake(_ inbox: inout Inbox) {
        guard inbox.isPolling else { return }
        inbox.isPolling = false
        _ = curl.pointee.multi_wakeup(multi)
    }

    // MARK: The loop's thread

    private func run() {
        while takeInbox() {
            var running: Int32 = 0
            _ = curl.pointee.multi_perform(multi, &running)
            finishCompleted()
            waitForWork()
        }
        for transfer in Array(active.values) { abort(transfer) }
        idleHandles.removeAll()
        _ = curl.pointee.multi_cleanup(multi)
    }

    /// False when the client closes.
    private func takeInbox() -> Bool {
        let (submitted, cancelled, isClosing) = inbox.withLock { inbox in
            defer {
                inbox.submitted.removeAll(keepingCapacity: inbox.submitted.count <= ClientLoop.batchKept)
                inbox.cancelled.removeAll()
            }
            return (inbox.submitted, inbox.cancelled, inbox.isClosing)
        }
        for transfer in submitted { begin(transfer) }
        for transfer in cancelled { abort(transfer) }
        return !isClosing
    }

    private func waitForWork() {
        let mayPoll = inbox.withLock { inbox in
            inbox.isPolling = inbox.submitted.isEmpty && inbox.cancelled.isEmpty && !inbox.isClosing
            return inbox.isPolling
        }
        guard mayPoll else { return }
        // libcurl shortens it to its own next time-out.
        _ = curl.pointee.multi_poll(multi, nil, 0, ClientLoop.pollMS, nil)
        inbox.withLock { $0.isPolling = false }
    }

    private func begin(_ transfer: Transfer) {
        guard !transfer.isCancelled.load(ordering: .acquiring) else {
            let message = "The request was cancelled before it was sent."
            return end(transfer, .failure(HTTPFailure(kind: .cancelled, mayHaveBeenSent: false, message: message)))
        }
        guard let easy = idleHandles.popLast() ?? EasyHandle(curl, configuration) else {
            return end(transfer, .failure(.unable("libcurl has no memory for a request.")))
        }
        do throws(HTTPFailure) {
            try easy.prepare(transfer)
        } catch {
            idleHandles.append(easy)
            return end(transfer, .failure(error))
        }
        transfer.easy = easy
        active[ObjectIdentifier(transfer)] = transfer
        guard curl.pointee.multi_add_handle(multi, easy.pointer) == CURLM_OK else {
            release(transfer)
            return end(transfer, .failure(.unable("libcurl does not take the request.")))
        }
    }

    private func finishCompleted() {
        var left: Int32 = 0
        while let message = curl.pointee.multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let raw = ccurl_info_private(curl, message.pointee.easy_handle)
            else { continue }
            // The message is libcurl's and gone with the handle: read it first.
            let code = ccurl_message_result(message)
            let transfer = Unmanaged<Transfer>.fromOpaque(raw).takeUnretainedValue()
            guard let easy = transfer.easy else { continue }
            let result: TransferResult =
                code == CURLE_OK && transfer.isHeadComplete
                ? .success(transfer.takeResponse(status: easy.status))
                : .failure(HTTPFailure(code == CURLE_OK ? CURLE_PARTIAL_FILE : code, of: transfer, on: easy))
            _ = curl.pointee.multi_remove_handle(multi, easy.pointer)
            release(transfer)
            end(transfer, result)
        }
    }

    /// Ends a transfer under way; one that ended by itself meanwhile, or never began, is left alone.
    private func abort(_ transfer: Transfer) {
        guard let easy = transfer.easy else { return }
        let failure = HTTPFailure.cancelled(transfer, on: easy)
        _ = curl.pointee.multi_remove_handle(multi, easy.pointer)
        release(transfer)
        end(transfer, .failure(failure))
    }

    private func release(_ transfer: Transfer) {
        active.removeValue(forKey: ObjectIdentifier(transfer))
        guard let easy = transfer.easy.take(), idleHandles.count < ClientLoop.idleHandlesMax else { return }
        idleHandles.append(easy)
    }

    private func end(_ transfer: Transfer, _ result: TransferResult) {
        inbox.withLock { $0.requests -= 1 }
        transfer.finish(result)
    }

    private static let pollMS: Int32 = 60_000
    private static let idleHandlesMax = 64
    private static let batchKept = 256
}

extension HTTPFailure {
    fileprivate static func unable(_ message: String) -> HTTPFailure {
        HTTPFailure(kind: .other, mayHaveBeenSent: false, message: message)
    }
}
