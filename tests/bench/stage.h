/*
 * The stage of a measurement: the bundled simulator, and bantop on a
 * pseudo-terminal with the shim in it. Whatever cannot be had ends the bench.
 */
#ifndef BANTOP_TESTS_BENCH_STAGE_H
#define BANTOP_TESTS_BENCH_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "bench/counts.h"

enum { STAGE_TEXT_MAX = 512, STAGE_ARGS_MAX = 48 };
/* What is read at once, and kept of the read before. */
enum { STAGE_READ_MAX = 65536, STAGE_KEPT_MAX = 64 };

#define STAGE_GROUP "@TGS#aDEMO00001"

/** Ends the bench with a message. */
_Noreturn void stage_fail(const char *what);
/** Monotonic time. */
int64_t stage_now_us(void);

struct stage_sim {
	pid_t pid;
	int input_fd; /* it leaves when this is closed */
	char url[STAGE_TEXT_MAX];
	char cacert[STAGE_TEXT_MAX];
	char admin[STAGE_TEXT_MAX];
	char key_file[STAGE_TEXT_MAX];
	char app_id[16];
};

/** @param options ended by NULL. Its request log goes to @p log, NULL: away. */
void stage_sim_start(struct stage_sim *sim, const char *program,
    const char *const *options, const char *log);
void stage_sim_stop(struct stage_sim *sim);

/* A command line; its texts are borrowed. */
struct stage_args {
	const char *list[STAGE_ARGS_MAX];
	size_t count;
};

void stage_add(struct stage_args *args, const char *arg);
/** How to reach @p sim, without state. */
void stage_add_sim(struct stage_args *args, const struct stage_sim *sim);

/* A program on a terminal. */
struct stage_term {
	pid_t pid;
	int fd;
	struct counts *counts; /* of the shim; all 0 without it */
	char counts_path[STAGE_TEXT_MAX];
	uint64_t bytes;  /* read so far */
	uint64_t bursts; /* in which they came, with a pause between */
	int64_t last_us; /* when the last one came */
	/* The last read, behind the end of the one before. */
	char seen[STAGE_KEPT_MAX + STAGE_READ_MAX + 1];
	size_t seen_len;
};

/** @param shim path of it, or NULL for none. */
void stage_term_start(struct stage_term *term, const struct stage_args *args,
    const char *shim, int rows, int cols);
void stage_term_send(struct stage_term *term, const char *keys);
/** Reads until nothing has come for @p quiet_ms. */
void stage_term_settle(struct stage_term *term, int quiet_ms);
/** Reads until the first byte after @p bytes, at most @p most_ms. */
bool stage_term_wait_bytes(struct stage_term *term, uint64_t bytes,
    int most_ms);
/** Reads until @p text has come (across two reads too), at most @p most_ms. */
bool stage_term_wait_text(struct stage_term *term, const char *text,
    int most_ms);
/** Reads for so long, whatever comes. */
void stage_term_drain(struct stage_term *term, int ms);
/** Reads until the program has ended. @return its exit status, or -1. */
int stage_term_end(struct stage_term *term);

/** User and system time of a process so far, in ms. */
int64_t stage_cpu_ms(pid_t pid);
/** Resident memory of a process, in KiB. */
int64_t stage_resident_kib(pid_t pid);

#endif
