#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwelf.h>
#include <elfutils/libdwfl.h>
#include <gelf.h>
#include <libelf.h>

/* Declared by <sys/mman.h> only to those who define _GNU_SOURCE. */
extern int memfd_create(const char *name, unsigned int flags);
#define KMEM_MFD_CLOEXEC 1u
