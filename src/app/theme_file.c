/*
 * Finding and reading themes. A file is read like a configuration; what its
 * words mean is the theme's to say, so that a mistake names file, line and what
 * would be right. Those of one theme count as one file of problems.
 */
#include "bantop/app/theme_file.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bantop/app/config_file.h"

static const char suffix[] = ".theme";

enum { FOLDER_COUNT = 4, SUFFIX_LEN = sizeof suffix - 1 };

struct folders {
	char paths[FOLDER_COUNT][PATH_MAX]; /* "" for none */
};

static void
put(char out[PATH_MAX], const char *folder, const char *below)
{
	out[0] = '\0';
	if (folder != NULL && folder[0] != '\0')
		(void)snprintf(out, PATH_MAX, "%s%s", folder, below);
}

/* The tree's themes, seen from build/KIND/bantop. */
static void
put_tree(char out[PATH_MAX])
{
	static const char below[] = "../../themes";
	char *slash;
	ssize_t len;

	len = readlink("/proc/self/exe", out,
	    PATH_MAX - 1 - (ssize_t)sizeof below);
	out[len < 0 ? 0 : len] = '\0';
	slash = strrchr(out, '/');
	if (slash != NULL)
		memcpy(slash + 1, below, sizeof below);
	else
		out[0] = '\0';
}

/* In the order in which they are searched. */
static void
find_folders(struct folders *folders)
{
	const char *config = getenv("XDG_CONFIG_HOME");

	put(folders->paths[0], getenv("BANTOP_THEMES"), "");
	if (config != NULL && config[0] == '/')
		put(folders->paths[1], config, "/bantop/themes");
	else
		put(folders->paths[1], getenv("HOME"),
		    "/.config/bantop/themes");
	put(folders->paths[2], BANTOP_DATADIR, "/themes");
	put_tree(folders->paths[3]);
}

static bool
is_name(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len < THEME_NAME_MAX &&
	    strspn(name,
	        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	        "0123456789_-") == len;
}

static int
compare_names(const void *one, const void *other)
{
	return strcmp(one, other);
}

static void
add_name(struct theme_names *names, const char *name, size_t len)
{
	char *out;
	size_t i;

	if (names->count == THEME_COUNT_MAX || len >= THEME_NAME_MAX)
		return;
	out = names->names[names->count];
	memcpy(out, name, len);
	out[len] = '\0';
	if (!is_name(out))
		return;
	for (i = 0; i < names->count; i++)
		if (strcmp(names->names[i], out) == 0)
			return;
	names->count++;
}

static void
add_folder(struct theme_names *names, const char *path)
{
	const struct dirent *entry;
	size_t len;
	DIR *folder = path[0] != '\0' ? opendir(path) : NULL;

	if (folder == NULL)
		return;
	for (entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
		len = strlen(entry->d_name);
		if (len > SUFFIX_LEN &&
		    strcmp(entry->d_name + len - SUFFIX_LEN, suffix) == 0)
			add_name(names, entry->d_name, len - SUFFIX_LEN);
	}
	closedir(folder);
}

void
theme_file_list(struct theme_names *names)
{
	struct folders folders;
	size_t i;

	*names = (struct theme_names){ .count = 0 };
	add_name(names, "default", strlen("default"));
	find_folders(&folders);
	for (i = 0; i < FOLDER_COUNT; i++)
		add_folder(names, folders.paths[i]);
	qsort(names->names, names->count, sizeof names->names[0],
	    compare_names);
}

static void
take_problems(const struct config_file *file, const char *path,
    struct problems *problems)
{
	size_t i;

	for (i = 0; i < config_file_problem_count(file); i++) {
		const struct config_problem *problem =
		    config_file_problem_at(file, i);

		problems_add(problems, 0, problem->line, "%.200s:%d: %s", path,
		    problem->line, problem->text);
	}
}

static void
take_entry(struct theme *theme, const struct config_entry *entry,
    const char *path, struct problems *problems)
{
	struct err what = { .kind = ERR_NONE };
	bool ok;

	if (entry->key[0] == '\0')
		ok = theme_begin(theme, entry->title, &what);
	else
		ok = theme_set(theme, entry->title, entry->key, entry->value,
		    &what);
	if (!ok)
		problems_add(problems, 0, entry->line, "%.200s:%d: %s", path,
		    entry->line, what.text);
}

/* All of it, whatever is wrong on the way. */
static void
read_theme(const char *path, struct theme *theme, struct problems *problems)
{
	static const struct config_key keys[] = {
		{ "fg", false },
		{ "bg", false },
		{ "fg256", false },
		{ "bg256", false },
		{ "fg_rgb", false },
		{ "bg_rgb", false },
		{ "attrs", true },
	};
	static const struct config_section sections[] = {
		{ "style", true, keys, sizeof keys / sizeof keys[0] },
	};
	struct config_file *file;
	struct err err;
	size_t i;

	*theme = *theme_default();
	file = config_file_read(path, sections, 1, &err);
	if (file == NULL) {
		problems_add(problems, 0, 0, "%s", err.text);
		return;
	}
	take_problems(file, path, problems);
	for (i = 0; i < config_file_count(file); i++)
		take_entry(theme, config_file_at(file, i), path, problems);
	config_file_destroy(file);
}

static void
refuse(const char *name, struct problems *problems)
{
	char list[ERR_TEXT_MAX] = "";
	struct theme_names names;
	size_t i, used = 0;

	theme_file_list(&names);
	for (i = 0; i < names.count && used < sizeof list; i++)
		used += (size_t)snprintf(list + used, sizeof list - used, " %s",
		    names.names[i]);
	problems_add(problems, 0, 0, "no theme \"%.60s\"; there are:%s", name,
	    list);
}

static void
find_theme(const char *name, struct theme *theme, struct problems *problems)
{
	char path[PATH_MAX + THEME_NAME_MAX + SUFFIX_LEN + 2];
	struct folders folders;
	size_t i;

	if (!is_name(name)) {
		refuse(name, problems);
		return;
	}
	find_folders(&folders);
	for (i = 0; i < FOLDER_COUNT; i++) {
		if (folders.paths[i][0] == '\0')
			continue;
		(void)snprintf(path, sizeof path, "%s/%s%s", folders.paths[i],
		    name, suffix);
		if (access(path, R_OK) == 0) {
			read_theme(path, theme, problems);
			return;
		}
	}
	if (strcmp(name, "default") != 0)
		refuse(name, problems);
	else
		*theme = *theme_default();
}

void
theme_file_check(const char *name, struct problems *problems)
{
	struct theme theme;

	find_theme(name, &theme, problems);
	problems_sort(problems);
}

/* The first problem of a file is enough to refuse it. */
bool
theme_file_load(const char *name, struct theme *theme, struct err *err)
{
	struct problems problems = { .count = 0 };
	struct theme found;
	bool ok = true;

	find_theme(name, &found, &problems);
	problems_sort(&problems);
	if (problems.count == 0)
		*theme = found;
	else
		ok = err_set(err, ERR_CONFIG, 0, NULL, "%s",
		    problems.list[0].text);
	problems_release(&problems);
	return ok;
}
