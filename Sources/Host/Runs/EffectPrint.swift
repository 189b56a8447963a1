import Bitrix24
import Wire

/// A fingerprint of what an effect asks for: by it a replay sees that the code asks for the same again.
///
/// FNV-1a of 64 bits: it tells mistakes from sameness and resists nobody.
struct EffectPrint {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    init() {}

    init(_ effect: Effect) {
        add(effect.name)
        switch effect.request {
        case .call(let call): add(call)
        case .batch(let request): add(request.body)
        case .batches(let requests): for request in requests { add(request.body) }
        case .reads(let calls): for call in calls { add(call) }
        case .upload(let upload):
            add(upload.method)
            add(JSONValue.object(upload.parameters).encoded())
        case .download(let source, let path):
            add(path)
            // A link differs each time it is asked for; the call that brings it does not.
            if case .call(let call, let way) = source {
                add(call)
                for step in way { add(step) }
            }
        case .storeGet(let key), .storeDelete(let key), .storeKeys(let key): add(key)
        case .storeSet(let key, let value):
            add(key)
            add(value)
        case .storeSwap(let key, let expected, let value):
            add(key)
            add(expected ?? [])
            add(value ?? [])
        case .emit(let name, let data, let afterMS):
            add(name)
            add(data)
            add(String(afterMS))
        case .sleep(let milliseconds): add(String(milliseconds))
        }
    }

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        // A separator, so that "ab", "c" is not "a", "bc".
        value = (value ^ 0xFF) &* 0x100_0000_01B3
    }

    mutating func add(_ text: String) { add(text.utf8) }

    private mutating func add(_ call: Call) {
        add(call.method)
        add(call.api == .v3 ? "v3" : "")
        add(call.body)
    }
}

extension Effect {
    /// What it is about, without a value of anybody's: methods, names of events.
    var subject: String {
        switch request {
        case .call(let call): call.method
        case .batch(let request): Self.subject(of: [request])
        case .batches(let requests): Self.subject(of: requests)
        case .reads(let calls): "\(calls.count) × \(calls.first?.method ?? "")"
        case .upload(let upload): upload.method
        case .download(let source, _):
            if case .call(let call, _) = source { call.method } else { "a link" }
        case .emit(let name, _, _): name
        case .sleep(let milliseconds): "\(milliseconds) ms"
        case .storeGet, .storeSet, .storeDelete, .storeKeys, .storeSwap: ""
        }
    }

    private static func subject(of requests: [BatchRequest]) -> String {
        var counts: [(method: String, count: Int)] = []
        for command in requests.lazy.flatMap(\.commands) {
            if let place = counts.firstIndex(where: { $0.method == command.method }) {
                counts[place].count += 1
            } else if counts.count < subjectMethodsMax {
                counts.append((command.method, 1))
            }
        }
        return counts.map { $0.count == 1 ? $0.method : "\($0.count) × \($0.method)" }.joined(separator: ", ")
    }

    private static let subjectMethodsMax = 4
}
