import Bridge
import Wire

/// `store.*`: the recipe's own durable values.
enum StoreModule {
    static let functions = [get, set, delete, keys, swap, update, each]

    private static let key = Parameter("key", .string, "at most \(KeyValueStore.keyBytesMax) bytes")

    private static let get = HostFunction(
        "store.get", "A value this recipe stored earlier.",
        parameters: [key],
        results: [ResultDoc("value", .any, "the value, or nil")],
        example: "local booking = store.get(\"session:\" .. id)",
        waiting: { (run, call) throws(LuaFailure) in
            let key = try Self.key(call)
            return run.operation(Effect(.storeGet(key: key))) { (answer, call) throws(LuaFailure) in
                try pushValue(answer, call)
            }
        })

    private static let set = HostFunction(
        "store.set", "Stores a value under a key; nil deletes it.",
        parameters: [key, Parameter("value", .any, "any plain value, at most 1 MB as JSON")],
        errors: ["the value is too large, or no plain data"],
        example: "store.set(\"session:\" .. id, { deal = 12 })",
        waiting: { (run, call) throws(LuaFailure) in
            let key = try Self.key(call)
            guard !call.isAbsent(2) else {
                return run.operation(Effect(.storeDelete(key: key))) { (_, _) in }
            }
            let value = try Self.value(call, 2)
            return run.operation(Effect(.storeSet(key: key, value: value))) { (_, _) in }
        })

    private static let delete = HostFunction(
        "store.delete", "Deletes a key; an absent one is no error.",
        parameters: [key],
        example: "store.delete(\"session:\" .. id)",
        waiting: { (run, call) throws(LuaFailure) in
            run.operation(Effect(.storeDelete(key: try Self.key(call)))) { (_, _) in }
        })

    private static let keys = HostFunction(
        "store.keys", "The keys that begin with a prefix, in byte order.",
        parameters: [Parameter("prefix", .string, optional: true, "all keys when left out")],
        results: [ResultDoc("keys", .table, "a list of strings")],
        example: "for _, key in ipairs(store.keys(\"session:\")) do print(key) end",
        waiting: { (run, call) throws(LuaFailure) in
            let prefix = call.isAbsent(1) ? "" : try call.string(1)
            return run.operation(Effect(.storeKeys(prefix: prefix))) { (answer, call) throws(LuaFailure) in
                try pushValue(answer, call)
            }
        })

    private static let swap = HostFunction(
        "store.swap", "Stores a value only while the old one is still there: the step of an atomic change.",
        parameters: [
            key, Parameter("expected", .any, "the value that must be stored now; nil for none"),
            Parameter("value", .any, "the new value; nil deletes"),
        ],
        results: [ResultDoc("done", .boolean, "false when somebody else was first")],
        example: "if store.swap(\"lock\", nil, run.id) then work() end",
        waiting: { (run, call) throws(LuaFailure) in
            let key = try Self.key(call)
            let expected = call.isAbsent(2) ? nil : try Self.value(call, 2)
            let value = call.isAbsent(3) ? nil : try Self.value(call, 3)
            return run.operation(
                Effect(.storeSwap(key: key, expected: expected, value: value))
            ) { (answer, call) throws(LuaFailure) in try pushValue(answer, call) }
        })

    private static let update = HostFunction(
        "store.update", "Changes a value, losing nobody else's change; the function may run more than once.",
        parameters: [key, Parameter("change", .function, "gets the value (or nil), returns the new one; nil deletes")],
        results: [ResultDoc("value", .any, "the new value")],
        errors: ["what the function raises: nothing is changed then"],
        example: "store.update(\"count\", function(n) return (n or 0) + 1 end)",
        // Read twice: the function may change the table that it gets.
        lua: """
            function(key, change)
              while true do
                local expected = store.get(key)
                local value = change(store.get(key))
                if store.swap(key, expected, value) then return value end
              end
            end
            """)

    private static let each = HostFunction(
        "store.each", "Iterates over the keys that begin with a prefix and their values, in byte order.",
        parameters: [Parameter("prefix", .string, optional: true, "all keys when left out")],
        results: [ResultDoc("iterator", .function, "for key, value in …")],
        example: "for key, booking in store.each(\"session:\") do print(key, booking.start) end",
        // A key that was deleted meanwhile is left out.
        lua: """
            function(prefix)
              local keys, place = store.keys(prefix), 0
              return function()
                while place < #keys do
                  place = place + 1
                  local value = store.get(keys[place])
                  if value ~= nil then return keys[place], value end
                end
              end
            end
            """)

    private static func key(_ call: borrowing LuaCall) throws(LuaFailure) -> String {
        let key = try call.string(1)
        guard key.utf8.count <= KeyValueStore.keyBytesMax else {
            throw LuaFailure(kind: .argument, message: "a store key has at most \(KeyValueStore.keyBytesMax) bytes")
        }
        return key
    }

    private static func value(_ call: borrowing LuaCall, _ index: Int) throws(LuaFailure) -> [UInt8] {
        let bytes = try call.json(index)
        guard bytes.count <= KeyValueStore.valueBytesMax else {
            throw LuaFailure(
                kind: .argument,
                message:
                    "a stored value has at most \(KeyValueStore.valueBytesMax) bytes as JSON, this has \(bytes.count)")
        }
        return bytes
    }

    private static func pushValue(_ answer: EffectResult, _ call: borrowing LuaCall) throws(LuaFailure) {
        guard case .json(let bytes) = answer else { return try call.pushNil() }
        try call.push(json: bytes)
    }
}
