internal import CCurl
internal import Glibc

/// The functions libcurl calls while it performs, all on the loop's thread. A short count makes it end the transfer.
enum TransferCallbacks {
    static let header: ccurl_data_function = { bytes, size, count, context in
        TransferCallbacks.receive(bytes, size * count, context) { $0.receive(headerLine: $1) }
    }

    static let body: ccurl_data_function = { bytes, size, count, context in
        TransferCallbacks.receive(bytes, size * count, context) { $0.receive(body: $1) }
    }

    static let send: ccurl_data_function = { bytes, size, count, context in
        guard let bytes, let context else { return Int(CURL_READFUNC_ABORT) }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
        return transfer.send(into: buffer.assumingMemoryBound(to: UInt8.self)) ?? Int(CURL_READFUNC_ABORT)
    }

    static let rewind: ccurl_seek_function = { context, offset, origin in
        guard let context, origin == SEEK_SET else { return CURL_SEEKFUNC_CANTSEEK }
        Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().rewind(to: Int(offset))
        return CURL_SEEKFUNC_OK
    }

    static let beforeSending: ccurl_prerequest_function = { context, address, _, _, _ in
        guard let context else { return CURL_PREREQFUNC_ABORT }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let sent = transfer.easy?.requestBytesSent ?? 0
        let mayAsk = transfer.mayAsk(address: address.map { String(cString: $0) } ?? "")
        return mayAsk && transfer.maySend(bytesSentBefore: sent) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
    }

    private static func receive(
        _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
        _ take: (Transfer, UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Int {
        guard let bytes, let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let buffer = UnsafeRawBufferPointer(start: bytes, count: count).assumingMemoryBound(to: UInt8.self)
        guard take(transfer, buffer) else { return refusal }
        return count
    }

    /// Anything but the count ends the transfer; a refused empty piece must not look like a taken one.
    private static let refusal = Int(CURL_WRITEFUNC_ERROR)
}
