/*
 * Every body under tests/data/hostile through the whole program: it ends in
 * time with the status of the index there, prints what is usable and nothing
 * that could do harm. The same for answers whose head is the trouble.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "bantop/base/clock.h"
#include "bantop/base/file.h"
#include "e2e/support/cli.h"
#include "e2e/support/listing.h"

enum {
	INDEX_MAX = 64 * 1024,
	BODIES_MIN = 120,
	WORD_MAX = 64,
	BATCH = 40, /* bodies that one simulator has */
	TOOK_MAX_MS = 5000,
#ifdef __SANITIZE_ADDRESS__
	CHILD_KIB_MAX = 1024 * 1024, /* shadows and what was freed count too */
#else
	CHILD_KIB_MAX = 96 * 1024,
#endif
};

struct body {
	char name[WORD_MAX];
	char kind[WORD_MAX];
	int rows;
	int unusable;
};

struct expectation {
	int status;
	size_t rows;
};

/* -- the index ------------------------------------------------------------- */

static const char *
data_path(const char *name, char path[HOME_PATH_MAX])
{
	(void)snprintf(path, HOME_PATH_MAX, "tests/data/hostile/%s", name);
	return path;
}

static void
read_line(const char *line, struct body *body)
{
	char *end;
	int numbers = 0;

	assert_int_equal(sscanf(line, "%63s %63s %n", body->name, body->kind,
	                     &numbers),
	    2);
	assert_true(numbers > 0);
	body->rows = (int)strtol(line + numbers, &end, 10);
	assert_int_equal(*end, '\t');
	body->unusable = (int)strtol(end, &end, 10);
	assert_int_equal(*end, '\n');
}

static size_t
read_index(struct body **bodies)
{
	char path[HOME_PATH_MAX];
	const char *line;
	struct buf text;
	struct err err;
	size_t count = 0;

	buf_init(&text, INDEX_MAX);
	if (!file_read(data_path("index.tsv", path), &text, &err))
		fail_msg("%s", err.text);
	*bodies = calloc(listing_lines(&text), sizeof(**bodies));
	assert_non_null(*bodies);
	for (line = strchr(buf_text(&text), '\n'); line != NULL && line[1] != 0;
	     line = strchr(line + 1, '\n')) {
		struct body *body = &(*bodies)[count++];

		read_line(line + 1, body);
	}
	buf_release(&text);
	return count;
}

/* -- one run --------------------------------------------------------------- */

/* A page that cannot be one brings no rows; of the others each row is
 * printed, but one that comes again only once. */
static int
expected_status(const struct body *body, const char *said)
{
	if (strcmp(body->kind, "none") == 0)
		return body->unusable > 0 ? 3 : 0;
	if (strcmp(body->kind, "service") == 0)
		return strstr(said, "E70") != NULL ? 6 : 5;
	return body->rows > 0 ? 3 : 7;
}

static size_t
expected_rows(const struct body *body)
{
	if (strcmp(body->name, "same_account_twice.body") == 0)
		return 1;
	return (size_t)body->rows;
}

/* Nothing that drives a terminal, and none but whole lines. */
static void
check_harmless(const char *name, const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		if (((unsigned char)*at < ' ' && *at != '\t' && *at != '\n') ||
		    *at == 0x7f)
			fail_msg("%s: a control byte in: %.200s", name, text);
	}
}

static size_t
count_rows(const char *tsv)
{
	struct buf rows;
	size_t count;

	buf_init(&rows, LISTING_MAX);
	listing_read_tsv(tsv, &rows);
	count = listing_lines(&rows);
	buf_release(&rows);
	return count;
}

static void
run_body(struct cli *cli, const struct body *body)
{
	static const char *const words[] = { "list", "-g", CLI_GROUP,
		"--format", "tsv", NULL };
	int64_t start_ms = clock_mono_ms(clock_system());
	int status, took_ms;
	size_t rows;

	cli_start(cli, words);
	status = run_finish(&cli->run);
	took_ms = (int)(clock_mono_ms(clock_system()) - start_ms);
	cli_check_messages(cli);
	if (status != expected_status(body, run_error(&cli->run)))
		fail_msg("%s: status %d, expected %d: %.500s", body->name,
		    status, expected_status(body, run_error(&cli->run)),
		    run_error(&cli->run));
	if (status != 0 && run_error(&cli->run)[0] == '\0')
		fail_msg("%s: nothing was said", body->name);
	rows = count_rows(run_output(&cli->run));
	if (rows != expected_rows(body))
		fail_msg("%s: %zu rows, expected %zu: %.500s", body->name, rows,
		    expected_rows(body), run_output(&cli->run));
	check_harmless(body->name, run_output(&cli->run));
	if (took_ms > TOOK_MAX_MS)
		fail_msg("%s: took %d ms", body->name, took_ms);
}

/* A simulator that answers the first call with the first of these bodies, the
 * second with the second, and so on. */
