#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast of -1 to a function, which Swift can't import: SQLite copies the text. */
static inline int kmem_bind_text(sqlite3_stmt *statement, int place, const char *text) {
  return sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT);
}

/* sqlite3_db_config takes what the option says, which Swift can't call. */
static inline int kmem_configure(sqlite3 *database, int option, int value) {
  return sqlite3_db_config(database, option, value, (int *)0);
}
