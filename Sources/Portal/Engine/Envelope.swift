internal import Wire

/// When a call ran and what it cost its credential.
struct CallTime {
    var startNanoseconds: Int64
    var finishNanoseconds: Int64
    /// Absent for the outer call of a batch, which is not counted.
    var operating: (seconds: Double, resetAt: Int64)?
}

/// The JSON around a result.
///
/// https://apidocs.bitrix24.com/api-reference/data-types.html
enum Envelope {
    static func success(_ reply: MethodReply, time: CallTime, state: PortalState) -> [UInt8] {
        let result = reply.resultBytes
        var json: [UInt8] = []
        json.reserveCapacity(result.count + 400)
        json.append("{\"result\":")
        json.append(contentsOf: result)
        if let next = reply.next {
            json.append(",\"next\":")
            json.append(integer: next)
        }
        if let total = reply.total {
            json.append(",\"total\":")
            json.append(integer: total)
        }
        json.append(",\"time\":")
        append(time, to: &json, state: state)
        json.append("}")
        return json
    }

    static func append(_ time: CallTime, to json: inout [UInt8], state: PortalState) {
        let start = time.startNanoseconds / 1_000
        let finish = time.finishNanoseconds / 1_000
        json.append("{\"start\":")
        json.append(microseconds: start)
        json.append(",\"finish\":")
        json.append(microseconds: finish)
        json.append(",\"duration\":")
        json.append(microseconds: finish - start)
        json.append(",\"processing\":")
        json.append(microseconds: finish - start)
        json.append(",\"date_start\":")
        json.append(jsonString: state.iso8601(start / 1_000_000))
        json.append(",\"date_finish\":")
        json.append(jsonString: state.iso8601(finish / 1_000_000))
        if let operating = time.operating {
            json.append(",\"operating_reset_at\":")
            json.append(integer: Int(operating.resetAt))
            json.append(",\"operating\":")
            json.append(microseconds: Int64(operating.seconds * 1_000_000))
        }
        json.append("}")
    }

    static func failure(_ failure: PortalFailure, api: PortalAPI) -> [UInt8] {
        var json: [UInt8] = []
        switch api {
        case .classic: append(classic: failure, to: &json)
        case .v3:
            json.append("{\"error\":{\"code\":")
            json.append(jsonString: failure.code)
            json.append(",\"message\":")
            json.append(jsonString: failure.description)
            append(failure.extra, to: &json)
            json.append("}}")
        }
        return json
    }

    static func append(classic failure: PortalFailure, to json: inout [UInt8]) {
        json.append("{\"error\":")
        json.append(jsonString: failure.code)
        json.append(",\"error_description\":")
        json.append(jsonString: failure.description)
        append(failure.extra, to: &json)
        json.append("}")
    }

    private static func append(_ extra: JSONObject, to json: inout [UInt8]) {
        for (key, value) in extra {
            json.append(",")
            json.append(jsonString: key)
            json.append(":")
            json.append(contentsOf: value.phpEncoded())
        }
    }
}
