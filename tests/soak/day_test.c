/*
 * A day at the screen: refreshes, reconnects, suspends, errors, groups, every
 * pane. Memory and descriptors at its end are those of its beginning.
 *
 * With BANTOP_SOAK=full the day has 24 hours; else the same rounds, but a
 * fiftieth of them.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/net/http.h"
#include "scratch.h"
#include "soak/day.h"
#include "soak/process_size.h"

enum {
	ROUNDS = 200,
	PART = 50,
	WARM_ROUNDS = 24, /* one for each fault, of a full day */
	ROUND_MS = 432000,
	REFRESHES = 50, /* in a round */
	RECONNECTS = 5,
	ASKED = 16, /* of the refreshes, by key */
	SUSPENDED_MS = 30000,
#ifdef __SANITIZE_ADDRESS__
	/* What was freed is kept for a while; the sanitizer tells of what is
	 * lost. */
	GROWTH_KIB_MAX = 512 * 1024,
#else
	GROWTH_KIB_MAX = 1024,
#endif
};

struct sums {
	size_t rounds;
	size_t refreshes;
	size_t connections;
	size_t answers;
	size_t faults;
	int64_t ms;
	struct process_size size;
	struct process_files files;
};

static bool
is_full(void)
{
	const char *word = getenv("BANTOP_SOAK");

	return word != NULL && strcmp(word, "full") == 0;
}

/* -- a round --------------------------------------------------------------- */

static void
open_panes(struct day *day)
{
	static const char *const panes[] = { "djj", "s", "D", "Y", "YY", "e\r",
		"!\r", "?jj", ":", "/00\r", "&!a\r", "&left<1h\r", "P" };
	size_t i;

	for (i = 0; i < sizeof panes / sizeof panes[0]; i++) {
		day_type(day, panes[i]);
		day_run_ms(day, 500);
		day_escape(day);
		day_escape(day);
		/* Esc may have gone back from where nothing was open. */
		day_type(day, ":");
		day_escape(day);
	}
	day_type(day, "dn");
	day_run_ms(day, 500);
	day_escape(day);
	day_type(day, ">>>>IX<<  vjjvaycUtttzzTw\x15rows.csv\r");
	day_type(day, "w\x15rows.csv\ry");
	day_run_ms(day, 500);
}

static void
visit_groups(struct day *day)
{
	day_type(day, "qR");
	day_run_ms(day, 4000);
	day_shows(day, "choose a group");
	day_type(day, "jjj\r");
	day_run_ms(day, 2000);
	day_type(day, "-");
	day_run_ms(day, 2000);
	day_type(day, "q");
	day_type(day, "i@TGS#aDEMO00001\r");
	day_run_ms(day, 1000);
	day_shows(day, "ACCOUNT");
}

static void
resize_all(struct day *day)
{
	day_resize(day, 10, 40);
	day_resize(day, 1, 1);
	day_resize(day, 60, 200);
	day_resize(day, 24, 80);
}

static void
have_a_fault(struct day *day, size_t round)
{
	soak_service_fault(&day->service, round % soak_service_fault_count());
	day_type(day, "R");
	day_run_ms(day, 8000);
	day_type(day, "r");
	day_run_ms(day, 3000);
	day_type(day, "R");
	day_run_ms(day, 2000);
}

static void
load_whole_list(struct day *day)
{
	day_type(day, "A");
	day_run_ms(day, 3000);
	day_type(day, "A");
	day_run_ms(day, 3000);
	day_shows(day, " 250 loaded, complete");
}

static void
reconnect_and_refresh(struct day *day)
{
	int i;

	for (i = 0; i < ASKED; i++) {
		if (i < RECONNECTS)
			soak_service_close_next(&day->service);
		day_type(day, "R");
		day_run_ms(day, 1500);
		day_type(day, "jj");
	}
}

static void
make_round(struct day *day, size_t round)
{
	int64_t end_ms = day_now_ms(day) + ROUND_MS;

	visit_groups(day);
	load_whole_list(day);
	open_panes(day);
	resize_all(day);
	have_a_fault(day, round);
	visit_groups(day);
	load_whole_list(day);
	reconnect_and_refresh(day);
	day_suspend(day, SUSPENDED_MS);
	day_run_ms(day, 2000);
	if (day_now_ms(day) < end_ms)
		day_run_ms(day, end_ms - day_now_ms(day));
	day_shows(day, " 250 loaded, complete");
}

/* -- the day --------------------------------------------------------------- */

static void
sum_up(const struct day *day, size_t rounds, struct sums *sums)
{
	*sums = (struct sums){ .rounds = rounds,
		.refreshes = day->refreshes,
		.connections = day->net.connections,
		.answers = day->net.answers,
		.faults = day->net.faults,
		.ms = day_now_ms(day) };
	process_size_read(0, &sums->size);
	process_files_read(&sums->files);
}

static void
print_sums(const struct sums *begin, const struct sums *warm,
    const struct sums *end)
{
	print_message("  %.1f h in %zu rounds: %zu refreshes, %zu connections, "
	              "%zu suspends, %zu answers, %zu of them faults\n",
	    (double)(end->ms - begin->ms) / 3600000, end->rounds,
	    end->refreshes, end->connections, end->rounds, end->answers,
	    end->faults);
	print_message("  resident: %zu KiB at first, %zu KiB after %zu rounds, "
	              "%zu KiB at the end (%zu KiB our own)\n",
	    begin->size.resident, warm->size.resident, warm->rounds,
	    end->size.resident, end->size.own);
	print_message("  descriptors: %zu and %zu sockets, then %zu and %zu\n",
	    warm->files.others, warm->files.sockets, end->files.others,
	    end->files.sockets);
}

static void
a_day_leaves_memory_and_descriptors_as_they_were(void **state)
{
	size_t rounds = is_full() ? ROUNDS : ROUNDS / PART;
	size_t warm_rounds = is_full() ? WARM_ROUNDS : 2;
	struct sums begin, warm, end;
	struct day day;
	size_t i;

	(void)state;
	day_open(&day);
	sum_up(&day, 0, &begin);
	for (i = 0; i < rounds; i++) {
		if (i == warm_rounds)
			sum_up(&day, i, &warm);
		make_round(&day, i);
	}
	sum_up(&day, rounds, &end);
	print_sums(&begin, &warm, &end);
	day_close(&day);
	assert_true(end.ms - begin.ms >= (int64_t)rounds * ROUND_MS);
	assert_true(end.refreshes >= rounds * REFRESHES);
	assert_true(end.connections >= rounds * RECONNECTS);
	assert_true(end.size.resident <= warm.size.resident + GROWTH_KIB_MAX);
	assert_int_equal(end.files.others, warm.files.others);
	assert_true(end.files.sockets <= warm.files.sockets);
}

static int
set_up(void **state)
{
	if (setlocale(LC_ALL, "C.UTF-8") == NULL || scratch_enter(state) != 0)
		return -1;
	http_clean_environment();
	return setenv("XDG_CONFIG_HOME", *state, 1) |
	    setenv("XDG_STATE_HOME", *state, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_day_leaves_memory_and_descriptors_as_they_were, set_up,
		    scratch_leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
