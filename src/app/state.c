/*
 * The state file: one line an entry, words apart by TAB, so that it can be
 * read and mended by hand. It is a convenience: what is not understood in it
 * is left out, never an error.
 *
 *   region KEY USED_AT
 *   group REGION USED_AT pinned|recent ID
 *   last REGION ID
 *   time need|seconds|moment
 */
#include "bantop/app/state.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bantop/api/group_reply.h"
#include "bantop/base/buf.h"
#include "bantop/base/file.h"
#include "bantop/base/num.h"

static const char *const time_words[] = {
	[BANS_TIME_BY_NEED] = "need",
	[BANS_TIME_SECONDS] = "seconds",
	[BANS_TIME_MOMENT] = "moment",
};

enum { WORDS_MAX = 5, PATH_BYTES = 4096 };

void
state_init(struct state *state)
{
	memset(state, 0, sizeof(*state));
}

/* -- groups -------------------------------------------------------------- */

static size_t
find_group(const struct state *state, const char *region, const char *id)
{
	for (size_t i = 0; i < state->group_count; i++) {
		if (strcmp(state->groups[i].region, region) == 0 &&
		    strcmp(state->groups[i].id, id) == 0)
			return i;
	}
	return SIZE_MAX;
}

static size_t
pinned_count(const struct state *state)
{
	size_t count = 0;

	while (count < state->group_count && state->groups[count].pinned)
		count++;
	return count;
}

static void
remove_group(struct state *state, size_t index)
{
	state->group_count--;
	memmove(&state->groups[index], &state->groups[index + 1],
	    (state->group_count - index) * sizeof(state->groups[0]));
}

static void
insert_group(struct state *state, size_t index, const struct state_group *group)
{
	memmove(&state->groups[index + 1], &state->groups[index],
	    (state->group_count - index) * sizeof(state->groups[0]));
	state->groups[index] = *group;
	state->group_count++;
}

/* Behind the pinned ones; of the others the one used longest ago is the last
 * and makes room. */
static bool
place_group(struct state *state, const struct state_group *group)
{
	size_t pinned = pinned_count(state);

	if (pinned == STATE_GROUPS_MAX)
		return false;
	if (state->group_count == STATE_GROUPS_MAX)
		state->group_count--;
	insert_group(state, pinned, group);
	return true;
}

static bool
make_group(const char *region, const char *id, struct state_group *out)
{
	memset(out, 0, sizeof(*out));
	if (strlen(region) >= sizeof(out->region) ||
	    strlen(id) >= sizeof(out->id))
		return false;
	memcpy(out->region, region, strlen(region) + 1);
	memcpy(out->id, id, strlen(id) + 1);
	return true;
}

void
state_use_group(struct state *state, const char *region, const char *id,
    int64_t now_s)
{
	struct state_group group;
	size_t index = find_group(state, region, id);

	if (!make_group(region, id, &group))
		return;
	memcpy(state->last_region, group.region, sizeof(state->last_region));
	memcpy(state->last_group, group.id, sizeof(state->last_group));
	if (index != SIZE_MAX && state->groups[index].pinned) {
		state->groups[index].used_at = now_s;
		return;
	}
	if (index != SIZE_MAX)
		remove_group(state, index);
	group.used_at = now_s;
	place_group(state, &group);
}

bool
state_pin_group(struct state *state, const char *region, const char *id,
    bool pinned)
{
	struct state_group group;
	size_t index = find_group(state, region, id);

	if (!make_group(region, id, &group))
		return false;
	if (index != SIZE_MAX) {
		group = state->groups[index];
		if (group.pinned == pinned)
			return true;
		remove_group(state, index);
	} else if (!pinned) {
		return true;
	}
	group.pinned = pinned;
	return place_group(state, &group);
}

void
state_forget_group(struct state *state, const char *region, const char *id)
{
	size_t index = find_group(state, region, id);

	if (index != SIZE_MAX)
		remove_group(state, index);
}

