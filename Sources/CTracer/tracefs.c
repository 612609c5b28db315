#include <errno.h>
#include <fcntl.h>
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

int tracer_mounted_tracefs(void)
{
    int directory = open_mounted("/sys/kernel/tracing");
    return directory >= 0 ? directory : open_mounted("/sys/kernel/debug/tracing");
}

int tracer_mount_tracefs(void)
{
    int directory = -1;
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
