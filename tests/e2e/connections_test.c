/*
 * Connections over their life: one handshake each, resumed where the server
 * offers it, kept from call to call, and replaced without a word when the
 * server or a box between has dropped one at rest.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "e2e/support/listing.h"
#include "e2e/support/story.h"
#include "e2e/support/tls_server.h"

enum {
	PAGE_ROWS = 100,
	PAGES = 60,
	PARALLEL = 12,
	ANSWER_MS = 40,
	REST_MS = 100
};

/* -- handshakes ------------------------------------------------------------ */

static void
serve_slowly(struct tls_conn *conn, void *user)
{
	int64_t next;

	(void)user;
	while (tls_conn_read(conn) && tls_conn_rest(conn, ANSWER_MS)) {
		next = tls_conn_offset(conn) + PAGE_ROWS;
		if (next == (int64_t)PAGES * PAGE_ROWS)
			next = 0;
		if (!tls_conn_send_page(conn, PAGE_ROWS, next, ""))
			return;
	}
}

static void
a_connection_shakes_hands_once_and_resumes(void **state)
{
	static const char *const more[] = { "--parallel", "12", "--rate", "200",
		NULL };
	const struct tls_server_options options = { .serve = serve_slowly };
	struct tls_server *server;
	struct tls_counts *counts;
	struct rig rig;

	server = tls_server_start(*state, &options);
	rig_open_server(&rig, state, server);
	counts = tls_server_counts(server);
	rig_list(&rig, more, 0);
	assert_true(counts->requests >= PAGES);
	assert_in_range(counts->connections, 2, PARALLEL);
	/* One that was asked ahead may be left in its midst at the end. */
	assert_in_range(counts->handshakes, 2, counts->connections);
	/* The first has nothing to resume; of two that begin at the same
	 * moment OpenSSL may let one alone have the ticket. */
	assert_in_range(counts->resumed, counts->handshakes / 2,
	    counts->handshakes - 1);
	tls_server_stop(server);
	rig_close(&rig);
}

/* -- connections that die at rest ------------------------------------------ */

enum death {
	DEATH_BYE,   /* as TLS has it */
	DEATH_FIN,   /* without a good-bye */
	DEATH_RST,   /* at once */
	DEATH_LATER, /* a box has forgotten it: reset when it is used again */
};

/* One page a connection; the second request on it is never answered. */
static void
die_after_a_page(struct tls_conn *conn, void *user)
{
	const enum death *death = user;

	if (!tls_conn_read(conn) ||
	    !tls_conn_send_page(conn, PAGE_ROWS,
	        tls_conn_offset(conn) + PAGE_ROWS, ""))
		return;
	switch (*death) {
	case DEATH_BYE:
		break;
	case DEATH_FIN:
		tls_conn_be_rude(conn);
		break;
	case DEATH_RST:
		/* Not before the page was read: this is of connections at
		 * rest. Whether the next request comes first is the same. */
		(void)tls_conn_rest(conn, REST_MS);
		tls_conn_reset(conn);
		break;
	case DEATH_LATER:
		(void)tls_conn_read(conn);
		tls_conn_reset(conn);
		break;
	}
}

static void
a_connection_that_died_is_replaced_without_a_word(void **state)
{
	static const enum death deaths[] = { DEATH_BYE, DEATH_FIN, DEATH_RST,
		DEATH_LATER };
	struct story *story = *state;
	const struct story_options screen = { .group = STORY_GROUP };
	struct tls_server_options options = { .serve = die_after_a_page };
	struct tls_server *server;
	enum death death;
	size_t i;

	for (i = 0; i < sizeof deaths / sizeof deaths[0]; i++) {
		death = deaths[i];
		options.user = &death;
		server = tls_server_start(&story->home, &options);
		tls_server_stand_in(server, &story->sim);
		story_begin_again(story, &screen);
		story_wait(story, "100 loaded, more");
		story_type(story, "L");
		story_type(story, "G");
		story_wait(story, "member-00099");
		story_wait(story, "200 loaded, more");
		assert_false(term_has(&story->term, "next try"));
		assert_false(term_has(&story->term, "e: card"));
		story_type(story, "e");
		story_wait(story, "no error since the start");
		story_type(story, "q");
		story_quit(story);
		assert_int_equal(tls_server_counts(server)->connections, 2);
		tls_server_stop(server);
	}
}

static void
a_whole_list_comes_though_every_connection_dies(void **state)
{
	static const enum death deaths[] = { DEATH_BYE, DEATH_FIN, DEATH_RST,
		DEATH_LATER };
	static const char *const more[] = { "--max-rows", "2000", "--rate",
		"200", NULL };
	struct tls_server_options options = { .serve = die_after_a_page };
	struct tls_server *server;
	enum death death;
	struct rig rig;
	size_t i;

	for (i = 0; i < sizeof deaths / sizeof deaths[0]; i++) {
		death = deaths[i];
		options.user = &death;
		server = tls_server_start(*state, &options);
		rig_open_server(&rig, state, server);
		rig_list(&rig, more, 3);
		rig_read_tsv(&rig);
		assert_int_equal(listing_lines(&rig.got), 2000);
		tls_server_stop(server);
		rig_close(&rig);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_connection_shakes_hands_once_and_resumes, home_set_up,
		    home_tear_down),
		STORY(a_connection_that_died_is_replaced_without_a_word),
		cmocka_unit_test_setup_teardown(
		    a_whole_list_comes_though_every_connection_dies,
		    home_set_up, home_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
