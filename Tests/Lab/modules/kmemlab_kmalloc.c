// SPDX-License-Identifier: GPL-2.0
/* Leaks from kmalloc: N objects of S bytes, each landing in the cache of the next size up. */
#define lab_take kmemlab_kmalloc_take
#include "kmemlab.h"

static noinline struct lab_object lab_take(size_t size, gfp_t gfp)
{
	void *p = kzalloc(size, gfp);

	return (struct lab_object){ p, p ? ksize(p) : 0 };
}

static void lab_give_back(void *p)
{
	kfree(p);
}

LAB_MODULE("leaks kmalloc objects");
