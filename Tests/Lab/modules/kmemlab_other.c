// SPDX-License-Identifier: GPL-2.0
/* An innocent module of about the size of kmemlab_gone, loaded where that one was. */
#define lab_take kmemlab_other_take
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

LAB_MODULE("innocent; loaded in another's place");
