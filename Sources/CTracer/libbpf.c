#include "libbpf.h"

#include <dlfcn.h>

/* What the library says is for its developers: what went wrong is told by its results. */
static int swallow(int level, const char *format, va_list arguments)
{
    (void)level, (void)format, (void)arguments;
    return 0;
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
            functions.libbpf_set_print(swallow);
    }
    return state > 0 ? &functions : NULL;
}
