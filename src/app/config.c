/*
 * Which configuration files there are and what their entries mean. Values go
 * through the table of options like flags do, so that a range is checked in
 * one place. A profile that is not used is checked all the same, on settings
 * that are thrown away: the mistake is told when it is made, not at night.
 */
#include "bantop/app/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/app/config_file.h"
#include "bantop/app/key_settings.h"
#include "bantop/app/option_table.h"
#include "bantop/app/problems.h"
#include "bantop/app/settings_check.h"
#include "bantop/app/theme_file.h"
#include "bantop/app/value.h"
#include "bantop/base/mem.h"

enum { FILES_MAX = 2, LINE_BYTES = 512 };

static const char system_path[] = "/etc/bantop/bantop.conf";

static const struct config_key region_keys[] = {
	{ "name", false },
	{ "host", false },
	{ "backup", false },
};

/* Everything about one load. */
struct load {
	struct settings *settings;
	struct settings *scratch; /* for profiles that are not used */
	const struct config_request *request;
	struct {
		struct config_file *file;
		const char *path;
	} files[FILES_MAX];
	size_t file_count;
	struct problems problems;
	bool has_profile;
	struct buf profiles; /* names, for the message */
};

/* -- telling ------------------------------------------------------------- */

static void
add_problem(struct load *load, size_t file, int line, const char *what,
    const char *text)
{
	problems_add(&load->problems, file, line, "%.200s:%d: %.80s%s%s",
	    load->files[file].path, line, what, what[0] == '\0' ? "" : ": ",
	    text);
}

/* -- files --------------------------------------------------------------- */

const char *
config_system_path(void)
{
	return system_path;
}

void
config_write_user_path(struct buf *out)
{
	const char *base = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	if (base != NULL && base[0] == '/')
		buf_put_format(out, "%s/bantop/bantop.conf", base);
	else if (home != NULL && home[0] == '/')
		buf_put_format(out, "%s/.config/bantop/bantop.conf", home);
}

/* The keys that a section of options takes. @return owned. */
static struct config_key *
make_keys(unsigned where, char names[SETTINGS_OPTIONS_MAX][32], size_t *count)
{
	struct config_key *keys =
	    mem_alloc(SETTINGS_OPTIONS_MAX * sizeof(*keys));

	*count = 0;
	for (size_t i = 0; i < option_count(); i++) {
		const struct option_row *row = option_at(i);

		if ((row->where & where) == 0)
			continue;
		option_write_key(row, names[*count]);
		keys[*count].name = names[*count];
		keys[*count].is_list = strcmp(row->name, "groups") == 0;
		(*count)++;
	}
	return keys;
}

/* All actions that the table of keys has; the names are static. */
static struct config_key *
make_action_keys(size_t *count)
{
	struct keymap *keymap = keymap_create();
	struct config_key *keys;

	*count = keymap_count(keymap);
	keys = mem_alloc(*count * sizeof(*keys));
	for (size_t i = 0; i < *count; i++)
		keys[i].name = keymap_at(keymap, i).name;
	keymap_destroy(keymap);
	return keys;
}

static bool
read_file(struct load *load, const char *path, bool must_be_there,
    struct err *err)
{
	char names[2][SETTINGS_OPTIONS_MAX][32];
	size_t top_count, profile_count, action_count;
	struct config_key *actions = make_action_keys(&action_count);
	struct config_key *top =
	    make_keys(OPTION_IN_FILE, names[0], &top_count);
	struct config_key *profile =
	    make_keys(OPTION_IN_PROFILE, names[1], &profile_count);
	const struct config_section sections[] = {
		{ "", false, top, top_count },
		{ "profile", true, profile, profile_count },
		{ "region", true, region_keys, 3 },
		{ "keys", false, actions, action_count },
	};
	struct config_file *file = config_file_read(path, sections, 4, err);
	bool absent = file == NULL && err->kind == ERR_FILE &&
	    (err->code == ENOENT || err->code == ENOTDIR);

	free(top);
	free(profile);
	free(actions);
	if (file == NULL)
		return absent && !must_be_there;
	load->files[load->file_count].file = file;
	load->files[load->file_count++].path =
	    settings_keep(load->settings, path, strlen(path));
	return true;
}

