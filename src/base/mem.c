/*
 * Memory that is never NULL. Running out is not a state that each caller could
 * sensibly handle: the terminal is given back, one line is said, and the
 * program is over. Nothing here allocates on that way, and no handler of
 * atexit() runs, as those might.
 */
#include "bantop/base/mem.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

enum { STATUS_NO_MEMORY = 2, LARGE_BYTES = 128 * 1024 };

static struct {
	void (*hook)(void);
	bool watching; /* an exit is not ours */
} last_words;

static _Noreturn void
stop(const char *said)
{
	ssize_t written;

	if (last_words.hook != NULL)
		last_words.hook();
	written = write(STDERR_FILENO, said, strlen(said));
	(void)written; /* there is nobody left to tell */
	_exit(STATUS_NO_MEMORY);
}

void
mem_give_up(void)
{
	stop("bantop: no memory left\n");
}

static void
see_exit(void)
{
	if (last_words.watching)
		stop("bantop: a library gave up: no memory left, or a file "
		     "that cannot be read\n");
}

void *
mem_alloc(size_t size)
{
	void *memory = calloc(1, size > 0 ? size : 1);

	if (memory == NULL)
		mem_give_up();
	return memory;
}

void *
mem_grow(void *old, size_t count, size_t item)
{
	void *memory;

	if (item > 0 && count > SIZE_MAX / item)
		mem_give_up();
	memory = realloc(old, count * item > 0 ? count * item : 1);
	if (memory == NULL)
		mem_give_up();
	return memory;
}

char *
mem_copy_text(const char *text, size_t len)
{
	char *copy;

	if (len == SIZE_MAX)
		mem_give_up();
	copy = mem_alloc(len + 1);
	if (len > 0)
		memcpy(copy, text, len);
	return copy;
}

void
mem_wipe(void *secret, size_t size)
{
	if (size == 0)
		return;
	memset(secret, 0, size);
	/* The compiler must think that somebody looks at the bytes. */
	__asm__ volatile("" : : "r"(secret) : "memory");
}

/* The GNU library raises its own bound to the largest block that was freed, up
 * to 32 MiB: what an order of a million rows took for itself would stay. */
void
mem_return_freed(void)
{
#ifdef __GLIBC__
	(void)mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
#endif
}

void
mem_set_last_words(void (*hook)(void))
{
	last_words.hook = hook;
}

void
mem_watch_exit(bool watch)
{
	if (watch && atexit(see_exit) != 0)
		mem_give_up();
	last_words.watching = watch;
}
