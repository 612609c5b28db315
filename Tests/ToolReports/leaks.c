/* Loses memory in every way that tools tell apart; see `run`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct node {
	struct node *next;
	char rest[56];
};

static void *kept;
static char *middle;

__attribute__((noinline)) static void lose_list(int count)
{
	struct node *volatile first = NULL;
	for (int number = 0; number < count; number++) {
		struct node *node = calloc(1, sizeof *node);
		node->next = first;
		first = node;
	}
	first = NULL;
}

__attribute__((noinline)) static void lose_ring(void)
{
	struct node *volatile one = calloc(1, sizeof *one), *volatile other = calloc(1, sizeof *other);
	one->next = other;
	other->next = one;
	one = other = NULL;
}

__attribute__((noinline)) static void lose_words(int count)
{
	for (int number = 0; number < count; number++) {
		char *volatile word = strdup("a word that nobody frees");
		word = realloc(word, 100 + number);
		word = NULL;
	}
}

static void lose(int more)
{
	lose_list(100);
	lose_ring();
	lose_words(7 + more);
	kept = malloc(5000);
	middle = (char *)malloc(12288) + 64;
}

/* What the stack still points to would be found reachable. */
__attribute__((noinline)) static void wipe(void)
{
	volatile char room[8192];
	memset((char *)room, 0, sizeof room);
}

int main(int count, char **words)
{
	const char *word = count > 1 ? words[1] : "";
	if (strchr(word, 'c'))
		return 0;
	int children = strchr(word, 'f') ? 2 : 0;
	for (int child = 1; child <= children; child++)
		if (fork() == 0) {
			lose(child);
			wipe();
			return 0;
		}
	if (strchr(word, 'e') && fork() == 0) {
		execl(words[0], words[0], "", (char *)0);
		_exit(1);
	}
	lose(0);
	wipe();
	if (strchr(word, 'i'))
		((char *volatile)kept)[5000] = 1;
	while (wait(NULL) > 0)
		;
	return 0;
}
