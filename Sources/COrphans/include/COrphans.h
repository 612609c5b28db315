#ifndef C_ORPHANS_H
#define C_ORPHANS_H

/// Makes this program the parent of descendants whose parents end (PR_SET_CHILD_SUBREAPER, 3.4), or no longer.
///
/// The C library's function takes any number of words, which Swift can't call.
void kmem_adopt_orphans(int adopts);

#endif
