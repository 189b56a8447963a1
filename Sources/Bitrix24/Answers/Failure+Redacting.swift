extension Failure {
    /// The failure without the webhook's secret in any word that came from elsewhere.
    public func redacted(by webhook: Webhook) -> Failure {
        var failure = self
        failure.code = webhook.redacting(code)
        failure.message = webhook.redacting(message)
        failure.argument = argument.map(webhook.redacting)
        failure.hint = webhook.redacting(hint)
        return failure
    }
}
