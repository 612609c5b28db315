// Reads each file that the list names, a name to a line, and does nothing with it: what no reader can be faster than.
#include "read_all.h"

int main(int count, char **words) {
  FILE *list = count == 2 ? fopen(words[1], "r") : NULL;
  if (!list) return 64;
  read_all(list);
  return 0;
}
