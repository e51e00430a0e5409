/*
 * From the loading of the shim to the end of the program. The program may
 * clean its environment and start itself again: the shim takes its own
 * variables out of the first and puts them into the second.
 */
#define _GNU_SOURCE

#include "torture/shim/shim.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FRAMES_MAX = 24, DESCRIPTORS_MAX = 256, ENVIRON_MAX = 256 };

static char page_variable[TORTURE_PATH_MAX + sizeof TORTURE_PAGE + 1];
static char preload_variable[2 * TORTURE_PATH_MAX];
static char asan_variable[2 * TORTURE_PATH_MAX]; /* how leaks are told */
static void (*handler)(int); /* the program's own of a crash */
int
execve(const char *path, char *const argv[], char *const environment[])
{
	char *more[ENVIRON_MAX];
	size_t count = 0;

	REAL(execve)
	while (environment[count] != NULL && count < ENVIRON_MAX - 4) {
		more[count] = environment[count];
		count++;
	}
	if (shim_page != NULL) {
		more[count++] = page_variable;
		more[count++] = preload_variable;
		more[count++] = asan_variable;
	}
	more[count] = NULL;
	return real(path, argv, more);
}

static const int crashes[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };

enum { CRASHES = sizeof crashes / sizeof crashes[0] };

static bool
is_crash(int number)
{
	size_t i;

	for (i = 0; i < CRASHES; i++)
		if (crashes[i] == number)
			return true;
	return false;
}

/* What the program does about a crash comes behind what we do. */
int
sigaction(int number, const struct sigaction *action, struct sigaction *old)
{
	REAL(sigaction)
	if (shim_page == NULL || !is_crash(number))
		return real(number, action, old);
	if (old != NULL)
		memset(old, 0, sizeof *old);
	if (action != NULL)
		handler = action->sa_handler;
	return 0;
}

static void
tell_crash(int number)
{
	void *frames[FRAMES_MAX];

	shim_busy = true;
	shim_write_way(frames, backtrace(frames, FRAMES_MAX),
	    shim_page->crash_way);
	atomic_store(&shim_page->crash, (uint32_t)number);
	if (handler != NULL)
		handler(number);
	raise(number); /* our handler is gone by now */
}

static void
catch_crashes(void)
{
	struct sigaction action = { .sa_handler = tell_crash };
	size_t i;

	action.sa_flags = (int)SA_RESETHAND;
	for (i = 0; i < CRASHES; i++)
		(void)sigaction(crashes[i], &action, NULL);
}

static void
keep_variable(const char *name, char *out, size_t size)
{
	const char *value = getenv(name);

	(void)snprintf(out, size, "%s=%s", name, value != NULL ? value : "");
	(void)unsetenv(name);
}

static void __attribute__((constructor)) open_page(void)
{
	const char *path = getenv(TORTURE_PAGE);
	void *frames[1];
	void *map;
	int fd;

	if (path == NULL)
		return;
	shim_busy = true;
	fd = open(path, O_RDWR | O_CLOEXEC);
	map = mmap(NULL, sizeof *shim_page, PROT_READ | PROT_WRITE, MAP_SHARED,
	    fd, 0);
	(void)close(fd);
	if (fd < 0 || map == MAP_FAILED)
		abort();
	keep_variable(TORTURE_PAGE, page_variable, sizeof page_variable);
	keep_variable("LD_PRELOAD", preload_variable, sizeof preload_variable);
	keep_variable("ASAN_OPTIONS", asan_variable, sizeof asan_variable);
	(void)backtrace(frames, 1); /* the first one loads a library */
	catch_crashes();
	shim_page = map;
	shim_busy = false;
}

static void __attribute__((destructor)) count_descriptors(void)
{
	int32_t count = 0;
	int fd;

	if (shim_page == NULL)
		return;
	for (fd = 0; fd < DESCRIPTORS_MAX; fd++)
		count += fcntl(fd, F_GETFD) >= 0 ? 1 : 0;
	atomic_store(&shim_page->descriptors, count);
}
