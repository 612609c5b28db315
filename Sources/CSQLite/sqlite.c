/* libsqlite3 is loaded when a history is opened: it takes 0.3 ms, a sixth of what `free` does. */
#include <dlfcn.h>
#include <on_demand.h>
#include "shim.h"

static void *library(void)
{
    static void *loaded;
    if (!loaded)
        loaded = dlopen("libsqlite3.so.0", RTLD_LAZY | RTLD_LOCAL);
    return loaded;
}

FORWARD(int, sqlite3_bind_int64, (sqlite3_stmt *a, int b, sqlite3_int64 c), (a, b, c))
FORWARD(int, sqlite3_bind_null, (sqlite3_stmt *a, int b), (a, b))
FORWARD(int, sqlite3_bind_text, (sqlite3_stmt *a, int b, const char *c, int d, void (*e)(void *)), (a, b, c, d, e))
FORWARD(int, sqlite3_busy_handler, (sqlite3 *a, int (*b)(void *, int), void *c), (a, b, c))
FORWARD(int, sqlite3_close_v2, (sqlite3 *a), (a))
FORWARD(sqlite3_int64, sqlite3_column_int64, (sqlite3_stmt *a, int b), (a, b))
FORWARD(const unsigned char *, sqlite3_column_text, (sqlite3_stmt *a, int b), (a, b))
FORWARD(int, sqlite3_column_type, (sqlite3_stmt *a, int b), (a, b))
FORWARD(const char *, sqlite3_errmsg, (sqlite3 *a), (a))
FORWARD(int, sqlite3_exec,
    (sqlite3 *a, const char *b, int (*c)(void *, int, char **, char **), void *d, char **e), (a, b, c, d, e))
FORWARD(int, sqlite3_extended_result_codes, (sqlite3 *a, int b), (a, b))
FORWARD(int, sqlite3_finalize, (sqlite3_stmt *a), (a))
FORWARD(int, sqlite3_limit, (sqlite3 *a, int b, int c), (a, b, c))
FORWARD(int, sqlite3_open_v2, (const char *a, sqlite3 **b, int c, const char *d), (a, b, c, d))
FORWARD(int, sqlite3_prepare_v2,
    (sqlite3 *a, const char *b, int c, sqlite3_stmt **d, const char **e), (a, b, c, d, e))
FORWARD_NOTHING(sqlite3_progress_handler, (sqlite3 *a, int b, int (*c)(void *), void *d), (a, b, c, d))
FORWARD(int, sqlite3_reset, (sqlite3_stmt *a), (a))
FORWARD(int, sqlite3_step, (sqlite3_stmt *a), (a))

int kmem_bind_text(sqlite3_stmt *statement, int place, const char *text)
{
    return sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT);
}

int kmem_configure(sqlite3 *database, int option, int value)
{
    static __typeof__(&sqlite3_db_config) found;
    if (!found)
        found = (__typeof__(&sqlite3_db_config))on_demand(library(), "sqlite3_db_config");
    return found(database, option, value, (int *)0);
}
