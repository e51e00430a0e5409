/*
 * The secret key and the UserSig are canaries: whichever way they came in and
 * whatever went wrong afterwards, they are nowhere to be seen.
 */
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/api/usersig.h"
#include "bantop/base/clock.h"
#include "bantop/base/file.h"
#include "bantop/base/num.h"
#include "e2e/support/run.h"
#include "e2e/support/story.h"

enum { WHOLE_MAX = 16 * 1024 * 1024, PART = 16, RUN_MIN = 60 };

/* What must not be seen; the hunt through a home has no other way to it. */
static struct {
	char key[USERSIG_KEY_MAX];
	struct buf usersig; /* "" for none that is known */
	char key_file[HOME_PATH_MAX];
} canary;

/* -- the hunt -------------------------------------------------------------- */

static bool
is_base64(char byte)
{
	return strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	              "0123456789*-_",
	           byte) != NULL &&
	    byte != '\0';
}

/* Every UserSig is packed by zlib, whose first bytes are one of four. */
static bool
has_usersig(const char *bytes, size_t len)
{
	size_t run = 0;

	for (size_t i = 0; i < len; i++) {
		run = is_base64(bytes[i]) ? run + 1 : 0;
		if (run == RUN_MIN && bytes[i + 1 - RUN_MIN] == 'e' &&
		    strchr("AFJN", bytes[i + 2 - RUN_MIN]) != NULL)
			return true;
	}
	return false;
}

static bool
holds(const char *bytes, size_t len, const char *text, size_t text_len)
{
	for (size_t i = 0; text_len > 0 && i + text_len <= len; i++) {
		if (memcmp(bytes + i, text, text_len) == 0)
			return true;
	}
	return false;
}

/* Parts count too: a screen cuts what is long. */
static void
hunt(const char *where, const char *bytes, size_t len)
{
	for (size_t at = 0; at + PART <= strlen(canary.key); at += PART) {
		if (holds(bytes, len, canary.key + at, PART))
			fail_msg("the key is in %s", where);
	}
	if (has_usersig(bytes, len) ||
	    holds(bytes, len, buf_text(&canary.usersig),
	        canary.usersig.len > PART ? PART : 0))
		fail_msg("a UserSig is in %s", where);
}

static void
hunt_file(const char *path)
{
	struct err err = { .kind = ERR_NONE };
	struct buf bytes;
	int fd = open(path, O_RDONLY | O_NONBLOCK);

	if (fd < 0)
		return;
	buf_init(&bytes, WHOLE_MAX);
	if (!file_read_fd(fd, path, &bytes, &err))
		fail_msg("%s", err.text);
	close(fd);
	hunt(path, buf_text(&bytes), bytes.len);
	buf_release(&bytes);
}

/* Random base64: now and then a line of it looks like a UserSig. */
static bool
is_certificate(const char *path)
{
	const char *end = strrchr(path, '.');

	return end != NULL && strcmp(end, ".pem") == 0;
}

static int
hunt_entry(const char *path, const struct stat *status, int kind,
    struct FTW *walk)
{
	(void)walk;
	if (kind == FTW_F && S_ISREG(status->st_mode) &&
	    strcmp(path, canary.key_file) != 0 && !is_certificate(path) &&
	    strstr(path, "/given") == NULL)
		hunt_file(path);
	return 0;
}

static void
hunt_home(const struct home *home)
{
	assert_int_equal(nftw(home->dir, hunt_entry, 16, FTW_PHYS), 0);
}

/* What others on the machine can see of a process. */
static void
hunt_process(pid_t pid)
{
	static const char *const names[] = { "cmdline", "environ", "comm",
		"stat" };
	char path[64];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(path, sizeof path, "/proc/%ld/%s", (long)pid,
		    names[i]);
		hunt_file(path);
	}
}

/* -- the canaries ---------------------------------------------------------- */

