#include "on_demand.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

void *on_demand(void *library, const char *name)
{
    void *found = library ? dlsym(library, name) : NULL;
    if (!found) {
        const char *reason = dlerror();
        fprintf(stderr, "kmemcheck: %s. Install the package that has this library.\n",
                reason ? reason : "a library can't be loaded");
        exit(EX_UNAVAILABLE);
    }
    return found;
}
