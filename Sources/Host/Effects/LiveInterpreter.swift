import Bitrix24
import Wire

/// Does effects.
final class LiveInterpreter: Interpreter {
    private let portal: PortalConnection?
    private let store: KeyValueStore
    private let recipeName: () -> String
    private let recipePath: String
    private let ticket = RunTicket()
    private let files: FileFolder
    private let fileBytesMax: () -> Int
    private let emit: Emit
    /// The name whose rows are known to be this recipe's.
    private var claimed: String?

    /// How long calls have waited for the portal's pace.
    var waitedMS: Int { ticket.waits.milliseconds }

    typealias Emit = (
        _ name: String, _ data: [UInt8], _ afterMS: Int
    ) async throws(EffectFailure) -> Void

    /// - Parameters:
    ///   - recipeName: whose rows of the store are meant; a recipe names itself while it runs.
    ///   - recipePath: the recipe's file, by which it is told from others of its name.
    ///   - fileBytesMax: the largest file sent or received, as the run's limits are at that time.
    init(
        portal: PortalConnection?, store: KeyValueStore, recipeName: @escaping () -> String, recipePath: String,
        files: FileFolder, fileBytesMax: @escaping () -> Int, emit: @escaping Emit
    ) {
        self.emit = emit
        self.files = files
        self.fileBytesMax = fileBytesMax
        self.recipePath = recipePath
        self.portal = portal
        self.store = store
        self.recipeName = recipeName
    }

    func result(of effect: Effect) async throws(EffectFailure) -> EffectResult {
        switch effect.request {
        case .call(let call): return .reply(try await reply(to: call))
        case .batch(let request):
            guard let portal else { throw .host(PortalConnection.missing) }
            return .batch(try await portal.reply(to: request, for: ticket))
        case .batches(let requests):
            guard let portal else { throw .host(PortalConnection.missing) }
            return .batches(try await ConcurrentBatches.answers(to: requests, on: portal, for: ticket))
        case .reads(let calls):
            guard let portal else { throw .host(PortalConnection.missing) }
            return .replies(try await portal.replies(to: calls, for: ticket))
        case .upload(let upload): return .reply(try await reply(to: upload))
        case .download(let source, let path): return try await download(source, to: path)
        case .emit(let name, let data, let afterMS):
            try await emit(name, data, afterMS)
            return .nothing
        case .sleep(let milliseconds):
            do {
                try await Task.sleep(for: .milliseconds(milliseconds))
            } catch {
                throw .cancelled
            }
            return .nothing
        default:
            do throws(HostFailure) {
                return try storeResult(effect.request)
            } catch {
                throw .host(error)
            }
        }
    }

    private func reply(to call: Call) async throws(EffectFailure) -> Reply {
        guard let portal else { throw .host(PortalConnection.missing) }
        return try await portal.reply(to: call, for: ticket)
    }

    private func reply(to upload: Upload) async throws(EffectFailure) -> Reply {
        guard let portal else { throw .host(PortalConnection.missing) }
        let contents = try EffectFailure.wrapping { () throws(HostFailure) in
            try files.contents(of: upload, bytesMax: fileBytesMax())
        }
        return try await portal.reply(to: upload, contents, for: ticket)
    }

    private func download(
        _ source: DownloadSource, to path: String
    ) async throws(EffectFailure) -> EffectResult {
        guard let portal else { throw .host(PortalConnection.missing) }
        let target = try EffectFailure.wrapping { () throws(HostFailure) in
            try files.target(path, bytesMax: fileBytesMax())
        }
        try await portal.download(source, to: target, for: ticket)
        let file: JSONValue = ["path": .string(path), "bytes": .integer(Int64(target.bytesWritten))]
        return .json(file.encoded())
    }

    private func storeResult(_ request: Effect.Request) throws(HostFailure) -> EffectResult {
        let recipe = recipeName()
        if claimed != recipe {
            try store.claim(recipe, for: recipePath)
            claimed = recipe
        }
        switch request {
        case .storeGet(let key):
            guard let value = try store.get(recipe, key) else { return .nothing }
            return .json(value)
        case .storeKeys(let prefix):
            return .json(JSONValue.array(try store.keys(recipe, prefix: prefix).map(JSONValue.string)).encoded())
        case .storeSet(let key, let value): try store.set(recipe, key, value)
        case .storeDelete(let key): try store.set(recipe, key, nil)
        case .storeSwap(let key, let expected, let value):
            return .json(JSONValue.bool(try store.swap(recipe, key, expected: expected, value: value)).encoded())
        case .call, .batch, .batches, .reads, .upload, .download, .emit, .sleep: break
        }
        return .nothing
    }
}
