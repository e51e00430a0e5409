/*
 * The settings as a value: defaults, the texts they own, and the last step in
 * which region, endpoint and group are put together and checked. Where values
 * come from is the options' and the files' part; secrets are the credential's.
 */
#include "bantop/app/settings.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/api/group_reply.h"
#include "bantop/app/demo.h"
#include "bantop/app/option_table.h"
#include "bantop/app/secret.h"
#include "bantop/base/mem.h"
#include "bantop/model/moment.h"

struct kept_text {
	struct kept_text *next;
	char text[];
};

struct settings_owner {
	struct kept_text *texts;
	enum settings_layer layer;
	const char *origin;
	const char *origins[OPTION_COUNT_MAX];
	enum settings_layer layers[OPTION_COUNT_MAX];
	const char **operands;
};

struct settings *
settings_create(void)
{
	struct settings *settings = mem_alloc(sizeof(*settings));

	settings->owner = mem_alloc(sizeof(*settings->owner));
	settings->owner->origin = "default";
	settings->profile = "";
	settings->marker = "";
	region_set_init(&settings->regions);
	settings->admin = "";
	settings->secret.key_fd = -1;
	buf_init(&settings->secret.key, SECRET_MAX);
	buf_init(&settings->secret.usersig, SECRET_MAX);
	settings->page_size = 100;
	settings->rate = 10;
	settings->parallel = 8;
	settings->connect_timeout_s = 5;
	settings->timeout_s = 15;
	settings->max_rows = BAN_LIST_ROWS_DEFAULT;
	settings->group_type = "";
	settings->theme = "default";
	return settings;
}

void
settings_destroy(struct settings *settings)
{
	struct kept_text *text;

	if (settings == NULL)
		return;
	buf_wipe(&settings->secret.key);
	buf_wipe(&settings->secret.usersig);
	while (settings->owner->texts != NULL) {
		text = settings->owner->texts;
		settings->owner->texts = text->next;
		free(text);
	}
	free(settings->owner->operands);
	free(settings->owner);
	free(settings);
}

const char *
settings_keep(struct settings *settings, const char *text, size_t len)
{
	struct kept_text *kept = mem_alloc(sizeof(*kept) + len + 1);

	memcpy(kept->text, text, len);
	kept->next = settings->owner->texts;
	settings->owner->texts = kept;
	return kept->text;
}

void
settings_begin(struct settings *settings, enum settings_layer layer,
    const char *origin)
{
	settings->owner->layer = layer;
	settings->owner->origin =
	    settings_keep(settings, origin, strlen(origin));
}

enum settings_layer
settings_layer(const struct settings *settings)
{
	return settings->owner->layer;
}

void
settings_note_origin(struct settings *settings, size_t option)
{
	settings->owner->origins[option] = settings->owner->origin;
	settings->owner->layers[option] = settings->owner->layer;
}

enum settings_layer
settings_option_layer(const struct settings *settings, size_t option)
{
	return settings->owner->layers[option];
}

const char *
settings_origin(const struct settings *settings, size_t option)
{
	const char *origin = settings->owner->origins[option];

	return origin == NULL ? "default" : origin;
}

void
settings_take_operands(struct settings *settings, const char **operands)
{
	free(settings->owner->operands);
	settings->owner->operands = operands;
	settings->operands = operands;
}

bool
settings_prefer_environment(struct settings *settings, struct err *err)
{
	struct secret_source *secret = &settings->secret;

	if (secret->key.len == 0 && secret->usersig.len == 0)
		return true;
	if (settings->secret_layer == LAYER_ENVIRONMENT ||
	    (secret->key.len > 0 && secret->usersig.len > 0))
		return err_set(err, ERR_USAGE, 0, NULL,
		    "BANTOP_SECRET_KEY, BANTOP_USERSIG, "
		    "BANTOP_SECRET_KEY_FILE, BANTOP_USERSIG_FILE: one of them");
	secret->key_file = NULL;
	secret->key_command = NULL;
	secret->usersig_file = NULL;
	secret->usersig_command = NULL;
	settings->secret_layer = LAYER_ENVIRONMENT;
	return true;
}

