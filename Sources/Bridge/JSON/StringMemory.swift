import CLua
import Wire

/// Strings that a text has had so far, as Lua strings on the stack: keys, the last value of each, very short values.
///
/// Records repeat their keys in one order: after key `a` of the last record came `b`, so after `a` of this one `b` is
/// tried first. Comparing its bytes with the text takes a tenth of the time of making the Lua string again. The same
/// goes for a value that is often the one of the last record, and for the likes of `"N"` and `"USD"` under any key.
///
///     stack: …, key 0, value 0, key 1, value 1, …, short value 0, short value 1, …
///
/// entries[i] says where in the text key and value i were read; shorts[i] holds the bytes of short value i.
struct StringMemory {
    /// No entry.
    static let none: Int16 = -1
    /// So many keys are remembered; others are made anew each time.
    private static let entriesMax = 192
    /// Longer values are hardly ever the same again.
    private static let valueBytesMax = 40
    /// A shorter text is read before remembering could pay.
    private static let textBytesMin = 2048
    /// Power of two. A key's place by a hash of its bytes; a later key may take it over.
    private static let placesCount = 512

    /// Values of up to eight bytes are kept by their bytes, in one of so many places (a power of two).
    private static let shortsCount = 128
    private static let shortBytesMax = 8

    /// A value's bytes in a word. No value has count -1.
    private struct Short {
        var word: UInt64 = 0
        var count = -1
    }

    private struct Entry {
        var key: UnsafePointer<UInt8>
        var value: UnsafePointer<UInt8>
        var keyCount: Int32
        /// -1: there is no value yet.
        var valueCount: Int32
        var successor: Int16
        /// How much comparing values has been worth; at 0 it is given up.
        var credit: Int16
    }

    private let entries: UnsafeMutablePointer<Entry>
    private let places: UnsafeMutablePointer<Int16>
    private let shorts: UnsafeMutablePointer<Short>
    private let capacity: Int16
    private var count: Int16 = 0
    /// Stack index of key 0.
    private let base: Int32

    /// Runs `body` with a memory that lies on the stack until the caller takes it off.
    static func with<R>(_ state: LuaState, textBytes: Int, _ body: (inout StringMemory) -> R) -> R {
        let slots = Int32(entriesMax * 2 + shortsCount)
        let isWorthIt = textBytes >= textBytesMin && lua_checkstack(state, slots) != 0
        return withUnsafeTemporaryAllocation(of: Entry.self, capacity: isWorthIt ? entriesMax : 1) { entries in
            withUnsafeTemporaryAllocation(of: Int16.self, capacity: isWorthIt ? placesCount : 1) { places in
                withUnsafeTemporaryAllocation(of: Short.self, capacity: isWorthIt ? shortsCount : 1) { shorts in
                    places.initialize(repeating: none)
                    shorts.initialize(repeating: Short())
                    let base = lua_gettop(state) + 1
                    if isWorthIt { clua_settop(state, base + slots - 1) }
                    // Each has an element, so each has an address.
                    var memory = StringMemory(
                        entries: entries.baseAddress.unsafelyUnwrapped, places: places.baseAddress.unsafelyUnwrapped,
                        shorts: shorts.baseAddress.unsafelyUnwrapped, capacity: isWorthIt ? Int16(entriesMax) : 0,
                        base: base)
                    return body(&memory)
                }
            }
        }
    }

    private init(
        entries: UnsafeMutablePointer<Entry>, places: UnsafeMutablePointer<Int16>,
        shorts: UnsafeMutablePointer<Short>, capacity: Int16, base: Int32
    ) {
        self.entries = entries
        self.places = places
        self.shorts = shorts
        self.capacity = capacity
        self.base = base
    }

    @inline(__always)
    func successor(of entry: Int16) -> Int16 { entry >= 0 ? entries[Int(entry)].successor : StringMemory.none }

    /// Pushes a key and returns its entry. `expected` is tried first; `previous` learns what came after it.
    @inline(__always)
    mutating func push(_ slice: JSONSlice, expecting expected: Int16, after previous: Int16, _ state: LuaState) -> Int16
    {
        if expected >= 0, holds(slice, expected) {
            lua_pushvalue(state, base + 2 * Int32(expected))
            return expected
        }
        return pushUnexpected(slice, after: previous, state)
    }

    @inline(__always)
    private func holds(_ slice: JSONSlice, _ entry: Int16) -> Bool {
        let known = entries + Int(entry)
        return Int(known.pointee.keyCount) == slice.count
            && StringMemory.areEqual(known.pointee.key, slice.start, slice.count)
    }

