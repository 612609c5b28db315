#include "tracer.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>

#include "libbpf.h"

#define SLAB (TRACER_KMALLOC | TRACER_CACHE)

/* The programs, the kinds for which each is needed, and whether tracing can do without it. */
static const struct {
    const char *name;
    unsigned int kinds;
    bool is_probe;
} programs[] = {
    /* Frees come first: an allocation that is seen must not be freed unseen. */
    {"on_kfree", SLAB, false},
    {"on_cache_free", SLAB, false},
    {"on_free_by_rcu", SLAB, true},
    {"on_free_in_bulk", SLAB, true},
    {"on_page_free", TRACER_PAGES, false},
    {"on_percpu_free", TRACER_PERCPU, false},
    {"on_kmalloc", TRACER_KMALLOC, false},
    {"on_cache_alloc", TRACER_CACHE, false},
    {"on_page_alloc", TRACER_PAGES, false},
    {"on_percpu_alloc", TRACER_PERCPU, false},
};
#define PROGRAMS (sizeof(programs) / sizeof(programs[0]))

struct tracer {
    const struct libbpf *bpf;
    struct bpf_object *object;
    struct bpf_program *programs[PROGRAMS]; /* NULL where not wanted */
    struct bpf_link *links[PROGRAMS];
    int live, sums, stacks, caches, window, counters;
    int processors;
    bool has_probes;
};

static int map_of(const struct tracer *tracer, const char *name)
{
    struct bpf_map *map = tracer->bpf->bpf_object__find_map_by_name(tracer->object, name);
    return map ? tracer->bpf->bpf_map__fd(map) : -1;
}

static bool size_map(struct tracer *tracer, const char *name, uint32_t entries)
{
    struct bpf_map *map = tracer->bpf->bpf_object__find_map_by_name(tracer->object, name);
    return map && !tracer->bpf->bpf_map__set_max_entries(map, entries ? entries : 1);
}

static bool prepare(struct tracer *tracer, const struct tracer_settings *settings,
                    const struct tracer_sizes *sizes, bool with_probes)
{
    const struct libbpf *bpf = tracer->bpf;
    struct bpf_map *constants = bpf->bpf_object__find_map_by_name(tracer->object, ".rodata");
    if (!constants || bpf->bpf_map__set_initial_value(constants, settings, sizeof(*settings)))
        return false;
    for (size_t i = 0; i < PROGRAMS; i++) {
        struct bpf_program *program =
            bpf->bpf_object__find_program_by_name(tracer->object, programs[i].name);
        bool is_wanted =
            (programs[i].kinds & settings->kinds) && (with_probes || !programs[i].is_probe);
        if (!program || bpf->bpf_program__set_autoload(program, is_wanted))
            return false;
        tracer->programs[i] = is_wanted ? program : NULL;
    }
    return size_map(tracer, "live", sizes->live) && size_map(tracer, "sums", sizes->sums)
        && size_map(tracer, "stacks", sizes->stacks) && size_map(tracer, "caches", sizes->caches);
}

static enum tracer_step load(struct tracer *tracer, const struct tracer_settings *settings,
                             const struct tracer_sizes *sizes, bool with_probes, int *error)
{
    const struct libbpf *bpf = tracer->bpf;
    size_t size;
    const unsigned char *object = tracer_object(&size);
    tracer->object = bpf->bpf_object__open_mem(object, size, NULL);
    if (!tracer->object || !prepare(tracer, settings, sizes, with_probes)) {
        *error = errno;
        return TRACER_NOT_OPENED;
    }
    int status = bpf->bpf_object__load(tracer->object);
    if (!status)
        return TRACER_DONE;
    *error = -status;
    bpf->bpf_object__close(tracer->object);
    tracer->object = NULL;
    return TRACER_NOT_LOADED;
}

struct tracer *tracer_load(const struct tracer_settings *settings, const struct tracer_sizes *sizes,
                           enum tracer_step *step, int *error)
{
    *error = 0;
    *step = TRACER_NO_LIBRARY;
    struct tracer *tracer = calloc(1, sizeof(*tracer));
    if (!tracer || !(tracer->bpf = libbpf())) {
        *error = ENOENT;
        free(tracer);
        return NULL;
    }
    tracer->processors = tracer->bpf->libbpf_num_possible_cpus();
    if (tracer->processors <= 0) {
        *step = TRACER_NO_PROCESSORS;
        *error = -tracer->processors;
        tracer_close(tracer);
        return NULL;
    }
    *step = load(tracer, settings, sizes, true, error);
    /* A kernel without probes refuses programs for them. */
    if (*step == TRACER_NOT_LOADED && *error == EINVAL)
        *step = load(tracer, settings, sizes, false, error);
    if (*step != TRACER_DONE) {
        tracer_close(tracer);
        return NULL;
    }
    tracer->live = map_of(tracer, "live");
    tracer->sums = map_of(tracer, "sums");
    tracer->stacks = map_of(tracer, "stacks");
    tracer->caches = map_of(tracer, "caches");
    tracer->window = map_of(tracer, "window");
    tracer->counters = map_of(tracer, "counters");
    return tracer;
}