static void
learn_key(const struct sim *sim)
{
	struct err err = { .kind = ERR_NONE };
	struct buf key;

	buf_init(&key, sizeof canary.key - 1);
	if (!file_read(sim->key_file, &key, &err))
		fail_msg("%s", err.text);
	snprintf(canary.key, sizeof canary.key, "%.*s",
	    (int)strcspn(buf_text(&key), "\n"), buf_text(&key));
	snprintf(canary.key_file, sizeof canary.key_file, "%s", sim->key_file);
	buf_release(&key);
	buf_release(&canary.usersig);
	buf_init(&canary.usersig, USERSIG_TEXT_MAX);
	assert_true(strlen(canary.key) >= 2 * (size_t)PART);
}

static void
make_usersig(const struct sim *sim)
{
	struct usersig_claims claims = { .life_s = USERSIG_LIFE_S };
	struct err err = { .kind = ERR_NONE };
	int64_t app_id = 0;

	assert_true(num_parse(sim->app_id, strlen(sim->app_id), 1, UINT32_MAX,
	    &app_id));
	claims.app_id = (uint32_t)app_id;
	claims.made_at = clock_wall_s(clock_system());
	snprintf(claims.account, sizeof claims.account, "%s", sim->admin);
	if (!usersig_make(&claims, canary.key, strlen(canary.key),
	        &canary.usersig, &err))
		fail_msg("%s", err.text);
}

static int
set_up(void **state)
{
	struct story *story;

	if (story_set_up(state) != 0)
		return -1;
	story = *state;
	sim_start(&story->sim, &story->home, NULL);
	learn_key(&story->sim);
	return 0;
}

static int
tear_down(void **state)
{
	buf_release(&canary.usersig);
	return story_tear_down(state);
}

/* -- the ways in ----------------------------------------------------------- */

struct way {
	const char *name;
	const char *option;      /* with the path of the given file; or NULL */
	const char *environment; /* with the secret itself; or NULL */
	const char *conf;        /* key of a command in a profile; or NULL */
	bool usersig;
};

static const struct way ways[] = {
	{ "key file", "--secret-key-file", NULL, NULL, false },
	{ "key variable", NULL, "BANTOP_SECRET_KEY", NULL, false },
	{ "key command", NULL, NULL, "secret_key_command", false },
	{ "UserSig file", "--usersig-file", NULL, NULL, true },
	{ "UserSig variable", NULL, "BANTOP_USERSIG", NULL, true },
	{ "UserSig command", NULL, NULL, "usersig_command", true },
};

struct entry {
	char file[HOME_PATH_MAX];
	char variable[USERSIG_TEXT_MAX + 64];
	const char *environment[2];
};

static void
enter_by(const struct story *story, const struct way *way, struct args *args,
    struct entry *entry)
{
	const char *secret =
	    way->usersig ? buf_text(&canary.usersig) : canary.key;
	char conf[HOME_PATH_MAX + 128];

	args_add_two(args, "--endpoint", story->sim.url);
	args_add_two(args, "--cacert", story->sim.cacert);
	args_add_two(args, "--app-id", story->sim.app_id);
	args_add_two(args, "--admin", story->sim.admin);
	home_write_text(&story->home, "given", secret);
	home_path(&story->home, "given", entry->file);
	if (way->option != NULL)
		args_add_two(args, way->option, entry->file);
	if (way->environment != NULL) {
		snprintf(entry->variable, sizeof entry->variable, "%s=%s",
		    way->environment, secret);
		entry->environment[0] = entry->variable;
	}
	if (way->conf != NULL) {
		snprintf(conf, sizeof conf,
		    "profile live {\n %s = \"cat %s\"\n}\n", way->conf,
		    entry->file);
		home_write_text(&story->home, "config/bantop/bantop.conf",
		    conf);
		args_add_two(args, "--profile", "live");
	}
}

