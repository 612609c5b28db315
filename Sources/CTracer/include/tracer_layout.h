/* What the program in the kernel and the one outside tell each other. Plain C, for both. */
#ifndef KMEMCHECK_TRACER_LAYOUT_H
#define KMEMCHECK_TRACER_LAYOUT_H

/* Windows of time into which the trace is parted. */
#define TRACER_WINDOWS 12
/* Frames that are kept of a stack: module leaks have 9, file systems up to 23. */
#define TRACER_FRAMES 32
/* Bytes of a struct kmem_cache that are kept, to find its name and size in it. */
#define TRACER_CACHE_WORDS 24
/* Bytes of a cache's name that are compared. */
#define TRACER_NAME 32

enum tracer_kind {
    TRACER_KMALLOC = 1,
    TRACER_CACHE = 2,
    TRACER_PAGES = 4,
    TRACER_PERCPU = 8,
};

/* What is to be traced; fixed before the program is loaded. */
struct tracer_settings {
    unsigned int kinds;      /* enum tracer_kind, those that are wanted */
    unsigned int pid;        /* the only process whose allocations count; 0 for all */
    unsigned int own;        /* the tracing process, whose allocations never count */
    unsigned int counts;     /* 1: events are counted by size and cache, nothing is kept */
    unsigned long long size; /* the only size of kmalloc in bytes; 0 for all */
    unsigned long long mask; /* addresses whose mixed bits under the mask aren't 0 are left out */
    unsigned long long cache; /* the only struct kmem_cache; 0 for all */
    unsigned int page_size;
    unsigned int argument_offsets[3]; /* of the first arguments in struct pt_regs */
};

/* All allocations of one stack, size and cache. */
struct tracer_sum {
    unsigned long long stack; /* key among the stacks; 0 where there was none */
    unsigned long long cache; /* struct kmem_cache; 0 for other kinds */
    unsigned long long size;  /* bytes that each object takes */
    unsigned int kind;
    unsigned int unused;
    unsigned int allocated[TRACER_WINDOWS];
    unsigned int left[TRACER_WINDOWS];   /* of those allocated in that window, not freed so far */
    unsigned int freed[TRACER_WINDOWS];  /* by the window in which the free was seen */
    unsigned int reused[TRACER_WINDOWS]; /* freed unseen: the address was handed out again */
};

/* How often a cache, or a size of kmalloc, was allocated from, and what a struct kmem_cache holds. */
struct tracer_cache {
    unsigned long long allocations;
    unsigned long long words[TRACER_CACHE_WORDS];
    char names[TRACER_CACHE_WORDS][TRACER_NAME]; /* the text to which a word points, where one does */
};

/* What is counted beside the sums. */
enum tracer_counter {
    TRACER_COUNT_KMALLOC,
    TRACER_COUNT_CACHE,
    TRACER_COUNT_PAGES,
    TRACER_COUNT_PERCPU,
    TRACER_COUNT_FREES,        /* of all kinds */
    TRACER_COUNT_SEEN,         /* events while tracing, allocations and frees */
    TRACER_COUNT_KEPT,         /* allocations that passed the filters */
    TRACER_COUNT_LIVE_FULL,    /* lost: no room for one more live object */
    TRACER_COUNT_SUMS_FULL,    /* lost: no room for one more stack */
    TRACER_COUNT_NO_STACK,     /* kept without a stack */
    TRACER_COUNT_BUSY,         /* lost: the map was in use on this processor */
    TRACER_COUNT_HANDED_OVER,  /* objects given to kfree_rcu or freed in bulk */
    TRACER_COUNTERS,
};

#endif
