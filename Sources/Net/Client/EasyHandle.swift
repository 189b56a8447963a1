internal import CCurl

/// A libcurl easy handle, reused from transfer to transfer. Loop's thread only.
final class EasyHandle {
    let curl: Curl
    let pointer: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?

    init?(_ curl: Curl, _ configuration: HTTPClient.Configuration) {
        guard let pointer = curl.pointee.easy_init() else { return nil }
        self.curl = curl
        self.pointer = pointer
        errorText = .allocate(capacity: Int(ccurl_error_bytes))
        errorText.initialize(repeating: 0, count: Int(ccurl_error_bytes))
        setConstantOptions(configuration)
    }

    deinit {
        curl.pointee.easy_cleanup(pointer)
        curl.pointee.slist_free_all(headerList)
        errorText.deallocate()
    }

    // MARK: Options

    /// What is the same for every transfer. libcurl copies texts.
    private func setConstantOptions(_ configuration: HTTPClient.Configuration) {
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        set(CURLOPT_ACCEPT_ENCODING, "")  // everything this libcurl unpacks
        set(CURLOPT_USERAGENT, configuration.userAgent)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, max(1, configuration.connectTimeoutMS))
        set(CURLOPT_MAXAGE_CONN, max(1, configuration.idleSecondsMax))
        set(CURLOPT_BUFFERSIZE, EasyHandle.receiveBufferBytes)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        set(CURLOPT_QUICK_EXIT, 1)  // closing does not wait for a resolver that hangs
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let file = configuration.trustedCertificates {
            // The file takes the place of the system's bundle; the hashed folder keeps the system's trusted.
            set(CURLOPT_CAINFO, file)
            set(CURLOPT_CAPATH, EasyHandle.systemCAFolder)
        }
        if configuration.usesProxyFromEnvironment {
            set(CURLOPT_NOPROXY, ProxyRules.exceptions())
        } else {
            set(CURLOPT_PROXY, "")
        }
        ccurl_set_error_buffer(curl, pointer, errorText)
        ccurl_set_data_function(curl, pointer, CURLOPT_HEADERFUNCTION, TransferCallbacks.header)
        ccurl_set_data_function(curl, pointer, CURLOPT_WRITEFUNCTION, TransferCallbacks.body)
        ccurl_set_data_function(curl, pointer, CURLOPT_READFUNCTION, TransferCallbacks.send)
        ccurl_set_seek_function(curl, pointer, TransferCallbacks.rewind)
        ccurl_set_prerequest_function(curl, pointer, TransferCallbacks.beforeSending)
    }

    /// What differs. The transfer must outlive its run: libcurl reads the body where it is and calls back to it.
    func prepare(_ transfer: Transfer) throws(HTTPFailure) {
        let request = transfer.request
        try RequestRules.check(request)
        errorText[0] = 0
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        for option in [
            CURLOPT_PRIVATE, CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_PREREQDATA, CURLOPT_READDATA,
            CURLOPT_SEEKDATA,
        ] {
            ccurl_set_pointer(curl, pointer, option, context)
        }
        // A refused URL would leave the last transfer's in its place.
        guard ccurl_set_text(curl, pointer, CURLOPT_URL, request.url) == CURLE_OK else {
            throw HTTPFailure(kind: .badURL, mayHaveBeenSent: false, message: "The URL is longer than libcurl takes.")
        }
        set(CURLOPT_TIMEOUT_MS, max(1, request.timeoutMS))
        set(CURLOPT_LOW_SPEED_LIMIT, 1)
        set(CURLOPT_LOW_SPEED_TIME, request.stallTimeoutMS.map { max(1, ($0 + 999) / 1_000) } ?? 0)
        setMethod(request)
        setHeaders(request)
    }

    private func setMethod(_ request: HTTPRequest) {
        set(CURLOPT_NOBODY, 0)
        let hasBody = !request.body.isEmpty || request.upload != nil || request.method == "POST"
        if let upload = request.upload {
            set(CURLOPT_POST, 1)
            ccurl_set_pointer(curl, pointer, CURLOPT_POSTFIELDS, nil)
            ccurl_set_offset(curl, pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(upload.byteCount))
        } else if hasBody {
            set(CURLOPT_POST, 1)
            // An array's storage is one heap object that does not move while nobody changes the array, and `request` is
            // a constant of the transfer, which the loop holds until libcurl has let go.
            request.body.withUnsafeBytes { bytes in
                ccurl_set_offset(curl, pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
                ccurl_set_pointer(curl, pointer, CURLOPT_POSTFIELDS, bytes.baseAddress)
            }
        } else {
            set(CURLOPT_HTTPGET, 1)
            if request.method == "HEAD" { set(CURLOPT_NOBODY, 1) }
        }
        let isCustom = request.method != (hasBody ? "POST" : "GET") && !(request.method == "HEAD" && !hasBody)
        if isCustom {
            set(CURLOPT_CUSTOMREQUEST, request.method)
        } else {
            ccurl_set_text(curl, pointer, CURLOPT_CUSTOMREQUEST, nil)
        }
    }

    private func setHeaders(_ request: HTTPRequest) {
        var list: UnsafeMutablePointer<curl_slist>?
        // A name without a value takes away what libcurl adds by itself: it would wait a second for "100 Continue".
        list = curl.pointee.slist_append(list, "Expect:")
        if request.headers.first(named: "Content-Type") == nil {
            list = curl.pointee.slist_append(list, "Content-Type:")
        }
        for (name, value) in request.headers {
            list = curl.pointee.slist_append(list, value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        ccurl_set_pointer(curl, pointer, CURLOPT_HTTPHEADER, list)
        curl.pointee.slist_free_all(headerList)
        headerList = list
    }

    private func set(_ option: CURLoption, _ value: Int) { ccurl_set_long(curl, pointer, option, value) }

    private func set(_ option: CURLoption, _ value: String) { ccurl_set_text(curl, pointer, option, value) }

    private static let receiveBufferBytes = 65_536
    private static let systemCAFolder = "/etc/ssl/certs"

    // MARK: What happened

    var status: Int { ccurl_info_long(curl, pointer, CURLINFO_RESPONSE_CODE) }

    /// Bytes of requests that went out, over all attempts of the transfer.
    var requestBytesSent: Int { ccurl_info_long(curl, pointer, CURLINFO_REQUEST_SIZE) }

    /// The system's error number of the last failed connect, 0 when there was none.
    var systemError: Int32 { Int32(clamping: ccurl_info_long(curl, pointer, CURLINFO_OS_ERRNO)) }

    /// What the TLS library found wrong with the certificate, by its own numbers; 0 for nothing.
    var certificateVerdict: Int { ccurl_info_long(curl, pointer, CURLINFO_SSL_VERIFYRESULT) }

    /// libcurl's own words about the last failure; empty when it has none.
    var errorDetail: String { String(cString: errorText) }
}
