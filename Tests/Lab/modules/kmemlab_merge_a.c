// SPDX-License-Identifier: GPL-2.0
/* Leaks from a cache that merges with that of kmemlab_merge_b. */
#define lab_take kmemlab_merge_a_take
#include "kmemlab_merge.h"
