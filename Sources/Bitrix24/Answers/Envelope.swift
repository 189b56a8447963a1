import Wire

/// The outermost object of an answer, read in one pass without building anything of the result.
///
/// Classic: `{"result":…,"next":50,"total":120,"time":{…}}` or `{"error":"CODE","error_description":"…"}`.
/// REST 3.0: `{"result":…,"time":{…}}` or `{"error":{"code":"…","message":"…","validation":[…]}}`.
/// Source: https://apidocs.bitrix24.com/settings/how-to-call-rest-api/general-principles.html
struct Envelope {
    private(set) var result: Range<Int>?
    private(set) var error: PortalError?
    private(set) var next: Int?
    private(set) var total: Int?
    private(set) var time: Timing?

    init(_ bytes: [UInt8]) throws(JSONFailure) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONFailure) in
            var scanner = try JSONScanner(buffer)
            return try Envelope(&scanner, buffer)
        }
    }

    private init(_ scanner: inout JSONScanner, _ bytes: UnsafeBufferPointer<UInt8>) throws(JSONFailure) {
        guard case .beginObject = try scanner.next() else {
            // A method without an envelope may answer anything; it must still be whole.
            while scanner.depth > 0 { _ = try scanner.next() }
            _ = try scanner.next()
            return
        }
        var details: (description: String?, argument: String?) = (nil, nil)
        while case .key(let key) = try scanner.next() {
            switch key.string {
            case "result": result = try scanner.skipValue()
            case "error": error = try PortalError(&scanner, bytes)
            case "error_description": details.description = try scanner.scalarText()
            case "argument": details.argument = try scanner.scalarText()
            case "next": next = try scanner.scalarCount()
            case "total": total = try scanner.scalarCount()
            case "time": time = try Timing(&scanner)
            default: _ = try scanner.skipValue()
            }
        }
        _ = try scanner.next()
        if let description = details.description { error?.message = description }
        if let argument = details.argument, !argument.isEmpty { error?.argument = argument }
    }
}

/// An error as a portal words it.
struct PortalError: Equatable {
    var code: String
    var message: String
    var argument: String?
    /// REST 3.0: fields that do not satisfy, with their reasons.
    var validation: [String] = []

    init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    /// `"CODE"`, `100`, `""`, or the object of REST 3.0; nil for `null` and `false`, which say there is none.
    init?(_ scanner: inout JSONScanner, _ bytes: UnsafeBufferPointer<UInt8>) throws(JSONFailure) {
        let range = try scanner.skipValue()
        let value = try JSONValue(parsing: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[range]))
        switch value {
        case .null, .bool(false): return nil
        case .object(let object):
            code = object["code"]?.scalarText ?? object["error"]?.scalarText ?? ""
            message = (object["message"] ?? object["error_description"])?.scalarText ?? ""
            argument = object["argument"]?.scalarText
            for problem in object["validation"]?.arrayValue ?? [] {
                guard let field = problem["field"]?.scalarText else { continue }
                if argument == nil { argument = field }
                validation.append("\(field): \(problem["message"]?.scalarText ?? "not accepted")")
            }
        default:
            code = value.scalarText ?? ""
            message = ""
        }
    }

    var isEmpty: Bool { code.isEmpty && message.isEmpty }

    var fullMessage: String {
        validation.isEmpty ? message : "\(message) (\(validation.joined(separator: "; ")))"
    }
}

extension Timing {
    /// Reads `time`; members that are missing, no numbers, or such as no clock shows stay nil.
    init?(_ scanner: inout JSONScanner) throws(JSONFailure) {
        let outer = scanner.depth
        guard case .beginObject = try scanner.next() else {
            while scanner.depth > outer { _ = try scanner.next() }
            return nil
        }
        self.init()
        while case .key(let key) = try scanner.next() {
            switch key.string {
            case "start": start = try scanner.scalarSeconds()
            case "finish": finish = try scanner.scalarSeconds()
            case "duration": duration = try scanner.scalarSeconds()
            case "processing": processing = try scanner.scalarSeconds()
            case "operating": operating = try scanner.scalarSeconds()
            case "operating_reset_at": operatingResetAt = try scanner.scalarSeconds()
            default: _ = try scanner.skipValue()
            }
        }
    }
}

extension JSONScanner {
    /// Reads one value; the text of a string or number, nil for anything else.
    mutating func scalarText() throws(JSONFailure) -> String? {
        let outer = depth
        switch try next() {
        case .string(let slice): return slice.string
        case .integer(let value): return String(value)
        case .number(let value): return String(value)
        default:
            while depth > outer { _ = try next() }
            return nil
        }
    }
}

extension JSONScanner {
    /// The largest count of rows taken as it is, in either direction; sums and products of two of them do not overflow.
    private static let countMax = PageAddress.numberMax
    /// Some 300 000 years: seconds that a clock or a watch may show, exact as a `Double`.
    private static let secondsMax = 1e13

    /// Reads one value as a count of rows. What no portal has is brought into the range that can be reckoned with.
    mutating func scalarCount() throws(JSONFailure) -> Int? {
        let count = try scalarText().flatMap { Int($0) }
        return count.map { min(max($0, -Self.countMax), Self.countMax) }
    }

    /// Reads one value as a time or a duration. `nan`, `inf` and nonsense are nil, as texts may hold them.
    fileprivate mutating func scalarSeconds() throws(JSONFailure) -> Double? {
        let seconds = try scalarText().flatMap { Double($0) }
        return seconds.flatMap { $0.magnitude <= Self.secondsMax ? $0 : nil }
    }
}

extension JSONValue {
    /// A string, or a number as text; nil for anything else.
    var scalarText: String? {
        switch self {
        case .string(let text): text
        case .integer(let value): String(value)
        case .number(let value): String(value)
        default: nil
        }
    }
}
