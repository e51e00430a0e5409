/*
 * What the user asked for: defaults, files, environment and flags merged, all
 * checked. A plain value but for the texts it owns; of secrets it holds only
 * where they come from, and what the environment gave, to be wiped.
 */
#ifndef BANTOP_APP_SETTINGS_H
#define BANTOP_APP_SETTINGS_H

#include "bantop/api/region.h"
#include "bantop/base/buf.h"
#include "bantop/base/text.h"
#include "bantop/model/ban_query.h"

enum {
	SETTINGS_GROUPS_MAX = 64,
	SETTINGS_ACCOUNTS_MAX = 1000,
	SETTINGS_TEXT_MAX = 4096, /* bytes of any one value */
	SETTINGS_SECRET_MAX = 16 * 1024,
	SETTINGS_KEYS_MAX = 128,
	SETTINGS_OPTIONS_MAX = 64, /* an origin is kept for each option */
};

enum command {
	COMMAND_UI,
	COMMAND_LIST,
	COMMAND_CHECK,
	COMMAND_GROUPS,
	COMMAND_DOCTOR,
	COMMAND_EXPLAIN,
	COMMAND_COUNT,
};

/* What to do in place of the command. */
enum settings_action {
	SETTINGS_RUN,
	SETTINGS_HELP,
	SETTINGS_VERSION,
	SETTINGS_PRINT_CONFIG,
	SETTINGS_CHECK_CONFIG,
	SETTINGS_KEYS,
};

enum output_format {
	OUTPUT_DEFAULT, /* table to a terminal, tsv elsewhere */
	OUTPUT_TABLE,
	OUTPUT_TSV,
	OUTPUT_CSV,
	OUTPUT_JSON,
	OUTPUT_JSONL,
};

/* The user's keys for an action: names with blanks between. */
struct key_setting {
	const char *action;
	const char *keys;
};

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Where the secret comes from; the first that is set counts. */
struct secret_source {
	int key_fd; /* -1: none */
	const char *key_file;
	const char *key_command;
	const char *usersig_file;
	const char *usersig_command;
	/* BANTOP_SECRET_KEY, BANTOP_USERSIG: taken out of the environment at
	 * the start; len 0 for none. Count when none of the above is set. */
	struct buf key;
	struct buf usersig;
	/* What the user's own commands get: the environment as it was before
	 * the libraries' part was taken out; NULL: as it is. Owned, but for
	 * the texts. */
	char **environment;
};

/* Layers, the later over the earlier. */
enum settings_layer {
	LAYER_DEFAULT,
	LAYER_FILE,
	LAYER_PROFILE,
	LAYER_ENVIRONMENT,
	LAYER_FLAG,
};

struct settings {
	enum settings_action action;
	enum command command;
	const char *const *operands; /* accounts of check, codes of explain */
	size_t operand_count;

	const char *profile; /* "" for none */
	const char *marker;  /* shown in the header; "" for none */
	struct region_set regions;
	const struct region *region; /* in regions; NULL: to be chosen */
	const char *region_name;     /* as given; NULL for none */
	const char *endpoint;        /* as given; NULL for none */
	const char *group;           /* NULL: to be chosen */
	const char *groups[SETTINGS_GROUPS_MAX]; /* configured ones */
	size_t group_count;
	uint32_t app_id;   /* 0: not given */
	const char *admin; /* "" when not given */
	struct secret_source secret;
	enum settings_layer secret_layer; /* that named the secret */
	const char *cacert;               /* NULL for none */
	const char *proxy;                /* NULL for none */

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

	struct key_setting keys[SETTINGS_KEYS_MAX];
	size_t key_count;

	bool utc;
	const char *zone; /* NULL: the local one */
	const char *theme;
	enum color_when color;
	bool ascii;          /* asked for, or forced by the locale */
	bool ambiguous_wide; /* the terminal draws those of it two wide */
	bool reader;
	bool mouse;
	bool no_state;
	const char *demo;   /* scenario; NULL: no demo */
	const char *log;    /* the request log's file; NULL for none */
	const char *config; /* in the place of the user's file; or NULL */

	bool restricted; /* for an SSH forced command */
	int idle_s;      /* without a key, then the UI leaves; 0: never */
	bool sandbox_required;

	struct settings_owner *owner; /* what the texts live in */
};

/** Everything as it is when nobody asks for anything. @return owned. */
struct settings *settings_create(void);
/** Wipes what was secret. Takes NULL. */
void settings_destroy(struct settings *settings);

/** @return a copy that lives as long as @p settings. */
const char *settings_keep(struct settings *settings, const char *text,
    size_t len);

/** The layer that setters work for from now on; @p origin is copied and said
 *  of every value set ("--rate", "/etc/bantop/bantop.conf:3"). */
void settings_begin(struct settings *settings, enum settings_layer layer,
    const char *origin);
enum settings_layer settings_layer(const struct settings *settings);
/** Notes where the value of option number @p option comes from. */
void settings_note_origin(struct settings *settings, size_t option);
/** The layer that set it; LAYER_DEFAULT while nobody has. */
enum settings_layer settings_option_layer(const struct settings *settings,
    size_t option);
/** @return borrowed; "default" while nobody has set it. */
const char *settings_origin(const struct settings *settings, size_t option);

/** @param operands taken; its texts are the settings' own already. */
void settings_take_operands(struct settings *settings, const char **operands);

/** The environment's secret stands over what files named.
 *  @return false with ERR_USAGE if the environment gives two. */
MUST_CHECK bool settings_prefer_environment(struct settings *settings,
    struct err *err);

/* Gets a line for the user: a warning or a problem; without newline. */
typedef void (*settings_tell_fn)(const char *line, void *user);

/** TEXT_ASCII with --ascii or in a locale without UTF-8, else
 *  TEXT_UNAMBIGUOUS where ambiguous characters are wide. */
enum text_mode settings_text_mode(const struct settings *settings);

#endif
