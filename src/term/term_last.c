/*
 * The last words: how a handler gives the terminal back, by system calls
 * alone. And standard error, for as long as it would be the screen: libraries
 * may say something there at any time. It goes to a file in memory, of which
 * only a program that dies unexpectedly shows the end, for there stands why.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "term/term_priv.h"

enum { KEPT_FD_MIN = 10, SHOWN_MAX = 512 };

/* A handler has no other way to reach it. */
static struct {
	volatile sig_atomic_t ready;
	volatile sig_atomic_t diverted;
	int fd;
	int in_fd;
	int errors_fd; /* the real standard error */
	int memory_fd; /* what stands in its place */
	struct termios found;
	size_t len;
	char bytes[TERM_LAST_MAX];
} last;

/* -- standard error -------------------------------------------------------- */

static bool
is_same_terminal(int one, int other)
{
	struct stat a, b;

	return isatty(one) && isatty(other) && fstat(one, &a) == 0 &&
	    fstat(other, &b) == 0 && a.st_rdev == b.st_rdev;
}

static void
divert_errors(int terminal_fd)
{
	if (last.diverted || !is_same_terminal(STDERR_FILENO, terminal_fd))
		return;
	last.memory_fd = term_out_open_memory();
	if (last.memory_fd < 0)
		return;
	last.errors_fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, KEPT_FD_MIN);
	if (last.errors_fd >= 0 && dup2(last.memory_fd, STDERR_FILENO) >= 0) {
		last.diverted = 1;
		return;
	}
	if (last.errors_fd >= 0)
		(void)close(last.errors_fd);
	(void)close(last.memory_fd);
}

/* In a handler, too: what has no letters may drive the terminal. */
static void
show_errors(void)
{
	char said[SHOWN_MAX];
	struct stat status;
	ssize_t i, len = 0;

	if (fstat(last.memory_fd, &status) == 0)
		len = pread(last.memory_fd, said, sizeof said,
		    status.st_size > SHOWN_MAX ? status.st_size - SHOWN_MAX
		                               : 0);
	for (i = 0; i < len; i++)
		if (said[i] != '\n' && (said[i] < ' ' || said[i] > '~'))
			said[i] = '?';
	if (len > 0 && write(STDERR_FILENO, said, (size_t)len) < 0)
		errno = 0; /* nobody is left to be told */
}

/* -- the hook -------------------------------------------------------------- */

void
term_last_words(void)
{
	int saved = errno;

	if (last.ready) {
		int flags = fcntl(last.fd, F_GETFL);

		last.ready = 0;
		/* A terminal that takes nothing is not waited for. */
		(void)fcntl(last.fd, F_SETFL, flags | O_NONBLOCK);
		if (write(last.fd, last.bytes, last.len) < 0)
			errno = saved; /* nobody is left to be told */
		(void)fcntl(last.fd, F_SETFL, flags);
		(void)tcsetattr(last.in_fd, TCSANOW, &last.found);
	}
	if (last.diverted) {
		last.diverted = 0;
		if (dup2(last.errors_fd, STDERR_FILENO) >= 0)
			show_errors();
	}
	errno = saved;
}

void
term_last_prepare(const struct term *term, const char *bytes)
{
	last.ready = 0;
	(void)snprintf(last.bytes, sizeof last.bytes, "%s", bytes);
	last.len = strlen(last.bytes);
	last.fd = term->out_fd;
	last.in_fd = term->in_fd;
	last.found = term->found;
	last.ready = 1;
	divert_errors(term->out_fd);
}

void
term_last_forget(void)
{
	last.ready = 0;
	if (!last.diverted)
		return;
	last.diverted = 0;
	(void)dup2(last.errors_fd, STDERR_FILENO);
	(void)close(last.errors_fd);
	(void)close(last.memory_fd);
}
