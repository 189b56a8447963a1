import Bridge
import Wire

/// A form with PHP nesting, written by a recipe in Lua and by the host.
enum FormInLua {
    static var declaration: FunctionDeclaration {
        FunctionDeclaration(
            "form.encode", "Writes a table as a form.", parameters: [Parameter("value", .table, "Any table.")],
            results: [ResultDoc("text", .string, "The form.")], example: "form.encode {a = 1}",
            body: .immediate { call throws(LuaFailure) in
                let json = try call.json(1)
                let form = json.withUnsafeBufferPointer { (try? Form.encode(json: $0)) ?? [] }
                try form.withUnsafeBufferPointer { bytes throws(LuaFailure) in try call.push(bytes: bytes) }
            })
    }

    static let source = """
        local function code(text)
          return (tostring(text):gsub('[^%w%-%._~]', function(c) return ('%%%02X'):format(c:byte()) end))
        end
        local function add(parts, prefix, value)
          if type(value) ~= 'table' then
            if value == json.null then value = ''
            elseif value == true then value = '1'
            elseif value == false then value = '0' end
            parts[#parts + 1] = prefix .. '=' .. code(value)
          elseif #value > 0 then
            for i, element in ipairs(value) do add(parts, prefix .. '[' .. (i - 1) .. ']', element) end
          else
            for key, member in pairs(value) do add(parts, prefix .. '[' .. code(key) .. ']', member) end
          end
        end
        function form_in_lua(value)
          local parts = {}
          for key, member in pairs(value) do add(parts, code(key), member) end
          return table.concat(parts, '&')
        end
        """
}
