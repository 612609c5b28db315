#ifndef ON_DEMAND_H
#define ON_DEMAND_H

/* Functions of libraries that are loaded when the first of them is called. A file that forwards says in
 * `static void *library(void)` which one, by dlopen with the name written out: packages depend on what is
 * found there. The compiler holds each line against the library's own header. */

#define FORWARD(RESULT, NAME, PARAMETERS, ARGUMENTS)                                                                  \
    RESULT NAME PARAMETERS                                                                                             \
    {                                                                                                                  \
        static __typeof__(&NAME) found;                                                                                \
        if (!found)                                                                                                    \
            found = (__typeof__(&NAME))on_demand(library(), #NAME);                                                    \
        return found ARGUMENTS;                                                                                        \
    }

/* For functions that return nothing. */
#define FORWARD_NOTHING(NAME, PARAMETERS, ARGUMENTS)                                                                   \
    void NAME PARAMETERS                                                                                               \
    {                                                                                                                  \
        static __typeof__(&NAME) found;                                                                                \
        if (!found)                                                                                                    \
            found = (__typeof__(&NAME))on_demand(library(), #NAME);                                                    \
        found ARGUMENTS;                                                                                               \
    }

/* The function of that name, or the end of the program, with status 69 and what the loader says. */
void *on_demand(void *library, const char *name);

#endif
