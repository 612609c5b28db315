// SPDX-License-Identifier: GPL-2.0
/* Leaks steadily from a workqueue, 64 objects every 10 ms: a kworker is who did it. */
#define lab_take kmemlab_worker_take
#define LAB_LEAK kmemlab_worker_leak
#define LAB_STOP lab_stop
#include "kmemlab.h"
#include <linux/workqueue.h>

static size_t paced_size;
static struct lab_truth paced_start;

static void kmemlab_worker_beat(struct work_struct *unused);
static DECLARE_DELAYED_WORK(paced_work, kmemlab_worker_beat);

static noinline struct lab_object lab_take(size_t size, gfp_t gfp)
{
	void *p = kzalloc(size, gfp);

	return (struct lab_object){ p, p ? ksize(p) : 0 };
}

static void lab_give_back(void *p)
{
	kfree(p);
}

static void kmemlab_worker_beat(struct work_struct *unused)
{
	unsigned int burst = 64;

	while (lab_held.pending && burst--) {
		lab_held.pending--;
		if (!lab_leak_one(paced_size, GFP_KERNEL))
			lab_held.pending = 0;
	}
	if (lab_held.pending)
		schedule_delayed_work(&paced_work, msecs_to_jiffies(10));
	else
		lab_tell(&lab_held, &paced_start);
}

static void lab_stop(void)
{
	cancel_delayed_work_sync(&paced_work);
	lab_held.pending = 0;
}

/* The caller reads "truth" until nothing is pending. */
static int LAB_LEAK(unsigned long count, size_t size)
{
	lab_stop();
	paced_size = size;
	paced_start = lab_held;
	lab_held.pending = count;
	schedule_delayed_work(&paced_work, 1);
	return 0;
}

LAB_MODULE("leaks from a workqueue");
