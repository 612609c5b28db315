// SPDX-License-Identifier: GPL-2.0
/* Leaks from a slab cache of its own, which merges with no other. */
#define lab_take kmemlab_cache_take
#include "kmemlab.h"

#define KMEMLAB_SIZE 1000

static struct kmem_cache *cache;

/* A constructor is what keeps SLUB from merging the cache with another, on every version. */
static void kmemlab_cache_constructor(void *p)
{
	memset(p, 0, KMEMLAB_SIZE);
}

static noinline struct lab_object lab_take(size_t size, gfp_t gfp)
{
	void *p = kmem_cache_alloc(cache, gfp);

	return (struct lab_object){ p, p ? ksize(p) : 0 };
}

static void lab_give_back(void *p)
{
	kmem_cache_free(cache, p);
}

static int __init lab_init(void)
{
	cache = kmem_cache_create("kmemlab_own", KMEMLAB_SIZE, 0, 0, kmemlab_cache_constructor);
	return cache ? lab_open() : -ENOMEM;
}

static void __exit lab_exit(void)
{
	lab_close();
	kmem_cache_destroy(cache);
}

module_init(lab_init);
module_exit(lab_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("kmemcheck lab: leaks from its own slab cache");
