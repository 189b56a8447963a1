/*
 * string.format as in stock Lua 5.4, but: items poll the deadline (a million '%.99f' take seconds in C), `%q` does not
 * go through printf for every byte, `%s` shows no addresses and `%p` does not exist. After lstrlib.c,
 * Copyright (C) 1994-2022 Lua.org, PUC-Rio, MIT licence (text in clua_string_match.c).
 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clua_poll.h"
#include "clua_string.h"

#define ITEM_BYTES_MAX 120       /* "%.99g" with sign, exponent and NUL, rounded up */
#define FLOAT_ITEM_BYTES_MAX 418 /* "%.99f" of -DBL_MAX: 99 + 309 digits, sign, point, NUL */
#define SPEC_BYTES_MAX 32
#define FLAGS_FLOAT "-+#0 "
#define FLAGS_HEX "-#0"
#define FLAGS_INT "-+0 "
#define FLAGS_UNSIGNED "-0"
#define FLAGS_TEXT "-"

/* printf costs about this many steps of the matcher. */
#define STEPS_PER_ITEM 64

static size_t quote_control(char *out, int byte, int digit_follows) {
    char *start = out;
    *out++ = '\\';
    if (byte >= 100 || digit_follows) *out++ = (char)('0' + byte / 100);
    if (byte >= 10 || digit_follows) *out++ = (char)('0' + byte / 10 % 10);
    *out++ = (char)('0' + byte % 10);
    return (size_t)(out - start);
}

static void add_quoted(lua_State *L, luaL_Buffer *b, const char *s, size_t length, ptrdiff_t *left) {
    luaL_addchar(b, '"');
    for (size_t i = 0; i < length; i++) {
        int byte = (unsigned char)s[i];
        clua_spend(L, left, 1);
        if (byte == '"' || byte == '\\' || byte == '\n') {
            luaL_addchar(b, '\\');
            luaL_addchar(b, (char)byte);
        } else if (iscntrl(byte)) {
            /* The byte after the last one is Lua's NUL. */
            char *out = luaL_prepbuffsize(b, 4);
            luaL_addsize(b, quote_control(out, byte, isdigit((unsigned char)s[i + 1])));
        } else {
            luaL_addchar(b, (char)byte);
        }
    }
    luaL_addchar(b, '"');
}

/* A float as Lua reads it back without loss: hexadecimal, or an expression for what has no literal. */
static int quote_float(char *out, lua_Number n) {
    if (n == HUGE_VAL) return snprintf(out, ITEM_BYTES_MAX, "1e9999");
    if (n == -HUGE_VAL) return snprintf(out, ITEM_BYTES_MAX, "-1e9999");
    if (n != n) return snprintf(out, ITEM_BYTES_MAX, "(0/0)");
    return snprintf(out, ITEM_BYTES_MAX, "%a", n);
}

static void add_literal(lua_State *L, luaL_Buffer *b, int arg, ptrdiff_t *left) {
    switch (lua_type(L, arg)) {
        case LUA_TSTRING: {
            size_t length;
            const char *s = lua_tolstring(L, arg, &length);
            add_quoted(L, b, s, length, left);
            break;
        }
        case LUA_TNUMBER: {
            char *out = luaL_prepbuffsize(b, ITEM_BYTES_MAX);
            int size;
            if (lua_isinteger(L, arg)) {
                lua_Integer n = lua_tointeger(L, arg);
                size = snprintf(out, ITEM_BYTES_MAX, n == LUA_MININTEGER ? "0x%llx" : "%lld", n);
            } else {
                size = quote_float(out, lua_tonumber(L, arg));
            }
            luaL_addsize(b, (size_t)size);
            break;
        }
        case LUA_TNIL:
        case LUA_TBOOLEAN:
            clua_tolstring(L, arg, NULL);
            luaL_addvalue(b);
            break;
        default: luaL_argerror(L, arg, "value has no literal form");
    }
}

static const char *skip_two_digits(const char *s) {
    if (isdigit((unsigned char)*s)) {
        s++;
        if (isdigit((unsigned char)*s)) s++;
    }
    return s;
}

/* `spec` is "%flags width .precision conversion"; only `flags` may be in it, each number has two digits at most. */
static void check_spec(lua_State *L, const char *spec, const char *flags, int precision) {
    const char *at = spec + 1;
    at += strspn(at, flags);
    if (*at != '0') {
        at = skip_two_digits(at);
        if (*at == '.' && precision) at = skip_two_digits(at + 1);
    }
    if (!isalpha((unsigned char)*at)) luaL_error(L, "invalid conversion specification: '%s'", spec);
}

