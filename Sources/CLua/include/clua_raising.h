#pragma once
// Every function of the Lua C API that may raise (marked m, v or e in the Lua 5.4 manual, §4.6 and §5.1), taken away
// from Swift: Lua raises by longjmp, and a jump over a Swift frame is undefined behaviour. Swift uses the clua_* forms
// of clua.h instead. Tests/BridgeTests/RaisingSetTests.swift compares this list with the manual's.
#include <lua5.4/lua.h>
#include <lua5.4/lauxlib.h>

#define CLUA_RAISES __attribute__((availability(swift, unavailable, \
    message="it raises by longjmp, which may not cross a Swift frame: use a clua_* form")))

// lua.h, marked e: may run any code.
int (lua_compare)(lua_State *L, int i, int j, int op) CLUA_RAISES;
void (lua_arith)(lua_State *L, int op) CLUA_RAISES;
void (lua_callk)(lua_State *L, int nargs, int nresults, lua_KContext ctx, lua_KFunction k) CLUA_RAISES;
void (lua_closeslot)(lua_State *L, int i) CLUA_RAISES;
void (lua_concat)(lua_State *L, int n) CLUA_RAISES;
int (lua_getfield)(lua_State *L, int i, const char *k) CLUA_RAISES;
int (lua_getglobal)(lua_State *L, const char *name) CLUA_RAISES;
int (lua_geti)(lua_State *L, int i, lua_Integer n) CLUA_RAISES;
int (lua_gettable)(lua_State *L, int i) CLUA_RAISES;
void (lua_len)(lua_State *L, int i) CLUA_RAISES;
void (lua_setfield)(lua_State *L, int i, const char *k) CLUA_RAISES;
void (lua_setglobal)(lua_State *L, const char *name) CLUA_RAISES;
void (lua_seti)(lua_State *L, int i, lua_Integer n) CLUA_RAISES;
void (lua_settable)(lua_State *L, int i) CLUA_RAISES;
void (lua_settop)(lua_State *L, int i) CLUA_RAISES;
int (lua_gc)(lua_State *L, int what, ...) CLUA_RAISES;

// lua.h, marked v: raises for the reason its text gives.
int (lua_error)(lua_State *L) CLUA_RAISES;
int (lua_next)(lua_State *L, int i) CLUA_RAISES;
void (lua_toclose)(lua_State *L, int i) CLUA_RAISES;
int (lua_yieldk)(lua_State *L, int nresults, lua_KContext ctx, lua_KFunction k) CLUA_RAISES;

// lua.h, marked m: may raise a memory error.
int (lua_getinfo)(lua_State *L, const char *what, lua_Debug *ar) CLUA_RAISES;
void (lua_createtable)(lua_State *L, int narr, int nrec) CLUA_RAISES;
lua_State *(lua_newthread)(lua_State *L) CLUA_RAISES;
void *(lua_newuserdatauv)(lua_State *L, size_t size, int nuvalue) CLUA_RAISES;
void (lua_pushcclosure)(lua_State *L, lua_CFunction fn, int n) CLUA_RAISES;
const char *(lua_pushfstring)(lua_State *L, const char *fmt, ...) CLUA_RAISES;
const char *(lua_pushlstring)(lua_State *L, const char *s, size_t len) CLUA_RAISES;
const char *(lua_pushstring)(lua_State *L, const char *s) CLUA_RAISES;
const char *(lua_pushvfstring)(lua_State *L, const char *fmt, va_list argp) CLUA_RAISES;
void (lua_rawset)(lua_State *L, int i) CLUA_RAISES;
void (lua_rawseti)(lua_State *L, int i, lua_Integer n) CLUA_RAISES;
void (lua_rawsetp)(lua_State *L, int i, const void *p) CLUA_RAISES;
const char *(lua_tolstring)(lua_State *L, int i, size_t *len) CLUA_RAISES;

