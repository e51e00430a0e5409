#define _DEFAULT_SOURCE /* wait4 */
#include "e2e/support/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/deadline.h"

void
child_pipe(int fds[2])
{
	int i;

	if (pipe(fds) != 0)
		fail_msg("pipe: %s", strerror(errno));
	for (i = 0; i < 2; i++)
		(void)fcntl(fds[i], F_SETFD, FD_CLOEXEC);
}

void
child_spawn(struct child *child, const char *const *argv,
    const char *const *envp, const int fds[3])
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t defaults;
	int life[2], failure, i;

	memset(child, 0, sizeof(*child));
	child->exit_code = -1;
	child_pipe(life);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	posix_spawn_file_actions_init(&actions);
	for (i = 0; i < 3; i++)
		posix_spawn_file_actions_adddup2(&actions, fds[i], i);
	posix_spawn_file_actions_adddup2(&actions, life[1], CHILD_LIFE_FD);
	/* The interface of 1988 takes texts that it does not write to. */
	failure = posix_spawn(&child->pid, argv[0], &actions, &attributes,
	    (char *const *)(uintptr_t)argv, (char *const *)(uintptr_t)envp);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	(void)close(life[1]);
	child->life_fd = life[0];
	if (failure != 0) {
		child->pid = 0;
		(void)close(life[0]);
		fail_msg("cannot start %s: %s", argv[0], strerror(failure));
	}
}

static int64_t
to_us(const struct timeval *time)
{
	return (int64_t)time->tv_sec * 1000000 + time->tv_usec;
}

static void
reap(struct child *child)
{
	struct rusage used = { 0 };
	int status = 0;

	while (wait4(child->pid, &status, 0, &used) < 0 && errno == EINTR)
		continue;
	child->cpu_us = to_us(&used.ru_utime) + to_us(&used.ru_stime);
	(void)close(child->life_fd);
	child->pid = 0;
	if (WIFEXITED(status))
		child->exit_code = WEXITSTATUS(status);
	else
		child->signal = WTERMSIG(status);
	if (child->exit_code == CHILD_FOUND)
		fail_msg("status %d: a sanitizer, or valgrind, has found "
		         "something",
		    CHILD_FOUND);
}

static bool
wait_until(struct child *child, int64_t deadline_ms)
{
	struct pollfd life = { .fd = child->life_fd, .events = POLLIN };
	int ready;

	if (child->pid == 0)
		return true;
	do {
		ready = poll(&life, 1, deadline_left_ms(deadline_ms));
	} while (ready < 0 && errno == EINTR);
	if (ready <= 0)
		return false;
	reap(child);
	return true;
}

void
child_wait(struct child *child, int64_t deadline_ms)
{
	if (!wait_until(child, deadline_ms))
		fail_msg("the program does not end");
}

bool
child_has_ended(struct child *child)
{
	return wait_until(child, 0);
}

int64_t
child_cpu_us(const struct child *child)
{
	struct timespec used = { 0 };
	clockid_t clock;

	if (clock_getcpuclockid(child->pid, &clock) != 0 ||
	    clock_gettime(clock, &used) != 0)
		fail_msg("the program's processor time is not known");
	return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

void
child_signal(const struct child *child, int number)
{
	if (child->pid != 0)
		(void)kill(child->pid, number);
}

void
child_release(struct child *child)
{
	if (child->pid == 0)
		return;
	child_signal(child, SIGKILL);
	reap(child);
}