const struct state_group *
state_find_group(const struct state *state, const char *region, const char *id)
{
	size_t index = find_group(state, region, id);

	return index == SIZE_MAX ? NULL : &state->groups[index];
}

/* -- regions ------------------------------------------------------------- */

static struct state_region *
find_region(struct state *state, const char *key)
{
	for (size_t i = 0; i < state->region_count; i++) {
		if (strcmp(state->regions[i].key, key) == 0)
			return &state->regions[i];
	}
	return NULL;
}

void
state_use_region(struct state *state, const char *region, int64_t now_s)
{
	struct state_region *found = find_region(state, region);

	if (strlen(region) >= REGION_KEY_MAX)
		return;
	if (found == NULL) {
		if (state->region_count == STATE_REGIONS_MAX)
			return;
		found = &state->regions[state->region_count++];
		memcpy(found->key, region, strlen(region) + 1);
	}
	found->used_at = now_s;
	memcpy(state->last_region, found->key, sizeof(state->last_region));
}

int64_t
state_region_used_at(const struct state *state, const char *region)
{
	for (size_t i = 0; i < state->region_count; i++) {
		if (strcmp(state->regions[i].key, region) == 0)
			return state->regions[i].used_at;
	}
	return 0;
}

/* -- reading ------------------------------------------------------------- */

/* The last word takes the rest of the line: ids may hold anything printable. */
static size_t
split_words(char *line, char *words[WORDS_MAX])
{
	size_t count = 0;
	char *tab;

	while (count < WORDS_MAX) {
		words[count++] = line;
		tab = strchr(line, '\t');
		if (tab == NULL || count == WORDS_MAX)
			break;
		*tab = '\0';
		line = tab + 1;
	}
	return count;
}

static bool
read_time(const char *word, int64_t *out)
{
	return num_parse(word, strlen(word), 0, BAN_UNTIL_MAX_S, out);
}

static bool
is_id(const char *id)
{
	struct err ignored;

	return strlen(id) <= STATE_GROUP_ID_MAX &&
	    group_id_check(id, strlen(id), &ignored);
}

static void
take_group(struct state *state, char *words[WORDS_MAX])
{
	struct state_group group;
	int64_t used_at;

	if (!read_time(words[2], &used_at) || !is_id(words[4]) ||
	    !make_group(words[1], words[4], &group) ||
	    state->group_count == STATE_GROUPS_MAX ||
	    find_group(state, words[1], words[4]) != SIZE_MAX)
		return;
	group.used_at = used_at;
	group.pinned = strcmp(words[3], "pinned") == 0;
	insert_group(state,
	    group.pinned ? pinned_count(state) : state->group_count, &group);
}

static void
take_last(struct state *state, char *words[WORDS_MAX])
{
	struct state_group group;

	if (words[2][0] != '\0' && !is_id(words[2]))
		return;
	if (!make_group(words[1], words[2], &group))
		return;
	memcpy(state->last_region, group.region, sizeof(state->last_region));
	memcpy(state->last_group, group.id, sizeof(state->last_group));
}

static void
take_time(struct state *state, const char *word)
{
	for (size_t i = 0; i < sizeof(time_words) / sizeof(time_words[0]); i++)
		if (strcmp(time_words[i], word) == 0)
			state->time = (enum bans_time)i;
}

static void
take_line(struct state *state, char *line)
{
	char *words[WORDS_MAX];
	size_t count = split_words(line, words);
	struct state_region *region;
	int64_t used_at;

	if (strcmp(words[0], "group") == 0 && count == 5) {
		take_group(state, words);
	} else if (strcmp(words[0], "last") == 0 && count == 3) {
		take_last(state, words);
	} else if (strcmp(words[0], "time") == 0 && count == 2) {
		take_time(state, words[1]);
	} else if (strcmp(words[0], "region") == 0 && count == 3 &&
	    strlen(words[1]) < REGION_KEY_MAX &&
	    read_time(words[2], &used_at)) {
		region = find_region(state, words[1]);
		if (region == NULL && state->region_count < STATE_REGIONS_MAX) {
			region = &state->regions[state->region_count++];
			memcpy(region->key, words[1], strlen(words[1]) + 1);
		}
		if (region != NULL)
			region->used_at = used_at;
	}
}