static bool
read_files(struct load *load, struct err *err)
{
	struct buf path;
	struct err why;
	bool ok = false;

	buf_init(&path, 4096);
	if (!read_file(load, system_path, false, &why))
		goto done;
	if (load->request->path != NULL) {
		if (!read_file(load, load->request->path, true, &why))
			goto done;
	} else {
		config_write_user_path(&path);
		if (path.len > 0 &&
		    !read_file(load, buf_text(&path), false, &why))
			goto done;
	}
	ok = true;
done:
	if (!ok)
		err_set(err, ERR_CONFIG, why.code, why.hint, "%s", why.text);
	buf_release(&path);
	return ok;
}

/* -- meaning ------------------------------------------------------------- */

/* A path in a file may begin with the home, as the shell would have it. */
static bool
is_path(const char *key)
{
	static const char *const keys[] = { "secret_key_file", "usersig_file",
		"cacert" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(keys[i], key) == 0)
			return true;
	}
	return false;
}

static const char *
expand_home(struct settings *settings, const struct config_entry *entry)
{
	const char *home = getenv("HOME");
	char path[SETTINGS_TEXT_MAX];

	if (!is_path(entry->key) || strncmp(entry->value, "~/", 2) != 0 ||
	    home == NULL)
		return entry->value;
	snprintf(path, sizeof(path), "%s%s", home, entry->value + 1);
	return settings_keep(settings, path, strlen(path));
}

/* A theme is of use to the screen alone: who does not ask is not refused. */
static void
check_theme(struct load *load, size_t file, const struct config_entry *entry)
{
	struct problems found = { .count = 0 };

	if (!load->request->themes || strcmp(entry->key, "theme") != 0)
		return;
	theme_file_check(entry->value, &found);
	for (size_t i = 0; i < found.count; i++)
		add_problem(load, file, entry->line, "theme",
		    found.list[i].text);
	problems_release(&found);
}

static void
set_entry(struct load *load, struct settings *settings, size_t file,
    const struct config_entry *entry, enum settings_layer layer)
{
	const char *path = load->files[file].path;
	char origin[LINE_BYTES];
	char what[ERR_TEXT_MAX];
	size_t option = option_find_key(entry->key);
	struct err err;

	snprintf(origin, sizeof(origin), "%.400s:%d", path, entry->line);
	settings_begin(settings, layer, origin);
	check_theme(load, file, entry);
	if (strcmp(entry->key, "groups") == 0 && entry->index == 0 &&
	    !option_set(settings, option, "", &err))
		return;
	if (option_set(settings, option, expand_home(settings, entry), &err) &&
	    settings_check_name(load->settings, entry->key, entry->value, &err))
		return;
	snprintf(what, sizeof(what), "%s = %.60s", entry->key, entry->value);
	add_problem(load, file, entry->line, what, err.text);
}

static void
take_key(struct load *load, size_t file, const struct config_entry *entry)
{
	char what[ERR_TEXT_MAX];
	struct err err;

	if (entry->key[0] == '\0' ||
	    key_settings_add(load->settings, entry->key, entry->value, &err))
		return;
	snprintf(what, sizeof(what), "%s = %.60s", entry->key, entry->value);
	add_problem(load, file, entry->line, what, err.text);
}

static bool
is_chosen(const struct load *load, const char *title)
{
	return load->request->profile != NULL &&
	    strcmp(load->request->profile, title) == 0;
}

static void
take_profile(struct load *load, size_t file, const struct config_entry *entry)
{
	bool chosen = is_chosen(load, entry->title);

	if (entry->key[0] != '\0') {
		set_entry(load, chosen ? load->settings : load->scratch, file,
		    entry, LAYER_PROFILE);
		return;
	}
	load->has_profile = load->has_profile || chosen;
	buf_put_format(&load->profiles, "%s%s",
	    load->profiles.len == 0 ? "" : ", ", entry->title);
}

/* Each profile that is not used begins anew, lest the secret of one clash
 * with the next one's. */
static void
renew_scratch(struct load *load)
{
	settings_destroy(load->scratch);
	load->scratch = settings_create();
}

static bool
copy_field(char *out, size_t size, const char *value)
{
	size_t len = strlen(value);

	if (len >= size)
		return false;
	memcpy(out, value, len + 1);
	return true;
}

static bool
set_region_field(struct region *region, const struct config_entry *entry)
{
	if (strcmp(entry->key, "name") == 0)
		return copy_field(region->name, sizeof(region->name),
		    entry->value);
	if (strcmp(entry->key, "host") == 0)
		return copy_field(region->host, sizeof(region->host),
		    entry->value);
	return copy_field(region->backup, sizeof(region->backup), entry->value);
}

