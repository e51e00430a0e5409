/*
 * HTTP/2, which libcurl offers and a front of the service may take up: all
 * calls go over one connection, one that ends is replaced, and stopping a call
 * leaves the others and their connection alone.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "e2e/support/front.h"
#include "e2e/support/listing.h"
#include "e2e/support/relay.h"
#include "e2e/support/story.h"

enum { PAGES = 60, ROWS_BEFORE = 2000, CONNECTIONS_MOST = 8 };

static const char members[] = "6000";

/* What a test leaves behind when it fails is taken away here. */
struct lab {
	struct story story;
	struct rig rig;
	struct sim sim;
	struct front front;
	struct front other;
	struct relay *relay;
};

static int
set_up(void **state)
{
	struct lab *lab = calloc(1, sizeof *lab);

	if (lab == NULL)
		return -1;
	*state = lab;
	home_make(&lab->story.home);
	lab->rig.home = &lab->story.home;
	return 0;
}

static int
tear_down(void **state)
{
	struct lab *lab = *state;

	term_release(&lab->story.term);
	run_release(&lab->rig.run);
	relay_stop(lab->relay);
	front_release(&lab->front);
	front_release(&lab->other);
	buf_release(&lab->rig.want);
	buf_release(&lab->rig.got);
	sim_stop(&lab->sim);
	home_remove(&lab->story.home);
	free(lab);
	return 0;
}

/* A simulator that answers late, the front, and what it should say. */
static void
open_behind_front(struct lab *lab)
{
	static const char *const data[] = { "--members", members, "--seed", "7",
		"--now", LISTING_NOW, NULL };
	static const char *const options[] = { "--members", members, "--seed",
		"7", "--now", LISTING_NOW, "--rate", "0", "--latency", "60",
		NULL };
	struct rig *rig = &lab->rig;

	buf_init(&rig->want, LISTING_MAX);
	buf_init(&rig->got, LISTING_MAX);
	listing_expect(rig->home, data, &rig->want);
	sim_start(&lab->sim, rig->home, options);
	front_start(&lab->front, rig->home, &lab->sim);
	rig->sim = lab->front.place;
}

static void
start_list(struct rig *rig, struct args *args)
{
	const struct run_options options = { .argv = args->list };

	rig_begin_args(rig, args);
	args_add_two(args, "--rate", "200");
	args_add_two(args, "--parallel", "40");
	run_start(&rig->run, rig->home, &options);
}

/* Until it has printed so many. */
static void
wait_for_row(struct rig *rig, size_t row)
{
	const char *line = buf_text(&rig->want);
	char account[HOME_PATH_MAX];

	while (row-- > 0)
		line = strchr(line, '\n') + 1;
	(void)snprintf(account, sizeof account, "%.*s",
	    (int)strcspn(line, "\t"), line);
	run_wait_output(&rig->run, account);
}

static void
finish_list(struct rig *rig)
{
	if (run_finish(&rig->run) != 0)
		fail_msg("%s", run_error(&rig->run));
	rig_read_tsv(rig);
	listing_compare(&rig->got, &rig->want);
}

static void
a_list_comes_over_one_connection(void **state)
{
	struct lab *lab = *state;
	struct front_seen seen;
	struct args args;

	open_behind_front(lab);
	start_list(&lab->rig, &args);
	finish_list(&lab->rig);
	front_end(&lab->front, SIGTERM);
	front_finish(&lab->front);
	front_see(&lab->front, &seen);
	assert_true(seen.requests >= PAGES);
	assert_int_equal(seen.others, 0);
	assert_int_equal(seen.connections, 1);
}

/* The other front is the region's backup host, where calls go that find no
 * connection to the first. */
static void
write_region(const struct rig *rig, const struct front *front,
    const struct front *other)
{
	char text[4096];

	(void)snprintf(text, sizeof text,
	    "region lab { name = \"Lab\" host = \"127.0.0.1:%d\"\n"
	    "  backup = \"127.0.0.1:%d\" }\n"
	    "profile lab {\n"
	    "  region = \"lab\" app_id = %s admin = \"%s\"\n"
	    "  secret_key_file = \"%s\"\n  cacert = \"%s\"\n}\n",
	    front->port, other->port, rig->sim.app_id, rig->sim.admin,
	    rig->sim.key_file, rig->sim.cacert);
	home_write_text(rig->home, "config/bantop/bantop.conf", text);
}

