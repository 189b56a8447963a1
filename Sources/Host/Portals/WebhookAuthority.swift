import Bitrix24
import Synchronization

/// An inbound webhook: it never changes but for the portal's address.
final class WebhookAuthority: PortalAuthority {
    private let webhook: Mutex<Credential>

    let redactor: Redactor

    init(_ webhook: Webhook) {
        self.webhook = Mutex(.webhook(webhook))
        redactor = Redactor(hiding: [webhook.secret])
    }

    var known: Credential? { webhook.withLock { $0 } }

    var scopes: [String]? { nil }

    func credential() -> Credential { webhook.withLock { $0 } }

    func renewed(after spent: Credential, refusal: Failure) throws(EffectFailure) -> Credential {
        throw .portal(refusal)
    }

    func moved(from old: Credential, to new: Credential) -> Bool {
        webhook.withLock { webhook in
            // Whoever comes late with an older address does not undo a later renaming.
            guard webhook == old else { return false }
            webhook = new
            return true
        }
    }
}
