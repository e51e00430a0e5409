/*
 * Kills at random points: whatever the program was at, a file that it writes
 * is the old one whole, the new one whole, or not there; and what is left
 * beside it does not heap up. BANTOP_KILLS says how many, BANTOP_SEED which.
 */
#define _GNU_SOURCE /* O_TMPFILE */
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/clock.h"
#include "bantop/base/file.h"
#include "bantop/base/random.h"
#include "e2e/support/deadline.h"
#include "e2e/support/listing.h"
#include "e2e/support/term.h"

enum { KILLS_USUAL = 60, FILE_MAX = 16 * 1024 * 1024, TRIAL_COUNT = 3 };

/* What stood there before: nothing that the program would write. */
static const char old_text[] = "the old one\n";

struct kills {
	struct rig rig;
	uint64_t seed;
	int64_t usual_us; /* a run that is left alone */
	size_t early;     /* killed before its end */
	size_t news;      /* left a new file */
};

/* -- chance ---------------------------------------------------------------- */

static uint64_t
draw(struct kills *kills, uint64_t below)
{
	kills->seed ^= kills->seed << 13;
	kills->seed ^= kills->seed >> 7;
	kills->seed ^= kills->seed << 17;
	return kills->seed % below;
}

static uint64_t
read_number(const char *name, uint64_t usual)
{
	const char *text = getenv(name);

	return text == NULL ? usual : strtoull(text, NULL, 10);
}

static size_t
kills_for(size_t shares)
{
	size_t count = (size_t)read_number("BANTOP_KILLS", KILLS_USUAL);

	return count / shares > 0 ? count / shares : 1;
}

static void
begin(struct kills *kills, void **state)
{
	memset(kills, 0, sizeof(*kills));
	rig_open(&kills->rig, state, "700", NULL);
	kills->seed = read_number("BANTOP_SEED", random_u64() | 1);
	print_message("BANTOP_SEED=%llu\n", (unsigned long long)kills->seed);
}

static void
end(struct kills *kills)
{
	print_message("%zu killed early, %zu new files; a run takes %lld us\n",
	    kills->early, kills->news, (long long)kills->usual_us);
	rig_close(&kills->rig);
}

/* -- killing --------------------------------------------------------------- */

/* Half of them near the end, where the names change. */
static int64_t
choose_us(struct kills *kills)
{
	uint64_t usual_us = (uint64_t)kills->usual_us;

	if (draw(kills, 2) == 0)
		return (int64_t)draw(kills, usual_us + 1);
	return (int64_t)(usual_us * 7 / 10 + draw(kills, usual_us / 2 + 1));
}

/* Its end is waited for so long, and not a moment longer. */
static void
kill_after(struct kills *kills, struct child *child, int64_t us)
{
	struct timespec left = { .tv_sec = us / 1000000,
		.tv_nsec = us % 1000000 * 1000 };
	fd_set ends;

	FD_ZERO(&ends);
	FD_SET(child->life_fd, &ends);
	(void)pselect(child->life_fd + 1, &ends, NULL, NULL, &left, NULL);
	child_signal(child, SIGKILL);
	child_wait(child, deadline_in_s(DEADLINE_USUAL_S));
	kills->early += child->signal == SIGKILL ? 1 : 0;
}

static void
start_list(struct kills *kills, const char *const *more)
{
	struct rig *rig = &kills->rig;
	struct run_options options = { 0 };
	struct args args;

	run_release(&rig->run);
	rig_begin_args(rig, &args);
	args_add_two(&args, "--rate", "200");
	args_add_all(&args, more);
	options.argv = args.list;
	run_start(&rig->run, rig->home, &options);
}

/* The longest of some runs. */
static void
time_list(struct kills *kills, const char *const *more)
{
	const struct clock *clock = clock_system();

	for (int i = 0; i < TRIAL_COUNT; i++) {
		int64_t from_ms = clock_mono_ms(clock);
		int64_t us;

		start_list(kills, more);
		if (run_finish(&kills->rig.run) != 0)
			fail_msg("%s", run_error(&kills->rig.run));
		us = (clock_mono_ms(clock) - from_ms) * 1000;
		kills->usual_us = us > kills->usual_us ? us : kills->usual_us;
	}
}

static void
kill_list(struct kills *kills, const char *const *more)
{
	start_list(kills, more);
	kill_after(kills, &kills->rig.run.child, choose_us(kills));
}

/* -- what is left ---------------------------------------------------------- */

static bool
read_text(const char *path, struct buf *out)
{
	struct err err = { .kind = ERR_NONE };

	buf_init(out, FILE_MAX);
	if (file_read(path, out, &err))
		return true;
	assert_int_equal(access(path, F_OK), -1);
	return false;
}

/* All rows, each with all its fields. */
static void
expect_whole_list(struct kills *kills, const char *text)
{
	buf_reset(&kills->rig.got);
	listing_read_tsv(text, &kills->rig.got);
	listing_compare(&kills->rig.got, &kills->rig.want);
	kills->news++;
}

static bool
has_nameless_files(const char *folder)
{
	int fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);

	if (fd >= 0)
		(void)close(fd);
	return fd >= 0;
}

/* Files without a name leave none; elsewhere each kill may leave one. */
static void
expect_no_heap(const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	size_t count = 0;

	assert_non_null(dir);
	for (entry = readdir(dir); entry != NULL; entry = readdir(dir))
		count += strncmp(entry->d_name, ".bantop-", 8) == 0 ? 1 : 0;
	(void)closedir(dir);
	print_message("%zu left in %s\n", count, folder);
	if (has_nameless_files(folder))
		assert_true(count <= 1);
}

