/* Programs whose memory does what their name says, for tests of kmemcheck watch.
 *
 *   leaker classic MS      three pages malloc'ed and touched, never freed, every MS milliseconds
 *   leaker plateau MS N    the same until N steps were made, then nothing more: a cache that fills
 *   leaker sawtooth MS N   the same, all freed after each N steps: a garbage collector
 *   leaker slowly MS N     a sawtooth, and a page of each step that is never freed
 *   leaker cached MS DIR   the same as classic, while as much again is written to files in DIR
 *   leaker written MS DIR  files in DIR and nothing else: a cache, or tmpfs that fills
 *   leaker locked MS       three pages that are locked in memory
 *   leaker space MS        a MiB of address space that nobody touches
 *   leaker shared MS       three pages of shared memory (memfd), touched and kept
 *   leaker sysv MS         a segment of System V with three pages, which no process has attached
 *   leaker files MS        three more open files
 *   leaker eventfd MS      three more eventfds
 *   leaker epoll MS        an epoll that watches each file opened so far, at most 64
 *   leaker sockets MS      a TCP socket
 *   leaker pipes MS        a pipe, filled: 64 KiB that nobody reads
 *   leaker queues MS       a pair of Unix sockets, one queue filled
 *   leaker threads MS      a thread that sleeps
 *   leaker forks MS        a child that sleeps
 *   leaker zombies MS      a child that ended, and whose parent doesn't wait for it
 *   leaker three MS        classic, shared and files at once
 *   leaker storm MS        a short process that touches a MiB and ends
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { step = 3 * 4096 };

static char *touched(size_t bytes)
{
	char *block = malloc(bytes);
	if (!block)
		exit(3);
	memset(block, 1, bytes);
	return block;
}

static void sawtooth(long round, long teeth)
{
	static char *kept;
	/* One block that is mapped for itself goes back to the system when it is freed. */
	if (round % teeth == 0) {
		if (kept)
			munmap(kept, teeth * step);
		kept = mmap(NULL, teeth * step, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (kept == MAP_FAILED)
			exit(3);
	}
	memset(kept + (round % teeth) * step, 1, step);
}

static void shared(void)
{
	static int file = -1;
	static off_t size;
	if (file < 0)
		file = memfd_create("leaker", 0);
	size += step;
	if (file < 0 || ftruncate(file, size) != 0)
		exit(3);
	char *part = mmap(NULL, step, PROT_READ | PROT_WRITE, MAP_SHARED, file, size - step);
	if (part == MAP_FAILED)
		exit(3);
	memset(part, 1, step);
}

static void storm(void)
{
	pid_t child = fork();
	if (child == 0) {
		touched(1 << 20);
		_exit(0);
	}
	waitpid(child, NULL, 0);
}