static void
open_batch(struct cli *cli, void **state, const struct body *bodies,
    size_t count)
{
	static char faults[BATCH][2 * HOME_PATH_MAX];
	const char *options[2 * BATCH + 3] = { "--rate", "0" };
	char path[HOME_PATH_MAX];

	for (size_t i = 0; i < count; i++) {
		(void)snprintf(faults[i], sizeof(faults[i]), "body:%s@listx1",
		    data_path(bodies[i].name, path));
		options[2 + 2 * i] = "--fault";
		options[3 + 2 * i] = faults[i];
	}
	cli_open(cli, state, options);
}

static void
run_batch(void **state, const struct body *bodies, size_t count)
{
	struct cli cli;

	open_batch(&cli, state, bodies, count);
	for (size_t i = 0; i < count; i++) {
		run_body(&cli, &bodies[i]);
		/* None of them is worth a second call. */
		assert_int_equal(sim_request_count(&cli.sim), i + 1);
	}
	cli_close(&cli);
}

/* A refusal may be repeated, so it has a simulator of its own. */
static void
run_refusal(void **state, const struct body *body)
{
	char path[HOME_PATH_MAX];
	char fault[2 * HOME_PATH_MAX];
	struct cli cli;

	(void)snprintf(fault, sizeof(fault), "body:%s@list",
	    data_path(body->name, path));
	cli_open_fault(&cli, state, "5", fault);
	run_body(&cli, body);
	cli_close(&cli);
}

static bool
is_refusal(const struct body *body)
{
	return strcmp(body->kind, "service") == 0;
}

static void
every_hostile_body_has_its_status(void **state)
{
	struct body *bodies = NULL;
	size_t count = read_index(&bodies);
	size_t at = 0, end;

	assert_true(count >= BODIES_MIN);
	while (at < count) {
		if (is_refusal(&bodies[at])) {
			run_refusal(state, &bodies[at++]);
			continue;
		}
		end = at + 1;
		while (end < count && end - at < BATCH &&
		    !is_refusal(&bodies[end]))
			end++;
		run_batch(state, bodies + at, end - at);
		at = end;
	}
	free(bodies);
}

/* -- heads and lengths ----------------------------------------------------- */

struct trouble {
	const char *fault;
	int status;
	const char *said;
	size_t calls;
};

static void
start_trouble(struct cli *cli, void **state, const struct trouble *trouble)
{
	static const char *const words[] = { "list", "-g", CLI_GROUP,
		"--timeout", "1", NULL };

	cli_open_fault(cli, state, "5", trouble->fault);
	cli_start(cli, words);
}

static void
finish_trouble(struct cli *cli, const struct trouble *trouble)
{
	print_message("%s\n", trouble->fault);
	cli_finish(cli, trouble->status);
	cli_check_said(cli, trouble->said);
	assert_int_equal(sim_request_count(&cli->sim), trouble->calls);
	assert_int_equal(count_rows(run_output(&cli->run)), 0);
	cli_close(cli);
}

static void
heads_and_lengths_do_no_harm(void **state)
{
	static const struct trouble troubles[] = {
		{ "headers", 7, "64 KiB", 1 },
		{ "huge", 7, "512 KiB", 1 },
		{ "gzip", 7, "gzip", 1 },
		{ "redirect:https://127.0.0.1:1/stolen", 4, "302", 1 },
		{ "redirect:http://127.0.0.1/", 4, "302", 1 },
		{ "redirect:file:///etc/passwd", 4, "302", 1 },
		{ "http:204", 4, "204", 1 },
		{ "http:206", 4, "206", 1 },
		{ "cutjson", 7, "JSON", 1 },
	};
	struct cli cli;

	for (size_t i = 0; i < sizeof(troubles) / sizeof(troubles[0]); i++) {
		start_trouble(&cli, state, &troubles[i]);
		finish_trouble(&cli, &troubles[i]);
	}
}

/* A length that is not kept, an answer that never ends, one that never
 * begins: tried three times, each within its time limit, side by side. */
static void
answers_that_do_not_end_are_given_up(void **state)
{
	static const struct trouble troubles[] = {
		{ "cut", 4, "", 3 },
		{ "drip:500", 4, "1 s", 3 },
		{ "hang", 4, "1 s", 3 },
	};
	enum { COUNT = sizeof(troubles) / sizeof(troubles[0]) };
	struct cli clis[COUNT];

	for (size_t i = 0; i < COUNT; i++)
		start_trouble(&clis[i], state, &troubles[i]);
	for (size_t i = 0; i < COUNT; i++)
		finish_trouble(&clis[i], &troubles[i]);
}

static void
memory_stays_bounded(void **state)
{
	struct rusage usage;

	(void)state;
	assert_int_equal(getrusage(RUSAGE_CHILDREN, &usage), 0);
	assert_true(usage.ru_maxrss > 0);
	assert_true(usage.ru_maxrss < CHILD_KIB_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_hostile_body_has_its_status),
		cmocka_unit_test(heads_and_lengths_do_no_harm),
		cmocka_unit_test(answers_that_do_not_end_are_given_up),
		cmocka_unit_test(memory_stays_bounded),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
