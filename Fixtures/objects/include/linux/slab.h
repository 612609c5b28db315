/* What a header of the kernel looks like to a module: a wrapper that is put into its callers. */
void *__kmalloc(unsigned long size, unsigned int flags);

static inline __attribute__((always_inline)) void *kzalloc(unsigned long size, unsigned int flags)
{
	return __kmalloc(size, flags | 0x100u); /* mark: kzalloc */
}
