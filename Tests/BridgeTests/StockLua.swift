import CLua
import Wire

@testable import Bridge

@_silgen_name("luaopen_string") private func openStockString(_ state: OpaquePointer) -> Int32
@_silgen_name("luaopen_table") private func openStockTable(_ state: OpaquePointer) -> Int32

extension LuaRun {
    /// Puts the libraries of stock Lua beside the sandbox's, as `stock_string` and `stock_table`, to compare with.
    func installStock() throws(LuaFailure) {
        try enter { state throws(LuaFailure) in
            clua_push_globals(state)
            _ = openStockString(state)
            clua_rawset_text(state, -2, "stock_string")
            _ = openStockTable(state)
            clua_rawset_text(state, -2, "stock_table")
        }
    }
}
