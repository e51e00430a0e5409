/*
 * What bantop is doing when a call fails. Bans end so far ahead that nothing
 * ticks, and the service has no rate: what a scenario does is then the same
 * each time.
 */
#include "torture/torture.h"

#define GROUP "@TGS#aDEMO00001"
#define FAR "--now", "4000000000", "--rate", "0"
#define MEMBERS(count)                  \
	{                               \
		"--members", count, FAR \
	}
#define FAULT(fault)                                      \
	{                                                 \
		"--members", "130", FAR, "--fault", fault \
	}

static const struct torture_step start[] = {
	{ "", "30 loaded, complete", 0, 0 },
	{ "Q", NULL, 0, 0 },
};

static const struct torture_step choose[] = {
	{ "", "choose a region", 0, 0 },
	{ "\r", "choose a group", 0, 0 },
	{ "ifriday-live", "group id: friday-live", 0, 0 },
	{ "\r", "100 loaded, more", 0, 0 },
	{ "q", "choose a group", 0, 0 },
	{ "Q", NULL, 0, 0 },
};

static const struct torture_step scroll[] = {
	{ "", "100 loaded, more", 0, 0 },
	{ "\x06\x06\x06\x06\x06", "200 loaded, more", 0, 0 },
	{ "A", "230 loaded, complete", 0, 0 },
	{ "X", "UNTIL ^", 0, 0 },
	{ "&a\r", "end of list: ", 0, 0 },
	{ "s", "permanent", 0, 0 },
	{ "Q", NULL, 0, 0 },
};

static const struct torture_step refresh[] = {
	{ "", "30 loaded, complete", 0, 0 },
	{ "RD", "0 moved", 0, 0 },
	{ "\x1b", "REMAINING", 0, 0 },
	{ "dn", "nickname", 0, 0 },
	{ "Q", NULL, 0, 0 },
};

static const struct torture_step error[] = {
	{ "", "100 loaded, more", 0, 0 },
	{ "A", "E10007", 0, 0 },
	{ "e", "TIMES", 0, 0 },
	{ "\r", "do next", 0, 0 },
	{ "!", "ABOUT", 0, 0 },
	{ "Q", NULL, 0, 0 },
};

/* The error that it is about is no sign that something else went wrong. */
static const char *const error_told[] = {
	"e: all",
	"nothing loaded",
	"cannot ",
	"not JSON",
	"broken off (",
	"failed (data",
	"failed (network",
	"failed (connect",
	"failed (tls",
	"failed (timeout",
	"failed (credential",
	/* As libcurl tells a lack of memory, in an answer. */
	"the headers of the answer",
	NULL,
};

static const struct torture_step save[] = {
	{ "", "30 loaded, complete", 0, 0 },
	{ "w", "write to: ", 0, 0 },
	{ "\x15rows.csv\r", "30 rows written", 0, 0 },
	{ "Y", "30 loaded", 0, 0 },
	{ "Q", NULL, 0, 0 },
};

static const struct torture_step state[] = {
	{ "", "30 loaded, complete", 0, 0 },
	{ "q", "choose a group", 0, 0 },
	{ "*", "*2  @TGS", 0, 0 },
	{ "Q", NULL, 0, 0 },
};

static const struct torture_step resize[] = {
	{ "", "30 loaded, complete", 0, 0 },
	{ "", "bantop nee", 4, 10 },
	{ "", "30 loaded, complete", 50, 200 },
	{ "T", "theme: ", 0, 0 },
	{ "\x0c", "30 loaded, complete", 30, 100 },
	{ "Q", NULL, 0, 0 },
};

static const struct torture_step quit[] = {
	{ "", "30 loaded, complete", 0, 0 },
	{ "?", "everywhere", 0, 0 },
	{ "\x03\x03", NULL, 0, 0 },
};

