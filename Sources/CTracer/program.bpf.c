// SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0)
/*
 * Pairs what the kernel allocates with what it frees, and sums what is left by stack.
 *
 * Needs no kernel header and no BTF of the kernel: raw tracepoints hand over their arguments in
 * the order of include/trace/events/kmem.h and percpu.h (6.1 and later), and what an object's cache
 * is called is found outside, from the words of its struct kmem_cache. `compile` makes program.inc.
 */
#include "include/tracer_layout.h"

typedef unsigned int u32;
typedef unsigned long long u64;

#define SECTION(name) __attribute__((section(name), used))
#define inlined static inline __attribute__((always_inline))
#define TYPED(name, value) int(*name)[value]

/* include/uapi/linux/bpf.h */
enum { MAP_HASH = 1, MAP_ARRAY = 2, MAP_PERCPU_ARRAY = 6 };
enum { UPDATE_ANY = 0, UPDATE_NEW = 1 };
static void *(*map_lookup)(void *map, const void *key) = (void *)1;
static long (*map_update)(void *map, const void *key, const void *value, u64 flags) = (void *)2;
static long (*map_delete)(void *map, const void *key) = (void *)3;
static u64 (*current_pid_tgid)(void) = (void *)14;
static long (*get_stack)(void *context, void *buffer, u32 size, u64 flags) = (void *)67;
static long (*read_kernel)(void *to, u32 size, const void *from) = (void *)113;
static long (*read_kernel_text)(void *to, u32 size, const void *from) = (void *)115;

/* A live object: which sum it is in, and in which window it was allocated. */
struct live_object {
    u64 sum;
    u32 window;
    u32 unused;
};

struct stack {
    u64 frames[TRACER_FRAMES];
};

/* All maps are allocated beforehand: elements made on demand would be traced themselves. The sizes
 * of the hashes are set before loading. */
struct {
    TYPED(type, MAP_HASH);
    TYPED(max_entries, 1);
    u64 *key;
    struct live_object *value;
} live SECTION(".maps");
struct {
    TYPED(type, MAP_HASH);
    TYPED(max_entries, 1);
    u64 *key;
    struct tracer_sum *value;
} sums SECTION(".maps");
struct {
    TYPED(type, MAP_HASH);
    TYPED(max_entries, 1);
    u64 *key;
    struct stack *value;
} stacks SECTION(".maps");
struct {
    TYPED(type, MAP_HASH);
    TYPED(max_entries, 1);
    u64 *key;
    struct tracer_cache *value;
} caches SECTION(".maps");
/* Never written: what new elements of the hashes begin with, too large for the program's stack. */
struct {
    TYPED(type, MAP_ARRAY);
    TYPED(max_entries, 1);
    u32 *key;
    struct tracer_sum *value;
} empty_sum SECTION(".maps");
struct {
    TYPED(type, MAP_ARRAY);
    TYPED(max_entries, 1);
    u32 *key;
    struct tracer_cache *value;
} empty_cache SECTION(".maps");
/* The number of the window that goes on. */
struct {
    TYPED(type, MAP_ARRAY);
    TYPED(max_entries, 1);
    u32 *key;
    u32 *value;
} window SECTION(".maps");
struct {
    TYPED(type, MAP_PERCPU_ARRAY);
    TYPED(max_entries, TRACER_COUNTERS);
    u32 *key;
    u64 *value;
} counters SECTION(".maps");

const volatile struct tracer_settings settings = {};

inlined void count(u32 what)
{
    u64 *counter = map_lookup(&counters, &what);
    if (counter)
        *counter += 1;
}

/* The finaliser of splitmix64: a plain multiplication left 16 % out when it was tried. */
inlined u64 mixed(u64 x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9ULL;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebULL;
    return x ^ x >> 31;
}

/* An object's allocation and its free are both in or both out. */
inlined int is_left_out(u64 address)
{
    return settings.mask && (mixed(address) & settings.mask);
}

inlined u32 current_window(void)
{
    u32 zero = 0;
    u32 *number = map_lookup(&window, &zero);
    return number && *number < TRACER_WINDOWS ? *number : TRACER_WINDOWS - 1;
}

