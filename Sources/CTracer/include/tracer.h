/* Loads the program that traces allocations, and reads what it has summed. */
#ifndef KMEMCHECK_TRACER_H
#define KMEMCHECK_TRACER_H

#include <stddef.h>
#include <stdint.h>

#include "tracer_layout.h"

struct tracer;

/* How many elements the maps have. */
struct tracer_sizes {
    uint32_t live, sums, stacks, caches;
};

/* The step at which a function failed; errno is its reason. */
enum tracer_step {
    TRACER_DONE = 0,
    TRACER_NO_LIBRARY, /* libbpf.so.1 isn't installed, or lacks a function */
    TRACER_NO_PROCESSORS, /* their number isn't known, as /sys isn't mounted */
    TRACER_NOT_OPENED, /* libbpf doesn't understand the program */
    TRACER_NOT_LOADED, /* the kernel refuses the maps or the program */
    TRACER_NOT_ATTACHED,
};

/* Loads the program for these settings; NULL where that fails, with the step. */
struct tracer *tracer_load(const struct tracer_settings *settings, const struct tracer_sizes *sizes,
                           enum tracer_step *step, int *error);
/* Begins to trace. The frees that no event tells of are probed where the kernel has probes. */
enum tracer_step tracer_attach(struct tracer *tracer, int *error);
/* Whether kvfree_call_rcu is probed. */
int tracer_has_probes(const struct tracer *tracer);
/* Ends tracing: the maps stay as they are then. */
void tracer_detach(struct tracer *tracer);
void tracer_close(struct tracer *tracer);

void tracer_set_window(struct tracer *tracer, uint32_t window);
/* The key after another in the sums or the caches, NULL for the first; 0 if there is one. */
int tracer_next_sum(const struct tracer *tracer, const uint64_t *key, uint64_t *next);
int tracer_next_cache(const struct tracer *tracer, const uint64_t *key, uint64_t *next);
int tracer_read_sum(const struct tracer *tracer, uint64_t key, struct tracer_sum *sum);
int tracer_read_cache(const struct tracer *tracer, uint64_t key, struct tracer_cache *cache);
int tracer_read_stack(const struct tracer *tracer, uint64_t key, uint64_t frames[TRACER_FRAMES]);
uint64_t tracer_count(const struct tracer *tracer, enum tracer_counter counter);
/* Events that a program skipped, since it ran already on that processor. */
uint64_t tracer_missed(const struct tracer *tracer);
/* Nanoseconds that the programs took in all; 0 before tracer_measure. */
uint64_t tracer_time(const struct tracer *tracer);
/* Has the kernel measure the time of all programs until the descriptor is closed; -1 if it can't. */
int tracer_measure(void);

/* A descriptor of the directory of tracefs where it is mounted; -1 where it isn't. */
int tracer_mounted_tracefs(void);
/* Mounts tracefs for the descriptor that is returned alone: nobody else sees it, and it ends with it. -1 with
 * errno where that can't be had. Not where the kernel is locked down: see TracefsDirectory. */
int tracer_mount_tracefs(void);
/* The number of the calling thread, as events tell it. */
int tracer_thread(void);

/* The program as it is compiled into kmemcheck. */
const unsigned char *tracer_object(size_t *size);

#endif
