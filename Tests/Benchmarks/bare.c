// Reads each file that the list names, a name to a line, and does nothing with it: what no reader can be faster than.
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// Reads of /proc/sys clear as much memory as they may fill.
static char bytes[1 << 14];

int main(int count, char **words) {
  char name[4096];
  FILE *list = count == 2 ? fopen(words[1], "r") : NULL;
  if (!list) return 64;
  while (fgets(name, sizeof name, list)) {
    name[strcspn(name, "\n")] = 0;
    int file = open(name, O_RDONLY | O_CLOEXEC);
    // A process may have ended since the list was made.
    if (file < 0) continue;
    while (read(file, bytes, sizeof bytes) > 0) {}
    close(file);
  }
  return 0;
}
