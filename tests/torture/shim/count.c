/*
 * Counting, and the one that fails; who called is put down, so that the point
 * can be understood.
 */
#define _GNU_SOURCE

#include "torture/shim/shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { FRAMES_MAX = 24, HASHED = 7 };

struct torture_page *shim_page;
_Thread_local bool shim_busy;

/* What was to be called; a pointer to data is none to a function in C. */
void
shim_find(const char *name, void *function)
{
	void *found = dlsym(RTLD_NEXT, name);

	memcpy(function, &found, sizeof found);
}

/* -- who called ------------------------------------------------------------ */

void
shim_write_way(void *const *frames, int count, char way[TORTURE_WAY_MAX])
{
	size_t len = 0;
	Dl_info info;
	int i;

	way[0] = '\0';
	for (i = 0; i < count && len < TORTURE_WAY_MAX - 200; i++) {
		const char *file;

		if (dladdr(frames[i], &info) == 0)
			continue;
		file = strrchr(info.dli_fname, '/');
		file = file != NULL ? file + 1 : info.dli_fname;
		if (strcmp(file, "shim.so") == 0)
			continue;
		len += (size_t)snprintf(way + len, TORTURE_WAY_MAX - len,
		    "%s%.60s(%.60s+0x%zx)", len > 0 ? " " : "", file,
		    info.dli_sname != NULL ? info.dli_sname : "",
		    (size_t)((char *)frames[i] - (char *)info.dli_fbase));
	}
}

static void
note_way(uint64_t number)
{
	void *frames[FRAMES_MAX];
	uint64_t hash = 0xcbf29ce484222325;
	int count = backtrace(frames, HASHED + 2);
	int i;

	for (i = 2; i < count; i++) {
		hash ^= (uintptr_t)frames[i];
		hash *= 0x100000001b3;
	}
	if (number <= TORTURE_WAYS_MAX)
		shim_page->ways[number - 1] = hash;
}

static void
note_fired(int fd)
{
	void *frames[FRAMES_MAX];
	struct stat status = { .st_mode = 0 };

	if (atomic_exchange(&shim_page->fired, 1) != 0)
		return;
	shim_page->fired_fd = fd;
	if (fd >= 0 && fstat(fd, &status) == 0)
		shim_page->fired_mode = status.st_mode;
	shim_write_way(frames, backtrace(frames, FRAMES_MAX),
	    shim_page->fired_way);
}

/* -- the one that fails ---------------------------------------------------- */

static int
fitting(enum torture_call call, int fd)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return EIO;
	if (S_ISSOCK(status.st_mode))
		return ECONNRESET;
	if (call == TORTURE_WRITE && S_ISFIFO(status.st_mode))
		return EPIPE;
	if (call == TORTURE_WRITE && S_ISREG(status.st_mode))
		return ENOSPC;
	return EIO;
}

/* Two writes do not fail outright. Curses tells nobody of one of its own, and
 * here it writes into memory: without any left the machine ends somebody. And
 * a byte into a pipe of which we have both ends, as a signal leaves it, is
 * taken, or the pipe is full. */
static bool
cannot_fail(enum torture_call call, int fd)
{
	struct stat status;

	if (call != TORTURE_WRITE || shim_page->code == EINTR ||
	    shim_page->code == TORTURE_SHORT)
		return false;
	return strstr(shim_page->fired_way, "(_nc_flush") != NULL ||
	    (fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode) &&
	        (fcntl(fd, F_GETFL) & O_NONBLOCK) != 0);
}

int
shim_count_call(enum torture_call call, int fd)
{
	uint64_t number;
	int code = 0;

	if (shim_page == NULL || shim_busy)
		return 0;
	shim_busy = true;
	number = atomic_fetch_add(&shim_page->counts[call], 1) + 1;
	if (shim_page->noting != 0 && call == TORTURE_ALLOC)
		note_way(number);
	if (shim_page->call == call && shim_page->nth != 0 &&
	    (number == shim_page->nth ||
	        (shim_page->lasts && number > shim_page->nth))) {
		note_fired(fd);
		code = shim_page->code == TORTURE_FIT ? fitting(call, fd)
		                                      : shim_page->code;
		if (cannot_fail(call, fd)) {
			atomic_store(&shim_page->fired, 0);
			code = 0;
		}
	}
	shim_busy = false;
	return code;
}

bool
shim_fails(enum torture_call call)
{
	int code = shim_count_call(call, -1);

	if (code == 0)
		return false;
	errno = code;
	return true;
}
