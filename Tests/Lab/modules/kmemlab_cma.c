// SPDX-License-Identifier: GPL-2.0
/*
 * Takes memory for a device that wants it in one piece: from the area that `cma=` sets aside, and from all memory
 * when that has no more, which the kernel's log tells.
 */
#define lab_take kmemlab_cma_take
#include "kmemlab.h"

#include <linux/dma-mapping.h>
#include <linux/platform_device.h>

static struct platform_device *lab_device;

/* What was given for a piece: its size and its place, at its beginning. */
struct lab_piece {
	size_t size;
	dma_addr_t place;
};

static noinline struct lab_object lab_take(size_t size, gfp_t gfp)
{
	dma_addr_t place;
	struct lab_piece *piece = dma_alloc_coherent(&lab_device->dev, size, &place, gfp);

	if (piece)
		*piece = (struct lab_piece){ size, place };
	return (struct lab_object){ piece, PAGE_ALIGN(size), PAGE_ALIGN(size) / PAGE_SIZE };
}

static void lab_give_back(void *address)
{
	struct lab_piece piece = *(struct lab_piece *)address;

	dma_free_coherent(&lab_device->dev, piece.size, address, piece.place);
}

static int __init lab_init(void)
{
	lab_device = platform_device_register_simple("kmemlab_cma", -1, NULL, 0);
	return IS_ERR(lab_device) ? PTR_ERR(lab_device) : lab_open();
}

static void __exit lab_exit(void)
{
	lab_close();
	platform_device_unregister(lab_device);
}

module_init(lab_init);
module_exit(lab_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("kmemcheck lab: takes memory for a device");
