/* zlib alone is loaded thirty times faster than libarchive, which is wanted where only a kernel's
 * configuration is unpacked. */
#include <dlfcn.h>
#include <on_demand.h>
#include "shim.h"

static void *library(void)
{
    static void *loaded;
    if (!loaded)
        loaded = dlopen("libz.so.1", RTLD_LAZY | RTLD_LOCAL);
    return loaded;
}

FORWARD(int, inflateInit2_, (z_streamp a, int b, const char *c, int d), (a, b, c, d))
FORWARD(int, inflate, (z_streamp a, int b), (a, b))
FORWARD(int, inflateEnd, (z_streamp a), (a))
