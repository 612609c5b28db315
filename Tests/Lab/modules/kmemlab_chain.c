// SPDX-License-Identifier: GPL-2.0
/* Loses a chain: each node points to the next, nothing points to the first. kmemleak reports all. */
#define lab_take kmemlab_chain_take
#define LAB_LEAK kmemlab_chain_leak
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

static void kmemlab_chain_link(void *node, void *state)
{
	void **previous = state;

	*(void **)node = *previous;
	*previous = node;
}

static int LAB_LEAK(unsigned long count, size_t size)
{
	void *previous = NULL;
	int error = lab_leak_now(count, max(size, sizeof(void *)));

	lab_each(kmemlab_chain_link, &previous);
	return error;
}

LAB_MODULE("loses a chain of objects");
