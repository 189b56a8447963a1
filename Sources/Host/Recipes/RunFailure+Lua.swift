import Bridge
import Wire

extension RunFailure {
    init(_ failure: LuaFailure, _ context: RunContext) {
        let kind: Kind =
            switch failure.kind {
            case .limit: .limit
            default: context.recipe.configurationFailed ? .configuration : .failed
            }
        let redactor = context.log.redactor
        var fields = failure.fields
        let hint = fields.remove("hint")?.stringValue
        self.init(
            kind: kind, message: redactor.redact(failure.description), hint: hint.map(redactor.redact), fields: fields)
    }
}
