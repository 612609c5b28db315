// Whether descendants whose parents end become this program's children.
#include "COrphans.h"

#include <sys/prctl.h>

void kmem_adopt_orphans(int adopts) { prctl(PR_SET_CHILD_SUBREAPER, adopts, 0, 0, 0); }
