/*
 * torture SHIM SCENARIO [OPTION...]: one scenario, first as it is, to count the
 * calls and to learn what should come, then once for each point. The last line
 * is `N points, N failed`.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <unistd.h>

#include <cmocka.h>

#include "torture/torture.h"

enum { SPEED = 10, POINT_MAX = 64 };

struct tally {
	size_t points;
	size_t failed;
	size_t unreached; /* a run may make fewer calls than the first */
};

static const struct torture_scenario *
find_scenario(const char *name)
{
	size_t i;

	for (i = 0; i < torture_scenario_count(); i++)
		if (strcmp(torture_scenario_at(i)->name, name) == 0)
			return torture_scenario_at(i);
	fail_msg("no scenario %s", name);
	return NULL;
}

static void
report(const struct torture_stage *stage, const struct torture_point *point,
    const char *why)
{
	const struct torture_page *page = stage->page;
	char name[POINT_MAX];

	torture_point_write(point, name, sizeof name);
	(void)printf("FAIL %s:%s: %s\n    at %.600s\n", stage->scenario->name,
	    name, why, page->fired_way);
	if (page->crash != 0)
		(void)printf("    crash at %.600s\n", page->crash_way);
	torture_stage_show_findings(stage);
	(void)fflush(stdout);
}

static void
try_point(struct torture_stage *stage, const struct torture_point *point,
    const struct torture_outcome *usual, struct tally *tally)
{
	struct torture_outcome outcome;
	char why[TORTURE_WHY_MAX];

	torture_stage_reset(stage, point, false);
	torture_run(stage, &outcome);
	if (!stage->page->fired)
		tally->unreached++;
	else
		tally->points++;
	if (!torture_judge(stage, point, &outcome, usual, why)) {
		tally->failed++;
		report(stage, point, why);
	}
	torture_outcome_release(&outcome);
}

/* The same as ever when nothing fails, or nothing can be said of the rest. */
static void
learn(struct torture_stage *stage, struct torture_outcome *usual)
{
	char why[TORTURE_WHY_MAX];

	torture_stage_reset(stage, NULL, true);
	torture_run(stage, usual);
	if (!torture_judge(stage, NULL, usual, usual, why))
		fail_msg("%s: %s\n%s", stage->scenario->name, why,
		    buf_text(&usual->out));
}

static void
torture(struct torture_stage *stage, const struct torture_choice *choice,
    struct tally *tally)
{
	struct torture_outcome usual;
	struct torture_points points;
	size_t i;

	learn(stage, &usual);
	torture_points_choose(&points, stage->page, choice);
	for (i = 0; i < points.count; i++)
		try_point(stage, &points.list[i], &usual, tally);
	torture_points_release(&points);
	torture_outcome_release(&usual);
}

/* "call[:nth[:fault]]" */
static void
read_only(char *text, struct torture_choice *choice)
{
	char *nth = strchr(text, ':');
	char *fault = nth != NULL ? strchr(nth + 1, ':') : NULL;

	choice->call = text;
	choice->every = true;
	if (nth != NULL) {
		*nth = '\0';
		choice->nth = strtoull(nth + 1, NULL, 10);
	}
	if (fault != NULL) {
		*fault = '\0';
		choice->fault = fault + 1;
	}
}

static void
read_options(int argc, char **argv, struct torture_choice *choice)
{
	int option;

	while ((option = getopt(argc, argv, "ek:o:n:s:")) != -1) {
		switch (option) {
		case 'e':
			choice->every = true;
			break;
		case 'k':
			choice->seen = optarg;
			break;
		case 'o':
			read_only(optarg, choice);
			break;
		case 'n':
			choice->sample = strtoull(optarg, NULL, 10);
			break;
		case 's':
			choice->share = strtoull(optarg, NULL, 10);
			break;
		default:
			exit(2);
		}
	}
}

int
main(int argc, char **argv)
{
	struct torture_choice choice = { .call = NULL };
	struct torture_stage stage;
	struct tally tally = { 0 };
	size_t i;

	read_options(argc, argv, &choice);
	if (argc - optind != 2) {
		for (i = 0; i < torture_scenario_count(); i++)
			(void)puts(torture_scenario_at(i)->name);
		return argc - optind == 0 ? 0 : 2;
	}
	/* The same addresses in each run, so that ways can be told apart. */
	if (personality(ADDR_NO_RANDOMIZE) < 0)
		fail_msg("personality: %s", strerror(errno));
	torture_stage_open(&stage, find_scenario(argv[optind + 1]),
	    argv[optind], SPEED);
	torture(&stage, &choice, &tally);
	torture_stage_close(&stage);
	(void)printf("%s: %zu points, %zu failed (%zu calls did not come)\n",
	    argv[optind + 1], tally.points, tally.failed, tally.unreached);
	return tally.failed == 0 ? 0 : 1;
}
