/*
 * The rules of restricted mode. Whoever wrote the forced command and the
 * system's file is trusted; whoever logs in has the keys alone.
 */
#include "bantop/app/restricted_rules.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* -- the configuration file ---------------------------------------------- */

static bool
can_change(const char *path)
{
	struct stat info;

	return stat(path, &info) != 0 || info.st_uid == geteuid() ||
	    faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
}

/* Who may write a folder may put another file in the place of this one; who
 * may write a link on the way, too, so there is to be none. */
bool
restricted_check_config(const char *path, struct err *err)
{
	char *real = realpath(path, NULL);
	bool good = real != NULL && strcmp(real, path) == 0;
	char *slash = NULL;

	while (good) {
		good = !can_change(real[0] == '\0' ? "/" : real);
		slash = strrchr(real, '/');
		if (slash == NULL)
			break;
		*slash = '\0';
	}
	free(real);
	if (good)
		return true;
	return err_set(err, ERR_USAGE, 0, NULL,
	    "--config %.60s: restricted mode takes a file by its full path "
	    "that "
	    "its user may not write",
	    path);
}

/* -- options ------------------------------------------------------------- */

static bool
refuse(struct err *err, const char *option, const char *why)
{
	return err_set(err, ERR_USAGE, 0, NULL, "%s: restricted mode %s",
	    option, why);
}

static bool
check_options(const struct settings *settings, struct err *err)
{
	if (settings->output != NULL)
		return refuse(err, "--output", "writes no files");
	if (settings->log != NULL)
		return refuse(err, "--log", "writes no files");
	if (settings->demo != NULL)
		return refuse(err, "--demo", "runs no commands");
	if (settings->secret.key_command != NULL)
		return refuse(err, "secret_key_command", "runs no commands");
	if (settings->secret.usersig_command != NULL)
		return refuse(err, "usersig_command", "runs no commands");
	if (settings->command == COMMAND_GROUPS &&
	    restricted_has_fixed_groups(settings))
		return refuse(err, "groups",
		    "has the groups of its configuration alone");
	if (settings->action == SETTINGS_RUN && settings->region == NULL &&
	    settings->command != COMMAND_EXPLAIN)
		return refuse(err, "--region",
		    "needs a region or an endpoint that is set");
	return true;
}

/* The region screen has this one entry, and leads to no other host. */
static void
keep_one_region(struct settings *settings)
{
	struct region region;

	if (settings->region == NULL)
		return;
	region = *settings->region;
	settings->regions.regions[0] = region;
	settings->regions.count = 1;
	settings->region = &settings->regions.regions[0];
}

static bool
is_listed(const struct settings *settings, const char *group)
{
	for (size_t i = 0; i < settings->group_count; i++) {
		if (strcmp(settings->groups[i], group) == 0)
			return true;
	}
	return false;
}

static void
list_the_group(struct settings *settings)
{
	if (settings->group == NULL || is_listed(settings, settings->group) ||
	    settings->group_count == SETTINGS_GROUPS_MAX)
		return;
	settings->groups[settings->group_count++] = settings->group;
}

bool
restricted_apply(struct settings *settings, struct err *err)
{
	list_the_group(settings);
	if (!check_options(settings, err))
		return false;
	keep_one_region(settings);
	settings->no_state = true;
	if (settings->idle_s == 0)
		settings->idle_s = RESTRICTED_IDLE_S;
	return true;
}

bool
restricted_has_fixed_groups(const struct settings *settings)
{
	return settings->restricted && settings->group_count > 0;
}

/* -- keys ---------------------------------------------------------------- */

const char *
restricted_refusal(const struct settings *settings, enum action action)
{
	static const char fixed[] =
	    "restricted: only the groups of the configuration";

	if (!settings->restricted)
		return NULL;
	/* Every other action only looks: hence the default. */
	switch ((int)action) {
	case ACTION_WRITE:
		return "restricted: no files are written";
	case ACTION_SUSPEND:
		return "restricted: there is no shell to go to";
	case ACTION_TYPE_ID:
	case ACTION_FETCH_GROUPS:
		return settings->group_count > 0 ? fixed : NULL;
	default:
		return NULL;
	}
}
