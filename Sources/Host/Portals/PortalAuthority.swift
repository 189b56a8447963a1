import Bitrix24

/// Says as whom calls to one portal are made, and where the portal is now.
protocol PortalAuthority: Sendable {
    /// What the next call is made with.
    func credential() async throws(EffectFailure) -> Credential
    /// The portal refused `spent` because its token is too old; the credential to repeat the call with.
    ///
    /// - Parameter refusal: what is thrown where nothing can be renewed.
    func renewed(after spent: Credential, refusal: Failure) async throws(EffectFailure) -> Credential
    /// The portal answered at a new address, to be remembered.
    ///
    /// - Returns: whether a person has to be told, as it is news and forgotten with this process.
    func moved(from old: Credential, to new: Credential) async throws(EffectFailure) -> Bool
    /// What calls are made with as far as is known now.
    var known: Credential? { get }
    /// Hides all that calls were made with so far, and what renews it.
    var redactor: Redactor { get }
    /// What the portal granted, where that is known before asking; nil for a webhook.
    var scopes: [String]? { get }
    /// How often this process has made a new pair of tokens.
    var renewals: Int { get }
}

extension PortalAuthority {
    var renewals: Int { 0 }
}
