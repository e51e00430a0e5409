/*
 * The command line, by getopt_long over the one table; the environment by the
 * same table. Options stand before or after the command: getopt is told to
 * hand over operands in their place, so that POSIXLY_CORRECT changes nothing.
 * Of a value that is no secret's name nothing but its beginning is repeated.
 */
#include "bantop/app/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/app/config.h"
#include "bantop/app/option_table.h"
#include "bantop/app/restricted_rules.h"
#include "bantop/app/secret.h"
#include "bantop/app/settings_check.h"
#include "bantop/app/theme_file.h"
#include "bantop/base/mem.h"

enum {
	OPERAND = 1,       /* what getopt returns for one */
	LONG_BASE = 0x400, /* above every short name */
};

/* What stood on the command line, in its order, not yet taken. */
struct given {
	size_t count;
	struct {
		size_t option;
		const char *value; /* NULL for none */
	} items[256];
	size_t operand_count;
	const char **operands;
};

struct getopt_table {
	struct option rows[SETTINGS_OPTIONS_MAX + 1];
	char letters[3 + 3 * SETTINGS_OPTIONS_MAX];
};

static void
build_table(struct getopt_table *table)
{
	size_t letter = 0;
	size_t used = 0;

	memset(table, 0, sizeof(*table));
	table->letters[letter++] = '-';
	table->letters[letter++] = ':';
	for (size_t i = 0; i < option_count(); i++) {
		const struct option_row *row = option_at(i);
		struct option *item = &table->rows[used];

		if ((row->where & OPTION_NO_FLAG) != 0)
			continue;
		item->name = row->name;
		item->val = LONG_BASE + (int)i;
		item->has_arg = row->argument == NULL ? no_argument
		    : (row->where & OPTION_VALUE_OPTIONAL) != 0
		    ? optional_argument
		    : required_argument;
		used++;
		if (row->short_name == '\0')
			continue;
		table->letters[letter++] = row->short_name;
		if (row->argument != NULL)
			table->letters[letter++] = ':';
	}
}

static size_t
option_of(int value)
{
	if (value >= LONG_BASE)
		return (size_t)(value - LONG_BASE);
	for (size_t i = 0; i < option_count(); i++) {
		if (option_at(i)->short_name == (char)value)
			return i;
	}
	return SIZE_MAX;
}

/* Of an unknown one only the name is repeated: what stands behind its '='
 * may be a secret. */
static bool
refuse_unknown(char **argv, struct err *err)
{
	const char *hint = "bantop --help lists the options";
	const char *word = argv[optind > 0 ? optind - 1 : 0];

	if (optopt >= LONG_BASE)
		return err_set(err, ERR_USAGE, 0, hint, "--%s: takes no value",
		    option_at(option_of(optopt))->name);
	if (optopt != 0)
		return err_set(err, ERR_USAGE, 0, hint, "-%c: no such option",
		    optopt);
	return err_set(err, ERR_USAGE, 0, hint, "%.*s: no such option",
	    (int)strcspn(word, "="), word);
}

static bool
refuse_missing(struct err *err)
{
	const struct option_row *row = option_at(option_of(optopt));

	return err_set(err, ERR_USAGE, 0, NULL, "--%s: %s is missing",
	    row->name, row->argument);
}

static bool
read_arguments(int argc, char **argv, struct given *given, struct err *err)
{
	struct getopt_table table;
	int value;

	build_table(&table);
	opterr = 0;
	optind = 0;
	for (;;) {
		value =
		    getopt_long(argc, argv, table.letters, table.rows, NULL);
		if (value == -1)
			break;
		if (value == '?')
			return refuse_unknown(argv, err);
		if (value == ':')
			return refuse_missing(err);
		if (value == OPERAND) {
			given->operands[given->operand_count++] = optarg;
			continue;
		}
		if (given->count ==
		    sizeof(given->items) / sizeof(given->items[0]))
			return err_set(err, ERR_USAGE, 0, NULL,
			    "too many options");
		given->items[given->count].option = option_of(value);
		given->items[given->count++].value = optarg;
	}
	for (int i = optind; i < argc; i++)
		given->operands[given->operand_count++] = argv[i];
	return true;
}

/* -- merging ------------------------------------------------------------- */

/* The first operand is the command; what follows are its own. */
static void
take_command(struct settings *settings, const struct given *given)
{
	const char **kept;
	size_t begin = 0;

	for (int i = COMMAND_LIST; i < COMMAND_COUNT; i++) {
		if (given->operand_count == 0 ||
		    strcmp(given->operands[0],
		        option_command_name((enum command)i)) != 0)
			continue;
		settings->command = (enum command)i;
		begin = 1;
	}
	settings->operand_count = given->operand_count - begin;
	kept = mem_grow(NULL, settings->operand_count + 1, sizeof(*kept));
	for (size_t i = begin; i < given->operand_count; i++)
		kept[i - begin] = settings_keep(settings, given->operands[i],
		    strlen(given->operands[i]));
	settings_take_operands(settings, kept);
}

