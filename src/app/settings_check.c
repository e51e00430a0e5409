/*
 * Region, endpoint and zone from what the layers gave, and what a command
 * needs before anything is sent: each lack is one line that says what to give.
 */
#include "bantop/app/settings_check.h"

#include <string.h>

#include "bantop/api/group_reply.h"
#include "bantop/app/option_table.h"
#include "bantop/model/moment.h"

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

bool
settings_check_name(const struct settings *settings, const char *key,
    const char *value, struct err *err)
{
	bool ok;

	if (strcmp(key, "region") == 0)
		return region_find(&settings->regions, value, err) != NULL;
	if (strcmp(key, "zone") != 0)
		return true;
	ok = moment_use_zone(value, err);
	moment_use_start_zone();
	return ok;
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