static bool
find_path(const char *name, char out[PATH_BYTES])
{
	const char *base = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");
	int len;

	if (base != NULL && base[0] == '/')
		len = snprintf(out, PATH_BYTES, "%s/bantop%s", base, name);
	else if (home != NULL && home[0] == '/')
		len = snprintf(out, PATH_BYTES, "%s/.local/state/bantop%s",
		    home, name);
	else
		return false;
	return len > 0 && len < PATH_BYTES - 16;
}

bool
state_load(struct state *state, struct err *err)
{
	struct buf text;
	struct err why;
	char path[PATH_BYTES];
	char *line, *end;
	bool ok = false;

	state_init(state);
	if (!find_path("/state", path))
		return true;
	buf_init(&text, STATE_FILE_MAX);
	if (!file_read(path, &text, &why)) {
		if (why.kind != ERR_FILE ||
		    (why.code != ENOENT && why.code != ENOTDIR)) {
			*err = why;
			goto done;
		}
	}
	line = text.data;
	while (line != NULL && *line != '\0') {
		end = strchr(line, '\n');
		if (end == NULL)
			break; /* a line without its end may be cut */
		*end = '\0';
		take_line(state, line);
		line = end + 1;
	}
	ok = true;
done:
	buf_release(&text);
	return ok;
}

/* -- writing ------------------------------------------------------------- */

static void
put_state(const struct state *state, struct buf *out)
{
	for (size_t i = 0; i < state->region_count; i++)
		buf_put_format(out, "region\t%s\t%lld\n", state->regions[i].key,
		    (long long)state->regions[i].used_at);
	for (size_t i = 0; i < state->group_count; i++) {
		const struct state_group *group = &state->groups[i];

		buf_put_format(out, "group\t%s\t%lld\t%s\t%s\n", group->region,
		    (long long)group->used_at,
		    group->pinned ? "pinned" : "recent", group->id);
	}
	buf_put_format(out, "last\t%s\t%s\n", state->last_region,
	    state->last_group);
	buf_put_format(out, "time\t%s\n", time_words[state->time]);
}

/* Makes each folder on the way, as mkdir -p does. */
static bool
make_folder(const char *path, struct err *err)
{
	char part[PATH_BYTES];

	snprintf(part, sizeof(part), "%s", path);
	for (char *at = part + 1;; at++) {
		char stop = *at;

		if (stop != '/' && stop != '\0')
			continue;
		*at = '\0';
		if (mkdir(part, 0700) != 0 && errno != EEXIST)
			return err_set(err, ERR_FILE, errno, NULL, "%s: %s",
			    part, strerror(errno));
		*at = stop;
		if (stop == '\0')
			return true;
	}
}

bool
state_save(const struct state *state, struct err *err)
{
	struct file_new file = { .fd = -1 };
	struct buf text;
	char folder[PATH_BYTES];
	char path[PATH_BYTES];
	bool ok = false;

	buf_init(&text, STATE_FILE_MAX);
	if (!find_path("", folder) || !find_path("/state", path)) {
		ok = true; /* no home: nothing is kept */
		goto done;
	}
	if (!make_folder(folder, err))
		goto done;
	put_state(state, &text);
	if (!file_new_open(&file, path, true, err) ||
	    !file_new_write(&file, buf_text(&text), text.len, err) ||
	    !file_new_commit(&file, err))
		goto done;
	ok = true;
done:
	file_new_release(&file);
	buf_release(&text);
	return ok;
}
