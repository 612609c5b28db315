#ifndef C_ARGUMENTS_H
#define C_ARGUMENTS_H

/// How many words the program was started with, its own name among them.
int kmem_argument_count(void);

/// The word at that place, from 0; NULL beyond the last one.
const char *kmem_argument(int place);

#endif
