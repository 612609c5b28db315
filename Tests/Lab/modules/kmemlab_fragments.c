// SPDX-License-Identifier: GPL-2.0
/*
 * Breaks free memory up: takes N single pages and gives all back but one of each eight, then asks for blocks
 * of 16 pages until the kernel has none, and says so in its log. Pages that stay can't be moved.
 */
#define lab_take kmemlab_fragments_take
#define LAB_LEAK lab_break
#include "kmemlab.h"

static noinline struct lab_object lab_take(size_t size, gfp_t gfp)
{
	struct page *page = alloc_pages(gfp, 0);

	return (struct lab_object){ page, PAGE_SIZE, 1 };
}

static void lab_give_back(void *page)
{
	__free_page(page);
}

/* Pages of a block go together: what stays is its first page. */
static void lab_thin(void)
{
	struct lab_page *page;
	unsigned long i, kept;

	for (page = lab_pages; page; page = page->next) {
		for (i = kept = 0; i < page->used; i++) {
			if (page_to_pfn((struct page *)page->slot[i]) % 8 == 0) {
				page->slot[kept++] = page->slot[i];
				continue;
			}
			__free_page(page->slot[i]);
			lab_held.count--;
			lab_held.bytes -= PAGE_SIZE;
			lab_held.pages--;
		}
		page->used = kept;
		cond_resched();
	}
}

/* Blocks are given back when there are no more: only the last request counts. */
static void lab_ask(void)
{
	struct page *block, *blocks = NULL;

	while ((block = alloc_pages(GFP_KERNEL, 4))) {
		block->private = (unsigned long)blocks;
		blocks = block;
		cond_resched();
	}
	while ((block = blocks)) {
		blocks = (struct page *)block->private;
		block->private = 0;
		__free_pages(block, 4);
	}
}

static int lab_break(unsigned long count, size_t size)
{
	struct lab_truth before = lab_held;
	int error = 0;

	/* The room that is left runs out in the end: that many are taken, and no more. */
	while (count-- && !error) {
		error = lab_leak_one(size, GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN) ? 0 : -ENOMEM;
		cond_resched();
	}
	lab_thin();
	lab_tell(&lab_held, &before);
	lab_ask();
	return 0;
}

LAB_MODULE("breaks free memory up");
