// SPDX-License-Identifier: GPL-2.0
/*
 * Loses a ring, as a list_head list is one: each node points to the next and the one before.
 * One stale word that points into it keeps the whole of it referenced, so kmemleak reports all or none.
 */
#define lab_take kmemlab_ring_take
#define LAB_LEAK kmemlab_ring_leak
#include "kmemlab.h"
#include <linux/list.h>

static noinline struct lab_object lab_take(size_t size, gfp_t gfp)
{
	void *p = kzalloc(size, gfp);

	return (struct lab_object){ p, p ? ksize(p) : 0 };
}

static void lab_give_back(void *p)
{
	kfree(p);
}

static void kmemlab_ring_link(void *node, void *head)
{
	list_add(node, head);
}

static int LAB_LEAK(unsigned long count, size_t size)
{
	LIST_HEAD(head);
	int error = lab_leak_now(count, max(size, sizeof(struct list_head)));

	lab_each(kmemlab_ring_link, &head);
	list_del(&head);	/* the nodes stay linked to each other, and to nothing else */
	return error;
}

LAB_MODULE("loses a ring of objects");
