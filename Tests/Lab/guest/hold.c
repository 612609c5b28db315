// Takes user memory of one kind, says "ready", and holds it until it is killed.
//
//     hold anonymous MIB      private anonymous memory, every page written
//     hold files COUNT        that many open files
//     hold threads COUNT      that many threads, each asleep on a stack of one page
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

static int fail(const char *what)
{
    perror(what);
    return 1;
}

static int sleeper(void *unused)
{
    (void)unused;
    for (;;)
        pause();
    return 0;
}

static int hold_anonymous(size_t mib)
{
    size_t size = mib << 20;
    char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED)
        return fail("mmap");
    memset(memory, 1, size);
    return 0;
}

// Raw clones rather than pthreads: nothing but the kernel's share of a thread is of interest.
static int hold_threads(size_t count)
{
    const size_t stack = 4096;
    const int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
    char *stacks = mmap(NULL, stack * count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (stacks == MAP_FAILED)
        return fail("mmap");
    for (size_t i = 0; i < count; i++)
        if (clone(sleeper, stacks + stack * (i + 1), flags, NULL) < 0)
            return fail("clone");
    return 0;
}

static int hold_files(size_t count)
{
    struct rlimit limit = { count + 16, count + 16 };

    if (setrlimit(RLIMIT_NOFILE, &limit))
        return fail("setrlimit");
    for (size_t i = 0; i < count; i++)
        if (open("/dev/null", O_RDONLY) < 0)
            return fail("open");
    return 0;
}

int main(int argc, char **argv)
{
    size_t amount = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
    int status = 64;

    if (amount && !strcmp(argv[1], "anonymous"))
        status = hold_anonymous(amount);
    if (amount && !strcmp(argv[1], "threads"))
        status = hold_threads(amount);
    if (amount && !strcmp(argv[1], "files"))
        status = hold_files(amount);
    if (status)
        return status;
    puts("ready");
    fflush(stdout);
    for (;;)
        pause();
}
