// The words that the kernel gave to the program, from the program's start.
//
// Swift reads /proc/self/cmdline for them. In a container or a rescue shell without /proc that gives
// nothing, and a command would print its help and end with success.
#include "CArguments.h"

static int count;
static char **words;

// The C library calls constructors with main's own arguments (glibc does, musl doesn't).
__attribute__((constructor)) static void keep(int argc, char **argv)
{
    count = argc;
    words = argv;
}

int kmem_argument_count(void) { return count; }

const char *kmem_argument(int place) { return place >= 0 && place < count ? words[place] : 0; }
