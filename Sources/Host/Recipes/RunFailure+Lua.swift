import Bitrix24
import Bridge
import Wire

extension RunFailure {
    /// What no change of the recipe can mend.
    private static let configurationCategories = [
        LuaFailure.configurationCategory, Failure.Category.authorization.rawValue, Failure.Category.blocked.rawValue,
    ]

    init(_ failure: LuaFailure, _ context: RunContext) {
        let kind: Kind =
            switch failure.kind {
            case .limit: .limit
            // Only the host says so: a recipe's own error may carry any fields.
            case .host:
                Self.configurationCategories.contains(failure.fields["category"]?.stringValue ?? "")
                    ? .configuration : .failed
            default: .failed
            }
        let redactor = context.log.redactor
        var fields = failure.fields
        var hint = fields.remove("hint")?.stringValue
        if case .limit(let name) = failure.kind, RunLimits.declarations.contains(where: { $0.name == name.rawValue }) {
            hint = hint ?? "allow more with --limit \(name.rawValue)=…"
        }
        self.init(
            kind: kind, message: redactor.redact(failure.description), hint: hint.map(redactor.redact),
            fields: redactor.redact(fields))
    }
}