enum text_mode
settings_text_mode(const struct settings *settings)
{
	if (settings->ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		return TEXT_ASCII;
	return TEXT_UTF8;
}

/* The endpoint's host in the place of the region's; without a region it is
 * the only entry there is. */
static bool
place_endpoint(struct settings *settings, struct err *err)
{
	struct region endpoint;
	struct region *named = NULL;

	if (!region_from_endpoint(settings->endpoint, &endpoint, err))
		return false;
	if (settings->region == NULL) {
		settings->regions.regions[0] = endpoint;
		settings->regions.count = 1;
		settings->region = &settings->regions.regions[0];
		return true;
	}
	named = &settings->regions
	             .regions[settings->region - settings->regions.regions];
	memcpy(named->host, endpoint.host, sizeof(named->host));
	named->backup[0] = '\0';
	named->state = REGION_ENDPOINT;
	return true;
}

static bool
find_region(struct settings *settings, struct err *err)
{
	struct err why;

	if (settings->region_name == NULL)
		return true;
	settings->region =
	    region_find(&settings->regions, settings->region_name, &why);
	if (settings->region == NULL)
		return err_set(err, why.kind, why.code, why.hint, "%s",
		    why.text);
	return true;
}

/* Of two that exclude each other the one of the higher layer holds.
 * @return below 0: the first, above: the second, 0: they are on a par. */
static int
weigh(const struct settings *settings, const char *first, const char *second)
{
	return (int)settings_option_layer(settings, option_find_key(second)) -
	    (int)settings_option_layer(settings, option_find_key(first));
}

static bool
finish_zone(struct settings *settings, struct err *err)
{
	int weight = weigh(settings, "utc", "zone");

	if (settings->utc && settings->zone != NULL) {
		if (weight == 0)
			return err_set(err, ERR_USAGE, 0, NULL,
			    "--utc and --zone: one of them");
		settings->utc = weight < 0;
	}
	return settings->utc || settings->zone == NULL ||
	    moment_use_zone(settings->zone, err);
}

/* The demo brings its own. */
static bool
finish_endpoint(struct settings *settings, struct err *err)
{
	if (settings->endpoint == NULL)
		return true;
	if (settings->demo == NULL)
		return place_endpoint(settings, err);
	if (weigh(settings, "demo", "endpoint") == 0)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "--demo and --endpoint: one of them");
	settings->endpoint = NULL;
	return true;
}

bool
settings_finish(struct settings *settings, struct err *err)
{
	return find_region(settings, err) && finish_endpoint(settings, err) &&
	    finish_zone(settings, err);
}

static bool
check_group(const struct settings *settings, struct err *err)
{
	if (settings->group == NULL)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "%s: no group: give --group ID",
		    option_command_name(settings->command));
	return group_id_check(settings->group, strlen(settings->group), err);
}

static bool
check_region(const struct settings *settings, struct err *err)
{
	if (settings->region != NULL)
		return true;
	return err_set(err, ERR_USAGE, 0, NULL,
	    "%s: no region: give --region KEY, one of cn sgp kr jpn ger usa "
	    "idn, or --endpoint URL",
	    option_command_name(settings->command));
}

/* A ready-made UserSig names both; whoever reads it then takes them from it. */
bool
settings_check_application(const struct settings *settings, struct err *err)
{
	const struct secret_source *secret = &settings->secret;

	if (secret->usersig_file != NULL || secret->usersig_command != NULL ||
	    secret->usersig.len > 0)
		return true;
	if (settings->app_id == 0)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "no application: give --app-id N (the SDKAppID of the "
		    "console)");
	if (settings->admin[0] == '\0')
		return err_set(err, ERR_USAGE, 0, NULL,
		    "no administrator: give --admin ACCOUNT");
	return true;
}

static bool
check_operands(const struct settings *settings, struct err *err)
{
	bool takes = settings->command == COMMAND_CHECK ||
	    settings->command == COMMAND_EXPLAIN;

	if (!takes && settings->operand_count > 0)
		return err_set(err, ERR_USAGE, 0, NULL, "%s: %s",
		    settings->operands[0],
		    settings->command == COMMAND_UI
		        ? "no such command: list, check, groups, doctor or "
		          "explain"
		        : "one argument too many");
	if (settings->command == COMMAND_CHECK && settings->operand_count == 0)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "check: no account: give at least one");
	if (settings->command == COMMAND_EXPLAIN &&
	    settings->operand_count == 0)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "explain: no code: give at least one, such as 60007");
	if (settings->operand_count > SETTINGS_ACCOUNTS_MAX)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "%zu arguments: %d at most", settings->operand_count,
		    SETTINGS_ACCOUNTS_MAX);
	return true;
}

bool
settings_check_command(const struct settings *settings, struct err *err)
{
	if (!check_operands(settings, err))
		return false;
	switch (settings->command) {
	case COMMAND_LIST:
	case COMMAND_CHECK:
		return check_group(settings, err) &&
		    check_region(settings, err) &&
		    settings_check_application(settings, err);
	case COMMAND_GROUPS:
		return check_region(settings, err) &&
		    settings_check_application(settings, err);
	case COMMAND_UI:
		return (settings->group == NULL ||
		           check_group(settings, err)) &&
		    settings_check_application(settings, err);
	case COMMAND_DOCTOR:
	case COMMAND_EXPLAIN:
	case COMMAND_COUNT:
		return true;
	}
	return true;
}