/* Copies one conversion to `spec`; returns the address of its last byte in the format. */
static const char *read_spec(lua_State *L, const char *format, char *spec) {
    size_t length = strspn(format, FLAGS_FLOAT "123456789.") + 1;
    if (length >= SPEC_BYTES_MAX - 10) luaL_error(L, "invalid format string to 'format'");
    *spec = '%';
    memcpy(spec + 1, format, length);
    spec[length + 1] = '\0';
    return format + length - 1;
}

static void widen_to_long_long(char *spec) {
    size_t length = strlen(spec);
    char conversion = spec[length - 1];
    memcpy(spec + length - 1, "ll", 2);
    spec[length + 1] = conversion;
    spec[length + 2] = '\0';
}

static int format_integer(lua_State *L, char *out, char *spec, const char *flags, int arg) {
    lua_Integer n = luaL_checkinteger(L, arg);
    check_spec(L, spec, flags, 1);
    widen_to_long_long(spec);
    return snprintf(out, ITEM_BYTES_MAX, spec, n);
}

static int format_float(lua_State *L, char *out, const char *spec, int arg) {
    lua_Number n = luaL_checknumber(L, arg);
    check_spec(L, spec, FLAGS_FLOAT, 1);
    return snprintf(out, FLOAT_ITEM_BYTES_MAX, spec, n);
}

static void add_text(lua_State *L, luaL_Buffer *b, const char *spec, int arg) {
    size_t length;
    const char *s = clua_tolstring(L, arg, &length);
    if (spec[2] == '\0') {
        luaL_addvalue(b);
        return;
    }
    luaL_argcheck(L, length == strlen(s), arg, "string contains zeros");
    check_spec(L, spec, FLAGS_TEXT, 1);
    if (!strchr(spec, '.') && length >= 100) {
        luaL_addvalue(b);
        return;
    }
    /* The text stays on the stack until it is copied: the buffer's own slot lies below it. */
    char item[ITEM_BYTES_MAX];
    int size = snprintf(item, sizeof item, spec, s);
    lua_pop(L, 1);
    luaL_addlstring(b, item, (size_t)size);
}

/* Adds argument `arg` as `spec` says; `conversion` is the last letter of `spec`. */
static void add_item(lua_State *L, luaL_Buffer *b, char *spec, char conversion, int arg, ptrdiff_t *left) {
    char item[FLOAT_ITEM_BYTES_MAX];
    int size;
    switch (conversion) {
        case 'c': {
            check_spec(L, spec, FLAGS_TEXT, 0);
            size = snprintf(item, sizeof item, spec, (int)luaL_checkinteger(L, arg));
            break;
        }
        case 'd':
        case 'i': size = format_integer(L, item, spec, FLAGS_INT, arg); break;
        case 'u': size = format_integer(L, item, spec, FLAGS_UNSIGNED, arg); break;
        case 'o':
        case 'x':
        case 'X': size = format_integer(L, item, spec, FLAGS_HEX, arg); break;
        case 'a':
        case 'A':
            check_spec(L, spec, FLAGS_FLOAT, 1);
            size = snprintf(item, sizeof item, spec, luaL_checknumber(L, arg));
            break;
        case 'e':
        case 'E':
        case 'f':
        case 'g':
        case 'G': size = format_float(L, item, spec, arg); break;
        case 'q':
            if (spec[2] != '\0') luaL_error(L, "specifier '%%q' cannot have modifiers");
            add_literal(L, b, arg, left);
            return;
        case 's': add_text(L, b, spec, arg); return;
        default: luaL_error(L, "invalid conversion '%s' to 'format'", spec); return;
    }
    luaL_addlstring(b, item, (size_t)size);
}

int clua_string_format(lua_State *L) {
    int top = lua_gettop(L);
    int arg = 1;
    size_t length;
    const char *at = luaL_checklstring(L, 1, &length);
    const char *end = at + length;
    ptrdiff_t left = CLUA_POLL_STEPS;
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    while (at < end) {
        if (*at != '%') {
            const char *percent = memchr(at, '%', (size_t)(end - at));
            const char *stop = percent ? percent : end;
            luaL_addlstring(&b, at, (size_t)(stop - at));
            at = stop;
            continue;
        }
        clua_spend(L, &left, STEPS_PER_ITEM);
        if (*++at == '%') {
            luaL_addchar(&b, *at++);
            continue;
        }
        char spec[SPEC_BYTES_MAX];
        if (++arg > top) return luaL_argerror(L, arg, "no value");
        at = read_spec(L, at, spec);
        add_item(L, &b, spec, *at, arg, &left);
        at++;
    }
    luaL_pushresult(&b);
    return 1;
}
