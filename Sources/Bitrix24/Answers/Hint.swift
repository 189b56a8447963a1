/// What a person can do about a failure, in one sentence.
/// Sources: https://apidocs.bitrix24.com/error-codes.html and the pages on limits and authorisation.
enum Hint {
    static func text(for failure: Failure, _ access: Access) -> String {
        if failure.outcome == .unknown, access == .write { return uncertain(failure.method) }
        if let known = byCode(failure) { return known }
        return switch failure.category {
        case .authorization: "Check the webhook: its address is shown once in the portal and changes when it is edited."
        case .permission: "Give the webhook's user, or the application, the right to do this."
        case .throttled: "Wait a moment: the portal takes about two requests a second."
        case .operatingLimit: "Wait until the oldest of the last ten minutes is over, or call the method less."
        case .blocked: "Ask the portal's administrator, or Bitrix24 support: no call will succeed before."
        case .notFound: "Check the name and the identifier."
        case .invalid: invalid(failure)
        case .server: "Try again later; if it stays, the portal's administrator can look into its log."
        case .unreadable: "Try again; if it stays, look whether the address really is a Bitrix24 portal."
        case .transport where failure.outcome == .unknown:
            "Try again later: the portal was reached, and the connection to it broke off."
        case .transport: "Check that the portal's address is right and can be reached from here."
        case .moved: "Put the portal's new address into the configuration."
        }
    }

    private static func byCode(_ failure: Failure) -> String? {
        let code = failure.code.uppercased()
        if failure.message.contains("pplication context required") || code == "WRONG_AUTH_TYPE" {
            return "The method works for applications only, not for webhooks: authorise one with 'host auth PORTAL'."
        }
        if failure.message.contains("commercial plans") {
            return "REST needs a paid plan with a Market subscription: the portal's administrator can renew it."
        }
        switch code {
        case "NO_AUTH_FOUND", "INVALID_CREDENTIALS":
            return "Check the webhook's user number and secret: a deleted or edited webhook has a new one."
        case "INSUFFICIENT_SCOPE", "INVALID_SCOPE", "BITRIX_REST_V3_EXCEPTION_INSUFFICIENTSCOPEEXCEPTION":
            let scope = Catalog.lookup(failure.method)?.scope ?? ""
            guard !scope.isEmpty, scope != "basic" else { return nil }
            return "Add the permission '\(scope)' to the webhook or the application."
        case "EXPIRED_TOKEN": return "The token is too old and was not renewed: run 'host auth PORTAL' again."
        case "INVALID_TOKEN", "APPLICATION_NOT_FOUND", "ERROR_OAUTH", "NOT_INSTALLED", "AUTHORIZATION_ERROR":
            return "Install the application on the portal again."
        case "INVALID_CLIENT", "WRONG_CLIENT": return "Check the application's client_id and client_secret."
        case "INVALID_GRANT": return Renewal.authorizeHint
        case "APP_ID_ERROR": return "By a webhook, give CLIENT_ID, a name of your own."
        case "LOCAL_PORTAL_NOT_PLAYED": return "Try this one on a real portal: the local one plays a part of Bitrix24."
        case "METHOD_CONFIRM_WAITING": return "A portal administrator must confirm this method for the webhook first."
        case "METHOD_CONFIRM_DENIED": return "A portal administrator denied this method to the webhook."
        case "USER_ACCESS_ERROR": return "Give the user access to the application."
        case "ALLOWED_ONLY_INTRANET_USER": return "Only employees may do this: use the webhook of one."
        case "OVERLOAD_LIMIT": return "Bitrix24 has blocked REST on this portal by hand: only its support lifts that."
        case "PORTAL_DELETED": return "The portal no longer exists: remove it from the configuration."
        case "PAYMENT_REQUIRED": return "The subscription has ended: renew it on the portal."
        case "ERROR_METHOD_NOT_FOUND", "BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION":
            return methodNotFound(failure.method)
        case "ERROR_BATCH_METHOD_NOT_ALLOWED": return "Call it alone: a batch takes neither files nor another batch."
        case "ERROR_BATCH_LENGTH_EXCEEDED": return "Put at most 50 commands into a batch."
        case "INVALID_REQUEST" where failure.message.lowercased().contains("https"):
            return "Write https in the webhook's address."
        default: return nil
        }
    }

    private static func methodNotFound(_ method: String) -> String {
        if Catalog.lookup(method) != nil {
            return "The portal does not have the method: its module is missing or older than the documentation."
        }
        let nearest = Catalog.nearest(to: method)
        return nearest.isEmpty
            ? "Look for the right name with 'host methods'."
            : "Did you mean \(nearest.joined(separator: " or "))?"
    }

    private static func invalid(_ failure: Failure) -> String {
        if let argument = failure.argument, !argument.isEmpty { return "Correct the parameter '\(argument)'." }
        guard let page = Catalog.lookup(failure.method)?.documentation else { return "Correct the call." }
        return "Compare the call with \(page)"
    }

    /// The method that shows what a writing one does.
    static func sibling(of method: String) -> String? {
        let family = method.split(separator: ".").dropLast().joined(separator: ".")
        return ["\(family).list", "\(family).get"].compactMap { Catalog.lookup($0)?.name }.first
    }

    /// A write was sent and no clear answer came.
    private static func uncertain(_ method: String) -> String {
        let place = sibling(of: method).map { "with \($0)" } ?? "on the portal"
        return "It is uncertain whether the portal did it: look \(place) before doing it again."
    }
}
