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
	{ SIGALRM, SIGNAL_ALARM },
	{ SIGINT, SIGNAL_INTERRUPT },
};

/* Those that end a program that does not expect them. */
static const int crashes[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSYS,
	SIGTRAP, SIGXCPU, SIGUSR1, SIGUSR2 };

enum {
	KIND_COUNT = sizeof(kinds) / sizeof(kinds[0]),
	CRASH_COUNT = sizeof(crashes) / sizeof(crashes[0]),
	STACK_BYTES = 64 * 1024,
};

/* A handler has no other way to reach it. */
static struct {
	int fds[2];
	unsigned caught;
	volatile sig_atomic_t ending;
	struct sigaction old_actions[KIND_COUNT];
	void (*last_words)(void);
	char stack[STACK_BYTES]; /* for a crash that has used up the other */
} signal_pipe = { .fds = { -1, -1 } };

static unsigned
bit_of(int number)
{
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if (kinds[i].number == number)
			return (unsigned)kinds[i].bit;
	}
	return 0;
}

static void
tell(int number)
{
	int saved_errno = errno;
	unsigned char byte = (unsigned char)number;

	if ((bit_of(number) & (SIGNAL_ENDING | SIGNAL_ALARM)) != 0)
		signal_pipe.ending = 1;
	while (write(signal_pipe.fds[1], &byte, 1) < 0 && errno == EINTR)
		continue; /* full is no loss: the turn will wake all the same */
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
	/* A call that waits is to notice that the program should end. */
	if ((kinds[index].bit &
	        (SIGNAL_ENDING | SIGNAL_ALARM | SIGNAL_INTERRUPT)) == 0)
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
	signal_pipe.ending = 0;
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

void
signals_put_back(unsigned set)
{
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if ((set & (unsigned)kinds[i].bit) != 0)
			tell(kinds[i].number);
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
	const unsigned both = SIGNAL_SUSPEND | SIGNAL_CONTINUE;

	/* What wakes us here needs no telling afterwards. */
	set_default(SIGCONT);
	set_default(SIGTSTP);
	unblock(SIGTSTP);
	raise(SIGTSTP);
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if ((signal_pipe.caught & both & (unsigned)kinds[i].bit) != 0)
			catch_signal(i);
	}
}

/* -- crashes --------------------------------------------------------------- */

/* Its handling is the usual one again by now: coming back from here we die. */
static void
die_after_last_words(int number)
{
	if (signal_pipe.last_words != NULL)
		signal_pipe.last_words();
	raise(number);
}

void
signals_on_crash(void (*last_words)(void))
{
	const stack_t stack = {
		.ss_sp = signal_pipe.stack,
		.ss_size = sizeof(signal_pipe.stack),
	};
	struct sigaction action, old;

	signal_pipe.last_words = last_words;
	memset(&action, 0, sizeof(action));
	action.sa_handler = last_words == NULL ? SIG_DFL : die_after_last_words;
	action.sa_flags = (int)SA_RESETHAND | SA_ONSTACK;
	sigfillset(&action.sa_mask);
	(void)sigaltstack(&stack, NULL);
	for (size_t i = 0; i < CRASH_COUNT; i++) {
		if (sigaction(crashes[i], NULL, &old) == 0 &&
		    old.sa_handler != SIG_IGN)
			(void)sigaction(crashes[i], &action, NULL);
	}
}

bool
signals_is_ending(void)
{
	return signal_pipe.ending != 0;
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
