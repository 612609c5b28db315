/* A kernel in miniature, linked where the kernel's code lies. */
#define noinline __attribute__((noinline, noclone))

noinline void *__kmalloc(unsigned long size, unsigned int flags)
{
	static char memory[64];

	return memory + (size + flags) % 64;
}

noinline void consume(void *p)
{
	__asm__ volatile("" : : "r"(p));
}

noinline void *vfs_write(unsigned long n)
{
	consume(0);
	consume(__kmalloc(n, 1)); /* mark: vfs_write */
	return 0;
}

void _start(void)
{
	consume(vfs_write(1));
}
