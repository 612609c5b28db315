/* The other half of the module in miniature. */
#include <linux/slab.h>

#define noinline __attribute__((noinline, noclone))

void consume(void *p);

static noinline void *helper(int n)
{
	consume(0);
	consume(0);
	return kzalloc(n * 3 + 1, 6); /* mark: helper in other */
}

static noinline void twin(void)
{
	consume(0); /* mark: twin in other */
	consume(0);
}

int other_entry(int n)
{
	twin();
	consume(helper(n));
	return n;
}
