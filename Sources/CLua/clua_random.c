// math.random and math.randomseed: Lua 5.4's generator (xoshiro256**) and projection, seeded by the host, so that a
// run can be repeated.
#include "clua_internal.h"

static uint64_t rotate(uint64_t x, int n) { return (x << n) | (x >> (64 - n)); }

static uint64_t next(uint64_t *s) {
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

static void seed(clua_run *run, uint64_t a, uint64_t b) {
    run->random[0] = a;
    run->random[1] = 0xff;  // never all zero
    run->random[2] = b;
    run->random[3] = 0;
    for (int i = 0; i < 16; i++) next(run->random);
    run->seeded = true;
}

static void seed_by_host(lua_State *L) {
    clua_run *run = run_of(L);
    int before = lua_gettop(L);
    clua_call_hook(L, run->hooks.seed);
    seed(run, (uint64_t)lua_tointeger(L, before + 1), (uint64_t)lua_tointeger(L, before + 2));
    lua_settop(L, before);
}

// A number in 0…limit: the smallest mask of ones that covers it, drawn until it fits.
static uint64_t project(uint64_t random, uint64_t limit, clua_run *run) {
    uint64_t mask = limit;
    for (int shift = 1; shift <= 32; shift *= 2) mask |= mask >> shift;
    while ((random &= mask) > limit) random = next(run->random);
    return random;
}

static int math_random(lua_State *L) {
    clua_run *run = run_of(L);
    lua_Integer low = 1, high;
    if (!run->seeded) seed_by_host(L);
    uint64_t random = next(run->random);
    switch (lua_gettop(L)) {
    case 0:
        lua_pushnumber(L, (lua_Number)(random >> 11) * 0x1p-53);
        return 1;
    case 1:
        high = luaL_checkinteger(L, 1);
        if (high == 0) {
            lua_pushinteger(L, (lua_Integer)random);
            return 1;
        }
        break;
    case 2:
        low = luaL_checkinteger(L, 1);
        high = luaL_checkinteger(L, 2);
        break;
    default:
        return luaL_error(L, "wrong number of arguments");
    }
    luaL_argcheck(L, low <= high, lua_gettop(L), "interval is empty");
    lua_pushinteger(L, (lua_Integer)(project(random, (uint64_t)high - (uint64_t)low, run) + (uint64_t)low));
    return 1;
}

static int math_randomseed(lua_State *L) {
    if (lua_isnone(L, 1)) {
        seed_by_host(L);
        return 0;
    }
    lua_Number number = luaL_checknumber(L, 1);
    lua_Integer first;
    if (!lua_numbertointeger(number, &first)) memcpy(&first, &number, sizeof first);
    if (lua_isinteger(L, 1)) first = lua_tointeger(L, 1);
    seed(run_of(L), (uint64_t)first, (uint64_t)luaL_optinteger(L, 2, 0));
    return 0;
}

// Adds both to the table on top.
int clua_open_random(lua_State *L) {
    lua_pushcfunction(L, math_random);
    lua_setfield(L, -2, "random");
    lua_pushcfunction(L, math_randomseed);
    lua_setfield(L, -2, "randomseed");
    return 0;
}
