/// How a recipe would write a form with PHP nesting if the host did not: what the peer runs.
enum FormInLua {
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
