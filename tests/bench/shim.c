/*
 * Loaded before the C library: counts allocations, writes to standard output
 * and waits of the program that is measured, and does what was asked. It needs
 * glibc, whose allocator has second names.
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "bench/counts.h"

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static struct counts nowhere;
static struct counts *counts = &nowhere;

typedef ssize_t (*write_fn)(int fd, const void *data, size_t len);
typedef int (*poll_fn)(struct pollfd *fds, nfds_t count, int timeout_ms);

static void __attribute__((constructor)) open_counts(void)
{
	const char *path = getenv(COUNTS_FILE);
	int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
	void *map;

	if (fd < 0)
		return;
	map = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
	    0);
	(void)close(fd);
	if (map != MAP_FAILED)
		counts = map;
}

/* What was to be called; a pointer to data is none to a function in C. */
static void
find(const char *name, void *function)
{
	void *found = dlsym(RTLD_NEXT, name);

	memcpy(function, &found, sizeof found);
}

void *
malloc(size_t size)
{
	atomic_fetch_add(&counts->allocations, 1);
	return __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
	atomic_fetch_add(&counts->allocations, 1);
	return __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
	atomic_fetch_add(&counts->allocations, 1);
	return __libc_realloc(old, size);
}

ssize_t
write(int fd, const void *data, size_t len)
{
	write_fn real = NULL;
	ssize_t count;

	find("write", &real);
	count = real(fd, data, len);
	if (fd != STDOUT_FILENO)
		return count;
	if (count > 0)
		atomic_fetch_add(&counts->written, (uint64_t)count);
	atomic_fetch_add(&counts->writes, 1);
	return count;
}

/* The thread's own work: what a shared machine takes away is not its doing. */
static uint64_t
now_us(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static void
count_turn(uint64_t took_us)
{
	uint64_t step = took_us / TURN_STEP_US;

	if (step >= TURN_STEPS)
		step = TURN_STEPS - 1;
	atomic_fetch_add(&counts->turns[step], 1);
	if (took_us > atomic_load(&counts->longest_us))
		atomic_store(&counts->longest_us, took_us);
}

static bool
watches_terminal(const struct pollfd *fds, nfds_t count)
{
	nfds_t i;

	for (i = 0; i < count; i++)
		if (fds[i].fd == STDIN_FILENO)
			return true;
	return false;
}

/* A look that does not wait is no wake-up; it ends a turn if it is for keys
 * too, and is none of libcurl's. Only a thread that waits again and again is
 * the program's own. */
int
poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	static _Thread_local uint64_t woken_us;
	poll_fn real = NULL;
	int ready;

	find("poll", &real);
	if (timeout_ms == 0 && !watches_terminal(fds, count))
		return real(fds, count, timeout_ms);
	if (woken_us != 0)
		count_turn(now_us() - woken_us);
	ready = real(fds, count, timeout_ms);
	if (timeout_ms != 0)
		atomic_fetch_add(&counts->wakeups, 1);
	woken_us = now_us();
	return ready;
}
