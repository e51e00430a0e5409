#include "e2e/support/cli.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/api/usersig.h"
#include "bantop/base/clock.h"
#include "bantop/base/file.h"

/* A UserSig is longer than any other run of its characters. */
enum { USERSIG_RUN_MIN = 60 };

static const char usersig_characters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-_";

static void
read_key(struct cli *cli)
{
	struct buf key;
	struct err err;

	buf_init(&key, sizeof(cli->key) - 1);
	if (!file_read(cli->sim.key_file, &key, &err))
		fail_msg("%s", err.text);
	(void)snprintf(cli->key, sizeof(cli->key), "%.*s",
	    (int)strcspn(buf_text(&key), "\n"), buf_text(&key));
	assert_true(strlen(cli->key) >= 16);
	buf_release(&key);
}

void
cli_open(struct cli *cli, void **state, const char *const *options)
{
	cli_open_alone(cli, state);
	sim_start(&cli->sim, cli->home, options);
	read_key(cli);
}

void
cli_open_fault(struct cli *cli, void **state, const char *members,
    const char *fault)
{
	const char *const options[] = { "--members", members, "--rate", "0",
		"--fault", fault, NULL };

	cli_open(cli, state, options);
}

void
cli_open_alone(struct cli *cli, void **state)
{
	memset(cli, 0, sizeof(*cli));
	cli->home = *state;
}

void
cli_close(struct cli *cli)
{
	sim_stop(&cli->sim);
	run_release(&cli->run);
}

void
cli_check_no_secret(const struct cli *cli, const char *text)
{
	size_t run;

	if (cli->key[0] != '\0' && strstr(text, cli->key) != NULL)
		fail_msg("the key is in: %s", text);
	for (; *text != '\0'; text += run == 0 ? 1 : run) {
		run = strspn(text, usersig_characters);
		if (run >= USERSIG_RUN_MIN && strncmp(text, "eJ", 2) == 0)
			fail_msg("a UserSig is in: %s", text);
	}
}

static void
check_end(const struct cli *cli, int got, int status)
{
	cli_check_no_secret(cli, run_output(&cli->run));
	cli_check_no_secret(cli, run_error(&cli->run));
	cli_check_messages(cli);
	if (got != status)
		fail_msg("status %d, expected %d: %.2000s", got, status,
		    run_error(&cli->run));
}

static void
make_args(const struct cli *cli, const char *const *words, struct args *args)
{
	args_init(args, "bantop");
	if (cli->sim.log == NULL) {
		args_add_all(args, words);
		return;
	}
	/* Options stand before the words too: one of these may be "--". */
	sim_add_args(&cli->sim, args);
	args_add_all(args, words);
}

void
cli_start(struct cli *cli, const char *const *words)
{
	struct run_options options = { 0 };
	struct args args;

	run_release(&cli->run);
	make_args(cli, words, &args);
	options.argv = args.list;
	run_start(&cli->run, cli->home, &options);
}

void
cli_finish(struct cli *cli, int status)
{
	check_end(cli, run_finish(&cli->run), status);
}

void
cli_run(struct cli *cli, const char *const *words, int status)
{
	cli_start(cli, words);
	cli_finish(cli, status);
}

void
cli_run_bare(struct cli *cli, const char *const *words,
    const char *const *environment, int status)
{
	struct args args;
	int got;

	run_release(&cli->run);
	args_init(&args, "bantop");
	args_add_all(&args, words);
	got = run_program(&cli->run, cli->home, args.list, environment);
	check_end(cli, got, status);
}

void
cli_check_printed(const struct cli *cli, const char *text)
{
	if (strstr(run_output(&cli->run), text) == NULL)
		fail_msg("\"%s\" is not printed: %.2000s", text,
		    run_output(&cli->run));
}

void
cli_check_said(const struct cli *cli, const char *text)
{
	if (strstr(run_error(&cli->run), text) == NULL)
		fail_msg("\"%s\" is not said: %.2000s", text,
		    run_error(&cli->run));
}

void
cli_check_not_said(const struct cli *cli, const char *text)
{
	if (strstr(run_error(&cli->run), text) != NULL)
		fail_msg("\"%s\" is said: %.2000s", text, run_error(&cli->run));
}

void
cli_check_messages(const struct cli *cli)
{
	const char *line = run_error(&cli->run);
	const char *at;

	while (*line != '\0') {
		if (strncmp(line, "bantop: ", 8) != 0)
			fail_msg("no message: %.300s", line);
		for (at = line; *at != '\n'; at++) {
			if ((unsigned char)*at < ' ' || *at == 0x7f)
				fail_msg("a control byte: %.300s", line);
		}
		line = at + 1;
	}
}

void
cli_write_body(const struct cli *cli, const char *where, const char *body,
    char fault[2 * HOME_PATH_MAX])
{
	char path[HOME_PATH_MAX];

	home_write_text(cli->home, "reply.body", body);
	home_path(cli->home, "reply.body", path);
	(void)snprintf(fault, 2 * HOME_PATH_MAX, "body:%s%s", path, where);
}

void
cli_write_usersig(const struct cli *cli, const char *name, const char *account,
    int64_t left_s)
{
	/* Signed an hour before, so that it can be over already. */
	struct usersig_claims claims = {
		.app_id = (uint32_t)strtoul(cli->sim.app_id, NULL, 10),
		.made_at = clock_wall_s(clock_system()) - USERSIG_LIFE_S,
		.life_s = left_s + USERSIG_LIFE_S,
	};
	struct buf usersig;
	struct err err;

	(void)snprintf(claims.account, sizeof(claims.account), "%s", account);
	buf_init(&usersig, USERSIG_TEXT_MAX);
	if (!usersig_make(&claims, cli->key, strlen(cli->key), &usersig, &err))
		fail_msg("%s", err.text);
	home_write(cli->home, name, usersig.data, usersig.len);
	buf_release(&usersig);
}
