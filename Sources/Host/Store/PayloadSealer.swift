import Cryptography
import Storage
import Synchronization

/// Seals what may hold customers' data before it is written: events, results of effects, replies.
///
/// The store's own key lies outside of it (`GrantKey`) and seals one key a process, kept in `data_key`; that one seals
/// the payloads. So a process seals far fewer values under one key than its random nonces allow.
final class PayloadSealer: Sendable {
    private let master: SealingKey
    private let ownID: Int64
    private let own: SealingKey
    /// Keys of other processes, of now and before.
    private let others = Mutex<[Int64: SealingKey]>([:])

    static let keyIDBytes = 8
    static let overheadBytes = keyIDBytes + SealingKey.overheadBytes

    /// Makes this process's key and keeps it in the store.
    init(_ master: SealingKey, in connection: any SQLConnection, id: Int64) throws(StoreFailure) {
        self.master = master
        ownID = id
        let sealed: [UInt8]
        do throws(CryptographyFailure) {
            own = try SealingKey.random()
            sealed = try master.seal(Array(own.text.utf8), context: Self.context(id))
        } catch {
            throw .host(HostFailure(.machine, error.message))
        }
        // Another key would make a store of which each process can read a part.
        let rows: [(Int64, [UInt8])]
        do throws(DatabaseFailure) {
            rows = try connection.query("SELECT id, sealed FROM data_key ORDER BY id DESC LIMIT 1") {
                (row) throws(DatabaseFailure) in (row.integer(0), row.blob(1))
            }
        } catch {
            throw StoreFailure(error)
        }
        if let (id, bytes) = rows.first { _ = try Self.opened(bytes, id, master) }
        do throws(DatabaseFailure) {
            try connection.run("INSERT INTO data_key(id, sealed) VALUES (?, ?)", [.integer(id), .blob(sealed)])
        } catch {
            throw StoreFailure(error)
        }
    }

    func seal(_ plain: [UInt8], _ context: StaticString) throws(HostFailure) -> [UInt8] {
        do throws(CryptographyFailure) {
            let id = withUnsafeBytes(of: ownID.bigEndian) { [UInt8]($0) }
            return try own.seal(plain, context: Self.bytes(context), after: id)
        } catch {
            throw HostFailure(.machine, "a value of the store cannot be sealed: \(error.message)")
        }
    }

    /// - Parameter connection: where the keys of other processes are.
    func open(
        _ sealed: [UInt8], _ context: StaticString, _ connection: any SQLConnection
    ) throws(StoreFailure) -> [UInt8] {
        guard sealed.count > Self.keyIDBytes else { throw Self.damaged("it is too short") }
        let id = sealed[..<Self.keyIDBytes].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        let key = try key(id, connection)
        do throws(CryptographyFailure) {
            return try key.open(Array(sealed[Self.keyIDBytes...]), context: Self.bytes(context))
        } catch {
            throw Self.damaged(error.message)
        }
    }

    private func key(_ id: Int64, _ connection: any SQLConnection) throws(StoreFailure) -> SealingKey {
        if id == ownID { return own }
        if let known = others.withLock({ $0[id] }) { return known }
        let rows: [[UInt8]]
        do throws(DatabaseFailure) {
            rows = try connection.query("SELECT sealed FROM data_key WHERE id = ?", [.integer(id)]) {
                (row) throws(DatabaseFailure) in row.blob(0)
            }
        } catch {
            throw StoreFailure(error)
        }
        guard let bytes = rows.first else { throw Self.damaged("its key is gone") }
        let key = try Self.opened(bytes, id, master)
        others.withLock { $0[id] = key }
        return key
    }

    private static func opened(_ bytes: [UInt8], _ id: Int64, _ master: SealingKey) throws(StoreFailure) -> SealingKey {
        do throws(CryptographyFailure) {
            let text = try master.open(bytes, context: context(id))
            return try SealingKey(text: String(decoding: text, as: UTF8.self))
        } catch {
            throw .host(
                HostFailure(
                    .configuration, "the store was sealed with another key",
                    hint: "put back the key file, or HOST_KEY, that this store was made with"))
        }
    }

    private static func damaged(_ why: String) -> StoreFailure {
        .host(HostFailure(.machine, "a value of the store cannot be opened: \(why)"))
    }

    private static func context(_ id: Int64) -> [UInt8] { Array("data_key \(id)".utf8) }

    private static func bytes(_ text: StaticString) -> [UInt8] {
        text.withUTF8Buffer { Array($0) }
    }
}
