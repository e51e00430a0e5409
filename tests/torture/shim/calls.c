/*
 * The calls that are stood in the way of. Time passes as much faster as the
 * page says, so that what waits before it tries again costs little; the wall
 * clock stays.
 */
#define _GNU_SOURCE

#include "torture/shim/shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* As <sys/socket.h> has them, but for a type of its own for addresses; and one
 * of <sys/mman.h>. */
int memfd_create(const char *name, unsigned flags);
ssize_t recv(int fd, void *data, size_t len, int flags);
ssize_t send(int fd, const void *data, size_t len, int flags);
int socketpair(int domain, int type, int protocol, int fds[2]);
int socket(int domain, int type, int protocol);
int connect(int fd, const void *address, unsigned len);

/* As fails, for what moves bytes; a short one moves the first of them. */
static bool
fails_moving(enum torture_call call, int fd, size_t *len)
{
	int code = shim_count_call(call, fd);

	if (code == TORTURE_SHORT) {
		*len = *len > 0 ? 1 : 0;
		return false;
	}
	if (code == 0)
		return false;
	errno = code;
	return true;
}

/* -- memory ---------------------------------------------------------------- */

void *
malloc(size_t size)
{
	REAL(malloc)
	return shim_fails(TORTURE_ALLOC) ? NULL : real(size);
}

void *
calloc(size_t count, size_t size)
{
	REAL(calloc)
	return shim_fails(TORTURE_ALLOC) ? NULL : real(count, size);
}

void *
realloc(void *old, size_t size)
{
	REAL(realloc)
	return shim_fails(TORTURE_ALLOC) ? NULL : real(old, size);
}

void *
reallocarray(void *old, size_t count, size_t size)
{
	REAL(reallocarray)
	return shim_fails(TORTURE_ALLOC) ? NULL : real(old, count, size);
}

/* -- bytes ----------------------------------------------------------------- */

ssize_t
read(int fd, void *data, size_t len)
{
	REAL(read)
	return fails_moving(TORTURE_READ, fd, &len) ? -1 : real(fd, data, len);
}

ssize_t
pread(int fd, void *data, size_t len, off_t at)
{
	REAL(pread)
	return fails_moving(TORTURE_READ, fd, &len) ? -1
	                                            : real(fd, data, len, at);
}

ssize_t
recv(int fd, void *data, size_t len, int flags)
{
	REAL(recv)
	return fails_moving(TORTURE_READ, fd, &len)
	    ? -1
	    : real(fd, data, len, flags);
}

ssize_t
write(int fd, const void *data, size_t len)
{
	REAL(write)
	return fails_moving(TORTURE_WRITE, fd, &len) ? -1 : real(fd, data, len);
}

ssize_t
send(int fd, const void *data, size_t len, int flags)
{
	REAL(send)
	return fails_moving(TORTURE_WRITE, fd, &len)
	    ? -1
	    : real(fd, data, len, flags);
}

int
fsync(int fd)
{
	REAL(fsync)
	return shim_fails(TORTURE_FSYNC) ? -1 : real(fd);
}

/* -- descriptors and names ------------------------------------------------- */

/* The system's authorities are some hundred: one is enough, and quicker. */
static const char *
choose_path(const char *path)
{
	if (shim_page != NULL && shim_page->bundle[0] != '\0' &&
	    strcmp(path, "/etc/ssl/certs/ca-certificates.crt") == 0)
		return shim_page->bundle;
	return path;
}

int
open(const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list args;

	REAL(open)
	va_start(args, flags);
	if ((flags & O_CREAT) != 0)
		mode = va_arg(args, mode_t);
	va_end(args);
	return shim_fails(TORTURE_OPEN) ? -1
	                                : real(choose_path(path), flags, mode);
}

int
pipe(int fds[2])
{
	REAL(pipe)
	return shim_fails(TORTURE_OPEN) ? -1 : real(fds);
}

