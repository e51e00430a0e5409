/*
 * Ways out of restricted mode that somebody at the keys, or on the other end
 * of sshd, would try. After each the files are as they were, nothing was
 * started, and nothing was asked for but the one group.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/file.h"
#include "e2e/support/story.h"
#include "e2e/support/tree.h"

enum { TEXT_MAX = 65536, WATCH_MS = 60 };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* -- the stage ------------------------------------------------------------- */

/* In a folder of the user's own, so that what is made by a bare name lands
 * there; with files in it that something might take for its own. */
static void
begin(struct story *story, const char *const *environment)
{
	static const char script[] = "cd \"$1\" || exit; shift; exec \"$@\"";
	struct term_options term = {
		.rows = 24, .cols = 80, .environment = environment
	};
	struct args *args = &story->args;

	term_release(&story->term);
	args_init(args, "bantop");
	args->list[0] = "/bin/sh";
	args_add_two(args, "-c", script);
	args_add_two(args, "sh", story->home.dir);
	args_add(args, args->program);
	sim_add_args(&story->sim, args);
	args_add_two(args, "--restricted", "--group=" STORY_GROUP);
	term.argv = args->list;
	term_start(&story->term, &story->home, &term);
}

static void
open_stage(struct story *story)
{
	static const char *const sim[] = { "--members", "30", "--groups", "3",
		"--now", STORY_FAR, NULL };
	static const char *const lures[] = { "bantop.conf", ".bantoprc",
		".netrc", ".curlrc", "openssl.cnf", ".inputrc", ".terminfo/x/x",
		".ssh/environment", "config/bantop/bantop.conf",
		"config/bantop/themes/default.theme" };

	sim_start(&story->sim, &story->home, sim);
	for (size_t i = 0; i < COUNT(lures); i++)
		home_write_text(&story->home, lures[i], "canary = canary\n");
}

static bool
read_proc(const struct story *story, const char *name, struct buf *out)
{
	struct err err = { .kind = ERR_NONE };
	long pid = (long)story->term.child.pid;
	char path[96];
	int fd;

	(void)snprintf(path, sizeof(path), "/proc/%ld/%s", pid, name);
	buf_init(out, TEXT_MAX);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		assert_int_equal(errno, EACCES);
		print_message("%s: not root: not looked at\n", name);
		return false;
	}
	if (!file_read_fd(fd, path, out, &err))
		fail_msg("%s", err.text);
	(void)close(fd);
	return true;
}

static void
expect_no_child(const struct story *story)
{
	struct buf children;
	char name[64];

	(void)snprintf(name, sizeof(name), "task/%ld/children",
	    (long)story->term.child.pid);
	if (read_proc(story, name, &children))
		assert_string_equal(buf_text(&children), "");
	buf_release(&children);
}

static void
expect_one_group(const struct story *story)
{
	struct sim_request request;

	for (size_t i = 0; i < sim_request_count(&story->sim); i++) {
		sim_request_at(&story->sim, i, &request);
		assert_true(request.group[0] == '\0' ||
		    strcmp(request.group, STORY_GROUP) == 0);
		assert_string_not_equal(request.command,
		    "get_appid_group_list");
	}
}

/* -- the environment ------------------------------------------------------- */

static const char *const variables[] = {
	"BASH_ENV=canary",
	"ENV=canary",
	"CURL_HOME=canary",
	"CURL_CA_BUNDLE=/canary",
	"ALL_PROXY=http://canary.invalid",
	"HTTPS_PROXY=http://canary.invalid",
	"NO_PROXY=canary",
	"SSL_CERT_FILE=/canary",
	"SSL_CERT_DIR=/canary",
	"SSLKEYLOGFILE=canary",
	"OPENSSL_CONF=canary",
	"OPENSSL_MODULES=/canary",
	"OPENSSL_ENGINES=/canary",
	"RANDFILE=canary",
	"HOSTALIASES=canary",
	"LOCALDOMAIN=canary.invalid",
	"RES_OPTIONS=debug canary",
	"GCONV_PATH=/canary",
	"LOCPATH=/canary",
	"NLSPATH=/canary/%N",
	"LANGUAGE=canary",
	"TERMINFO=/canary",
	"TERMINFO_DIRS=/canary",
	"TERMCAP=canary:tc=canary:",
	"TERMPATH=/canary",
	"XDG_RUNTIME_DIR=/canary",
	"XDG_DATA_HOME=/canary",
	"TMPDIR=/canary",
	"TMUX=/canary,1,1",
	"STY=canary",
	"EDITOR=touch canary",
	"PAGER=touch canary",
	"SHELL=/canary",
	"SSH_AUTH_SOCK=/canary",
	"BANTOP_THEMES=/canary",
	"SSH_ORIGINAL_COMMAND=$(touch canary); `touch canary`",
	NULL,
};

