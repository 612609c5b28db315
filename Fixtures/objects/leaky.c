/* A module in miniature; how it is made is in README.md. The marks tell the tests which line is which. */
#include <linux/slab.h>

#define noinline __attribute__((noinline, noclone))
#define section(name) __attribute__((section(name)))

static const char modinfo[] section(".modinfo") __attribute__((used)) = "srcversion=0123456789ABCDEF0123456";

void consume(void *p);
int other_entry(int n);

/* Another static function of this name, of another size, is in other.c. */
static noinline void *helper(int n)
{
	return kzalloc(n, 1); /* mark: helper in leaky */
}

/* Another static function of this name and size is in other.c. */
static noinline void twin(void)
{
	consume(0); /* mark: twin in leaky */
	consume(0);
}

/* Put into its caller, and the wrapper into it. */
static inline __attribute__((always_inline)) void *room(int n)
{
	void *p = kzalloc(n, 2); /* mark: room */

	consume(p);
	return p;
}

noinline int leak(int n)
{
	void *p = room(n + 1); /* mark: leak */

	twin();
	consume(helper(n));
	return p != 0;
}

/* Ends in a call that never returns: its return address is the next function's. */
void __attribute__((noreturn)) stop(void);

noinline void last_call(void)
{
	stop(); /* mark: last_call */
}

noinline section(".text.unlikely") int unlikely(int n)
{
	consume(kzalloc(n, 3)); /* mark: unlikely */
	return other_entry(n);
}

int section(".init.text") init_module(void)
{
	consume(kzalloc(64, 4)); /* mark: init_module */
	return leak(8);
}

void section(".exit.text") cleanup_module(void)
{
	consume(kzalloc(32, 5)); /* mark: cleanup_module */
	consume(0);
}