static bool
set_option(struct settings *settings, size_t option, const char *name,
    const char *value, struct err *err)
{
	struct err why;

	if (option_set(settings, option, value, &why))
		return true;
	return err_set(err, why.kind, why.code, why.hint, "%s%s%.80s: %s", name,
	    value == NULL ? "" : " ", value == NULL ? "" : value, why.text);
}

static bool
set_flag(struct settings *settings, const struct given *given, size_t index,
    struct err *err)
{
	const struct option_row *row = option_at(given->items[index].option);
	char name[40];

	snprintf(name, sizeof(name), "--%s", row->name);
	settings_begin(settings, LAYER_FLAG, name);
	return set_option(settings, given->items[index].option, name,
	    given->items[index].value, err);
}

static bool
set_environment(struct settings *settings, struct err *err)
{
	const char *value = getenv("NO_COLOR");

	if (value != NULL && value[0] != '\0') {
		settings_begin(settings, LAYER_ENVIRONMENT, "NO_COLOR");
		if (!option_set(settings, option_find_key("color"), "never",
		        err))
			return false;
	}
	for (size_t i = 0; i < option_count(); i++) {
		const char *name = option_at(i)->environment;

		value = name == NULL ? NULL : getenv(name);
		if (value == NULL || value[0] == '\0')
			continue;
		settings_begin(settings, LAYER_ENVIRONMENT, name);
		if (!set_option(settings, i, name, value, err))
			return false;
	}
	return settings_prefer_environment(settings, err);
}

/* An option that would do nothing for the command is refused. */
static bool
check_place(const struct settings *settings, const struct given *given,
    struct err *err)
{
	unsigned bit = option_command_bit(settings->command);

	if (settings->operand_count > 0 && settings->command == COMMAND_UI)
		return true; /* no such command: said later */
	for (size_t i = 0; i < given->count; i++) {
		const struct option_row *row =
		    option_at(given->items[i].option);

		if (row->commands == 0 || (row->commands & bit) != 0)
			continue;
		return err_set(err, ERR_USAGE, 0, NULL, "--%s: not for %s",
		    row->name,
		    settings->command == COMMAND_UI
		        ? "the terminal UI, only for printing commands"
		        : option_command_name(settings->command));
	}
	return true;
}

/* @return the last value that was given for it; NULL for none. */
static const char *
find_given(const struct given *given, const char *key)
{
	size_t option = option_find_key(key);
	const char *value = NULL;

	for (size_t i = 0; i < given->count; i++) {
		if (given->items[i].option == option)
			value = given->items[i].value;
	}
	return value;
}

static const char *
given_or_environment(const struct given *given, const char *key)
{
	const struct option_row *row = option_at(option_find_key(key));
	const char *value = find_given(given, key);

	if (value == NULL)
		value = getenv(row->environment);
	return value == NULL || value[0] == '\0' ? NULL : value;
}

/* Help and versions are given whatever else stands there. */
static bool
wants_page(struct settings *settings, const struct given *given)
{
	for (size_t i = 0; i < given->count; i++) {
		const struct option_row *row =
		    option_at(given->items[i].option);

		if (row->kind != OPTION_ACTION ||
		    (row->min != SETTINGS_HELP && row->min != SETTINGS_VERSION))
			continue;
		settings->action = (enum settings_action)row->min;
		return true;
	}
	return false;
}

/* The last of them counts, as with any option. */
static bool
wants_check(const struct given *given)
{
	bool wanted = false;

	for (size_t i = 0; i < given->count; i++) {
		const struct option_row *row =
		    option_at(given->items[i].option);

		if (row->kind == OPTION_ACTION)
			wanted = row->min == SETTINGS_CHECK_CONFIG;
	}
	return wanted;
}

/* The one that holds in the end: what flags and environment name is in no
 * file. Those of the files were looked for with them. */
static bool
check_theme(const struct settings *settings, settings_tell_fn tell, void *user,
    struct err *err)
{
	const char *origin =
	    settings_origin(settings, option_find_key("theme"));
	struct problems found = { .count = 0 };
	struct problems told = { .count = 0 };
	bool ok;

	if (settings->action != SETTINGS_CHECK_CONFIG)
		return true;
	theme_file_check(settings->theme, &found);
	for (size_t i = 0; i < found.count; i++)
		problems_add(&told, 0, found.list[i].line, "%.100s: %s", origin,
		    found.list[i].text);
	problems_tell(&told, tell, user, err);
	ok = told.count == 0;
	problems_release(&told);
	problems_release(&found);
	return ok;
}

