#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast of -1 to a function, which Swift can't import: SQLite copies the text. */
int kmem_bind_text(sqlite3_stmt *statement, int place, const char *text);

/* sqlite3_db_config takes what the option says, which Swift can't call. */
int kmem_configure(sqlite3 *database, int option, int value);