/* One that is known by its key is changed, any other one is added. */
static struct region
begin_region(const struct region_set *set, const char *key)
{
	struct region region = { .state = REGION_CONFIGURED };

	for (size_t i = 0; i < set->count; i++) {
		if (strcmp(set->regions[i].key, key) == 0)
			region = set->regions[i];
	}
	region.state = REGION_CONFIGURED;
	if (!copy_field(region.key, sizeof(region.key), key))
		region.key[0] = '\0';
	return region;
}

/* @return the index behind the region's entries, which stand together. */
static size_t
take_region(struct load *load, size_t file, size_t first)
{
	const struct config_file *config = load->files[file].file;
	const struct config_entry *head = config_file_at(config, first);
	struct region region =
	    begin_region(&load->settings->regions, head->title);
	struct err err;
	size_t i;

	for (i = first + 1; i < config_file_count(config); i++) {
		const struct config_entry *entry = config_file_at(config, i);

		if (entry->key[0] == '\0' ||
		    strcmp(entry->section, "region") != 0)
			break;
		if (!set_region_field(&region, entry))
			add_problem(load, file, entry->line, entry->key,
			    "too long");
	}
	if (region.host[0] == '\0')
		add_problem(load, file, head->line, head->title,
		    "region without host = \"...\"");
	else if (!region_set_put(&load->settings->regions, &region, &err))
		add_problem(load, file, head->line, head->title, err.text);
	return i;
}

static void
take_problems(struct load *load, size_t file)
{
	const struct config_file *config = load->files[file].file;

	for (size_t i = 0; i < config_file_problem_count(config); i++) {
		const struct config_problem *problem =
		    config_file_problem_at(config, i);

		if (problem->is_warning)
			problems_warn(&load->problems, file, problem->line,
			    "%.200s:%d: warning: %s", load->files[file].path,
			    problem->line, problem->text);
		else
			add_problem(load, file, problem->line, "",
			    problem->text);
	}
}

/* The top levels of all files come before any profile. */
static void
take_file(struct load *load, size_t file, bool profiles)
{
	const struct config_file *config = load->files[file].file;
	size_t i = 0;

	while (i < config_file_count(config)) {
		const struct config_entry *entry = config_file_at(config, i);

		if (strcmp(entry->section, "region") == 0) {
			if (!profiles) {
				i = take_region(load, file, i);
				continue;
			}
		} else if (strcmp(entry->section, "profile") == 0) {
			if (profiles && entry->key[0] == '\0')
				renew_scratch(load);
			if (profiles)
				take_profile(load, file, entry);
		} else if (strcmp(entry->section, "keys") == 0) {
			if (!profiles)
				take_key(load, file, entry);
		} else if (!profiles) {
			set_entry(load, load->settings, file, entry,
			    LAYER_FILE);
		}
		i++;
	}
}

static bool
sum_up(struct load *load, struct err *err)
{
	const char *wanted = load->request->profile;

	problems_tell(&load->problems, load->request->tell, load->request->user,
	    err);
	if (load->problems.error_count > 0)
		return false;
	if (wanted != NULL && !load->has_profile)
		return err_set(err, ERR_CONFIG, 0, NULL,
		    "--profile %.60s: no such profile: %s%s", wanted,
		    load->profiles.len == 0 ? "the files have none"
		                            : "there is ",
		    buf_text(&load->profiles));
	return true;
}

bool
config_load(struct settings *settings, const struct config_request *request,
    struct err *err)
{
	struct load load = { .settings = settings, .request = request };
	bool ok = false;

	buf_init(&load.profiles, 1024);
	if (!read_files(&load, err))
		goto done;
	for (size_t i = 0; i < load.file_count; i++)
		take_problems(&load, i);
	for (size_t i = 0; i < load.file_count; i++)
		take_file(&load, i, false);
	for (size_t i = 0; i < load.file_count; i++)
		take_file(&load, i, true);
	if (!sum_up(&load, err))
		goto done;
	ok = true;
done:
	settings_destroy(load.scratch);
	for (size_t i = 0; i < load.file_count; i++)
		config_file_destroy(load.files[i].file);
	problems_release(&load.problems);
	buf_release(&load.profiles);
	return ok;
}