static const struct torture_scenario scenarios[] = {
	{ .name = "list",
	    .sim = MEMBERS("230"),
	    .words = { "list", "-g", GROUP },
	    .text = TORTURE_TEXT_ROWS },
	{ .name = "scroll",
	    .sim = MEMBERS("230"),
	    .words = { "-g", GROUP, "--no-state" },
	    .complete = "230 loaded",
	    .steps = scroll },
	{ .name = "choose",
	    .sim = MEMBERS("30"),
	    .words = { "--no-state" },
	    .steps = choose },
	{ .name = "refresh",
	    .sim = MEMBERS("30"),
	    .words = { "-g", GROUP, "--no-state" },
	    .complete = "30 loaded",
	    .steps = refresh },
	{ .name = "error",
	    .sim = FAULT("code:10007@2"),
	    .words = { "-g", GROUP, "--no-state", "--log", "~/log" },
	    .complete = "never",
	    .told = error_told,
	    .steps = error },
	{ .name = "save",
	    .sim = MEMBERS("30"),
	    .words = { "-g", GROUP, "--no-state" },
	    .text = TORTURE_TEXT_ROWS,
	    .file = "rows.csv",
	    .complete = "30 loaded",
	    .steps = save },
	{ .name = "state",
	    .sim = MEMBERS("30"),
	    .words = { "-g", GROUP },
	    .text = TORTURE_TEXT_DIGITS,
	    .file = "state/bantop/state",
	    .complete = "30 loaded",
	    .keeps_state = true,
	    .steps = state },
	{ .name = "locked",
	    .sim = MEMBERS("30"),
	    .words = { "-g", GROUP, "--restricted" },
	    .complete = "30 loaded",
	    .steps = start },
	{ .name = "resize",
	    .sim = MEMBERS("30"),
	    .words = { "-g", GROUP, "--no-state" },
	    .complete = "30 loaded",
	    .steps = resize },
	{ .name = "start",
	    .sim = MEMBERS("30"),
	    .words = { "-g", GROUP, "--no-state", "--theme", "mono" },
	    .complete = "30 loaded",
	    .steps = start },
	{ .name = "quit",
	    .sim = MEMBERS("30"),
	    .words = { "-g", GROUP, "--no-state" },
	    .status = 130,
	    .complete = "30 loaded",
	    .steps = quit },
	{ .name = "export",
	    .sim = MEMBERS("230"),
	    .words = { "list", "-g", GROUP, "--sort", "account", "--format",
	        "csv", "-o", "~/rows.csv" },
	    .text = TORTURE_TEXT_ROWS,
	    .file = "rows.csv" },
	{ .name = "json",
	    .sim = MEMBERS("30"),
	    .words = { "list", "-g", GROUP, "--format", "json", "--filter",
	        "re:^[a-m]", "--log", "~/log" },
	    .text = TORTURE_TEXT_DIGITS,
	    .may_say = "\"complete\":false" },
	{ .name = "broken",
	    .sim = FAULT("cut@2"),
	    .words = { "list", "-g", GROUP, "-o", "~/rows.tsv" },
	    .status = 3,
	    .text = TORTURE_TEXT_ROWS,
	    .file = "rows.tsv" },
	{ .name = "check",
	    .sim = MEMBERS("30"),
	    .words = { "check", "-g", GROUP, "guest_0012", "nobody" },
	    .status = 1,
	    .text = TORTURE_TEXT_ROWS,
	    .may_say = "unknown" },
	{ .name = "restricted",
	    .sim = MEMBERS("30"),
	    .words = { "list", "-g", GROUP, "--restricted" },
	    .text = TORTURE_TEXT_ROWS },
	{ .name = "doctor",
	    .sim = MEMBERS("30"),
	    .words = { "doctor", "-g", GROUP },
	    .text = TORTURE_TEXT_DIGITS,
	    .tells_itself = true },
	{ .name = "config",
	    .alone = true,
	    .words = { "--print-config", "--profile", "live" } },
	{ .name = "explain",
	    .alone = true,
	    .words = { "explain", "60007", "10007" } },
};

size_t
torture_scenario_count(void)
{
	return sizeof scenarios / sizeof scenarios[0];
}

const struct torture_scenario *
torture_scenario_at(size_t index)
{
	return &scenarios[index];
}
