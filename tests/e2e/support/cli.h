/*
 * One command of the program against a simulator: run, ended with the status
 * that was expected, and looked through for secrets. Whatever is printed by
 * any run, the key and the UserSig are not in it.
 */
#ifndef BANTOP_TESTS_E2E_CLI_H
#define BANTOP_TESTS_E2E_CLI_H

#include "e2e/support/args.h"
#include "e2e/support/home.h"
#include "e2e/support/run.h"
#include "e2e/support/sim.h"

enum { CLI_KEY_MAX = 128 };

#define CLI_GROUP "@TGS#aDEMO00001"

struct cli {
	const struct home *home;
	struct sim sim;
	struct run run; /* the last one */
	char key[CLI_KEY_MAX];
};

/** @param options of the simulator, ended by NULL; or NULL. */
void cli_open(struct cli *cli, void **state, const char *const *options);
/** A simulator with so many members and one fault. */
void cli_open_fault(struct cli *cli, void **state, const char *members,
    const char *fault);
/** Without a simulator. */
void cli_open_alone(struct cli *cli, void **state);
void cli_close(struct cli *cli);

/** `bantop WORDS` and how to reach the simulator; fails the test unless it
 *  ends with @p status. @param words ended by NULL. */
void cli_run(struct cli *cli, const char *const *words, int status);
/** The same, with nothing but @p words, and an environment on top. */
void cli_run_bare(struct cli *cli, const char *const *words,
    const char *const *environment, int status);
/** Starts `bantop WORDS` as cli_run() does. */
void cli_start(struct cli *cli, const char *const *words);
/** Waits for the end of what was started. */
void cli_finish(struct cli *cli, int status);

/** Fail the test unless the last run printed, or said, @p text. */
void cli_check_printed(const struct cli *cli, const char *text);
void cli_check_said(const struct cli *cli, const char *text);
void cli_check_not_said(const struct cli *cli, const char *text);
/** Fails the test unless each line of standard error begins with "bantop: ",
 *  and is one of plain text. */
void cli_check_messages(const struct cli *cli);
/** Fails the test if the key or a UserSig stands in @p text. */
void cli_check_no_secret(const struct cli *cli, const char *text);

/** Writes a body for the fault `body:FILE`, and that fault into @p fault. */
void cli_write_body(const struct cli *cli, const char *where, const char *body,
    char fault[2 * HOME_PATH_MAX]);

/** Writes a UserSig of the simulator's application for @p account into a file
 *  of that name, that ends so many seconds from now. */
void cli_write_usersig(const struct cli *cli, const char *name,
    const char *account, int64_t left_s);

#endif
