/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Two modules, each with a cache of the same size: SLUB makes one cache of them, and slabinfo
 * shows the name of whichever was created first. 1336 bytes, because no cache of the kernel's
 * own is near enough to join them.
 */
#include "kmemlab.h"

#define KMEMLAB_SIZE 1336

static struct kmem_cache *cache;

static noinline struct lab_object lab_take(size_t size, gfp_t gfp)
{
	void *p = kmem_cache_zalloc(cache, gfp);

	return (struct lab_object){ p, p ? ksize(p) : 0 };
}

static void lab_give_back(void *p)
{
	kmem_cache_free(cache, p);
}

static int __init lab_init(void)
{
	cache = kmem_cache_create(KBUILD_MODNAME, KMEMLAB_SIZE, 0, 0, NULL);
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
MODULE_DESCRIPTION("kmemcheck lab: leaks from a slab cache that merges");