// lauxlib.h: everything there that raises, whatever the mark.
void (luaL_addgsub)(luaL_Buffer *b, const char *s, const char *p, const char *r) CLUA_RAISES;
void (luaL_addlstring)(luaL_Buffer *b, const char *s, size_t l) CLUA_RAISES;
void (luaL_addstring)(luaL_Buffer *b, const char *s) CLUA_RAISES;
void (luaL_addvalue)(luaL_Buffer *b) CLUA_RAISES;
int (luaL_argerror)(lua_State *L, int arg, const char *extramsg) CLUA_RAISES;
void (luaL_buffinit)(lua_State *L, luaL_Buffer *b) CLUA_RAISES;
char *(luaL_buffinitsize)(lua_State *L, luaL_Buffer *b, size_t sz) CLUA_RAISES;
int (luaL_callmeta)(lua_State *L, int obj, const char *e) CLUA_RAISES;
void (luaL_checkany)(lua_State *L, int arg) CLUA_RAISES;
lua_Integer (luaL_checkinteger)(lua_State *L, int arg) CLUA_RAISES;
const char *(luaL_checklstring)(lua_State *L, int arg, size_t *l) CLUA_RAISES;
lua_Number (luaL_checknumber)(lua_State *L, int arg) CLUA_RAISES;
int (luaL_checkoption)(lua_State *L, int arg, const char *def, const char *const lst[]) CLUA_RAISES;
void (luaL_checkstack)(lua_State *L, int sz, const char *msg) CLUA_RAISES;
void (luaL_checktype)(lua_State *L, int arg, int t) CLUA_RAISES;
void *(luaL_checkudata)(lua_State *L, int arg, const char *tname) CLUA_RAISES;
void (luaL_checkversion_)(lua_State *L, lua_Number ver, size_t sz) CLUA_RAISES;
int (luaL_error)(lua_State *L, const char *fmt, ...) CLUA_RAISES;
int (luaL_execresult)(lua_State *L, int stat) CLUA_RAISES;
int (luaL_fileresult)(lua_State *L, int stat, const char *fname) CLUA_RAISES;
int (luaL_getmetafield)(lua_State *L, int obj, const char *e) CLUA_RAISES;
int (luaL_getsubtable)(lua_State *L, int idx, const char *fname) CLUA_RAISES;
const char *(luaL_gsub)(lua_State *L, const char *s, const char *p, const char *r) CLUA_RAISES;
lua_Integer (luaL_len)(lua_State *L, int i) CLUA_RAISES;
int (luaL_loadbufferx)(lua_State *L, const char *buff, size_t sz, const char *name, const char *mode) CLUA_RAISES;
int (luaL_loadfilex)(lua_State *L, const char *filename, const char *mode) CLUA_RAISES;
int (luaL_loadstring)(lua_State *L, const char *s) CLUA_RAISES;
int (luaL_newmetatable)(lua_State *L, const char *tname) CLUA_RAISES;
lua_Integer (luaL_optinteger)(lua_State *L, int arg, lua_Integer def) CLUA_RAISES;
const char *(luaL_optlstring)(lua_State *L, int arg, const char *def, size_t *l) CLUA_RAISES;
lua_Number (luaL_optnumber)(lua_State *L, int arg, lua_Number def) CLUA_RAISES;
char *(luaL_prepbuffsize)(luaL_Buffer *b, size_t sz) CLUA_RAISES;
void (luaL_pushresult)(luaL_Buffer *b) CLUA_RAISES;
void (luaL_pushresultsize)(luaL_Buffer *b, size_t sz) CLUA_RAISES;
int (luaL_ref)(lua_State *L, int t) CLUA_RAISES;
void (luaL_requiref)(lua_State *L, const char *modname, lua_CFunction openf, int glb) CLUA_RAISES;
void (luaL_setfuncs)(lua_State *L, const luaL_Reg *l, int nup) CLUA_RAISES;
void (luaL_setmetatable)(lua_State *L, const char *tname) CLUA_RAISES;
void *(luaL_testudata)(lua_State *L, int arg, const char *tname) CLUA_RAISES;
const char *(luaL_tolstring)(lua_State *L, int idx, size_t *len) CLUA_RAISES;
void (luaL_traceback)(lua_State *L, lua_State *L1, const char *msg, int level) CLUA_RAISES;
int (luaL_typeerror)(lua_State *L, int arg, const char *tname) CLUA_RAISES;
void (luaL_unref)(lua_State *L, int t, int ref) CLUA_RAISES;
void (luaL_where)(lua_State *L, int lvl) CLUA_RAISES;
