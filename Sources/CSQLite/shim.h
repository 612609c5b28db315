#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast of -1 to a function, which Swift can't import: SQLite copies the text. */
static inline int kmem_bind_text(sqlite3_stmt *statement, int place, const char *text) {
  return sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT);
}