    @inline(never)
    private mutating func pushUnexpected(_ slice: JSONSlice, after previous: Int16, _ state: LuaState) -> Int16 {
        guard capacity > 0, !slice.hasEscapes, slice.count > 0, slice.count <= StringMemory.valueBytesMax * 2 else {
            StringMemory.pushText(slice, state)
            return StringMemory.none
        }
        let place = StringMemory.place(of: slice)
        var entry = places[place]
        if entry >= 0, holds(slice, entry) {
            lua_pushvalue(state, base + 2 * Int32(entry))
        } else {
            StringMemory.pushText(slice, state)
            guard count < capacity else { return StringMemory.none }
            entry = count
            count += 1
            lua_copy(state, -1, base + 2 * Int32(entry))
            entries[Int(entry)] = Entry(
                key: slice.start, value: slice.start, keyCount: Int32(slice.count), valueCount: -1,
                successor: StringMemory.none, credit: 4)
            places[place] = entry
        }
        if previous >= 0 { entries[Int(previous)].successor = entry }
        return entry
    }

    /// Pushes a text value: of the key of `entry`, or of an array.
    @inline(__always)
    mutating func pushValue(_ slice: JSONSlice, of entry: Int16, _ state: LuaState) {
        if slice.count <= StringMemory.shortBytesMax, !slice.hasEscapes, capacity > 0 { return pushShort(slice, state) }
        guard entry >= 0, slice.count <= StringMemory.valueBytesMax, !slice.hasEscapes else {
            return StringMemory.pushText(slice, state)
        }
        let known = entries + Int(entry)
        guard known.pointee.credit > 0 else { return StringMemory.pushText(slice, state) }
        let slot = base + 2 * Int32(entry) + 1
        if Int(known.pointee.valueCount) == slice.count,
            StringMemory.areEqual(known.pointee.value, slice.start, slice.count)
        {
            lua_pushvalue(state, slot)
            known.pointee.credit = min(known.pointee.credit &+ 1, 16)
            return
        }
        StringMemory.pushText(slice, state)
        lua_copy(state, -1, slot)
        known.pointee.value = slice.start
        known.pointee.valueCount = Int32(slice.count)
        known.pointee.credit &-= 1
    }

    @inline(__always)
    private func pushShort(_ slice: JSONSlice, _ state: LuaState) {
        let word = StringMemory.word(of: slice)
        let place = Int(((word &+ UInt64(slice.count)) &* 0x9E37_79B9_7F4A_7C15) >> 57)
        let slot = base + Int32(StringMemory.entriesMax * 2 + place)
        if shorts[place].word == word, shorts[place].count == slice.count { return lua_pushvalue(state, slot) }
        StringMemory.pushText(slice, state)
        lua_copy(state, -1, slot)
        shorts[place] = Short(word: word, count: slice.count)
    }

    /// Up to eight bytes as a word, which with their count tells them from all others. Reads no byte beyond them.
    @inline(__always)
    private static func word(of slice: JSONSlice) -> UInt64 {
        let bytes = UnsafeRawPointer(slice.start)
        let count = slice.count
        if count >= 4 {
            let low = bytes.loadUnaligned(as: UInt32.self)
            let high = bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
            return UInt64(low) | UInt64(high) << 32
        }
        if count == 0 { return 0 }
        return UInt64(slice.start[0]) | UInt64(slice.start[count >> 1]) << 8 | UInt64(slice.start[count &- 1]) << 16
    }

    /// Pushes what a string literal means.
    @inline(__always)
    static func pushText(_ slice: JSONSlice, _ state: LuaState) {
        if slice.hasEscapes { return pushUnescaped(slice, state) }
        clua_push_bytes(state, UnsafeRawPointer(slice.start).assumingMemoryBound(to: CChar.self), slice.count)
    }

    @inline(never)
    private static func pushUnescaped(_ slice: JSONSlice, _ state: LuaState) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: slice.count) { buffer in
            guard let text = buffer.baseAddress else { return clua_push_text(state, "") }
            let count = slice.unescape(into: text)
            clua_push_bytes(state, UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self), count)
        }
    }

    private static func place(of slice: JSONSlice) -> Int {
        var hash = UInt32(truncatingIfNeeded: slice.count)
        for index in 0..<slice.count { hash = (hash ^ UInt32(slice.start[index])) &* 16_777_619 }
        return Int((hash ^ hash >> 16) & UInt32(placesCount - 1))
    }

    /// Word by word; the last word may overlap the one before.
    @inline(__always)
    private static func areEqual(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let (a, b) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
        if count >= 8 {
            var at = 0
            while at &+ 8 <= count {
                if a.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                    != b.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                {
                    return false
                }
                at &+= 8
            }
            return a.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
                == b.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
        }
        if count >= 4 {
            return a.loadUnaligned(as: UInt32.self) == b.loadUnaligned(as: UInt32.self)
                && a.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
                    == b.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
        }
        for at in 0..<count
        where a.load(fromByteOffset: at, as: UInt8.self) != b.load(fromByteOffset: at, as: UInt8.self) {
            return false
        }
        return true
    }
}