/* -- the tests ------------------------------------------------------------- */

static void
an_export_that_replaces_is_the_old_or_the_new(void **state)
{
	char path[HOME_PATH_MAX];
	const char *more[] = { "-o", path, "--force", NULL };
	struct kills kills;
	struct buf text;

	begin(&kills, state);
	home_path(kills.rig.home, "out.tsv", path);
	time_list(&kills, more);
	for (size_t i = kills_for(4); i > 0; i--) {
		home_write_text(kills.rig.home, "out.tsv", old_text);
		kill_list(&kills, more);
		assert_true(read_text(path, &text));
		if (strcmp(buf_text(&text), old_text) != 0)
			expect_whole_list(&kills, buf_text(&text));
		buf_release(&text);
	}
	expect_no_heap(kills.rig.home->dir);
	end(&kills);
}

static void
an_export_is_whole_or_not_there(void **state)
{
	char path[HOME_PATH_MAX];
	const char *timed[] = { "-o", path, "--force", NULL };
	const char *more[] = { "-o", path, NULL };
	struct kills kills;
	struct buf text;

	begin(&kills, state);
	home_path(kills.rig.home, "new.tsv", path);
	time_list(&kills, timed);
	for (size_t i = kills_for(4); i > 0; i--) {
		(void)unlink(path);
		kill_list(&kills, more);
		if (read_text(path, &text))
			expect_whole_list(&kills, buf_text(&text));
		buf_release(&text);
	}
	expect_no_heap(kills.rig.home->dir);
	end(&kills);
}

/* Each line begins with its moment and ends with what became of the call. */
static void
expect_whole_lines(const char *text)
{
	const char *line, *stop;

	for (line = text; *line != '\0'; line = stop + 1) {
		stop = line + strcspn(line, "\n");
		if (*stop == '\0' || strncmp(line, "20", 2) != 0 ||
		    line[19] != '+' || strncmp(stop - 3, "\tok", 3) != 0)
			fail_msg("torn: \"%.*s\"", (int)(stop - line), line);
	}
}

static void
a_log_has_whole_lines(void **state)
{
	char path[HOME_PATH_MAX];
	const char *more[] = { "--log", path, NULL };
	struct kills kills;
	struct buf text;
	size_t len = 0;

	begin(&kills, state);
	home_path(kills.rig.home, "log", path);
	time_list(&kills, more);
	for (size_t i = kills_for(4); i > 0; i--) {
		kill_list(&kills, more);
		assert_true(read_text(path, &text));
		expect_whole_lines(buf_text(&text));
		assert_true(text.len >= len);
		kills.news += text.len > len ? 1 : 0;
		len = text.len;
		buf_release(&text);
	}
	end(&kills);
}

/* -- the state ------------------------------------------------------------- */

static void
start_screen(struct kills *kills, struct term *term, struct args *args)
{
	const struct sim *sim = &kills->rig.sim;
	struct term_options options = { .rows = 24, .cols = 80 };

	args_init(args, "bantop");
	sim_add_untrusted_args(sim, args);
	args_add_two(args, "--cacert", sim->cacert);
	args_add_two(args, "--group", LISTING_GROUP);
	options.argv = args->list;
	term_start(term, kills->rig.home, &options);
	/* Each of these is remembered. */
	term_type(term, "tttttttttttt");
}

static void
expect_whole_state(struct kills *kills, const char *text)
{
	static const char *const ends[] = { "time\tneed\n", "time\tseconds\n",
		"time\tmoment\n" };
	size_t len = strlen(text);
	bool whole = false;

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t end_len = strlen(ends[i]);

		whole = whole ||
		    (len > end_len &&
		        strcmp(text + len - end_len, ends[i]) == 0);
	}
	if (!whole || strncmp(text, "region\t", 7) != 0 ||
	    strstr(text, "\nlast\t") == NULL)
		fail_msg("torn: \"%s\"", text);
	kills->news++;
}

static void
a_state_is_the_old_or_the_new(void **state)
{
	static const char name[] = "state/bantop/state";
	char path[HOME_PATH_MAX], folder[HOME_PATH_MAX];
	struct term term = { .fd = -1 };
	struct kills kills;
	struct args args;
	struct buf text;

	begin(&kills, state);
	home_path(kills.rig.home, name, path);
	home_path(kills.rig.home, "state/bantop", folder);
	kills.usual_us = 150000;
	for (size_t i = kills_for(4); i > 0; i--) {
		home_write_text(kills.rig.home, name, old_text);
		start_screen(&kills, &term, &args);
		kill_after(&kills, &term.child, choose_us(&kills));
		term_release(&term);
		assert_true(read_text(path, &text));
		if (strcmp(buf_text(&text), old_text) != 0)
			expect_whole_state(&kills, buf_text(&text));
		buf_release(&text);
	}
	expect_no_heap(folder);
	end(&kills);
}

#define KILLS(name) \
	cmocka_unit_test_setup_teardown(name, home_set_up, home_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		KILLS(an_export_that_replaces_is_the_old_or_the_new),
		KILLS(an_export_is_whole_or_not_there),
		KILLS(a_log_has_whole_lines),
		KILLS(a_state_is_the_old_or_the_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
