internal import Wire

/// Refusals of the tasks module, classic and v3.
enum TaskFailure {
    static func missing(_ parameter: String) -> PortalFailure {
        PortalFailure("100", "Could not find value for parameter {\(parameter)} (internal error)")
    }

    static func notList(_ parameter: String) -> PortalFailure {
        PortalFailure(
            "100",
            "Invalid value {} to match with parameter {\(parameter)}. Should be value of type array. (internal error)")
    }

    /// The tasks module's own errors come out of a form handler: their text ends with a line break of HTML.
    static func core(_ text: String) -> PortalFailure { PortalFailure("ERROR_CORE", text + "<br>") }

    static let wrongID = PortalFailure("0", "wrong task id")
    static let notAllowed = PortalFailure("0", "Action on the task is not allowed")
    static let forbidden = PortalFailure("1048582", "Action on the task is not allowed")
    static let sorting = PortalFailure("0", "Invalid sorting key (internal error)")
    static let constructor = PortalFailure(
        "100", "CTaskItem All parameters in the constructor must have real class type (internal error)")

    /// An error of the positional methods: `TASKS_ERROR_EXCEPTION_#256; …; 256/TE/WRONG_ARGUMENTS<br>`
    static func argument(_ text: String) -> PortalFailure {
        core("TASKS_ERROR_EXCEPTION_#256; \(text); 256/TE/WRONG_ARGUMENTS")
    }

    static func failed(_ text: String) -> PortalFailure {
        core("TASKS_ERROR_EXCEPTION_#8; \(text); 8/TE/ACTION_FAILED_TO_BE_PROCESSED")
    }

    static func v3(_ name: String, _ message: String, status: Int = 400) -> PortalFailure {
        PortalFailure("BITRIX_REST_V3_EXCEPTION_" + name, message, status: status)
    }

    static func validation(_ field: String, _ message: String) -> PortalFailure {
        PortalFailure(
            "BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION",
            "Error during request object validation",
            extra: ["validation": [["message": .string(message), "field": .string(field)]]])
    }
}
