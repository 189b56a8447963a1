extension Failure {
    /// The failure without the credential's secret in any word that came from elsewhere.
    public func redacted(by credential: Credential) -> Failure {
        var failure = self
        failure.code = credential.redacting(code)
        failure.message = credential.redacting(message)
        failure.argument = argument.map(credential.redacting)
        failure.hint = credential.redacting(hint)
        return failure
    }

    /// Whether a new access token may help; the portal did nothing. REST 3.0 has but one code for all that is wrong.
    /// Source: https://apidocs.bitrix24.com/settings/oauth/index.html
    public var asksForNewToken: Bool {
        status == 401
            && [
                "expired_token", "invalid_token", "bitrix_rest_v3_exception_accessdeniedexception",
            ].contains(code.asciiLowercased())
    }
}
