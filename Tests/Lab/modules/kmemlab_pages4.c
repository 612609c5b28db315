// SPDX-License-Identifier: GPL-2.0
/* Leaks blocks of 16 pages from the page allocator. */
#define lab_take kmemlab_pages4_take
#define KMEMLAB_ORDER 4
#include "kmemlab_pages.h"
