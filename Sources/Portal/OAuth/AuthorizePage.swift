internal import Wire

/// `/oauth/authorize/`, as a browser opens it in which somebody is signed in already.
///
/// The application gets a redirect only when all is well; else the person sees a page, and the application nothing.
/// https://apidocs.bitrix24.com/settings/oauth/index.html
struct AuthorizePage {
    let state: PortalState

    func answer(_ request: PortalRequest) throws(PortalFailure) -> PortalAnswer {
        let parameters = try RequestParameters.form(Array(request.query.utf8))
        guard let clientID = parameters["client_id"]?.phpText, let application = state.applications[clientID],
            application.installation != .absent
        else { return page("The application was not found on this portal.", status: 404) }
        guard !application.isPaymentExpired else { return page("The application must be paid for.", status: 402) }
        let grant = TokenStore.Grant(
            clientID: clientID, userID: state.signedInUserID, scopes: application.scopes)
        let code = try TokenStore(state: state)
            .issue(.code, for: grant, seconds: state.settings.oauth.codeSeconds)
        guard let redirectURI = application.redirectURI, !redirectURI.isEmpty else {
            return page("The code for \(application.title):", code: code, status: 200)
        }
        let query: [(String, String)] = [
            ("code", code), ("state", parameters["state"]?.phpText ?? ""), ("domain", state.site.portal),
            ("member_id", state.memberID), ("scope", application.scopes.joined(separator: ",")),
            ("server_domain", state.site.authorization),
        ]
        let fields = query.map { "\($0)=\(PercentCoding.encode($1))" }.joined(separator: "&")
        let location = redirectURI + (redirectURI.contains("?") ? "&" : "?") + fields
        return PortalAnswer(status: 302, headers: [(name: "Location", value: location)])
    }

    private func page(_ sentence: String, code: String = "", status: Int) -> PortalAnswer {
        var html = HTML()
        html.raw("<!DOCTYPE html><html lang=\"en\"><title>Authorization</title><body><p>")
        html.text(sentence)
        if !code.isEmpty { html.element(" <code>", code, "</code>") }
        html.raw("</p></body></html>")
        return PortalAnswer(status: status, headers: PortalAnswer.html, body: html.bytes)
    }
}
