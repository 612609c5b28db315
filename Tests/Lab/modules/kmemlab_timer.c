// SPDX-License-Identifier: GPL-2.0
/* Leaks steadily from a timer, 64 objects every 10 ms: in softirq context, on nobody's behalf. */
#define lab_take kmemlab_timer_take
#define LAB_LEAK kmemlab_timer_leak
#define LAB_STOP lab_stop
#include "kmemlab.h"
#include <linux/timer.h>

static size_t paced_size;
static struct lab_truth paced_start;

static void kmemlab_timer_beat(struct timer_list *unused);
static DEFINE_TIMER(paced_timer, kmemlab_timer_beat);

static noinline struct lab_object lab_take(size_t size, gfp_t gfp)
{
	void *p = kzalloc(size, gfp);

	return (struct lab_object){ p, p ? ksize(p) : 0 };
}

static void lab_give_back(void *p)
{
	kfree(p);
}

static void kmemlab_timer_beat(struct timer_list *unused)
{
	unsigned int burst = 64;

	while (lab_held.pending && burst--) {
		lab_held.pending--;
		if (!lab_leak_one(paced_size, GFP_ATOMIC))
			lab_held.pending = 0;
	}
	if (lab_held.pending)
		mod_timer(&paced_timer, jiffies + msecs_to_jiffies(10));
	else
		lab_tell(&lab_held, &paced_start);
}

static void lab_stop(void)
{
	del_timer_sync(&paced_timer);
	lab_held.pending = 0;
}

/* The caller reads "truth" until nothing is pending. */
static int LAB_LEAK(unsigned long count, size_t size)
{
	lab_stop();
	paced_size = size;
	paced_start = lab_held;
	lab_held.pending = count;
	mod_timer(&paced_timer, jiffies + 1);
	return 0;
}

LAB_MODULE("leaks from a timer");
