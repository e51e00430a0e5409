/*
 * The command line, from one table: names, ranges, help.
 */
#include "bantop/sim/options.h"

#include <getopt.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "bantop/base/num.h"
#include "bantop/sim/walk.h"

/* What the value of an option is. */
enum value { VALUE_NUMBER, VALUE_FAULT, VALUE_GROUP, VALUE_FLAG };

struct option_row {
	const char *name;
	const char *sign; /* of the value, in the help */
	enum value value;
	size_t at; /* of the number or the flag in the options */
	int64_t min, max;
	const char *help;
};

#define AT(member) offsetof(struct sim_options, member)

static const struct option_row rows[] = {
	{ "port", "N", VALUE_NUMBER, AT(port), 0, 65535,
	    "TCP port on 127.0.0.1; 0, the default, takes any" },
	{ "members", "N", VALUE_NUMBER, AT(members), 0, SIM_MEMBERS_MAX,
	    "banned members of the default group (137)" },
	{ "groups", "N", VALUE_NUMBER, AT(groups), 0, 100000,
	    "groups of the application (12)" },
	{ "seed", "N", VALUE_NUMBER, AT(seed), 0, INT64_MAX,
	    "what all data is made from (1)" },
	{ "latency", "MS", VALUE_NUMBER, AT(latency_ms), 0, 600000,
	    "time before each answer (0)" },
	{ "jitter", "MS", VALUE_NUMBER, AT(jitter_ms), 0, 600000,
	    "the latency varies by up to this, both ways (0)" },
	{ "rate", "N", VALUE_NUMBER, AT(rate), 0, 10000000,
	    "calls a second before 60007; 0: no limit (200)" },
	{ "skew", "S", VALUE_NUMBER, AT(skew_s), -1000000000, 1000000000,
	    "the service's clock is ahead by this many seconds (0)" },
	{ "fault", "NAME", VALUE_FAULT, 0, 0, 0,
	    "a fault, see below; may be given again" },
	{ "now", "T", VALUE_NUMBER, AT(now_s), 1, INT64_C(253402300799),
	    "the bans end so long after T, Unix seconds (the start)" },
	{ "group", "ID", VALUE_GROUP, 0, 0, 0,
	    "the group for --print-members" },
	{ "print-members", "", VALUE_FLAG, AT(print_members), 0, 0,
	    "print accounts and ends in their order, and leave" },
	{ "exit-with-stdin", "", VALUE_FLAG, AT(exit_with_stdin), 0, 0,
	    "leave when standard input reaches its end" },
	{ "help", "", VALUE_FLAG, AT(help), 0, 0, "this text" },
	{ "version", "", VALUE_FLAG, AT(version), 0, 0,
	    "versions of the program and its libraries" },
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static void
fill_long(struct option *table)
{
	size_t i;

	for (i = 0; i < ROWS; i++) {
		table[i] = (struct option){
			.name = rows[i].name,
			.has_arg = rows[i].value == VALUE_FLAG
			    ? no_argument
			    : required_argument,
			.val = (int)i,
		};
	}
	table[ROWS] = (struct option){ .name = NULL };
}

static bool
set_number(struct sim_options *options, const struct option_row *row,
    const char *text, struct buf *why)
{
	int64_t value;

	if (!num_parse(text, strlen(text), row->min, row->max, &value)) {
		buf_put_format(why,
		    "--%s %.64s: expected a number from %" PRId64
		    " to %" PRId64,
		    row->name, text, row->min, row->max);
		return false;
	}
	memcpy((char *)options + row->at, &value, sizeof(value));
	return true;
}

static bool
set_fault(struct sim_options *options, const char *text, struct buf *why)
{
	const struct sim_fault_rule *rule;

	if (!sim_faults_add(&options->faults, text, why))
		return false;
	rule = &options->faults.rules[options->faults.count - 1];
	if (rule->fault != SIM_FAULT_BODY || access(rule->text, R_OK) == 0)
		return true;
	buf_put_format(why, "--fault %.200s: cannot read the file", text);
	return false;
}

static bool
set_option(struct sim_options *options, const struct option_row *row,
    const char *text, struct buf *why)
{
	bool on = true;

	switch (row->value) {
	case VALUE_NUMBER:
		return set_number(options, row, text, why);
	case VALUE_FAULT:
		return set_fault(options, text, why);
	case VALUE_GROUP:
		options->group = text;
		return true;
	case VALUE_FLAG:
		memcpy((char *)options + row->at, &on, sizeof(on));
		return true;
	}
	return false;
}

static bool
fail_unknown(char **argv, struct buf *why)
{
	const char *text = optind > 0 ? argv[optind - 1] : "";

	buf_put_format(why,
	    "unknown option or missing value: %.64s; see --help", text);
	return false;
}

bool
sim_options_parse(struct sim_options *options, int argc, char **argv,
    struct buf *why)
{
	struct option table[ROWS + 1];
	int found;

	*options = (struct sim_options){
		.members = 137,
		.groups = 12,
		.seed = 1,
		.rate = 200,
	};
	fill_long(table);
	optind = 1;
	opterr = 0;
	for (;;) {
		found = getopt_long(argc, argv, ":", table, NULL);
		if (found == -1)
			break;
		if (found == '?' || found == ':')
			return fail_unknown(argv, why);
		if (!set_option(options, &rows[found], optarg, why))
			return false;
	}
	if (optind < argc) {
		buf_put_format(why, "unexpected argument: %.64s", argv[optind]);
		return false;
	}
	return true;
}

void
sim_options_write_help(struct buf *out)
{
	size_t i;

	buf_put_text(out,
	    "Usage: bantop-sim [OPTION...]\n"
	    "A made-up service with banned members, for demos and tests, over\n"
	    "HTTPS on the loopback interface. The first line of output is one\n"
	    "JSON object that says where it is; each request writes a line of\n"
	    "JSON to standard error.\n\nOptions:\n");
	for (i = 0; i < ROWS; i++)
		buf_put_format(out, "  --%-15s %-4s %s\n", rows[i].name,
		    rows[i].sign, rows[i].help);
	buf_put_text(out,
	    "\nFaults: --fault NAME[@WHERE[xTIMES]]. WHERE is a page of the\n"
	    "list of bans, from 1, or list, groups, info, profile, any;\n"
	    "without TIMES a fault strikes always.\n\n");
	sim_faults_write_help(out);
}
