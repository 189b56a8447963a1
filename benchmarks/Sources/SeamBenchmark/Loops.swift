/// Work for an interpreter, a few dozen milliseconds each.
enum Loops {
    /// Calls, arithmetic, comparisons, reads and writes of tables; no library.
    static let computing = """
        local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
        local sieve, count = {}, 0
        for i = 2, 100000 do
          if not sieve[i] then
            count = count + 1
            for j = i * i, 100000, i do sieve[j] = true end
          end
        end
        local sum = fib(24)
        for i = 1, 1000000 do sum = (sum * 31 + i) % 1000003 end
        assert(count == 9592 and sum > 0)
        """

    /// Tables, strings and closures that die young, as a recipe makes them.
    static let allocating = """
        local kept = {}
        for i = 1, 60000 do
          local row = {id = i, title = "deal " .. i, fields = {i, i + 1, i + 2}}
          kept[i % 512 + 1] = row
          kept.last = function() return row end
        end
        """
}
