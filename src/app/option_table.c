/*
 * The table of options. What setting one by its row means stands in
 * option_set.c.
 */
#include "bantop/app/option_table.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "bantop/app/value.h"

#define AT(member) offsetof(struct settings, member)

enum {
	IN_FILE = OPTION_IN_FILE,
	IN_PROFILE = OPTION_IN_FILE | OPTION_IN_PROFILE,

	UI = 1u << COMMAND_UI,
	LIST = 1u << COMMAND_LIST,
	CHECK = 1u << COMMAND_CHECK,
	GROUPS = 1u << COMMAND_GROUPS,
	DOCTOR = 1u << COMMAND_DOCTOR,
	PRINTING = LIST | CHECK | GROUPS | DOCTOR,
};

static const struct option_row rows[] = {
	{ .name = "profile",
	    .short_name = 'p',
	    .argument = "NAME",
	    .environment = "BANTOP_PROFILE",
	    .kind = OPTION_TEXT,
	    .at = AT(profile),

	    .help = "section of the configuration" },
	{ .name = "region",
	    .short_name = 'r',
	    .argument = "KEY",
	    .environment = "BANTOP_REGION",
	    .kind = OPTION_TEXT,
	    .at = AT(region_name),
	    .where = OPTION_IN_PROFILE,
	    .help = "cn sgp kr jpn ger usa idn, legacy ind, unverified\n"
	            "ksa; aliases by country code and city" },
	{ .name = "group",
	    .short_name = 'g',
	    .argument = "ID",
	    .environment = "BANTOP_GROUP",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_group,
	    .show = value_show_group,
	    .where = IN_PROFILE,
	    .help = "open this group at once" },
	{ .name = "app-id",
	    .argument = "N",
	    .environment = "BANTOP_APP_ID",
	    .kind = OPTION_UINT32,
	    .min = 1,
	    .max = UINT32_MAX,
	    .at = AT(app_id),
	    .where = IN_PROFILE,
	    .help = "SDKAppID of the application" },
	{ .name = "admin",
	    .argument = "ACCOUNT",
	    .environment = "BANTOP_ADMIN",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_admin,
	    .show = value_show_admin,
	    .where = IN_PROFILE,
	    .help = "administrator account of the application" },
	{ .name = "secret-key-file",
	    .argument = "F",
	    .environment = "BANTOP_SECRET_KEY_FILE",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_key_file,
	    .show = value_show_key_file,
	    .where = IN_PROFILE,
	    .help = "secret key from a file of mode 0600" },
	{ .name = "secret-key-fd",
	    .argument = "N",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_key_fd,
	    .show = value_show_key_fd,
	    .help = "secret key from an open descriptor" },
	{ .name = "secret-key-command",
	    .argument = "COMMAND",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_key_command,
	    .show = value_show_key_command,
	    .where = IN_PROFILE | OPTION_NO_FLAG,
	    .help = "secret key printed by a command" },
	{ .name = "usersig-file",
	    .argument = "F",
	    .environment = "BANTOP_USERSIG_FILE",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_usersig_file,
	    .show = value_show_usersig_file,
	    .where = IN_PROFILE,
	    .help = "ready-made UserSig from a file of mode 0600" },
	{ .name = "usersig-command",
	    .argument = "COMMAND",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_usersig_command,
	    .show = value_show_usersig_command,
	    .where = IN_PROFILE | OPTION_NO_FLAG,
	    .help = "ready-made UserSig printed by a command" },
	{ .name = "marker",
	    .argument = "TEXT",
	    .kind = OPTION_TEXT,
	    .at = AT(marker),
	    .where = IN_PROFILE | OPTION_NO_FLAG,
	    .help = "word shown in the header, such as LIVE" },
	{ .name = "groups",
	    .argument = "ID",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_groups,
	    .show = value_show_groups,
	    .where = IN_PROFILE | OPTION_NO_FLAG,
	    .help = "groups that the group screen offers first" },
	{ .name = "endpoint",
	    .argument = "URL",
	    .environment = "BANTOP_ENDPOINT",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_endpoint,
	    .show = value_show_endpoint,
	    .where = IN_PROFILE,
	    .help = "another https host in the place of the region's" },
	{ .name = "cacert",
	    .argument = "FILE",
	    .environment = "BANTOP_CACERT",
	    .kind = OPTION_TEXT,
	    .at = AT(cacert),
	    .where = IN_PROFILE,
	    .help = "one more certificate authority" },
	{ .name = "proxy",
	    .argument = "URL",
	    .kind = OPTION_TEXT,
	    .at = AT(proxy),
	    .where = IN_PROFILE | OPTION_NO_FLAG,
	    .help = "proxy for the service; none from the environment" },
	{ .name = "page-size",
	    .argument = "N",
	    .kind = OPTION_INT,
	    .min = 1,
	    .max = 100,
	    .at = AT(page_size),
	    .where = IN_PROFILE,
	    .help = "rows asked for in a call, 1 to 100 (default 100)" },
	{ .name = "rate",
	    .argument = "N",
	    .kind = OPTION_INT,
	    .min = 1,
	    .max = 200,
	    .at = AT(rate),
	    .where = IN_PROFILE,
	    .help = "calls per second, 1 to 200 (default 10)" },
	{ .name = "parallel",
	    .argument = "N",
	    .kind = OPTION_SIZE,
	    .min = 1,
	    .max = 64,
	    .at = AT(parallel),
	    .where = IN_PROFILE,
	    .help = "calls in flight for load-all and list, 1 to 64\n"
	            "(default 8)" },
	{ .name = "connect-timeout",
	    .argument = "S",
	    .kind = OPTION_INT,
	    .min = 1,
	    .max = 300,
	    .at = AT(connect_timeout_s),
	    .where = IN_PROFILE,
	    .help = "seconds to connect, 1 to 300 (default 5)" },
	{ .name = "timeout",
	    .argument = "S",
	    .kind = OPTION_INT,
	    .min = 1,
	    .max = 300,
	    .at = AT(timeout_s),
	    .where = IN_PROFILE,
	    .help = "seconds for one attempt, 1 to 300 (default 15)" },
	{ .name = "max-rows",
	    .argument = "N",
	    .kind = OPTION_SIZE,
	    .min = 1,
	    .max = BAN_LIST_ROWS_MAX,
	    .at = AT(max_rows),
	    .where = IN_PROFILE,
	    .help = "rows to load at most, 1 to 10000000 (default\n"
	            "1000000)" },
	{ .name = "sort",
	    .argument = "COLUMN[:desc]",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_sort,
	    .show = value_show_sort,
	    .commands = UI | LIST,
	    .allowed = "account, until, remaining or state, with :desc "
	               "behind it for descending",
	    .help = "account, until, remaining or state" },
	{ .name = "filter",
	    .argument = "TEXT",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_filter,
	    .show = value_show_filter,
	    .commands = UI | LIST,
	    .help = "keep only what matches: a part of the account,\n"
	            "!TEXT, re:REGEX, left<1h, ended, permanent, banned" },
	{ .name = "format",
	    .argument = "FORMAT",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_format,
	    .show = value_show_format,
	    .commands = PRINTING,
	    .allowed = "table, tsv, csv, json or jsonl",
	    .help = "table, tsv, csv, json or jsonl (default: table on a\n"
	            "terminal, else tsv)" },
	{ .name = "output",
	    .short_name = 'o',
	    .argument = "FILE",
	    .kind = OPTION_TEXT,
	    .at = AT(output),
	    .commands = PRINTING,
	    .help = "write to a new file" },
	{ .name = "force",
	    .kind = OPTION_FLAG,
	    .at = AT(force),
	    .commands = PRINTING,
	    .help = "let -o replace a file" },
	{ .name = "offset",
	    .argument = "N",
	    .kind = OPTION_INT64,
	    .min = 0,
	    .max = (INT64_C(1) << 53) - 1,
	    .at = AT(offset),
	    .commands = LIST,
	    .help = "start there, to go on after an interruption" },
	{ .name = "type",
	    .argument = "TYPE",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_group_type,
	    .show = value_show_group_type,
	    .commands = GROUPS,
	    .allowed = "Public, Private, ChatRoom, AVChatRoom, BChatRoom or "
	               "Community",
	    .help = "groups of this type only: Public Private ChatRoom\n"
	            "AVChatRoom BChatRoom Community" },
	{ .name = "interval",
	    .argument = "S",
	    .kind = OPTION_INT,
	    .min = 10,
	    .max = 86400,
	    .at = AT(interval_s),
	    .where = IN_PROFILE,
	    .commands = UI,
	    .help = "refresh by itself every S seconds, at least 10" },
	{ .name = "utc",
	    .kind = OPTION_FLAG,
	    .at = AT(utc),
	    .where = IN_FILE,
	    .help = "show times in UTC" },
	{ .name = "zone",
	    .argument = "NAME",
	    .kind = OPTION_TEXT,
	    .at = AT(zone),
	    .where = IN_PROFILE,
	    .help = "show times in this zone, such as Asia/Tokyo" },
	{ .name = "theme",
	    .argument = "NAME",
	    .environment = "BANTOP_THEME",
	    .kind = OPTION_TEXT,
	    .at = AT(theme),
	    .where = IN_PROFILE,
	    .commands = UI,
	    .help = "colours (default: default)" },
	{ .name = "color",
	    .argument = "WHEN",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_color,
	    .show = value_show_color,
	    .where = IN_FILE,
	    .commands = UI,
	    .allowed = "auto, always or never",
	    .help = "auto, always or never; NO_COLOR is obeyed" },
	{ .name = "ascii",
	    .kind = OPTION_FLAG,
	    .at = AT(ascii),
	    .where = IN_FILE,
	    .help = "ASCII only" },
	{ .name = "reader",
	    .kind = OPTION_FLAG,
	    .at = AT(reader),
	    .where = IN_FILE,
	    .commands = UI,
	    .help = "for screen readers: no ticking, words for signs" },
	{ .name = "mouse",
	    .kind = OPTION_FLAG,
	    .at = AT(mouse),
	    .where = IN_FILE | OPTION_NO_FLAG,
	    .help = "wheel and clicks in the terminal UI" },
	{ .name = "demo",
	    .argument = "SCENARIO",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_demo,
	    .show = value_show_demo,
	    .where = OPTION_VALUE_OPTIONAL,
	    .commands = UI | PRINTING,
	    .allowed = "calm, large, errors, hostile or slow",
	    .help = "on the bundled simulator: calm (default), large,\n"
	            "errors, hostile, slow" },
	{ .name = "log",
	    .argument = "FILE",
	    .kind = OPTION_TEXT,
	    .at = AT(log),
	    .commands = UI | PRINTING,
	    .help = "trace of requests, without secrets" },
	{ .name = "no-state",
	    .kind = OPTION_FLAG,
	    .at = AT(no_state),
	    .where = IN_FILE,
	    .help = "neither read nor write recent groups and last view" },
	{ .name = "restricted",
	    .kind = OPTION_FLAG,
	    .at = AT(restricted),
	    .where = IN_FILE,
	    .help = "for an SSH forced command: no files, no commands" },
	{ .name = "idle-timeout",
	    .argument = "S",
	    .kind = OPTION_INT,
	    .min = 1,
	    .max = 86400,
	    .at = AT(idle_s),
	    .where = IN_FILE | OPTION_NO_FLAG,
	    .help = "seconds without a key before the UI leaves; 900 in\n"
	            "restricted mode, else never" },
	{ .name = "sandbox",
	    .argument = "WHEN",
	    .kind = OPTION_CUSTOM,
	    .set = value_set_sandbox,
	    .show = value_show_sandbox,
	    .where = IN_FILE | OPTION_NO_FLAG,
	    .allowed = "auto or required",
	    .help = "auto, or required: end where the kernel cannot take\n"
	            "from the program what it needs not" },
	{ .name = "config",
	    .argument = "FILE",
	    .environment = "BANTOP_CONFIG",
	    .kind = OPTION_TEXT,
	    .at = AT(config),
	    .help = "configuration in the place of the user's file" },
	{ .name = "print-config",
	    .kind = OPTION_ACTION,
	    .min = SETTINGS_PRINT_CONFIG,
	    .help = "print what holds, and where it comes from" },
	{ .name = "check-config",
	    .kind = OPTION_ACTION,
	    .min = SETTINGS_CHECK_CONFIG,
	    .help = "check the configuration files" },
	{ .name = "keys",
	    .kind = OPTION_ACTION,
	    .min = SETTINGS_KEYS,
	    .help = "print the keys of the terminal UI" },
	{ .name = "help",
	    .short_name = 'h',
	    .kind = OPTION_ACTION,
	    .min = SETTINGS_HELP,
	    .help = "this page" },
	{ .name = "version",
	    .short_name = 'V',
	    .kind = OPTION_ACTION,
	    .min = SETTINGS_VERSION,
	    .help = "versions of bantop and of its libraries" },
};