static void
list_by(struct story *story, const struct way *way)
{
	char log[HOME_PATH_MAX], output[HOME_PATH_MAX];
	struct entry entry = { .variable = "" };
	struct run run = { .out_fd = -1 };
	struct args args;

	print_message("%s\n", way->name);
	home_path(&story->home, "trace", log);
	home_path(&story->home, "list.json", output);
	args_init(&args, "bantop");
	args_add_two(&args, "list", "--force");
	args_add_two(&args, "--group", STORY_GROUP);
	args_add_two(&args, "--log", log);
	args_add_two(&args, "--output", output);
	args_add_two(&args, "--format", "json");
	enter_by(story, way, &args, &entry);
	if (run_program(&run, &story->home, args.list, entry.environment) != 0)
		fail_msg("%s: %s", way->name, run_error(&run));
	hunt("standard output", run_output(&run), run.out.len);
	hunt("standard error", run_error(&run), run.err.len);
	assert_int_equal(access(log, F_OK), 0);
	hunt_home(&story->home);
	run_release(&run);
}

static void
whichever_way_it_came_in_no_file_and_no_line_has_it(void **state)
{
	struct story *story = *state;

	make_usersig(&story->sim);
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
		list_by(story, &ways[i]);
}

/* A UserSig under the wrong name, a key under the name of a UserSig, and
 * others that are refused: what is refused is not repeated. */
static void
what_is_refused_is_not_repeated(void **state)
{
	static const char *const options[] = { "--secret-key-file",
		"--usersig-file", "--secret-key", "--usersig", "--cacert" };
	struct story *story = *state;
	struct run run = { .out_fd = -1 };
	struct args args;
	char path[HOME_PATH_MAX];

	make_usersig(&story->sim);
	for (size_t i = 0; i < 2 * sizeof options / sizeof options[0]; i++) {
		home_write_text(&story->home, "given",
		    i % 2 == 0 ? buf_text(&canary.usersig) : canary.key);
		home_path(&story->home, "given", path);
		args_init(&args, "bantop");
		args_add(&args, "list");
		args_add_two(&args, "--group", STORY_GROUP);
		args_add_two(&args, "--endpoint", story->sim.url);
		args_add_two(&args, "--app-id", story->sim.app_id);
		args_add_two(&args, "--admin", "somebody-else");
		args_add_two(&args, options[i / 2], path);
		assert_int_not_equal(run_program(&run, &story->home, args.list,
		                         NULL),
		    0);
		hunt(options[i / 2], run_error(&run), run.err.len);
		hunt(options[i / 2], run_output(&run), run.out.len);
		run_release(&run);
	}
}

/* There is no such key, but somebody will try. */
static void
a_key_in_the_configuration_is_not_repeated(void **state)
{
	struct story *story = *state;
	struct run run = { .out_fd = -1 };
	struct args args;
	char conf[2048];

	snprintf(conf, sizeof conf,
	    "profile live {\n secret_key = \"%s\"\n rate = 0\n}\n", canary.key);
	home_write_text(&story->home, "config/bantop/bantop.conf", conf);
	args_init(&args, "bantop");
	args_add_two(&args, "--profile", "live");
	args_add(&args, "--check-config");
	assert_int_equal(run_program(&run, &story->home, args.list, NULL), 2);
	assert_non_null(strstr(run_error(&run), "secret_key"));
	hunt("standard error", run_error(&run), run.err.len);
	run_release(&run);
}

/* -- the screen ------------------------------------------------------------ */

/* Whatever can be opened over a list, opened. */
static void
look_everywhere(struct story *story)
{
	static const char *const keys[] = { "e", "\r", "q", "q", "!", "\r", "j",
		"q", "q", "s", "q", "y", "Y", "Y", "q", "D", "q", "?", "q", "P",
		"j" };

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		story_type(story, keys[i]);
		term_watch_ms(&story->term, 20);
	}
}

