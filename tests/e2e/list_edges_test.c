/*
 * What is wrong on this side reaches no server; and what bantop list leaves
 * behind when it writes files, is interrupted, or nobody reads it any more.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/listing.h"

static const char command[] = "get_group_ban_member";

/* -- refused before any request -------------------------------------------- */

struct refusal {
	const char *option;
	const char *value;
	int status;
	const char *said;
};

static void
what_is_wrong_here_reaches_nobody(void **state)
{
	static const struct refusal refusals[] = {
		{ "--group", "", 2, "group" },
		{ "--group", " x", 2, "group" },
		{ "--group", "x ", 2, "group" },
		{ "--group", "a\tb", 2, "group" },
		{ "--group", "gr\xc3\xbcn", 2, "group" },
		{ "--region", "mars", 2, "mars" },
		{ "--page-size", "0", 2, "page-size" },
		{ "--page-size", "101", 2, "page-size" },
		{ "--page-size", "1e2", 2, "page-size" },
		{ "--rate", "201", 2, "rate" },
		{ "--offset", "-1", 2, "offset" },
		{ "--app-id", "0", 2, "app-id" },
		{ "--app-id", "4294967296", 2, "app-id" },
		{ "--timeout", "301", 2, "timeout" },
		{ "--format", "xml", 2, "xml" },
		{ "--sort", "colour", 2, "sort" },
		{ "--endpoint", "http://127.0.0.1/", 2, "https" },
		{ "--endpoint", "https://u:p@127.0.0.1/", 2, "endpoint" },
		{ "--cacert", "/nonexistent/ca.pem", 2, "ca.pem" },
		{ "--cacert", "/dev/null", 2, "/dev/null" },
		{ "--no-such-option", NULL, 2, "no-such-option" },
	};
	struct rig rig;
	size_t i;

	rig_open(&rig, state, "5", NULL);
	for (i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		const char *more[] = { refusals[i].option, refusals[i].value,
			NULL };

		print_message("%s %s\n", more[0],
		    more[1] == NULL ? "" : more[1]);
		rig_list(&rig, more, refusals[i].status);
		rig_check_said(&rig, refusals[i].said);
		assert_string_equal(run_output(&rig.run), "");
	}
	assert_int_equal(sim_request_count(&rig.sim), 0);
	rig_close(&rig);
}

static void
a_group_id_has_96_bytes_at_most(void **state)
{
	char id[98];
	const char *more[] = { "--group", id, NULL };
	struct rig rig;

	memset(id, 'g', sizeof(id));
	id[97] = '\0';
	rig_open(&rig, state, "5", NULL);
	rig_list(&rig, more, 2);
	assert_int_equal(sim_request_count(&rig.sim), 0);
	id[96] = '\0';
	rig_list(&rig, more, 5); /* there is no such group: it was asked */
	assert_int_equal(sim_request_count(&rig.sim), 1);
	rig_close(&rig);
}

/* Everything but the credential. */
static void
check_credential(struct rig *rig, const char *option, const char *path,
    const char *said)
{
	const char *more[] = { "--endpoint", rig->sim.url, "--cacert",
		rig->sim.cacert, "--app-id", rig->sim.app_id, "--admin",
		rig->sim.admin, option, path, NULL };

	rig_list_bare(rig, more, 6);
	rig_check_said(rig, said);
	assert_string_equal(run_output(&rig->run), "");
	assert_null(strstr(run_error(&rig->run), "0123456789"));
	assert_int_equal(sim_request_count(&rig->sim), 0);
}

static void
a_credential_that_is_none_reaches_nobody(void **state)
{
	char path[HOME_PATH_MAX];
	struct rig rig;

	rig_open(&rig, state, "5", NULL);
	check_credential(&rig, "--secret-key-file", "/nonexistent/key",
	    "/nonexistent");
	home_path(rig.home, "secret", path);
	home_write_text(rig.home, "secret", "");
	check_credential(&rig, "--secret-key-file", path, path);
	home_write_text(rig.home, "secret", "0123456789abcdef\n");
	check_credential(&rig, "--usersig-file", path, "UserSig");
	assert_int_equal(chmod(path, 0640), 0);
	check_credential(&rig, "--secret-key-file", path, "chmod");
	check_credential(&rig, "--usersig-file", path, "chmod");
	rig_close(&rig);
}

/* -- files and signals ----------------------------------------------------- */