enum tracer_step tracer_attach(struct tracer *tracer, int *error)
{
    for (size_t i = 0; i < PROGRAMS; i++) {
        if (!tracer->programs[i])
            continue;
        errno = 0;
        tracer->links[i] = tracer->bpf->bpf_program__attach(tracer->programs[i]);
        if (!tracer->links[i] && !programs[i].is_probe) {
            *error = errno;
            tracer_detach(tracer);
            return TRACER_NOT_ATTACHED;
        }
        if (tracer->links[i] && !strcmp(programs[i].name, "on_free_by_rcu"))
            tracer->has_probes = true;
    }
    return TRACER_DONE;
}

int tracer_has_probes(const struct tracer *tracer)
{
    return tracer->has_probes;
}

void tracer_detach(struct tracer *tracer)
{
    /* Allocations end first: what isn't seen to begin must not be seen to end. */
    for (size_t i = PROGRAMS; i-- > 0;) {
        if (tracer->links[i])
            tracer->bpf->bpf_link__destroy(tracer->links[i]);
        tracer->links[i] = NULL;
    }
}

void tracer_close(struct tracer *tracer)
{
    if (!tracer)
        return;
    tracer_detach(tracer);
    if (tracer->object)
        tracer->bpf->bpf_object__close(tracer->object);
    free(tracer);
}

void tracer_set_window(struct tracer *tracer, uint32_t window)
{
    uint32_t zero = 0;
    tracer->bpf->bpf_map_update_elem(tracer->window, &zero, &window, BPF_ANY);
}

int tracer_next_sum(const struct tracer *tracer, const uint64_t *key, uint64_t *next)
{
    return tracer->bpf->bpf_map_get_next_key(tracer->sums, key, next);
}

int tracer_next_cache(const struct tracer *tracer, const uint64_t *key, uint64_t *next)
{
    return tracer->bpf->bpf_map_get_next_key(tracer->caches, key, next);
}

int tracer_read_sum(const struct tracer *tracer, uint64_t key, struct tracer_sum *sum)
{
    return tracer->bpf->bpf_map_lookup_elem(tracer->sums, &key, sum);
}

int tracer_read_cache(const struct tracer *tracer, uint64_t key, struct tracer_cache *cache)
{
    return tracer->bpf->bpf_map_lookup_elem(tracer->caches, &key, cache);
}

int tracer_read_stack(const struct tracer *tracer, uint64_t key, uint64_t frames[TRACER_FRAMES])
{
    return tracer->bpf->bpf_map_lookup_elem(tracer->stacks, &key, frames);
}

uint64_t tracer_count(const struct tracer *tracer, enum tracer_counter counter)
{
    uint32_t key = counter;
    uint64_t sum = 0;
    uint64_t *values = calloc(tracer->processors, sizeof(*values));
    if (values && !tracer->bpf->bpf_map_lookup_elem(tracer->counters, &key, values))
        for (int i = 0; i < tracer->processors; i++)
            sum += values[i];
    free(values);
    return sum;
}

/* A number of all programs together, as the kernel tells it of each. */
static uint64_t sum_of(const struct tracer *tracer, uint64_t (*number)(const struct bpf_prog_info *))
{
    uint64_t sum = 0;
    for (size_t i = 0; i < PROGRAMS; i++) {
        struct bpf_prog_info info = {0};
        uint32_t size = sizeof(info);
        if (!tracer->programs[i])
            continue;
        int file = tracer->bpf->bpf_program__fd(tracer->programs[i]);
        if (!tracer->bpf->bpf_obj_get_info_by_fd(file, &info, &size))
            sum += number(&info);
    }
    return sum;
}

static uint64_t misses(const struct bpf_prog_info *info) { return info->recursion_misses; }

static uint64_t run_time(const struct bpf_prog_info *info) { return info->run_time_ns; }

uint64_t tracer_missed(const struct tracer *tracer) { return sum_of(tracer, misses); }

uint64_t tracer_time(const struct tracer *tracer) { return sum_of(tracer, run_time); }

int tracer_measure(void)
{
    const struct libbpf *bpf = libbpf();
    return bpf ? bpf->bpf_enable_stats(BPF_STATS_RUN_TIME) : -1;
}
