#include "libbpf.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static char said[4096];

/* Keeps the end of what the library says instead of printing it. */
static int keep(int level, const char *format, va_list arguments)
{
    char line[1024];
    vsnprintf(line, sizeof(line), format, arguments);
    if (level > 1) /* debugging */
        return 0;
    size_t had = strlen(said), more = strlen(line);
    if (had + more >= sizeof(said)) {
        size_t drop = had + more - sizeof(said) + 1;
        if (drop > had)
            drop = had;
        memmove(said, said + drop, had - drop + 1);
        had -= drop;
    }
    memcpy(said + had, line, more + 1);
    return 0;
}

const char *libbpf_log(void)
{
    return said;
}

static bool find(void *library, struct libbpf *functions)
{
#define FIND(name)                                                                                 \
    do {                                                                                           \
        *(void **)&functions->name = dlsym(library, #name);                                        \
        if (!functions->name)                                                                      \
            return false;                                                                          \
    } while (0)
    FIND(bpf_object__open_mem);
    FIND(bpf_object__load);
    FIND(bpf_object__close);
    FIND(bpf_object__find_program_by_name);
    FIND(bpf_object__find_map_by_name);
    FIND(bpf_program__set_autoload);
    FIND(bpf_program__fd);
    FIND(bpf_program__attach);
    FIND(bpf_link__destroy);
    FIND(bpf_map__fd);
    FIND(bpf_map__set_max_entries);
    FIND(bpf_map__set_initial_value);
    FIND(bpf_map_get_next_key);
    FIND(bpf_map_lookup_elem);
    FIND(bpf_map_update_elem);
    FIND(bpf_obj_get_info_by_fd);
    FIND(bpf_enable_stats);
    FIND(libbpf_num_possible_cpus);
    FIND(libbpf_set_print);
    return true;
#undef FIND
}

const struct libbpf *libbpf(void)
{
    static struct libbpf functions;
    static int state; /* 0 not tried, 1 there, -1 not there */
    if (!state) {
        void *library = dlopen("libbpf.so.1", RTLD_NOW | RTLD_LOCAL);
        state = library && find(library, &functions) ? 1 : -1;
        if (state > 0)
            functions.libbpf_set_print(keep);
    }
    return state > 0 ? &functions : NULL;
}
