// Everything is inline: SwiftPM wants one source file to make a module of a header.
#include "csqlite.h"