static char *mapped(size_t bytes, int protection)
{
	char *part = mmap(NULL, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (part == MAP_FAILED)
		exit(3);
	return part;
}

static void slowly(long round, long teeth)
{
	sawtooth(round, teeth);
	touched(4096);
}

static void written(long round, const char *folder)
{
	char path[256], block[step];
	memset(block, 1, sizeof block);
	snprintf(path, sizeof path, "%s/%ld", folder, round);
	int file = open(path, O_CREAT | O_WRONLY, 0600);
	if (file < 0 || write(file, block, sizeof block) != sizeof block)
		exit(3);
	close(file);
}

static void locked(void)
{
	if (mlock(mapped(step, PROT_READ | PROT_WRITE), step) != 0)
		exit(3);
}

static void space(long round)
{
	/* Mappings of one kind side by side become one. */
	mapped(1 << 20, round % 2 ? PROT_NONE : PROT_READ);
}

static void sysv(void)
{
	int segment = shmget(IPC_PRIVATE, step, IPC_CREAT | 0600);
	char *part = segment < 0 ? (char *)-1 : shmat(segment, NULL, 0);
	if (part == (char *)-1)
		exit(3);
	memset(part, 1, step);
	shmdt(part);
}

static void files(int kind)
{
	for (int number = 0; number < 3; number++)
		if ((kind ? eventfd(0, 0) : open("/dev/null", O_RDONLY)) < 0)
			exit(3);
}

static void epolls(long round)
{
	static int watched[64];
	int epoll = epoll_create1(0);
	struct epoll_event event = {.events = EPOLLIN};
	watched[round % 64] = eventfd(0, 0);
	if (epoll < 0 || watched[round % 64] < 0)
		exit(3);
	for (int place = 0; place <= (round < 63 ? round : 63); place++)
		epoll_ctl(epoll, EPOLL_CTL_ADD, watched[place], &event);
}

static void fill(int end)
{
	static char block[4096];
	fcntl(end, F_SETFL, O_NONBLOCK);
	while (write(end, block, sizeof block) > 0)
		;
}

static void pipes(int kind)
{
	int ends[2];
	if ((kind ? socketpair(AF_UNIX, SOCK_STREAM, 0, ends) : pipe(ends)) != 0)
		exit(3);
	fill(ends[1]);
}

static void *sleeper(void *unused)
{
	for (;;)
		pause();
	return unused;
}

static void threads(void)
{
	pthread_t thread;
	if (pthread_create(&thread, NULL, sleeper, NULL) != 0)
		exit(3);
}

static void forks(int isKept)
{
	pid_t child = fork();
	if (child < 0)
		exit(3);
	if (child != 0)
		return;
	/* It must not outlive its parent, and a test. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (isKept)
		sleeper(NULL);
	_exit(0);
}

/* One step of that kind; 0 if there is no such kind. */
static int waste(const char *kind, long round, long steps, const char *folder)
{
	if (!strcmp(kind, "classic") || (!strcmp(kind, "plateau") && round < steps))
		touched(step);
	else if (!strcmp(kind, "sawtooth"))
		sawtooth(round, steps);
	else if (!strcmp(kind, "slowly"))
		slowly(round, steps);
	else if (!strcmp(kind, "cached"))
		touched(step), written(round, folder);
	else if (!strcmp(kind, "written"))
		written(round, folder);
	else if (!strcmp(kind, "locked"))
		locked();
	else if (!strcmp(kind, "space"))
		space(round);
	else if (!strcmp(kind, "shared"))
		shared();
	else if (!strcmp(kind, "sysv"))
		sysv();
	else if (!strcmp(kind, "files") || !strcmp(kind, "eventfd"))
		files(kind[0] == 'e');
	else if (!strcmp(kind, "epoll"))
		epolls(round);
	else if (!strcmp(kind, "sockets"))
		return socket(AF_INET, SOCK_STREAM, 0) >= 0;
	else if (!strcmp(kind, "pipes") || !strcmp(kind, "queues"))
		pipes(kind[0] == 'q');
	else if (!strcmp(kind, "threads"))
		threads();
	else if (!strcmp(kind, "forks") || !strcmp(kind, "zombies"))
		forks(kind[0] == 'f');
	else if (!strcmp(kind, "three"))
		touched(step), shared(), files(0);
	else if (!strcmp(kind, "storm"))
		storm();
	else
		return !strcmp(kind, "plateau");
	return 1;
}

int main(int count, char **words)
{
	const char *kind = count > 1 ? words[1] : "";
	const char *folder = count > 3 ? words[3] : "/tmp";
	long pause = count > 2 ? atol(words[2]) : 1000;
	long steps = count > 3 ? atol(words[3]) : 100;
	struct rlimit files = {1 << 20, 1 << 20};
	setrlimit(RLIMIT_NOFILE, &files);
	for (long round = 0;; round++) {
		if (!waste(kind, round, steps > 0 ? steps : 100, folder))
			return 64;
		free(malloc(100));
		usleep(pause * 1000);
	}
}
