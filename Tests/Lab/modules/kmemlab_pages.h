/* SPDX-License-Identifier: GPL-2.0 */
/* Leaks whole pages from the page allocator, which kmemleak does not track. */
#include "kmemlab.h"

static noinline struct lab_object lab_take(size_t size, gfp_t gfp)
{
	struct page *page = alloc_pages(gfp, KMEMLAB_ORDER);

	return (struct lab_object){ page, PAGE_SIZE << KMEMLAB_ORDER, 1 << KMEMLAB_ORDER };
}

static void lab_give_back(void *page)
{
	__free_pages(page, KMEMLAB_ORDER);
}

LAB_MODULE("leaks pages");
