/*
 * A program started by a test, and its end. The end is seen on a pipe whose
 * other side the program holds without knowing, so that it can be waited for
 * together with other things, and never longer than a deadline.
 */
#ifndef BANTOP_TESTS_E2E_CHILD_H
#define BANTOP_TESTS_E2E_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
	CHILD_LIFE_FD = 100, /* where the program has its side of the pipe */
	CHILD_FOUND = 99, /* how a sanitizer or valgrind ends what it found */
};

struct child {
	pid_t pid;      /* 0 when none */
	int life_fd;    /* ends when the program has ended */
	int exit_code;  /* -1 when it died of a signal, or has not ended */
	int signal;     /* 0 when none */
	int64_t cpu_us; /* that it has used, once it has ended */
};

/** Starts argv[0] with these three descriptors. Fails the test if it cannot. */
void child_spawn(struct child *child, const char *const *argv,
    const char *const *envp, const int fds[3]);

/** A pipe that no program inherits. Fails the test if it cannot. */
void child_pipe(int fds[2]);

/** Waits for the end; fails the test at the deadline. Whoever sees the end
 *  fails the test too if something was found in the program. */
void child_wait(struct child *child, int64_t deadline_ms);
/** Has it ended by now? Then its status is there. */
bool child_has_ended(struct child *child);
/** @return the processor time that it has used so far. */
int64_t child_cpu_us(const struct child *child);
void child_signal(const struct child *child, int number);
/** Kills what still runs and waits for it. Takes a zeroed one too. */
void child_release(struct child *child);

#endif
