// SPDX-License-Identifier: GPL-2.0
/* Leaks per-CPU memory: N objects of S bytes on every possible CPU. */
#define lab_take kmemlab_percpu_take
#include "kmemlab.h"
#include <linux/cpumask.h>
#include <linux/percpu.h>

static noinline struct lab_object lab_take(size_t size, gfp_t gfp)
{
	void __percpu *p = __alloc_percpu(size, 8);

	return (struct lab_object){ (__force void *)p, size * num_possible_cpus() };
}

static void lab_give_back(void *p)
{
	free_percpu((__force void __percpu *)p);
}

LAB_MODULE("leaks per-CPU memory");