static void
no_variable_is_left_of_what_was_handed_over(void **state)
{
	struct story *story = *state;
	struct buf left;
	char *before;

	open_stage(story);
	before = tree_take(story->home.dir);
	begin(story, variables);
	story_wait(story, "30 loaded, complete");
	if (read_proc(story, "environ", &left)) {
		for (size_t i = 0; i < left.len; i++)
			assert_true(strncmp(left.data + i, "canary", 6) != 0 ||
			    i + 6 > left.len);
	}
	buf_release(&left);
	story_quit(story);
	tree_expect(story->home.dir, before);
	assert_null(strstr(buf_text(&story->term.raw), "canary"));
}

/* sshd hands these on: their values are the user's to choose. */
static void
the_variables_that_are_kept_are_names_and_no_paths(void **state)
{
	static const struct {
		const char *variable;
		bool shown; /* else the terminal is refused */
	} cases[] = {
		{ "TERM=../../tmp/x", false },
		{ "TERM=/tmp/x", false },
		{ "TERM=.terminfo", false },
		{ "TERM=x\ny", false },
		{ "TERM=", false },
		{ "TERM=x", true }, /* there is one in the home */
		{ "TERM=$(touch canary)", false },
		{ "LC_ALL=../../tmp/x", true },
		{ "LANG=/tmp/x", true },
		{ "LC_MESSAGES=;touch canary", true },
		{ "LC_CANARY=canary", true },
		{ "TZ=:/etc/passwd", true },
		{ "TZ=../../etc/passwd", true },
		{ "TZ=/etc/passwd", true },
	};
	struct story *story = *state;
	char *before;

	open_stage(story);
	before = tree_take(story->home.dir);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *environment[] = { cases[i].variable, NULL };

		print_message("%s\n", cases[i].variable);
		begin(story, environment);
		if (cases[i].shown) {
			story_wait(story, "30 loaded, complete");
			story_quit(story);
		} else {
			story_expect_exit(story, 2);
		}
		assert_null(strstr(buf_text(&story->term.raw), "root:"));
	}
	tree_expect(story->home.dir, before);
}

/* -- the keys -------------------------------------------------------------- */

/* A program of its own for each try, so that none stands in another's way. */
static void
begin_try(struct story *story, const char *keys)
{
	print_message("%s\n", keys);
	begin(story, NULL);
	story_wait(story, "30 loaded, complete");
}

static void
end_try(struct story *story)
{
	term_watch_ms(&story->term, WATCH_MS);
	assert_false(child_has_ended(&story->term.child));
	expect_no_child(story);
	child_signal(&story->term.child, SIGTERM);
	assert_int_equal(term_wait_exit(&story->term), -1);
}

static void
no_key_makes_a_file_or_starts_anything(void **state)
{
	static const char *const tries[] = { "w\r", "wcanary\r", ":write\r",
		":write canary\r", ":!sh\r", ":!touch canary\r", ":suspend\r",
		":type_id\r", ":fetch_groups\r", ":shell\r", "!sh\r", "|sh\r",
		"/$(touch canary)\r", "&`touch canary`\r", "&re:(a*)*b\r",
		"&re:((((\r", "/../../../etc/passwd\r", "ayY", "YYy", "P",
		"TTT", "*x", "!\ry", "e\r", "D", "s", "-", "123", "RAr", "dn",
		"qi@TGS#other\r", "qR", "q/x\r", "q:fetch_groups\r", "qx", "q*",
		"qqi", "qq/sgp\r", "qq\ri" };
	struct story *story = *state;
	char *before;

	open_stage(story);
	before = tree_take(story->home.dir);
	for (size_t i = 0; i < COUNT(tries); i++) {
		begin_try(story, tries[i]);
		story_type(story, tries[i]);
		story_control(story, 'z');
		end_try(story);
	}
	tree_expect(story->home.dir, before);
	expect_one_group(story);
}

static void
no_paste_acts(void **state)
{
	static const char *const pastes[] = { "w\rcanary\r", ":write\r",
		"\x1b[201~:write\r", "\x1b[201~\x1aw\r", "QQQ",
		"\x1b[201~\x03\x03" };
	struct story *story = *state;
	char *before;

	open_stage(story);
	before = tree_take(story->home.dir);
	for (size_t i = 0; i < COUNT(pastes); i++) {
		begin_try(story, "(a paste)");
		term_paste(&story->term, pastes[i]);
		end_try(story);
	}
	tree_expect(story->home.dir, before);
	expect_one_group(story);
}

static void
a_crash_leaves_no_file(void **state)
{
	static const int faults[] = { SIGSEGV, SIGABRT, SIGQUIT, SIGXCPU };
	struct story *story = *state;
	char *before;

	open_stage(story);
	before = tree_take(story->home.dir);
	for (size_t i = 0; i < COUNT(faults); i++) {
		begin(story, NULL);
		story_wait(story, "30 loaded, complete");
		child_signal(&story->term.child, faults[i]);
		assert_int_equal(term_wait_exit(&story->term), -1);
		assert_int_equal(story->term.child.signal, faults[i]);
	}
	tree_expect(story->home.dir, before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(no_variable_is_left_of_what_was_handed_over),
		STORY(the_variables_that_are_kept_are_names_and_no_paths),
		STORY(no_key_makes_a_file_or_starts_anything),
		STORY(no_paste_acts),
		STORY(a_crash_leaves_no_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
