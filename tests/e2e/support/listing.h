/*
 * What `bantop list` should print and what it did print, both as lines
 * "ACCOUNT<TAB>BANNED_UNTIL", so that they are compared as text.
 */
#ifndef BANTOP_TESTS_E2E_LISTING_H
#define BANTOP_TESTS_E2E_LISTING_H

#include "bantop/base/buf.h"
#include "e2e/support/home.h"
#include "e2e/support/run.h"
#include "e2e/support/sim.h"
#include "e2e/support/tls_server.h"

enum { LISTING_MAX = 64 * 1024 * 1024 };

/* The simulator's first group, and a moment that its bans end after: the same
 * data then comes from every start. */
#define LISTING_GROUP "@TGS#aDEMO00001"
#define LISTING_NOW "1700000000"

/** Appends what the simulator says it has, asked with these options of
 *  --members, --seed and --now. */
void listing_expect(const struct home *home, const char *const *options,
    struct buf *out);
/** Appends the first two fields of each line of @p tsv behind the header;
 *  fails the test if the header is not the agreed one, or if a line has not
 *  five fields. */
void listing_read_tsv(const char *tsv, struct buf *out);
/** Fails the test at the first line that differs. */
void listing_compare(const struct buf *got, const struct buf *want);
/** As compare, but @p got may end early, behind a whole line. */
void listing_compare_beginning(const struct buf *got, const struct buf *want);
size_t listing_lines(const struct buf *listing);

/* A simulator with so many members, what it has, and a run of the command. */
struct rig {
	const struct home *home;
	struct sim sim;
	struct run run;
	struct buf want;
	struct buf got; /* the rows of the last run, in tsv */
};

/** @param faults of the simulator, ended by NULL; NULL for none. */
void rig_open(struct rig *rig, void **state, const char *members,
    const char *const *faults);
void rig_open_fault(struct rig *rig, void **state, const char *members,
    const char *fault);
/** In front of a server of the test's own, which it stops. */
void rig_open_server(struct rig *rig, void **state,
    const struct tls_server *server);
void rig_close(struct rig *rig);

/** The command line up to the options of the test: program, list, group and
 *  simulator. */
void rig_begin_args(const struct rig *rig, struct args *args);
/** Runs `bantop list` on LISTING_GROUP; fails the test unless it ends with
 *  @p status. @param more further options, ended by NULL; NULL for none. */
void rig_list(struct rig *rig, const char *const *more, int status);
/** The same, with nothing but @p more behind the group. */
void rig_list_bare(struct rig *rig, const char *const *more, int status);
/** Reads the rows of the last run into rig->got. */
void rig_read_tsv(struct rig *rig);
/** Fails the test unless standard error holds @p text. */
void rig_check_said(const struct rig *rig, const char *text);

#endif
