/* libarchive is loaded when an archive is read or written: it brings libcrypto, libxml2 and ICU with it. */
#include <dlfcn.h>
#include <on_demand.h>
#include "shim.h"

static void *library(void)
{
    static void *loaded;
    if (!loaded)
        loaded = dlopen("libarchive.so.13", RTLD_LAZY | RTLD_LOCAL);
    return loaded;
}

FORWARD(mode_t, archive_entry_filetype, (struct archive_entry *a), (a))
FORWARD_NOTHING(archive_entry_free, (struct archive_entry *a), (a))
FORWARD(const char *, archive_entry_hardlink, (struct archive_entry *a), (a))
FORWARD(const char *, archive_entry_hardlink_utf8, (struct archive_entry *a), (a))
FORWARD(struct archive_entry *, archive_entry_new, (void), ())
FORWARD(const char *, archive_entry_pathname, (struct archive_entry *a), (a))
FORWARD(const char *, archive_entry_pathname_utf8, (struct archive_entry *a), (a))
FORWARD_NOTHING(archive_entry_set_filetype, (struct archive_entry *a, unsigned int b), (a, b))
FORWARD_NOTHING(archive_entry_set_mtime, (struct archive_entry *a, time_t b, long c), (a, b, c))
FORWARD_NOTHING(archive_entry_set_pathname, (struct archive_entry *a, const char *b), (a, b))
FORWARD_NOTHING(archive_entry_set_perm, (struct archive_entry *a, mode_t b), (a, b))
FORWARD_NOTHING(archive_entry_set_size, (struct archive_entry *a, la_int64_t b), (a, b))
FORWARD_NOTHING(archive_entry_set_symlink, (struct archive_entry *a, const char *b), (a, b))
FORWARD(const char *, archive_entry_symlink, (struct archive_entry *a), (a))
FORWARD(const char *, archive_entry_symlink_utf8, (struct archive_entry *a), (a))
FORWARD(int, archive_errno, (struct archive *a), (a))
FORWARD(const char *, archive_error_string, (struct archive *a), (a))
FORWARD(la_int64_t, archive_filter_bytes, (struct archive *a, int b), (a, b))
FORWARD(int, archive_filter_count, (struct archive *a), (a))
FORWARD(int, archive_format, (struct archive *a), (a))
FORWARD(la_ssize_t, archive_read_data, (struct archive *a, void *b, size_t c), (a, b, c))
FORWARD(int, archive_read_data_block, (struct archive *a, const void **b, size_t *c, la_int64_t *d), (a, b, c, d))
FORWARD(int, archive_read_free, (struct archive *a), (a))
FORWARD(struct archive *, archive_read_new, (void), ())
FORWARD(int, archive_read_next_header, (struct archive *a, struct archive_entry **b), (a, b))
FORWARD(int, archive_read_open,
    (struct archive *a, void *b, archive_open_callback *c, archive_read_callback *d, archive_close_callback *e),
    (a, b, c, d, e))
FORWARD(int, archive_read_open_fd, (struct archive *a, int b, size_t c), (a, b, c))
FORWARD(int, archive_read_support_filter_bzip2, (struct archive *a), (a))
FORWARD(int, archive_read_support_filter_compress, (struct archive *a), (a))
FORWARD(int, archive_read_support_filter_gzip, (struct archive *a), (a))
FORWARD(int, archive_read_support_filter_lz4, (struct archive *a), (a))
FORWARD(int, archive_read_support_filter_lzma, (struct archive *a), (a))
FORWARD(int, archive_read_support_filter_xz, (struct archive *a), (a))
FORWARD(int, archive_read_support_filter_zstd, (struct archive *a), (a))
FORWARD(int, archive_read_support_format_cpio, (struct archive *a), (a))
FORWARD(int, archive_read_support_format_empty, (struct archive *a), (a))
FORWARD(int, archive_read_support_format_raw, (struct archive *a), (a))
FORWARD(int, archive_read_support_format_tar, (struct archive *a), (a))
FORWARD(int, archive_read_support_format_zip, (struct archive *a), (a))
FORWARD(int, archive_write_add_filter_zstd, (struct archive *a), (a))
FORWARD(int, archive_write_close, (struct archive *a), (a))
FORWARD(la_ssize_t, archive_write_data, (struct archive *a, const void *b, size_t c), (a, b, c))
FORWARD(int, archive_write_free, (struct archive *a), (a))
FORWARD(int, archive_write_header, (struct archive *a, struct archive_entry *b), (a, b))
FORWARD(struct archive *, archive_write_new, (void), ())
FORWARD(int, archive_write_set_bytes_in_last_block, (struct archive *a, int b), (a, b))
FORWARD(int, archive_write_open_fd, (struct archive *a, int b), (a, b))
FORWARD(int, archive_write_set_format_option, (struct archive *a, const char *b, const char *c, const char *d),
    (a, b, c, d))
FORWARD(int, archive_write_set_format_pax_restricted, (struct archive *a), (a))
