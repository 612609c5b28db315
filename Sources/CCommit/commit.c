// Which commit this program was made of: Package.swift asks git, and defines it for release builds.
#include "CCommit.h"

#ifdef KMEMCHECK_COMMIT
const char *kmem_commit(void) { return KMEMCHECK_COMMIT; }
#else
const char *kmem_commit(void) { return 0; }
#endif