int
memfd_create(const char *name, unsigned flags)
{
	REAL(memfd_create)
	return shim_fails(TORTURE_OPEN) ? -1 : real(name, flags);
}

int
socketpair(int domain, int type, int protocol, int fds[2])
{
	REAL(socketpair)
	return shim_fails(TORTURE_SOCKET) ? -1
	                                  : real(domain, type, protocol, fds);
}

int
socket(int domain, int type, int protocol)
{
	REAL(socket)
	return shim_fails(TORTURE_SOCKET) ? -1 : real(domain, type, protocol);
}

int
connect(int fd, const void *address, unsigned len)
{
	REAL(connect)
	return shim_fails(TORTURE_CONNECT) ? -1 : real(fd, address, len);
}

int
rename(const char *from, const char *to)
{
	REAL(rename)
	return shim_fails(TORTURE_RENAME) ? -1 : real(from, to);
}

int
link(const char *from, const char *to)
{
	REAL(link)
	return shim_fails(TORTURE_RENAME) ? -1 : real(from, to);
}

/* -- streams --------------------------------------------------------------- */

/* The library's own streams read behind our back, so they read through us. A
 * regular file is never interrupted, and streams do not make it good. */
static ssize_t
read_stream(void *cookie, char *data, size_t len)
{
	ssize_t count;

	do {
		count = read(*(int *)cookie, data, len);
	} while (count < 0 && errno == EINTR);
	return count;
}

static ssize_t
write_stream(void *cookie, const char *data, size_t len)
{
	ssize_t count = write(*(int *)cookie, data, len);

	return count < 0 ? 0 : count;
}

static int
seek_stream(void *cookie, off64_t *at, int whence)
{
	*at = lseek64(*(int *)cookie, *at, whence);
	return *at < 0 ? -1 : 0;
}

static int
close_stream(void *cookie)
{
	int fd = *(int *)cookie;

	free(cookie);
	return close(fd);
}

FILE *
fopen(const char *path, const char *mode)
{
	static const cookie_io_functions_t functions = { read_stream,
		write_stream, seek_stream, close_stream };
	int flags = O_RDONLY;
	FILE *file = NULL;
	int *cookie;
	int fd;

	if (mode[0] != 'r')
		flags =
		    O_WRONLY | O_CREAT | (mode[0] == 'w' ? O_TRUNC : O_APPEND);
	fd = open(path, flags | O_CLOEXEC, 0666);
	if (fd < 0)
		return NULL;
	cookie = malloc(sizeof *cookie);
	if (cookie != NULL) {
		*cookie = fd;
		file = fopencookie(cookie, mode, functions);
	}
	if (file == NULL) {
		free(cookie);
		(void)close(fd);
	}
	return file;
}

FILE *
fopen64(const char *path, const char *mode)
{
	return fopen(path, mode);
}

/* -- time ------------------------------------------------------------------ */

int
poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	int speed = shim_page != NULL && shim_page->speed > 0
	    ? (int)shim_page->speed
	    : 1;

	REAL(poll)
	if (timeout_ms > 0)
		timeout_ms = (timeout_ms + speed - 1) / speed;
	return shim_fails(TORTURE_POLL) ? -1 : real(fds, count, timeout_ms);
}

int
clock_gettime(clockid_t clock, struct timespec *now)
{
	int result;

	REAL(clock_gettime)
	result = real(clock, now);
	if (result == 0 && shim_page != NULL && shim_page->speed > 1 &&
	    (clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME)) {
		int64_t ns = now->tv_sec * INT64_C(1000000000) + now->tv_nsec;

		/* From the last whole hour on, or it would run over. */
		now->tv_sec = now->tv_sec / 3600 * 3600;
		ns -= now->tv_sec * INT64_C(1000000000);
		ns *= shim_page->speed;
		now->tv_sec =
		    now->tv_sec * (time_t)shim_page->speed + ns / 1000000000;
		now->tv_nsec = (long)(ns % 1000000000);
	}
	return result;
}
