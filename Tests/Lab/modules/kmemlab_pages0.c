// SPDX-License-Identifier: GPL-2.0
/* Leaks single pages from the page allocator. */
#define lab_take kmemlab_pages0_take
#define KMEMLAB_ORDER 0
#include "kmemlab_pages.h"
