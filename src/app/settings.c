/*
 * The settings as a value: defaults, the texts they own, and where each value
 * comes from. How values are put in is the options' part.
 */
#include "bantop/app/settings.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"

struct kept_text {
	struct kept_text *next;
	char text[];
};

struct settings_owner {
	struct kept_text *texts;
	enum settings_layer layer;
	const char *origin;
	const char *origins[SETTINGS_OPTIONS_MAX];
	enum settings_layer layers[SETTINGS_OPTIONS_MAX];
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
	buf_init(&settings->secret.key, SETTINGS_SECRET_MAX);
	buf_init(&settings->secret.usersig, SETTINGS_SECRET_MAX);
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
	free(settings->secret.environment);
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
	return settings->ambiguous_wide ? TEXT_UNAMBIGUOUS : TEXT_UTF8;
}
