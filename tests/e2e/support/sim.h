/*
 * The bundled simulator as the other side of a story: where it is, and what
 * it was asked. Its request log is read by a thread of its own, so that it
 * never waits for the test, and the test waits for requests without asking
 * again and again.
 */
#ifndef BANTOP_TESTS_E2E_SIM_H
#define BANTOP_TESTS_E2E_SIM_H

#include "e2e/support/args.h"
#include "e2e/support/child.h"
#include "e2e/support/home.h"

enum { SIM_WORD_MAX = 64, SIM_GROUP_MAX = 128 };

/* One line of its log. Numbers are -1 where it says null. */
struct sim_request {
	char method[16];
	char command[SIM_WORD_MAX];
	char group[SIM_GROUP_MAX]; /* "" where it says null */
	char fault[SIM_WORD_MAX];  /* "" where it says null */
	int64_t number;
	int64_t at_ms;
	int64_t offset;
	int64_t limit;
	int64_t page;
	int64_t rows;
	int64_t next;
	int64_t code;
	int64_t http;
	int64_t open;       /* calls under way, this one too */
	int64_t connection; /* its number */
};

struct sim_log;

struct sim {
	struct child child;
	int input_fd; /* its standard input: it ends when this is closed */
	int news_fd;  /* readable when a request has come; for a wait */
	struct sim_log *log;
	char url[HOME_PATH_MAX];
	char cacert[HOME_PATH_MAX];
	char admin[SIM_WORD_MAX];
	char key_file[HOME_PATH_MAX];
	char app_id[16];
};

/** @param options of bantop-sim, ended by NULL; or NULL. Fails the test if it
 *         does not say where it is. */
void sim_start(struct sim *sim, const struct home *home,
    const char *const *options);
/** Ends it and waits for it. Takes a zeroed one too. */
void sim_stop(struct sim *sim);

/** @return how many requests it has had; a malformed line fails the test. */
size_t sim_request_count(const struct sim *sim);
/** @param index below sim_request_count(). */
void sim_request_at(const struct sim *sim, size_t index,
    struct sim_request *out);

/** @param command NULL: any. @param offset -1: any. */
size_t sim_count(const struct sim *sim, const char *command, int64_t offset);
/** Waits until sim_count() is at least @p count; fails the test at the
 *  deadline. */
void sim_wait_count(const struct sim *sim, const char *command, int64_t offset,
    size_t count);

/** How to reach @p sim, and no state: borrowed as long as @p args. */
void sim_add_args(const struct sim *sim, struct args *args);
/** Without its certificate, and with what state there is. */
void sim_add_untrusted_args(const struct sim *sim, struct args *args);

#endif