static void
start_by_region(struct rig *rig, struct args *args)
{
	const struct run_options options = { .argv = args->list };

	args_init(args, "bantop");
	args_add(args, "list");
	args_add_two(args, "--group", LISTING_GROUP);
	args_add_two(args, "--profile", "lab");
	args_add_two(args, "--rate", "200");
	args_add_two(args, "--parallel", "40");
	run_start(&rig->run, rig->home, &options);
}

static void
check_end(struct lab *lab, int signal)
{
	struct front_seen before, behind;
	struct args args;

	open_behind_front(lab);
	front_start_beside(&lab->other, lab->rig.home, &lab->sim, &lab->front);
	write_region(&lab->rig, &lab->front, &lab->other);
	start_by_region(&lab->rig, &args);
	wait_for_row(&lab->rig, ROWS_BEFORE);
	front_end(&lab->front, signal);
	finish_list(&lab->rig);
	front_end(&lab->other, SIGTERM);
	front_finish(&lab->front);
	front_finish(&lab->other);
	front_see(&lab->front, &before);
	front_see(&lab->other, &behind);
	assert_int_equal(before.connections, 1);
	assert_in_range(behind.connections, 1, CONNECTIONS_MOST);
	assert_int_equal(before.others + behind.others, 0);
}

static void
a_good_bye_of_the_front_costs_no_row(void **state)
{
	check_end(*state, SIGQUIT);
}

static void
a_front_that_dies_costs_no_row(void **state)
{
	check_end(*state, SIGKILL);
}

static void
a_call_that_is_stopped_leaves_the_connection(void **state)
{
	static const char *const options[] = { "--members", "250", "--now",
		STORY_FAR, "--fault", "hang@2x1", NULL };
	const struct story_options screen = { .group = STORY_GROUP };
	struct lab *lab = *state;
	struct story *story = &lab->story;
	struct front_seen seen;

	sim_start(&lab->sim, &story->home, options);
	front_start(&lab->front, &story->home, &lab->sim);
	story->sim = lab->front.place;
	story_begin_again(story, &screen);
	story_wait(story, "100 loaded, more");
	story_type(story, "G");
	sim_wait_count(&lab->sim, STORY_BANS, 100, 1);
	story_escape(story);
	story_wait(story, "100 loaded, stopped");
	story_type(story, "r");
	story_wait(story, "200 loaded, more");
	story_quit(story);
	front_end(&lab->front, SIGTERM);
	front_finish(&lab->front);
	front_see(&lab->front, &seen);
	assert_int_equal(seen.connections, 1);
	assert_int_equal(seen.others, 0);
}

/* libcurl alone would send each attempt down the same hole. */
static void
a_forgotten_connection_is_replaced_after_a_timeout(void **state)
{
	static const char *const options[] = { "--members", "250", "--now",
		STORY_FAR, NULL };
	static const char *const more[] = { "--timeout", "3", NULL };
	const struct story_options screen = { .group = STORY_GROUP,
		.more = more };
	struct lab *lab = *state;
	struct story *story = &lab->story;

	sim_start(&lab->sim, &story->home, options);
	front_start(&lab->front, &story->home, &lab->sim);
	lab->relay = relay_start(lab->front.port);
	story->sim = lab->front.place;
	(void)snprintf(story->sim.url, sizeof story->sim.url,
	    "https://127.0.0.1:%d", relay_port(lab->relay));
	story_begin_again(story, &screen);
	story_wait(story, "100 loaded, more");
	relay_forget(lab->relay);
	story_type(story, "G");
	story_wait(story, "no answer from 127.0.0.1 in 3 s");
	story_wait(story, "200 loaded, more");
	assert_int_equal(relay_connections(lab->relay), 2);
	assert_int_equal(sim_count(&lab->sim, STORY_BANS, 100), 1);
	story_quit(story);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_list_comes_over_one_connection),
		TEST(a_good_bye_of_the_front_costs_no_row),
		TEST(a_front_that_dies_costs_no_row),
		TEST(a_call_that_is_stopped_leaves_the_connection),
		TEST(a_forgotten_connection_is_replaced_after_a_timeout),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
