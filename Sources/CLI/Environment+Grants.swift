import Bitrix24
import Glibc
import Host

/// What verbs take from the world around the process to call as an application.
extension Environment {
    static let keyVariable = "HOST_KEY"
    static let keyFileVariable = "HOST_KEY_FILE"
    static let keyFileDefault = ".host/key"
    static let clientIDVariable = "BITRIX24_CLIENT_ID"
    static let clientSecretVariable = "BITRIX24_CLIENT_SECRET"
    /// A secret or the address of a redirect.
    static let lineBytesMax = 16 << 10

    static func grants(store path: String? = nil) -> GrantStore {
        let key = variable(keyVariable).map(GrantKey.text) ?? .file(variable(keyFileVariable) ?? keyFileDefault)
        return GrantStore(path ?? variable(storeVariable) ?? storeDefault, key: key)
    }

    /// The stored grant that is meant by a portal's address, its member_id, or an application's client_id; nil when
    /// there is none.
    ///
    /// - Parameter clientID: which of several is meant. Where there is none of this application, any of the portal is
    ///   told: they have its address and its authorisation server in common.
    static func grant(
        named name: String, of clientID: String? = nil, in store: GrantStore
    ) throws(CommandLineFailure) -> StoredGrant? {
        if clientID == nil, try grantName(named: name, in: store) == nil { return nil }
        do throws(HostFailure) {
            let found = try store.grants(named: name)
            return found.first { $0.grant.application.clientID == clientID } ?? found.first
        } catch {
            throw CommandLineFailure(error)
        }
    }

    /// The same without opening it, for which no key is needed.
    static func grantName(
        named name: String, in store: GrantStore
    ) throws(CommandLineFailure) -> (id: GrantID, portal: String)? {
        let found: [(id: GrantID, portal: String)]
        do throws(HostFailure) {
            found = try store.names(named: name)
        } catch {
            throw CommandLineFailure(error)
        }
        guard found.count > 1 else { return found.first }
        let names = found.map { "\($0.id.clientID) on \($0.portal)" }.joined(separator: ", ")
        throw CommandLineFailure(
            .configuration, "'\(name)' names several grants: \(names)",
            hint: "name the portal's member_id or the application's client_id, whichever has one grant only")
    }

    /// The grant that `--portal` means: no webhook's address, and no name that has a webhook.
    static func grant(meantBy named: String) throws(CommandLineFailure) -> (StoredGrant, GrantStore)? {
        guard !named.contains("/rest/"), variable(webhookVariable(named)) == nil else { return nil }
        let store = grants()
        return try grant(named: named, in: store).map { ($0, store) }
    }

    /// The next line of standard input, without its end; nil at the end of the input.
    static func line() throws(CommandLineFailure) -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw CommandLineFailure(.usage, "cannot read standard input: \(String(cString: strerror(errno)))")
            }
            if count == 0 { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            guard bytes.count < lineBytesMax else {
                throw CommandLineFailure(.usage, "a line of standard input is longer than \(lineBytesMax) bytes")
            }
            bytes.append(byte)
        }
    }
}
