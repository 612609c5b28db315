// SPDX-License-Identifier: GPL-2.0
/* Leaks from vmalloc: N areas of S bytes. */
#define lab_take kmemlab_vmalloc_take
#include "kmemlab.h"
#include <linux/vmalloc.h>

static noinline struct lab_object lab_take(size_t size, gfp_t gfp)
{
	size_t whole = PAGE_ALIGN(size);
	void *p = vmalloc(size);

	return (struct lab_object){ p, whole, whole / PAGE_SIZE };
}

static void lab_give_back(void *p)
{
	vfree(p);
}

LAB_MODULE("leaks vmalloc areas");
