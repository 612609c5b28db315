/* libkmod is loaded when modules are looked up: it brings libcrypto with it. */
#include <dlfcn.h>
#include <on_demand.h>
#include "shim.h"

static void *library(void)
{
    static void *loaded;
    if (!loaded)
        loaded = dlopen("libkmod.so.2", RTLD_LAZY | RTLD_LOCAL);
    return loaded;
}

FORWARD(struct kmod_list *, kmod_list_next, (const struct kmod_list *a, const struct kmod_list *b), (a, b))
FORWARD(int, kmod_load_resources, (struct kmod_ctx *a), (a))
FORWARD(struct kmod_list *, kmod_module_get_dependencies, (const struct kmod_module *a), (a))
FORWARD(int, kmod_module_get_info, (const struct kmod_module *a, struct kmod_list **b), (a, b))
FORWARD(struct kmod_module *, kmod_module_get_module, (const struct kmod_list *a), (a))
FORWARD(const char *, kmod_module_get_name, (const struct kmod_module *a), (a))
FORWARD(const char *, kmod_module_get_path, (const struct kmod_module *a), (a))
FORWARD_NOTHING(kmod_module_info_free_list, (struct kmod_list *a), (a))
FORWARD(const char *, kmod_module_info_get_key, (const struct kmod_list *a), (a))
FORWARD(const char *, kmod_module_info_get_value, (const struct kmod_list *a), (a))
FORWARD(int, kmod_module_new_from_name, (struct kmod_ctx *a, const char *b, struct kmod_module **c), (a, b, c))
FORWARD(struct kmod_module *, kmod_module_unref, (struct kmod_module *a), (a))
FORWARD(int, kmod_module_unref_list, (struct kmod_list *a), (a))
FORWARD(struct kmod_ctx *, kmod_new, (const char *a, const char * const *b), (a, b))
FORWARD_NOTHING(kmod_set_log_fn,
    (struct kmod_ctx *a, void (*b)(void *, int, const char *, int, const char *, const char *, va_list), const void *c),
    (a, b, c))
FORWARD(struct kmod_ctx *, kmod_unref, (struct kmod_ctx *a), (a))
