public import Bitrix24

/// One thing a recipe asks of the outside world, as a value: it can be done, listed, and later recorded and replayed.
public struct Effect: Sendable {
    public enum Request: Sendable {
        /// One REST method of the portal.
        case call(Call)
        /// Several commands in one request. A command may refer to the results of earlier ones.
        case batch(BatchRequest)
        /// Several requests that do not depend on each other, at once; each is answered on its own.
        case batches([BatchRequest])
        /// Several calls that change nothing and do not depend on each other, at once.
        case reads([Call])
        /// A call that takes files of the recipe's folder along.
        case upload(Upload)
        /// A file into the recipe's folder, at `path` in it.
        case download(DownloadSource, path: String)
        /// The recipe's private key-value store. Values are JSON.
        case storeGet(key: String)
        case storeSet(key: String, value: [UInt8])
        case storeDelete(key: String)
        /// The keys that begin with `prefix`, in byte order.
        case storeKeys(prefix: String)
        /// Writes only when the stored value is still `expected` (nil: no value).
        case storeSwap(key: String, expected: [UInt8]?, value: [UInt8]?)
        /// Another event, for whoever listens to it, some time from now. Data are JSON.
        case emit(name: String, data: [UInt8], afterMS: Int)
        /// A pause of the run.
        case sleep(milliseconds: Int)
    }

    public let request: Request

    public init(_ request: Request) {
        self.request = request
    }

    /// The effect's name in listings, limits and journals.
    public var name: String {
        switch request {
        case .call: "bitrix.call"
        case .batch: "bitrix.batch"
        case .batches: "bitrix.batches"
        case .reads: "bitrix.reads"
        case .upload: "bitrix.upload"
        case .download: "bitrix.download"
        case .storeGet: "store.get"
        case .storeSet: "store.set"
        case .storeDelete: "store.delete"
        case .storeKeys: "store.keys"
        case .storeSwap: "store.swap"
        case .emit: "emit"
        case .sleep: "sleep"
        }
    }

    /// Whether the outside world may be different afterwards. For REST methods the catalog's kind decides; a method
    /// the catalog does not know counts as a write, and so does a batch that holds one.
    public var access: Access {
        switch request {
        case .call(let call): call.access
        case .batch(let batch): batch.access
        case .batches(let batches): batches.allSatisfy { $0.access == .read } ? .read : .write
        case .reads, .storeGet, .storeKeys, .sleep: .read
        // A download leaves the portal as it was, and this machine's disk not.
        case .upload, .download, .storeSet, .storeDelete, .storeSwap, .emit: .write
        }
    }

    /// Commands that read, and commands that write, on a portal.
    var commands: (reads: Int, writes: Int) {
        switch request {
        case .call(let call): call.access == .read ? (1, 0) : (0, 1)
        case .upload: (0, 1)
        case .download: (1, 0)
        case .batch(let batch): Self.commands(of: batch)
        case .batches(let batches):
            batches.reduce(into: (0, 0)) { counts, batch in
                let more = Self.commands(of: batch)
                counts = (counts.0 + more.reads, counts.1 + more.writes)
            }
        case .reads(let calls): (calls.count, 0)
        default: (0, 0)
        }
    }

    private static func commands(of batch: BatchRequest) -> (reads: Int, writes: Int) {
        let writes = batch.commands.count { $0.access == .write }
        return (batch.commands.count - writes, writes)
    }

    /// Requests to a portal.
    var requests: Int {
        switch request {
        case .call, .batch, .upload, .download: 1
        case .batches(let batches): batches.count
        case .reads(let calls): calls.count
        default: 0
        }
    }

    var asksPortal: Bool { requests > 0 }

    /// Changes this machine's disk, which is no writing command on a portal, but fills the disk all the same.
    var stores: Bool {
        if case .download = request { return true }
        return !asksPortal && access == .write
    }
}
