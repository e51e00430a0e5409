/*
 * What the user asked for: defaults, files, environment and flags merged, all
 * checked. A plain value but for the texts it owns; secrets are not in it,
 * only where they come from.
 */
#ifndef BANTOP_APP_SETTINGS_H
#define BANTOP_APP_SETTINGS_H

#include "bantop/api/region.h"
#include "bantop/base/text.h"
#include "bantop/model/ban_query.h"

enum { SETTINGS_GROUPS_MAX = 64, SETTINGS_ACCOUNTS_MAX = 1000 };

enum command {
	COMMAND_UI,
	COMMAND_LIST,
	COMMAND_CHECK,
	COMMAND_GROUPS,
	COMMAND_DOCTOR,
	COMMAND_EXPLAIN,
};

enum output_format {
	OUTPUT_DEFAULT, /* table to a terminal, tsv elsewhere */
	OUTPUT_TABLE,
	OUTPUT_TSV,
	OUTPUT_CSV,
	OUTPUT_JSON,
	OUTPUT_JSONL,
};

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Where the secret comes from; the first that is set counts. */
struct secret_source {
	int key_fd;		  /* -1: none */
	const char *key_file;
	const char *key_command;
	const char *usersig_file;
	const char *usersig_command;
};

struct settings {
	enum command command;
	const char *const *operands; /* accounts of check, codes of explain */
	size_t operand_count;

	const char *profile; /* "" for none */
	const char *marker;  /* shown in the header; "" for none */
	struct region_set regions;
	const struct region *region; /* in regions; NULL: to be chosen */
	const char *group;	     /* NULL: to be chosen */
	const char *groups[SETTINGS_GROUPS_MAX]; /* configured ones */
	size_t group_count;
	uint32_t app_id;   /* 0: not given */
	const char *admin; /* "" when not given */
	struct secret_source secret;
	const char *cacert; /* NULL for none */
	const char *proxy;  /* NULL for none */

	int page_size;
	int rate;
	size_t parallel;
	int connect_timeout_s;
	int timeout_s;
	size_t max_rows;
	int interval_s; /* 0: off */

	enum ban_column sort;
	bool sort_descending;
	const char *filter; /* NULL for none */

	enum output_format format;
	const char *output; /* NULL: standard output */
	bool force;
	int64_t offset;
	const char *group_type; /* of groups --type; "" for all */

	bool utc;
	const char *zone; /* NULL: the local one */
	const char *theme;
	enum color_when color;
	bool ascii; /* asked for, or forced by the locale */
	bool reader;
	bool no_state;
	const char *demo; /* scenario; NULL: no demo */

	void *owner; /* what the texts live in */
};

/** TEXT_ASCII with --ascii or in a locale without UTF-8. */
enum text_mode settings_text_mode(const struct settings *settings);

#endif
