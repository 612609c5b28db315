// Reads each file that the list names, digests the members of a tar and archives them compressed, with the
// libraries that kmemcheck has: what no snapshot that ends in such an archive can be faster than.
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "read_all.h"

static void add(struct archive *archive, struct archive_entry *entry, const char *name, const char *data, size_t size) {
  struct sha256_ctx digest;
  uint8_t sum[SHA256_DIGEST_SIZE];
  sha256_init(&digest);
  sha256_update(&digest, size, (const uint8_t *)data);
  sha256_digest(&digest, sizeof sum, sum);
  archive_entry_clear(entry);
  archive_entry_set_pathname(entry, name);
  archive_entry_set_size(entry, size);
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0600);
  archive_write_header(archive, entry);
  archive_write_data(archive, data, size);
}

int main(int count, char **words) {
  FILE *list = count == 4 ? fopen(words[1], "r") : NULL;
  int tar = count == 4 ? open(words[2], O_RDONLY) : -1;
  struct stat status;
  if (!list || tar < 0 || fstat(tar, &status)) return 64;
  read_all(list);
  char *held = malloc(status.st_size);
  if (!held || read(tar, held, status.st_size) != status.st_size) return 66;
  struct archive *archive = archive_write_new();
  struct archive_entry *entry = archive_entry_new();
  archive_write_set_format_pax_restricted(archive);
  archive_write_add_filter_zstd(archive);
  if (archive_write_open_filename(archive, words[3])) return 73;
  // A header is 512 bytes, with the name first and the size in octal at 124; members are filled up to 512.
  for (char *at = held; at < held + status.st_size && *at;) {
    size_t size = strtoul(at + 124, NULL, 8);
    add(archive, entry, at, at + 512, size);
    at += 512 + (size + 511) / 512 * 512;
  }
  return archive_write_close(archive) ? 74 : 0;
}
