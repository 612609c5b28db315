// SPDX-License-Identifier: GPL-2.0
/*
 * Leaks, and is unloaded without freeing: its frames in kmemleak's stacks become addresses, and
 * whichever module is loaded in its place (kmemlab_other) may be shown in its stead.
 */
#define lab_take kmemlab_gone_take
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

static int __init lab_init(void)
{
	return lab_open();
}

static void __exit lab_exit(void)
{
	debugfs_remove(lab_dir);
}

module_init(lab_init);
module_exit(lab_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("kmemcheck lab: leaks and goes");
