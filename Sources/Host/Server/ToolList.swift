import Wire

/// The recipes' tools for AI agents: each handler that declares its input, with a JSON Schema of it.
enum ToolList {
    static func json(of recipes: RecipeSet) -> JSONValue {
        .object(["tools": .array(recipes.recipes.flatMap { recipe in recipe.tools.map { tool($0, of: recipe) } })])
    }

    private static func tool(_ tool: RecipeDeclaration.Handler, of recipe: ServedRecipe) -> JSONValue {
        [
            "name": .string(tool.event), "description": .string(tool.title ?? recipe.title),
            "recipe": .string(recipe.name), "input_schema": schema(tool.input),
            "call": [
                "method": "POST",
                "path": .string("/events/\(PercentCoding.encode(tool.event))?wait=30s"),
            ],
        ]
    }

    private static func schema(_ fields: [FieldDeclaration]) -> JSONValue {
        var properties = JSONObject()
        for field in fields {
            var property: JSONObject = type(of: field)
            property["description"] = field.help.map(JSONValue.string)
            property["default"] = field.defaultValue
            properties[field.name] = .object(property)
        }
        return [
            "type": "object", "properties": .object(properties),
            "required": .array(fields.filter(\.isRequired).map { .string($0.name) }),
        ]
    }

    private static func type(of field: FieldDeclaration) -> JSONObject {
        switch field.type {
        case .string, .secret: ["type": "string"]
        case .integer: ["type": "integer"]
        case .number: ["type": "number"]
        case .boolean: ["type": "boolean"]
        case .time: ["type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"]
        case .list: ["type": "array", "items": [:]]
        case .table: ["type": "object"]
        }
    }
}
