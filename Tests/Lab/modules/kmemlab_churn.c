// SPDX-License-Identifier: GPL-2.0
/*
 * Leaks nothing: allocates N objects of S bytes and frees them all, ten times. Its caches stay
 * warm, which is not a leak; whoever accuses it is wrong.
 */
#define lab_take kmemlab_churn_take
#define LAB_LEAK kmemlab_churn_leak
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

static int LAB_LEAK(unsigned long count, size_t size)
{
	struct lab_truth nothing = {};
	int round, error = 0;

	for (round = 0; round < 10 && !error; round++) {
		error = lab_leak_silently(count, size);
		lab_free_all();
	}
	lab_tell(&nothing, &nothing);
	return error;
}

LAB_MODULE("allocates and frees, and leaks nothing");