/* Keeps the words of a struct kmem_cache, and the texts to which they point. */
inlined void note_cache(u64 key, u64 cache)
{
    u32 zero = 0;
    void *empty = map_lookup(&empty_cache, &zero);
    if (!empty)
        return;
    map_update(&caches, &key, empty, UPDATE_NEW);
    struct tracer_cache *noted = map_lookup(&caches, &key);
    if (!noted || !cache || noted->words[0])
        return;
    read_kernel(noted->words, sizeof(noted->words), (void *)cache);
    for (u32 i = 0; i < TRACER_CACHE_WORDS; i++)
        if (noted->words[i] >> 63)
            read_kernel_text(noted->names[i], TRACER_NAME, (void *)noted->words[i]);
}

inlined void count_cache(u64 key, u64 cache)
{
    struct tracer_cache *noted = map_lookup(&caches, &key);
    if (!noted) {
        note_cache(key, cache);
        noted = map_lookup(&caches, &key);
    }
    if (noted)
        __sync_fetch_and_add(&noted->allocations, 1);
}

inlined void add(u32 *counts, u32 place, u32 amount)
{
    if (place < TRACER_WINDOWS)
        __sync_fetch_and_add(&counts[place], amount);
}

/* The address is handed out again, so its former object was freed without an event. */
inlined void prove_freed(u64 address)
{
    struct live_object *object = map_lookup(&live, &address);
    if (!object)
        return;
    struct tracer_sum *sum = map_lookup(&sums, &object->sum);
    if (!sum)
        return;
    add(sum->left, object->window, -1);
    add(sum->reused, current_window(), 1);
}

inlined struct tracer_sum *sum_of(u64 id, u64 stack, struct stack *frames, u64 size, u64 cache, u32 kind)
{
    struct tracer_sum *sum = map_lookup(&sums, &id);
    if (sum)
        return sum;
    u32 zero = 0;
    void *empty = map_lookup(&empty_sum, &zero);
    if (!empty)
        return 0;
    if (stack && map_update(&stacks, &stack, frames, UPDATE_ANY))
        return 0;
    map_update(&sums, &id, empty, UPDATE_NEW);
    sum = map_lookup(&sums, &id);
    if (!sum)
        return 0;
    sum->stack = stack;
    sum->cache = cache;
    sum->size = size;
    sum->kind = kind;
    if (cache && !map_lookup(&caches, &cache))
        note_cache(cache, cache);
    return sum;
}

inlined int allocated(void *context, u64 address, u64 size, u64 cache, u32 kind)
{
    u32 process = current_pid_tgid() >> 32;
    if (!address || is_left_out(address))
        return 0;
    prove_freed(address);
    if (process == settings.own || (settings.pid && process != settings.pid)) {
        map_delete(&live, &address);
        return 0;
    }
    struct stack stack;
    u64 hash = 0;
    if (get_stack(context, &stack, sizeof(stack), 0) > 0) {
#pragma unroll
        for (int i = 0; i < TRACER_FRAMES; i++) {
            hash = (hash ^ stack.frames[i]) * 0x9e3779b97f4a7c15ULL;
            hash ^= hash >> 32;
        }
    } else {
        count(TRACER_COUNT_NO_STACK);
    }
    u64 id = mixed(hash ^ mixed(size ^ (u64)kind << 56) ^ mixed(cache + 1));
    struct tracer_sum *sum = sum_of(id, hash, &stack, size, cache, kind);
    if (!sum) {
        count(TRACER_COUNT_SUMS_FULL);
        map_delete(&live, &address);
        return 0;
    }
    struct live_object object = {.sum = id, .window = current_window()};
    long error = map_update(&live, &address, &object, UPDATE_ANY);
    if (error) {
        count(error == -16 ? TRACER_COUNT_BUSY : TRACER_COUNT_LIVE_FULL);
        return 0;
    }
    count(TRACER_COUNT_KEPT);
    add(sum->allocated, object.window, 1);
    add(sum->left, object.window, 1);
    return 0;
}

inlined int was_freed(u64 address)
{
    if (!address || is_left_out(address))
        return 0;
    struct live_object *object = map_lookup(&live, &address);
    if (!object)
        return 0;
    struct tracer_sum *sum = map_lookup(&sums, &object->sum);
    u32 born = object->window;
    if (map_delete(&live, &address)) {
        count(TRACER_COUNT_BUSY);
        return 0;
    }
    if (sum) {
        add(sum->left, born, -1);
        add(sum->freed, current_window(), 1);
    }
    return 1;
}

inlined int free_event(u64 address)
{
    count(settings.counts ? TRACER_COUNT_FREES : TRACER_COUNT_SEEN);
    if (!settings.counts)
        was_freed(address);
    return 0;
}

