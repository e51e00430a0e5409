/*
 * The signal pipe. A handler writes the signal's own bit as one byte and does
 * nothing more; a full pipe is no loss, since what is in it wakes the turn
 * and each kind needs to be seen only once. What a signal means is left to
 * whoever reads the set.
 */
#include "bantop/app/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
	int number;
	enum signal_set bit;
} kinds[] = {
	{ SIGTERM, SIGNAL_TERMINATE },
	{ SIGHUP, SIGNAL_HANGUP },
	{ SIGQUIT, SIGNAL_QUIT },
	{ SIGWINCH, SIGNAL_RESIZE },
	{ SIGCONT, SIGNAL_CONTINUE },
	{ SIGTSTP, SIGNAL_SUSPEND },
	{ SIGINT, SIGNAL_INTERRUPT },
};

enum { KIND_COUNT = sizeof(kinds) / sizeof(kinds[0]) };

/* A handler has no other way to reach it. */
static struct {
	int fds[2];
	unsigned caught;
	struct sigaction old_actions[KIND_COUNT];
} signal_pipe = { .fds = { -1, -1 } };

static void
tell(int number)
{
	int saved_errno = errno;
	unsigned char byte = (unsigned char)number;

	if (write(signal_pipe.fds[1], &byte, 1) < 0)
		errno = 0; /* full: the turn will wake all the same */
	errno = saved_errno;
}

static bool
set_flags(int fd)
{
	int status = fcntl(fd, F_GETFL);

	return status >= 0 && fcntl(fd, F_SETFL, status | O_NONBLOCK) == 0 &&
	    fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

static void
catch_signal(size_t index)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = tell;
	action.sa_flags = SA_RESTART;
	sigfillset(&action.sa_mask);
	sigaction(kinds[index].number, &action, NULL);
}

bool
signals_open(unsigned which, struct err *err)
{
	signals_close();
	if (pipe(signal_pipe.fds) != 0)
		return err_set(err, ERR_FILE, errno, NULL,
		    "no pipe for signals: %s", strerror(errno));
	if (!set_flags(signal_pipe.fds[0]) || !set_flags(signal_pipe.fds[1])) {
		err_set(err, ERR_FILE, errno, NULL, "no pipe for signals: %s",
		    strerror(errno));
		signals_close();
		return false;
	}
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if ((which & (unsigned)kinds[i].bit) == 0 ||
		    sigaction(kinds[i].number, NULL,
		        &signal_pipe.old_actions[i]) != 0 ||
		    signal_pipe.old_actions[i].sa_handler == SIG_IGN)
			continue;
		signal_pipe.caught |= (unsigned)kinds[i].bit;
		catch_signal(i);
	}
	return true;
}

void
signals_close(void)
{
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if ((signal_pipe.caught & (unsigned)kinds[i].bit) != 0)
			sigaction(kinds[i].number, &signal_pipe.old_actions[i],
			    NULL);
	}
	signal_pipe.caught = 0;
	for (size_t i = 0; i < 2; i++) {
		if (signal_pipe.fds[i] >= 0)
			close(signal_pipe.fds[i]);
		signal_pipe.fds[i] = -1;
	}
}

int
signals_fd(void)
{
	return signal_pipe.fds[0];
}

static unsigned
bit_of(int number)
{
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if (kinds[i].number == number)
			return (unsigned)kinds[i].bit;
	}
	return 0;
}

unsigned
signals_take(void)
{
	unsigned char bytes[64];
	unsigned set = 0;
	ssize_t n;

	if (signal_pipe.fds[0] < 0)
		return 0;
	for (;;) {
		n = read(signal_pipe.fds[0], bytes, sizeof(bytes));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return set;
		for (ssize_t i = 0; i < n; i++)
			set |= bit_of(bytes[i]);
	}
}

static void
set_default(int number)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = SIG_DFL;
	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

static void
unblock(int number)
{
	sigset_t only;

	sigemptyset(&only);
	sigaddset(&only, number);
	sigprocmask(SIG_UNBLOCK, &only, NULL);
}

void
signals_suspend(void)
{
	set_default(SIGTSTP);
	unblock(SIGTSTP);
	raise(SIGTSTP);
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if (kinds[i].bit == SIGNAL_SUSPEND &&
		    (signal_pipe.caught & SIGNAL_SUSPEND) != 0)
			catch_signal(i);
	}
}

int
signals_number(unsigned set)
{
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if ((set & (unsigned)kinds[i].bit &
		        (SIGNAL_ENDING | SIGNAL_INTERRUPT)) != 0)
			return kinds[i].number;
	}
	return 0;
}

_Noreturn void
signals_die_of(int number)
{
	signals_close();
	set_default(number);
	unblock(number);
	raise(number);
	_exit(128 + number);
}