static void
a_file_is_written_whole_and_private(void **state)
{
	char path[HOME_PATH_MAX], link[HOME_PATH_MAX];
	const char *more[] = { "-o", path, NULL, NULL };
	struct stat status;
	struct rig rig;

	rig_open(&rig, state, "137", NULL);
	home_path(rig.home, "bans.tsv", path);
	home_path(rig.home, "link.tsv", link);
	rig_list(&rig, more, 0);
	assert_string_equal(run_output(&rig.run), "");
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	rig_list(&rig, more, 2); /* it is there */
	more[2] = "--force";
	rig_list(&rig, more, 0);
	assert_int_equal(symlink(path, link), 0);
	more[1] = link;
	rig_list(&rig, more, 2);
	rig_close(&rig);
}

static void
a_file_that_is_not_whole_is_left_under_another_name(void **state)
{
	char path[HOME_PATH_MAX], partial[HOME_PATH_MAX];
	const char *more[] = { "-o", path, NULL };
	struct rig rig;

	rig_open_fault(&rig, state, "350", "loop");
	home_path(rig.home, "cut.tsv", path);
	home_path(rig.home, "cut.tsv.partial", partial);
	rig_list(&rig, more, 3);
	rig_check_said(&rig, ".partial");
	assert_int_equal(access(partial, R_OK), 0);
	assert_int_not_equal(access(path, F_OK), 0);
	rig_close(&rig);
}

/* Starts a walk that stays at its third page. */
static void
start_endless_walk(struct rig *rig, void **state)
{
	struct run_options options = { 0 };
	struct args args;

	rig_open_fault(rig, state, "350", "hang@3");
	rig_begin_args(rig, &args);
	args_add_two(&args, "--timeout", "300");
	options.argv = args.list;
	run_start(&rig->run, rig->home, &options);
	sim_wait_count(&rig->sim, command, 200, 1);
}

static void
an_interrupt_keeps_the_rows(void **state)
{
	struct rig rig;

	start_endless_walk(&rig, state);
	child_signal(&rig.run.child, SIGINT);
	assert_int_equal(run_finish(&rig.run), 130);
	rig_check_said(&rig, "--offset 200");
	rig_read_tsv(&rig);
	assert_int_equal(listing_lines(&rig.got), 200);
	listing_compare_beginning(&rig.got, &rig.want);
	rig_close(&rig);
}

static void
a_termination_is_died_of(void **state)
{
	struct rig rig;

	start_endless_walk(&rig, state);
	child_signal(&rig.run.child, SIGTERM);
	assert_int_equal(run_finish(&rig.run), -1);
	assert_int_equal(rig.run.child.signal, SIGTERM);
	rig_close(&rig);
}

static void
a_reader_that_goes_ends_it_quietly(void **state)
{
	static const char *const more[] = { "--rate", "200", NULL };
	struct run_options options = { 0 };
	struct args args;
	struct rig rig;

	rig_open(&rig, state, "25000", NULL);
	rig_begin_args(&rig, &args);
	args_add_all(&args, more);
	options.argv = args.list;
	run_start(&rig.run, rig.home, &options);
	run_wait_output(&rig.run, "\n");
	run_close_output(&rig.run);
	assert_int_equal(run_finish(&rig.run), -1);
	assert_int_equal(rig.run.child.signal, SIGPIPE);
	assert_string_equal(run_error(&rig.run), "");
	rig_close(&rig);
}

static void
a_full_disk_is_said(void **state)
{
	struct run_options options = { 0 };
	struct args args;
	struct rig rig;

	rig_open(&rig, state, "5", NULL);
	rig_begin_args(&rig, &args);
	options.argv = args.list;
	options.output_fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	assert_true(options.output_fd > 0);
	run_start(&rig.run, rig.home, &options);
	assert_int_equal(close(options.output_fd), 0);
	assert_int_equal(run_finish(&rig.run), 2);
	rig_check_said(&rig, "bantop: ");
	rig_close(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_wrong_here_reaches_nobody),
		cmocka_unit_test(a_group_id_has_96_bytes_at_most),
		cmocka_unit_test(a_credential_that_is_none_reaches_nobody),
		cmocka_unit_test(a_file_is_written_whole_and_private),
		cmocka_unit_test(
		    a_file_that_is_not_whole_is_left_under_another_name),
		cmocka_unit_test(an_interrupt_keeps_the_rows),
		cmocka_unit_test(a_termination_is_died_of),
		cmocka_unit_test(a_reader_that_goes_ends_it_quietly),
		cmocka_unit_test(a_full_disk_is_said),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