/* kmalloc(call_site, ptr, bytes_req, bytes_alloc, gfp_flags, node), since 6.1 */
SECTION("raw_tracepoint/kmalloc") int on_kmalloc(u64 *arguments)
{
    if (settings.counts) {
        count(TRACER_COUNT_KMALLOC);
        count_cache(arguments[3], 0);
        return 0;
    }
    count(TRACER_COUNT_SEEN);
    if (settings.size && arguments[3] != settings.size)
        return 0;
    return allocated(arguments, arguments[1], arguments[3], 0, TRACER_KMALLOC);
}

/* kmem_cache_alloc(call_site, ptr, cache, gfp_flags, node), since 6.1 */
SECTION("raw_tracepoint/kmem_cache_alloc") int on_cache_alloc(u64 *arguments)
{
    if (settings.counts) {
        count(TRACER_COUNT_CACHE);
        count_cache(arguments[2], arguments[2]);
        return 0;
    }
    count(TRACER_COUNT_SEEN);
    if (settings.cache && arguments[2] != settings.cache)
        return 0;
    return allocated(arguments, arguments[1], 0, arguments[2], TRACER_CACHE);
}

/* kfree(call_site, ptr) */
SECTION("raw_tracepoint/kfree") int on_kfree(u64 *arguments)
{
    return free_event(arguments[1]);
}

/* kmem_cache_free(call_site, ptr, cache) */
SECTION("raw_tracepoint/kmem_cache_free") int on_cache_free(u64 *arguments)
{
    return free_event(arguments[1]);
}

/* mm_page_alloc(page, order, gfp_flags, migratetype): type 0 is unmovable, the kernel's own. */
SECTION("raw_tracepoint/mm_page_alloc") int on_page_alloc(u64 *arguments)
{
    if ((u32)arguments[3] != 0)
        return 0;
    if (settings.counts) {
        count(TRACER_COUNT_PAGES);
        return 0;
    }
    count(TRACER_COUNT_SEEN);
    u64 size = (u64)settings.page_size << ((u32)arguments[1] & 31);
    return allocated(arguments, arguments[0], size, 0, TRACER_PAGES);
}

/* mm_page_free(page, order); also for pages that are freed in batches. */
SECTION("raw_tracepoint/mm_page_free") int on_page_free(u64 *arguments)
{
    return free_event(arguments[0]);
}

/* percpu_alloc_percpu(call_site, reserved, is_atomic, size, align, base_addr, off, ptr, bytes_alloc,
 * gfp_flags), since 5.19; the bytes are those for all processors. */
SECTION("raw_tracepoint/percpu_alloc_percpu") int on_percpu_alloc(u64 *arguments)
{
    if (settings.counts) {
        count(TRACER_COUNT_PERCPU);
        return 0;
    }
    count(TRACER_COUNT_SEEN);
    return allocated(arguments, arguments[7], arguments[8], 0, TRACER_PERCPU);
}

/* percpu_free_percpu(base_addr, off, ptr) */
SECTION("raw_tracepoint/percpu_free_percpu") int on_percpu_free(u64 *arguments)
{
    return free_event(arguments[2]);
}

inlined u64 argument(void *registers, u32 number)
{
    u64 value = 0;
    read_kernel(&value, sizeof(value), registers + settings.argument_offsets[number]);
    return value;
}

/* kvfree_call_rcu(head, ptr), before 6.2 (head, offset): freed later, in bulk and without an event.
 * The object counts as freed when it is handed over. */
SECTION("kprobe/kvfree_call_rcu") int on_free_by_rcu(void *registers)
{
    u64 head = argument(registers, 0), second = argument(registers, 1);
    if (was_freed(second < 4096 ? head - second : second))
        count(TRACER_COUNT_HANDED_OVER);
    return 0;
}

/* kmem_cache_free_bulk(cache, size, objects): without an event for each. */
SECTION("kprobe/kmem_cache_free_bulk") int on_free_in_bulk(void *registers)
{
    u64 number = argument(registers, 1), objects = argument(registers, 2);
    for (u32 i = 0; i < 64; i++) {
        u64 object = 0;
        if (i >= number || read_kernel(&object, sizeof(object), (void *)(objects + 8 * (u64)i)))
            break;
        if (was_freed(object))
            count(TRACER_COUNT_HANDED_OVER);
    }
    return 0;
}

/* bpf_get_stack is for programs under a licence that goes with the GPL. */
char LICENSE[] SECTION("license") = "Dual BSD/GPL";
