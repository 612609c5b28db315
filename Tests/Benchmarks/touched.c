// Reads each file, lists each directory and reads each link that the list names, and does nothing with them: what of a
// command's time is the kernel's. A line of the list is `file PATH`, `directory PATH` or `link PATH`.
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// Room for the longest file at once; what isn't filled isn't touched.
static char bytes[1 << 20];

static void read_file(const char *path) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  // Reads of /proc/sys clear as much memory as they may fill.
  for (size_t room = 1 << 13; read(file, bytes, room) > 0;)
    if (room < sizeof bytes) room *= 2;
  close(file);
}

static void list(const char *path) {
  DIR *stream = opendir(path);
  if (!stream) return;
  while (readdir(stream)) {}
  closedir(stream);
}

int main(int count, char **words) {
  FILE *lines = count == 2 ? fopen(words[1], "r") : NULL;
  char line[4200];
  if (!lines) return 64;
  while (fgets(line, sizeof line, lines)) {
    line[strcspn(line, "\n")] = 0;
    char *path = strchr(line, ' ');
    if (!path++) return 65;
    if (line[0] == 'f') read_file(path);
    if (line[0] == 'd') list(path);
    if (line[0] == 'l' && readlink(path, bytes, sizeof bytes) < 0) continue;
  }
  return 0;
}
