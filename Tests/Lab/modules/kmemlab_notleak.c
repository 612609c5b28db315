// SPDX-License-Identifier: GPL-2.0
/* Leaks objects that it declares not to be leaks: kmemleak is silent, growth is not. */
#define lab_take kmemlab_notleak_take
#include "kmemlab.h"
#include <linux/kmemleak.h>

static noinline struct lab_object lab_take(size_t size, gfp_t gfp)
{
	void *p = kzalloc(size, gfp);

	kmemleak_not_leak(p);
	return (struct lab_object){ p, p ? ksize(p) : 0 };
}

static void lab_give_back(void *p)
{
	kfree(p);
}

LAB_MODULE("leaks objects annotated as not leaked");
