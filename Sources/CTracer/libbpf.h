/* The functions of libbpf 1.0 and later that are used, found when they are needed: kmemcheck runs
 * without the library too. */
#ifndef KMEMCHECK_LIBBPF_H
#define KMEMCHECK_LIBBPF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bpf_object;
struct bpf_program;
struct bpf_map;
struct bpf_link;

struct libbpf {
    struct bpf_object *(*bpf_object__open_mem)(const void *, size_t, const void *);
    int (*bpf_object__load)(struct bpf_object *);
    void (*bpf_object__close)(struct bpf_object *);
    struct bpf_program *(*bpf_object__find_program_by_name)(const struct bpf_object *, const char *);
    struct bpf_map *(*bpf_object__find_map_by_name)(const struct bpf_object *, const char *);
    int (*bpf_program__set_autoload)(struct bpf_program *, bool);
    int (*bpf_program__fd)(const struct bpf_program *);
    struct bpf_link *(*bpf_program__attach)(const struct bpf_program *);
    int (*bpf_link__destroy)(struct bpf_link *);
    int (*bpf_map__fd)(const struct bpf_map *);
    int (*bpf_map__set_max_entries)(struct bpf_map *, uint32_t);
    int (*bpf_map__set_initial_value)(struct bpf_map *, const void *, size_t);
    int (*bpf_map_get_next_key)(int, const void *, void *);
    int (*bpf_map_lookup_elem)(int, const void *, void *);
    int (*bpf_map_update_elem)(int, const void *, const void *, uint64_t);
    int (*bpf_obj_get_info_by_fd)(int, void *, uint32_t *);
    int (*bpf_enable_stats)(int);
    int (*libbpf_num_possible_cpus)(void);
    void *(*libbpf_set_print)(int (*)(int, const char *, va_list));
};

/* The library, opened at the first call; NULL if it isn't there or lacks one of the functions. */
const struct libbpf *libbpf(void);

#endif
