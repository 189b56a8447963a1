#pragma once
#include <stddef.h>

/// A stock Lua 5.4 state with the function `increment`, or NULL.
void *stock_open(void);
void stock_close(void *state);
/// Sets a global to a text.
void stock_set(void *state, const char *name, const char *text, size_t count);
/// Runs a script; the text of its error, valid until the next call, or NULL.
const char *stock_run(void *state, const char *script);
