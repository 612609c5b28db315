// Loops that do hardly anything but let the kernel allocate: `loops KIND ROUNDS`.
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char page[4096];

static void pipe_once(void) {
  int ends[2];
  if (pipe(ends)) exit(71);
  if (write(ends[1], page, sizeof page) < 0) exit(71);
  close(ends[0]);
  close(ends[1]);
}

static void open_once(void) { close(open("/proc/self/stat", O_RDONLY)); }

static void fork_once(void) {
  pid_t child = fork();
  if (child == 0) _exit(0);
  waitpid(child, NULL, 0);
}

int main(int count, char **words) {
  if (count != 3) return 64;
  void (*once)(void) = !strcmp(words[1], "pipe") ? pipe_once : !strcmp(words[1], "open") ? open_once : fork_once;
  for (long left = atol(words[2]); left > 0; left--) once();
  return 0;
}
