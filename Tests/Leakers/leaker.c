/* Programs whose memory does what their name says, for tests of kmemcheck watch.
 *
 *   leaker classic MS      three pages malloc'ed and touched, never freed, every MS milliseconds
 *   leaker plateau MS N    the same until N steps were made, then nothing more: a cache that fills
 *   leaker sawtooth MS N   the same, all freed after each N steps: a garbage collector
 *   leaker shared MS       three pages of shared memory, touched and kept
 *   leaker files MS        three more open files
 *   leaker storm MS        a short process that touches a MiB and ends
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
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

int main(int count, char **words)
{
	const char *kind = count > 1 ? words[1] : "";
	long pause = count > 2 ? atol(words[2]) : 1000;
	long steps = count > 3 ? atol(words[3]) : 100;
	struct rlimit files = {1 << 20, 1 << 20};
	setrlimit(RLIMIT_NOFILE, &files);
	for (long round = 0;; round++) {
		if (!strcmp(kind, "classic") || (!strcmp(kind, "plateau") && round < steps))
			touched(step);
		else if (!strcmp(kind, "sawtooth"))
			sawtooth(round, steps);
		else if (!strcmp(kind, "shared"))
			shared();
		else if (!strcmp(kind, "storm"))
			storm();
		else if (!strcmp(kind, "files"))
			for (int number = 0; number < 3; number++)
				open("/dev/null", O_RDONLY);
		else if (strcmp(kind, "plateau"))
			return 64;
		free(malloc(100));
		usleep(pause * 1000);
	}
}
