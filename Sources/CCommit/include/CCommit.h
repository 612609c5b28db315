#ifndef C_COMMIT_H
#define C_COMMIT_H

/// The commit that a release build was made of, with a + behind it if files were changed since; NULL
/// for other builds, and for those made outside of a repository.
const char *kmem_commit(void);

#endif
