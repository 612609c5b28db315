/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every leak module shares: the debugfs directory kmemlab/<module>/ with
 *
 *   leak    write "N S": leak N objects of S bytes now ("N" where the kind has its own size)
 *   free    write anything: free what was kept
 *   truth   read: what is held now
 *
 * and the books of what was leaked. Each leak is also told to the kernel log:
 *
 *   kmemlab: <module> leaked count=N ksize=S bytes=B pages=P
 *
 * A module includes this header once and defines lab_take() and lab_give_back(). It gives
 * lab_take a name of its own first (#define lab_take kmemlab_vmalloc_take), because that is
 * the function that the kernel names as the one who allocated.
 */
#ifndef KMEMLAB_H
#define KMEMLAB_H

#include <linux/debugfs.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct lab_truth {
	u64 count;	/* objects */
	u64 ksize;	/* usable bytes of the last one */
	u64 bytes;	/* sum of the usable bytes */
	u64 pages;	/* pages taken from the page allocator, where the kind takes whole pages */
	u64 pending;	/* objects a timer or a worker has yet to leak */
};

/* One object: its address and what it counts for. A null address means: out of memory. */
struct lab_object {
	void *address;
	size_t ksize;
	size_t pages;
};

static struct lab_object lab_take(size_t size, gfp_t gfp);
static void lab_give_back(void *address);

/*
 * The addresses of what was leaked, so that it can be freed again. They are kept in pages
 * straight from the page allocator, which kmemleak neither tracks nor scans: to kmemleak
 * nothing points to the objects.
 */
#define LAB_SLOTS (PAGE_SIZE / sizeof(void *) - 2)

struct lab_page {
	struct lab_page *next;
	unsigned long used;
	void *slot[LAB_SLOTS];
};

static struct lab_page *lab_pages;
static struct lab_truth lab_held;
static DEFINE_MUTEX(lab_mutex);
static struct dentry *lab_dir;

static bool lab_room(gfp_t gfp)
{
	struct lab_page *page;

	if (lab_pages && lab_pages->used < LAB_SLOTS)
		return true;
	page = (struct lab_page *)get_zeroed_page(gfp);
	if (!page)
		return false;
	page->next = lab_pages;
	lab_pages = page;
	return true;
}

/* Leaks one object; the only place that keeps the books. */
static bool lab_leak_one(size_t size, gfp_t gfp)
{
	struct lab_object object;

	if (!lab_room(gfp))
		return false;
	object = lab_take(size, gfp);
	if (!object.address)
		return false;
	lab_pages->slot[lab_pages->used++] = object.address;
	lab_held.count++;
	lab_held.ksize = object.ksize;
	lab_held.bytes += object.ksize;
	lab_held.pages += object.pages;
	return true;
}

/* Calls each() with every object held, the newest first. */
static void __maybe_unused lab_each(void (*each)(void *address, void *state), void *state)
{
	struct lab_page *page;
	unsigned long i;

	for (page = lab_pages; page; page = page->next)
		for (i = page->used; i > 0; i--)
			each(page->slot[i - 1], state);
}

static void lab_free_all(void)
{
	struct lab_page *page;

	while ((page = lab_pages)) {
		while (page->used)
			lab_give_back(page->slot[--page->used]);
		lab_pages = page->next;
		free_page((unsigned long)page);
		cond_resched();
	}
	memset(&lab_held, 0, sizeof(lab_held));
}

static void lab_tell(const struct lab_truth *now, const struct lab_truth *before)
{
	pr_info("kmemlab: %s leaked count=%llu ksize=%llu bytes=%llu pages=%llu\n", KBUILD_MODNAME,
		now->count - before->count, now->ksize, now->bytes - before->bytes,
		now->pages - before->pages);
}

static int __maybe_unused lab_leak_silently(unsigned long count, size_t size)
{
	while (count--) {
		if (!lab_leak_one(size, GFP_KERNEL))
			return -ENOMEM;
		cond_resched();
	}
	return 0;
}

/* What "leak" does unless the module has its own way (a timer, a worker, a churn). */
static int __maybe_unused lab_leak_now(unsigned long count, size_t size)
{
	struct lab_truth before = lab_held;
	int error = lab_leak_silently(count, size);

	lab_tell(&lab_held, &before);
	return error;
}

#ifndef LAB_LEAK
#define LAB_LEAK lab_leak_now
#endif
static int LAB_LEAK(unsigned long count, size_t size);

/* What must come to rest before anything can be freed. */
#ifdef LAB_STOP
static void LAB_STOP(void);
#else
#define LAB_STOP() do { } while (0)
#endif

static ssize_t lab_leak_write(struct file *file, const char __user *from, size_t length, loff_t *at)
{
	unsigned long count, size = 0;
	char text[64] = "";
	int error;

	if (length >= sizeof(text) || copy_from_user(text, from, length))
		return -EINVAL;
	if (sscanf(text, "%lu %lu", &count, &size) < 1)
		return -EINVAL;
	mutex_lock(&lab_mutex);
	error = LAB_LEAK(count, size);
	mutex_unlock(&lab_mutex);
	return error ? error : length;
}

static ssize_t lab_free_write(struct file *file, const char __user *from, size_t length, loff_t *at)
{
	mutex_lock(&lab_mutex);
	LAB_STOP();
	lab_free_all();
	mutex_unlock(&lab_mutex);
	return length;
}

static ssize_t lab_truth_read(struct file *file, char __user *to, size_t length, loff_t *at)
{
	struct lab_truth now = lab_held;
	char text[160];
	int n = scnprintf(text, sizeof(text), "count=%llu ksize=%llu bytes=%llu pages=%llu pending=%llu\n",
			  now.count, now.ksize, now.bytes, now.pages, now.pending);

	return simple_read_from_buffer(to, length, at, text, n);
}

static const struct file_operations lab_leak_file = { .owner = THIS_MODULE, .write = lab_leak_write };
static const struct file_operations lab_free_file = { .owner = THIS_MODULE, .write = lab_free_write };
static const struct file_operations lab_truth_file = { .owner = THIS_MODULE, .read = lab_truth_read };

static int lab_open(void)
{
	struct dentry *top = debugfs_lookup("kmemlab", NULL);

	if (!top)
		top = debugfs_create_dir("kmemlab", NULL);	/* stays when the module goes */
	else
		dput(top);
	if (IS_ERR(top))
		return PTR_ERR(top);
	lab_dir = debugfs_create_dir(KBUILD_MODNAME, top);
	debugfs_create_file("leak", 0200, lab_dir, NULL, &lab_leak_file);
	debugfs_create_file("free", 0200, lab_dir, NULL, &lab_free_file);
	debugfs_create_file("truth", 0400, lab_dir, NULL, &lab_truth_file);
	return 0;
}

static void __maybe_unused lab_close(void)
{
	debugfs_remove(lab_dir);
	LAB_STOP();
	lab_free_all();
}

/* For modules that have nothing of their own to set up. */
#define LAB_MODULE(text)						\
	static int __init lab_init(void) { return lab_open(); }		\
	static void __exit lab_exit(void) { lab_close(); }		\
	module_init(lab_init);						\
	module_exit(lab_exit);						\
	MODULE_LICENSE("GPL");						\
	MODULE_DESCRIPTION("kmemcheck lab: " text)

#endif
