#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "tracer.h"

#define TRACEFS_MAGIC 0x74726163 /* include/uapi/linux/magic.h */

/* include/uapi/linux/mount.h, since 5.2 */
#define FSCONFIG_CMD_CREATE 6

static int open_mounted(const char *path)
{
    struct statfs found;
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0)
        return -1;
    if (!fstatfs(directory, &found) && found.f_type == TRACEFS_MAGIC)
        return directory;
    close(directory);
    errno = ENOENT;
    return -1;
}

/* Whether the word is in the first 4 KiB of a file. */
static int has_word(const char *path, const char *word)
{
    char text[4096];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    if (count <= 0)
        return 0;
    text[count] = 0;
    return strstr(text, word) != NULL;
}

/* A kernel that is locked down makes no files in tracefs (fs/tracefs/inode.c), so that nothing but our mount
   would hold it: when such a tracefs goes, Linux 6.12 oopses (tracefs_destroy_inode). */
static int is_locked_down(void)
{
    return has_word("/sys/kernel/security/lockdown", "[confidentiality]")
        || has_word("/proc/cmdline", "lockdown=confidentiality");
}

/* Where a tracefs has no files although nobody said that the kernel is locked down, it is left where it
   belongs, mounted and empty, and not given up. */
static int keep_if_empty(int directory)
{
    if (!faccessat(directory, "README", F_OK, 0) || !faccessat(directory, "events", F_OK, 0))
        return directory;
    syscall(SYS_move_mount, directory, "", AT_FDCWD, "/sys/kernel/tracing", 4 /* of the descriptor */);
    close(directory);
    errno = ENOENT;
    return -1;
}

int tracer_thread(void) { return syscall(SYS_gettid); }

int tracer_open_tracefs(void)
{
    int directory = open_mounted("/sys/kernel/tracing");
    if (directory < 0)
        directory = open_mounted("/sys/kernel/debug/tracing");
    if (directory >= 0)
        return directory;
    if (is_locked_down()) {
        errno = EPERM;
        return -1;
    }
    int context = syscall(SYS_fsopen, "tracefs", 1 /* close on exec */);
    if (context < 0)
        return -1;
    if (!syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0))
        directory = syscall(SYS_fsmount, context, 1 /* close on exec */, 0);
    int error = errno;
    close(context);
    errno = error;
    return directory < 0 ? -1 : keep_if_empty(directory);
}