/* It was known before anything was read, or it is too late for it. */
static bool
finish_restricted(struct settings *settings, bool begun, struct err *err)
{
	if (!begun && settings->restricted)
		return err_set(err, ERR_CONFIG, 0, NULL,
		    "%s: restricted = true: only in %s, or as --restricted",
		    settings_origin(settings, option_find_key("restricted")),
		    config_system_path());
	settings->restricted = begun;
	return !begun || restricted_apply(settings, err);
}

static bool
merge(struct settings *settings, const struct given *given,
    settings_tell_fn tell, void *user, struct err *err)
{
	const struct config_request request = {
		.path = given_or_environment(given, "config"),
		.profile = given_or_environment(given, "profile"),
		.tell = tell,
		.user = user,
		.themes = wants_check(given),
	};
	bool restricted = settings->restricted;

	take_command(settings, given);
	if (wants_page(settings, given))
		return true;
	if (restricted && request.path != NULL &&
	    !restricted_check_config(request.path, err))
		return false;
	if (!check_place(settings, given, err) ||
	    !config_load(settings, &request, err) ||
	    !set_environment(settings, err))
		return false;
	for (size_t i = 0; i < given->count; i++) {
		if (!set_flag(settings, given, i, err))
			return false;
	}
	return settings_finish(settings, err) &&
	    finish_restricted(settings, restricted, err) &&
	    check_theme(settings, tell, user, err);
}

bool
options_load(struct settings *settings, int argc, char **argv,
    settings_tell_fn tell, void *user, struct err *err)
{
	struct given given = { .count = 0 };
	bool ok = false;

	secret_take_environment(&settings->secret);
	given.operands =
	    mem_grow(NULL, (size_t)argc + 1, sizeof(*given.operands));
	if (!read_arguments(argc, argv, &given, err))
		goto done;
	if (!merge(settings, &given, tell, user, err))
		goto done;
	ok = true;
done:
	free(given.operands);
	return ok;
}

/* -- help ---------------------------------------------------------------- */

static const char help_head[] =
    "bantop shows who is banned from a group of Tencent Cloud Chat, and for\n"
    "how long.\n"
    "\n"
    "  bantop [OPTION...]                         the terminal UI\n"
    "  bantop list --group ID [OPTION...]         print the banned members\n"
    "  bantop check --group ID ACCOUNT...         is ACCOUNT banned there\n"
    "  bantop groups [OPTION...]                  print the application's "
    "groups\n"
    "  bantop doctor [OPTION...]                  what works, what does not\n"
    "  bantop explain CODE...                     what an error code means\n"
    "\n";

static const char help_tail[] =
    "\n"
    "Secrets are also taken from BANTOP_SECRET_KEY or BANTOP_USERSIG, or\n"
    "asked for.\n"
    "\n"
    "Exit status: 0 complete, 1 check: not banned, 2 usage or configuration,\n"
    "3 incomplete, 4 network or TLS, 5 refused by the service, 6 "
    "credentials,\n"
    "7 reply not understood, 130 interrupted.\n";

/* Help texts may have several lines; each is put under the first. */
static void
write_help_text(struct buf *out, const char *help, size_t column)
{
	const char *end;

	for (;;) {
		end = strchr(help, '\n');
		if (end == NULL)
			break;
		buf_put(out, help, (size_t)(end - help) + 1);
		buf_put_format(out, "%*s", (int)column, "");
		help = end + 1;
	}
	buf_put_format(out, "%s\n", help);
}

void
options_write_help(struct buf *out)
{
	enum { COLUMN = 29 };

	buf_put_text(out, help_head);
	for (size_t i = 0; i < option_count(); i++) {
		const struct option_row *row = option_at(i);
		bool optional = (row->where & OPTION_VALUE_OPTIONAL) != 0;
		char left[64] = "  ";
		size_t begin = out->len;

		if ((row->where & OPTION_NO_FLAG) != 0)
			continue;
		left[0] = '\0';
		if (row->short_name != '\0')
			buf_put_format(out, "  -%c, ", row->short_name);
		else
			buf_put_text(out, "      ");
		buf_put_format(out, "--%s", row->name);
		if (row->argument != NULL)
			buf_put_format(out, optional ? "[=%s]" : " %s",
			    row->argument);
		if (out->len - begin < COLUMN)
			buf_put_format(out, "%*s",
			    (int)(COLUMN - (out->len - begin)), "");
		else
			buf_put_format(out, "\n%*s", COLUMN, left);
		write_help_text(out, row->help, COLUMN);
	}
	buf_put_text(out, help_tail);
}
