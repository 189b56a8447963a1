// os.time, os.date, os.clock, os.difftime by the host's clock and zone; nothing else of `os`. Dates are reckoned in the
// proleptic Gregorian calendar from the zone's offset, so the process's own zone and locale play no part.
#define _GNU_SOURCE
#include "clua_internal.h"
#include <time.h>

enum { DATE_BYTES_MAX = 250, FORMAT_BYTES_MAX = 1000 };
#define YEARS_MAX 67768036191676799LL  // seconds of the last year that struct tm can hold
static const char conversions[] = "aAbBcdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%";

static lua_Integer now(lua_State *L, lua_Integer *nanoseconds) {
    int before = lua_gettop(L);
    clua_call_hook(L, run_of(L)->hooks.now);
    lua_Integer seconds = lua_tointeger(L, before + 1);
    if (nanoseconds != NULL) *nanoseconds = lua_tointeger(L, before + 2);
    lua_settop(L, before);
    return seconds;
}

static lua_Integer offset_at(lua_State *L, lua_Integer seconds, int *daylight) {
    int before = lua_gettop(L);
    lua_pushinteger(L, seconds);
    clua_call_hook(L, run_of(L)->hooks.zone);
    lua_Integer offset = lua_tointeger(L, before + 2);
    if (daylight != NULL) *daylight = lua_toboolean(L, before + 3);
    lua_settop(L, before);
    return offset;
}

static void set_field(lua_State *L, const char *key, lua_Integer value) {
    lua_pushinteger(L, value);
    lua_setfield(L, -2, key);
}

static void set_all_fields(lua_State *L, const struct tm *tm) {
    set_field(L, "year", (lua_Integer)tm->tm_year + 1900);
    set_field(L, "month", tm->tm_mon + 1);
    set_field(L, "day", tm->tm_mday);
    set_field(L, "hour", tm->tm_hour);
    set_field(L, "min", tm->tm_min);
    set_field(L, "sec", tm->tm_sec);
    set_field(L, "yday", tm->tm_yday + 1);
    set_field(L, "wday", tm->tm_wday + 1);
    lua_pushboolean(L, tm->tm_isdst > 0);
    lua_setfield(L, -2, "isdst");
}

static int get_field(lua_State *L, const char *key, lua_Integer absent, int less) {
    int ok;
    int type = lua_getfield(L, 1, key);
    lua_Integer value = lua_tointegerx(L, -1, &ok);
    if (!ok) {
        if (type != LUA_TNIL) return luaL_error(L, "field '%s' is not an integer", key);
        if (absent < 0) return luaL_error(L, "field '%s' missing in date table", key);
        value = absent;
    } else {
        value -= less;
        if (value < -2000000000 || value > 2000000000) return luaL_error(L, "field '%s' is out of range", key);
    }
    lua_pop(L, 1);
    return (int)value;
}

static int os_time(lua_State *L) {
    if (lua_isnoneornil(L, 1)) {
        lua_pushinteger(L, now(L, NULL));
        return 1;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    struct tm tm = {0};
    tm.tm_year = get_field(L, "year", -1, 1900);
    tm.tm_mon = get_field(L, "month", -1, 1);
    tm.tm_mday = get_field(L, "day", -1, 0);
    tm.tm_hour = get_field(L, "hour", 12, 0);
    tm.tm_min = get_field(L, "min", 0, 0);
    tm.tm_sec = get_field(L, "sec", 0, 0);
    lua_Integer wall = timegm(&tm);
    // The offset at the wall time read as UTC is right but near a change of the clocks; a second look makes it so.
    lua_Integer seconds = wall - offset_at(L, wall, NULL);
    int daylight;
    lua_Integer offset = offset_at(L, seconds, &daylight);
    seconds = wall - offset;
    tm.tm_isdst = daylight;
    lua_settop(L, 1);
    set_all_fields(L, &tm);
    lua_pushinteger(L, seconds);
    return 1;
}

static void add_conversion(lua_State *L, luaL_Buffer *b, const char *conversion, const struct tm *tm) {
    char format[3] = {'%', *conversion, 0};
    if (*conversion == 0 || strchr(conversions, *conversion) == NULL)
        luaL_argerror(L, 1, lua_pushfstring(L, "invalid conversion specifier '%%%c'", *conversion));
    char *text = luaL_prepbuffsize(b, DATE_BYTES_MAX);
    // It may hold the C library's lock of time zones: not to be left by a jump.
    clua_run *run = run_of(L);
    run->grace++;
    size_t size = strftime(text, DATE_BYTES_MAX, format, tm);
    run->grace--;
    luaL_addsize(b, size);
}

static int os_date(lua_State *L) {
    size_t size;
    const char *format = luaL_optlstring(L, 1, "%c", &size);
    lua_Integer seconds = lua_isnoneornil(L, 2) ? now(L, NULL) : luaL_checkinteger(L, 2);
    luaL_argcheck(L, size <= FORMAT_BYTES_MAX, 1, "format is too long");
    luaL_argcheck(L, seconds > -YEARS_MAX && seconds < YEARS_MAX, 2, "time out of range");
    lua_Integer offset = 0;
    int daylight = 0;
    if (*format == '!') format++;
    else offset = offset_at(L, seconds, &daylight);
    struct tm tm;
    time_t wall = (time_t)(seconds + offset);
    if (gmtime_r(&wall, &tm) == NULL) return luaL_error(L, "date result cannot be represented");
    tm.tm_isdst = daylight;
    tm.tm_gmtoff = offset;
    tm.tm_zone = offset == 0 ? "UTC" : "";
    if (strcmp(format, "*t") == 0) {
        lua_createtable(L, 0, 9);
        set_all_fields(L, &tm);
        return 1;
    }
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (; *format != 0; format++) {
        if (*format != '%') luaL_addchar(&b, *format);
        else add_conversion(L, &b, ++format, &tm);
    }
    luaL_pushresult(&b);
    return 1;
}

// Seconds since the run first asked: by the host's clock, as every reading of time.
static int os_clock(lua_State *L) {
    clua_run *run = run_of(L);
    lua_Integer nanoseconds, seconds = now(L, &nanoseconds);
    if (!run->clock_started) {
        run->started_s = seconds;
        run->started_ns = nanoseconds;
        run->clock_started = true;
    }
    lua_pushnumber(L, (lua_Number)(seconds - run->started_s) + (lua_Number)(nanoseconds - run->started_ns) * 1e-9);
    return 1;
}

static int os_difftime(lua_State *L) {
    lua_pushnumber(L, (lua_Number)luaL_checkinteger(L, 1) - (lua_Number)luaL_checkinteger(L, 2));
    return 1;
}

int clua_open_os(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"clock", os_clock}, {"date", os_date}, {"difftime", os_difftime}, {"time", os_time}, {NULL, NULL}};
    luaL_newlib(L, functions);
    return 1;
}
