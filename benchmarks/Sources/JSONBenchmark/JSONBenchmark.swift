import Bridge
import CStock
import Wire

/// JSON and form text between bytes and Lua tables, garbage collection included, against lua-cjson and against Lua.
@main
struct JSONBenchmark {
    static func main() async throws {
        print("| What | Against | They | We | Ratio |\n|---|---|---|---|---|")
        let plain = Pages.deals().encoded()
        let cyrillic = Pages.deals(cyrillic: true).encoded()
        for (name, text) in [("plain", plain), ("escaped", Pages.escaped(cyrillic)), ("UTF-8", cyrillic)] {
            let peer = try Peer(text, prepare: "cjson = require 'cjson' value = cjson.decode(text)")
            let run = try await Ours(text)
            let size = "\(text.count / 1024) KB"
            print(
                try await Comparison(
                    name: "decode a page of 50 deals, \(name), \(size)", peer: "lua-cjson", rounds: 100,
                    theirs: { try peer.run("local d = cjson.decode for i = 1, 100 do d(text) end") },
                    ours: { try await run.run("local d = json.decode for i = 1, 100 do d(text) end") }
                ).line())
            print(
                try await Comparison(
                    name: "encode it", peer: "lua-cjson", rounds: 100,
                    theirs: { try peer.run("local e = cjson.encode for i = 1, 100 do e(value) end") },
                    ours: { try await run.run("local e = json.encode for i = 1, 100 do e(value) end") }
                ).line())
        }
        let page = Pages.deals(10)
        let ours = try await Ours(page.encoded())
        try ours.lua.install([FormInLua.declaration])
        try await ours.run(FormInLua.source)
        print(
            try await Comparison(
                name: "form of 10 deals, from a Lua table", peer: "pure Lua", rounds: 10,
                theirs: { try await ours.run("for i = 1, 10 do form_in_lua(value) end") },
                ours: { try await ours.run("for i = 1, 10 do form.encode(value) end") }
            ).line())
        guard case .object(let object) = page else { return }
        print(
            try await Comparison(
                name: "form of 10 deals, from a JSONObject", peer: "pure Lua", rounds: 10,
                theirs: { try await ours.run("for i = 1, 10 do form_in_lua(value) end") },
                ours: { for _ in 0..<10 { precondition(Form.encode(object).count > 1000) } }
            ).line())
    }
}

/// A stock state with a text and its value.
final class Peer {
    private let state: UnsafeMutableRawPointer

    init(_ text: [UInt8], prepare: String) throws {
        guard let state = stock_open() else { throw Failure(message: "no memory for a state") }
        self.state = state
        text.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { stock_set(state, "text", $0.baseAddress, $0.count) }
        }
        try run(prepare)
    }

    deinit { stock_close(state) }

    func run(_ script: String) throws {
        if let message = stock_run(state, script) { throw Failure(message: String(cString: message)) }
    }

    struct Failure: Error { let message: String }
}

/// A sandboxed run with the same text and value.
struct Ours {
    let lua: LuaRun

    init(_ text: [UInt8]) async throws {
        lua = try LuaRun(limits: LuaLimits(cpuMSMax: 600_000))
        try lua.installJSON()
        try lua.setGlobal("text", .string(String(decoding: text, as: UTF8.self)))
        try await run("value = json.decode(text)")
    }

    func run(_ script: String) async throws { try await lua.run(LuaSource(script, name: "benchmark")) }
}