_Static_assert(sizeof(rows) / sizeof(rows[0]) <= SETTINGS_OPTIONS_MAX,
    "an origin is kept for each option");

size_t
option_count(void)
{
	return sizeof(rows) / sizeof(rows[0]);
}

const struct option_row *
option_at(size_t index)
{
	assert(index < option_count());
	return &rows[index];
}

void
option_write_key(const struct option_row *row, char out[32])
{
	size_t i;

	assert(strlen(row->name) < 32);
	for (i = 0; row->name[i] != '\0'; i++)
		out[i] = row->name[i] == '-' ? '_' : row->name[i];
	out[i] = '\0';
}

size_t
option_find_key(const char *key)
{
	char name[32];

	for (size_t i = 0; i < option_count(); i++) {
		option_write_key(&rows[i], name);
		if (strcmp(name, key) == 0)
			return i;
	}
	return SIZE_MAX;
}

unsigned
option_command_bit(enum command command)
{
	return 1u << command;
}

const char *
option_command_name(enum command command)
{
	static const char *const names[] = {
		[COMMAND_UI] = "",
		[COMMAND_LIST] = "list",
		[COMMAND_CHECK] = "check",
		[COMMAND_GROUPS] = "groups",
		[COMMAND_DOCTOR] = "doctor",
		[COMMAND_EXPLAIN] = "explain",
	};

	return names[command];
}
