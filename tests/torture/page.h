/*
 * What the harness tells the shim and what the shim answers: one page of memory
 * that both have, a file by its path in an environment variable. The file
 * begins as zeroes.
 */
#ifndef BANTOP_TESTS_TORTURE_PAGE_H
#define BANTOP_TESTS_TORTURE_PAGE_H

#include <stdatomic.h>
#include <stdint.h>

/* The variable with the path of the file. */
#define TORTURE_PAGE "BANTOP_TORTURE"

/* Each stands for the family: an allocation is malloc, calloc or realloc, a
 * read also recv and pread, an open also pipe and fopen, a rename also link. */
enum torture_call {
	TORTURE_ALLOC,
	TORTURE_READ,
	TORTURE_WRITE,
	TORTURE_OPEN,
	TORTURE_FSYNC,
	TORTURE_RENAME,
	TORTURE_SOCKET,
	TORTURE_CONNECT,
	TORTURE_POLL,
	TORTURE_CALLS,
};

enum {
	TORTURE_SHORT = -1, /* in the place of an errno: one byte is moved */
	TORTURE_FIT = -2,   /* the errno that fits the descriptor's kind */
	TORTURE_PATH_MAX = 512,
	TORTURE_WAY_MAX = 2048,
	TORTURE_WAYS_MAX = 1 << 18,
};

struct torture_page {
	/* told */
	uint32_t call;   /* enum torture_call */
	uint64_t nth;    /* from 1 on; 0: none fails */
	int32_t code;    /* errno, or one of the above */
	uint32_t lasts;  /* also every one behind the n-th */
	uint32_t speed;  /* how much faster time passes; 0: as it does */
	uint32_t noting; /* note the way that each allocation came */
	char bundle[TORTURE_PATH_MAX]; /* the authorities of the system */
	/* answered */
	_Atomic uint64_t counts[TORTURE_CALLS];
	_Atomic uint32_t fired;
	_Atomic uint32_t crash;          /* the signal */
	_Atomic int32_t descriptors;     /* open at the end; 0: not known */
	int32_t fired_fd;                /* -1: the call has none */
	uint32_t fired_mode;             /* as st_mode */
	char fired_way[TORTURE_WAY_MAX]; /* who called, the innermost first */
	char crash_way[TORTURE_WAY_MAX];
	uint64_t ways[TORTURE_WAYS_MAX]; /* of the allocations, in turn */
};

#endif