static void
show(struct story *story, const char *fault, const char *group)
{
	const char *sim[] = { "--members", "30", "--now", STORY_FAR,
		fault != NULL ? "--fault" : NULL, fault, NULL };
	const struct story_options options = {
		.sim = sim,
		.group = group,
		.state = true,
	};

	sim_stop(&story->sim);
	term_release(&story->term);
	story_begin(story, &options);
	learn_key(&story->sim);
}

static void
no_screen_shows_it_whatever_went_wrong(void **state)
{
	static const char *const faults[] = { "code:70001", "code:70003",
		"code:10007", "http:500", "cut", "badjson", "drop" };
	struct story *story = *state;

	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		print_message("%s\n", faults[i]);
		show(story, faults[i], STORY_GROUP);
		sim_wait_count(&story->sim, STORY_BANS, -1, 1);
		hunt_process(story->term.child.pid);
		look_everywhere(story);
		story_type(story, "Q");
		(void)term_wait_exit(&story->term);
		hunt(faults[i], buf_text(&story->term.raw),
		    story->term.raw.len);
		hunt_home(&story->home);
	}
}

static void
a_process_that_is_looked_at_has_it_not_in_sight(void **state)
{
	struct story *story = *state;
	struct entry entry = { .variable = "" };
	struct term_options term = { .rows = 24, .cols = 80 };

	args_init(&story->args, "bantop");
	enter_by(story, &ways[1], &story->args, &entry);
	args_add_two(&story->args, "--group", STORY_GROUP);
	term.argv = story->args.list;
	term.environment = entry.environment;
	term_start(&story->term, &story->home, &term);
	story_wait(story, " loaded, ");
	hunt_process(story->term.child.pid);
	story_quit(story);
	hunt("the screen", buf_text(&story->term.raw), story->term.raw.len);
}

static void
a_crash_tells_nothing_and_leaves_no_core(void **state)
{
	static const int signals[] = { SIGSEGV, SIGABRT, SIGBUS };
	struct story *story = *state;
	struct buf limits;
	struct err err = { .kind = ERR_NONE };
	char path[64];

	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
		show(story, NULL, STORY_GROUP);
		story_wait(story, " loaded, ");
		snprintf(path, sizeof path, "/proc/%ld/limits",
		    (long)story->term.child.pid);
		buf_init(&limits, 65536);
		if (!file_read(path, &limits, &err))
			fail_msg("%s", err.text);
		assert_non_null(strstr(buf_text(&limits),
		    "Max core file size        0                    0"));
		buf_release(&limits);
		child_signal(&story->term.child, signals[i]);
		assert_int_not_equal(term_wait_exit(&story->term), 0);
		hunt("the last screen", buf_text(&story->term.raw),
		    story->term.raw.len);
		hunt_home(&story->home);
	}
}

/* -- the hunt itself ------------------------------------------------------- */

/* A hunt that finds nothing where there is something would prove nothing. */
static void
the_hunt_finds_what_it_is_for(void **state)
{
	struct story *story = *state;
	char line[256];

	make_usersig(&story->sim);
	assert_true(has_usersig(buf_text(&canary.usersig), canary.usersig.len));
	snprintf(line, sizeof line, "usersig=%.100s&random=1",
	    buf_text(&canary.usersig));
	assert_true(has_usersig(line, strlen(line)) ||
	    holds(line, strlen(line), buf_text(&canary.usersig), PART));
	snprintf(line, sizeof line, "key %.200s.", canary.key);
	assert_true(holds(line, strlen(line), canary.key + PART, PART));
	assert_false(has_usersig("eJ", 2));
}

#define HUNT(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HUNT(the_hunt_finds_what_it_is_for),
		HUNT(whichever_way_it_came_in_no_file_and_no_line_has_it),
		HUNT(what_is_refused_is_not_repeated),
		HUNT(a_key_in_the_configuration_is_not_repeated),
		HUNT(no_screen_shows_it_whatever_went_wrong),
		HUNT(a_process_that_is_looked_at_has_it_not_in_sight),
		HUNT(a_crash_tells_nothing_and_leaves_no_core),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
