/* libdw is loaded when symbols or lines are looked up. The libelf that it brings is searched with it. */
#include <dlfcn.h>
#include <on_demand.h>
#include "shim.h"

static void *library(void)
{
    static void *loaded;
    if (!loaded)
        loaded = dlopen("libdw.so.1", RTLD_LAZY | RTLD_LOCAL);
    return loaded;
}

FORWARD(Dwarf_Attribute *, dwarf_attr, (Dwarf_Die *a, unsigned int b, Dwarf_Attribute *c), (a, b, c))
FORWARD(int, dwarf_child, (Dwarf_Die *a, Dwarf_Die *b), (a, b))
FORWARD(const char *, dwarf_diename, (Dwarf_Die *a), (a))
FORWARD(Dwarf_Off, dwarf_dieoffset, (Dwarf_Die *a), (a))
FORWARD(const char *, dwarf_filesrc, (Dwarf_Files *a, size_t b, Dwarf_Word *c, Dwarf_Word *d), (a, b, c, d))
FORWARD(const char *, dwarf_formstring, (Dwarf_Attribute *a), (a))
FORWARD(int, dwarf_formudata, (Dwarf_Attribute *a, Dwarf_Word *b), (a, b))
FORWARD(Dwarf_Line *, dwarf_getsrc_die, (Dwarf_Die *a, Dwarf_Addr b), (a, b))
FORWARD(int, dwarf_getsrcfiles, (Dwarf_Die *a, Dwarf_Files **b, size_t *c), (a, b, c))
FORWARD(int, dwarf_haspc, (Dwarf_Die *a, Dwarf_Addr b), (a, b))
FORWARD(int, dwarf_lineno, (Dwarf_Line *a, int *b), (a, b))
FORWARD(const char *, dwarf_linesrc, (Dwarf_Line *a, Dwarf_Word *b, Dwarf_Word *c), (a, b, c))
FORWARD(ptrdiff_t, dwarf_ranges, (Dwarf_Die *a, ptrdiff_t b, Dwarf_Addr *c, Dwarf_Addr *d, Dwarf_Addr *e),
    (a, b, c, d, e))
FORWARD(int, dwarf_siblingof, (Dwarf_Die *a, Dwarf_Die *b), (a, b))
FORWARD(int, dwarf_tag, (Dwarf_Die *a), (a))
FORWARD(ssize_t, dwelf_elf_gnu_build_id, (Elf *a, const void **b), (a, b))
FORWARD(const char *, dwelf_elf_gnu_debuglink, (Elf *a, GElf_Word *b), (a, b))
FORWARD(Dwfl *, dwfl_begin, (const Dwfl_Callbacks *a), (a))
FORWARD_NOTHING(dwfl_end, (Dwfl *a), (a))
FORWARD(Dwarf_Die *, dwfl_module_addrdie, (Dwfl_Module *a, Dwarf_Addr b, Dwarf_Addr *c), (a, b, c))
FORWARD(Elf_Scn *, dwfl_module_address_section, (Dwfl_Module *a, Dwarf_Addr *b, Dwarf_Addr *c), (a, b, c))
FORWARD(const char *, dwfl_module_getsym_info,
    (Dwfl_Module *a, int b, GElf_Sym *c, GElf_Addr *d, GElf_Word *e, Elf **f, Dwarf_Addr *g), (a, b, c, d, e, f, g))
FORWARD(int, dwfl_module_getsymtab, (Dwfl_Module *a), (a))
FORWARD(Dwarf_Die *, dwfl_module_nextcu, (Dwfl_Module *a, Dwarf_Die *b, Dwarf_Addr *c), (a, b, c))
FORWARD(int, dwfl_offline_section_address,
    (Dwfl_Module *a, void **b, const char *c, Dwarf_Addr d, const char *e, GElf_Word f, const GElf_Shdr *g,
        Dwarf_Addr *h),
    (a, b, c, d, e, f, g, h))
FORWARD_NOTHING(dwfl_report_begin, (Dwfl *a), (a))
FORWARD(int, dwfl_report_end,
    (Dwfl *a, int (*b)(Dwfl_Module *, void *, const char *, Dwarf_Addr, void *), void *c), (a, b, c))
FORWARD(Dwfl_Module *, dwfl_report_offline, (Dwfl *a, const char *b, const char *c, int d), (a, b, c, d))
FORWARD(Elf *, elf_begin, (int a, Elf_Cmd b, Elf *c), (a, b, c))
FORWARD(int, elf_end, (Elf *a), (a))
FORWARD(Elf_Data *, elf_getdata, (Elf_Scn *a, Elf_Data *b), (a, b))
FORWARD(Elf_Scn *, elf_getscn, (Elf *a, size_t b), (a, b))
FORWARD(int, elf_getshdrstrndx, (Elf *a, size_t *b), (a, b))
FORWARD(Elf_Kind, elf_kind, (Elf *a), (a))
FORWARD(size_t, elf_ndxscn, (Elf_Scn *a), (a))
FORWARD(Elf_Scn *, elf_nextscn, (Elf *a, Elf_Scn *b), (a, b))
FORWARD(char *, elf_strptr, (Elf *a, size_t b, size_t c), (a, b, c))
FORWARD(unsigned int, elf_version, (unsigned int a), (a))
FORWARD(GElf_Shdr *, gelf_getshdr, (Elf_Scn *a, GElf_Shdr *b), (a, b))
