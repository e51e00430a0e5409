/*
 * What the shim counts inside the program that is measured: one struct in a
 * file that the program and the bench both have mapped. Each number only grows.
 */
#ifndef BANTOP_TESTS_BENCH_COUNTS_H
#define BANTOP_TESTS_BENCH_COUNTS_H

#include <stdatomic.h>
#include <stdint.h>

/* The environment's name for that file. */
#define COUNTS_FILE "BANTOP_BENCH_COUNTS"

/* Turns by the work in them: up to 10 ms in steps of 0.1 ms, then the rest. */
enum { TURN_STEP_US = 100, TURN_STEPS = 101 };

struct counts {
	_Atomic uint64_t allocations;       /* malloc, calloc, realloc */
	_Atomic uint64_t writes;            /* to standard output */
	_Atomic uint64_t written;           /* bytes of them */
	_Atomic uint64_t wakeups;           /* waits that have ended */
	_Atomic uint64_t turns[TURN_STEPS]; /* from a wait to the next */
	_Atomic uint64_t longest_us;        /* turn of all */
};

#endif
