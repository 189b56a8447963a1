/// Refusals of the business processes: 400 for templates and robots, 403 where a process is started or stopped.
///
/// https://apidocs.bitrix24.com/api-reference/bizproc/index.html
enum ProcessFailure {
    static func activity(_ text: String) -> PortalFailure { PortalFailure("ERROR_ACTIVITY_VALIDATION_FAILURE", text) }
    static func template(_ text: String) -> PortalFailure { PortalFailure("ERROR_TEMPLATE_VALIDATION_FAILURE", text) }
    static func workflow(_ text: String) -> PortalFailure { PortalFailure("ERROR_WRONG_WORKFLOW_ID", text) }
    /// The family's documents are refused without a code.
    static func document(_ text: String) -> PortalFailure { PortalFailure("", text) }

    static let applicationOnly = PortalFailure("ACCESS_DENIED", "Application context required")

    static func administratorOnly(status: Int) -> PortalFailure {
        PortalFailure("ACCESS_DENIED", "Access denied!", status: status)
    }
}

extension MethodCall {
    /// Robots and templates belong to an application and are an administrator's matter.
    func processApplication(_ state: PortalState) throws(PortalFailure) -> PortalApplication {
        guard let clientID = credential.clientID, let application = state.applications[clientID] else {
            throw ProcessFailure.applicationOnly
        }
        try checkAdministrator(status: 400)
        return application
    }

    func checkAdministrator(status: Int) throws(PortalFailure) {
        guard credential.isAdministrator else { throw ProcessFailure.administratorOnly(status: status) }
    }
}
