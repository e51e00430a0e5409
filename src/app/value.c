/*
 * What the more than simple options mean. Texts are checked as far as one
 * value alone can be; what needs another value is the settings' part.
 */
#include "bantop/app/value.h"

#include <string.h>

#include "bantop/api/group_reply.h"
#include "bantop/app/demo.h"
#include "bantop/base/num.h"

/* -- helpers ------------------------------------------------------------- */

static bool
keep_text(struct settings *settings, const char *value, const char **out,
    struct err *err)
{
	size_t len = strlen(value);

	if (len == 0)
		return err_set(err, ERR_USAGE, 0, NULL, "not empty");
	if (len > SETTINGS_TEXT_MAX)
		return err_set(err, ERR_USAGE, 0, NULL, "%d bytes at most",
		    SETTINGS_TEXT_MAX);
	*out = settings_keep(settings, value, len);
	return true;
}

/* @return the index of @p value in @p names; -1 for none. */
static int
find_name(const char *const *names, size_t count, const char *value)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(names[i], value) == 0)
			return (int)i;
	}
	return -1;
}

/* A character at a time: the lexer of the files takes \" and \\, and $ would
 * begin the name of a variable. */
void
value_show_quoted(const char *text, struct buf *out)
{
	if (text == NULL)
		return;
	buf_put_text(out, "\"");
	for (size_t i = 0; text[i] != '\0'; i++) {
		unsigned char byte = (unsigned char)text[i];

		if (byte == '"' || byte == '\\' || byte == '$')
			buf_put_format(out, "\\%c", byte);
		else if (byte < 0x20 || byte == 0x7f)
			buf_put_format(out, "\\x%02x", (unsigned)byte);
		else
			buf_put(out, text + i, 1);
	}
	buf_put_text(out, "\"");
}

/* -- what is asked about ------------------------------------------------- */

bool
value_set_group(struct settings *settings, const char *value, struct err *err)
{
	return group_id_check(value, strlen(value), err) &&
	    keep_text(settings, value, &settings->group, err);
}

void
value_show_group(const struct settings *settings, struct buf *out)
{
	value_show_quoted(settings->group, out);
}

bool
value_set_admin(struct settings *settings, const char *value, struct err *err)
{
	if (!text_is_utf8(value, strlen(value)) || strchr(value, '\n') != NULL)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "an account name in UTF-8 on one line");
	return keep_text(settings, value, &settings->admin, err);
}

void
value_show_admin(const struct settings *settings, struct buf *out)
{
	if (settings->admin[0] != '\0')
		value_show_quoted(settings->admin, out);
}

/* Called for each entry of the list; an empty value begins it anew. */
bool
value_set_groups(struct settings *settings, const char *value, struct err *err)
{
	if (value[0] == '\0') {
		settings->group_count = 0;
		return true;
	}
	if (settings->group_count >= SETTINGS_GROUPS_MAX)
		return err_set(err, ERR_USAGE, 0, NULL, "%d groups at most",
		    SETTINGS_GROUPS_MAX);
	if (!group_id_check(value, strlen(value), err) ||
	    !keep_text(settings, value,
	        &settings->groups[settings->group_count], err))
		return false;
	settings->group_count++;
	return true;
}

void
value_show_groups(const struct settings *settings, struct buf *out)
{
	if (settings->group_count == 0)
		return;
	buf_put_text(out, "{ ");
	for (size_t i = 0; i < settings->group_count; i++) {
		buf_put_text(out, i == 0 ? "" : ", ");
		value_show_quoted(settings->groups[i], out);
	}
	buf_put_text(out, " }");
}

bool
value_set_endpoint(struct settings *settings, const char *value,
    struct err *err)
{
	struct region region;

	return region_from_endpoint(value, &region, err) &&
	    keep_text(settings, value, &settings->endpoint, err);
}

void
value_show_endpoint(const struct settings *settings, struct buf *out)
{
	value_show_quoted(settings->endpoint, out);
}

static const char *const group_types[] = { "Public", "Private", "ChatRoom",
	"AVChatRoom", "BChatRoom", "Community" };

bool
value_set_group_type(struct settings *settings, const char *value,
    struct err *err)
{
	size_t count = sizeof(group_types) / sizeof(group_types[0]);
	int index = find_name(group_types, count, value);

	if (index < 0)
		return err_set(err, ERR_USAGE, 0, NULL, "no such type");
	settings->group_type = group_types[index];
	return true;
}

void
value_show_group_type(const struct settings *settings, struct buf *out)
{
	buf_put_text(out, settings->group_type);
}

/* -- how it is shown ----------------------------------------------------- */

bool
value_set_sort(struct settings *settings, const char *value, struct err *err)
{
	const char *colon = strchr(value, ':');
	size_t len = colon == NULL ? strlen(value) : (size_t)(colon - value);
	enum ban_column column;

	if (!ban_column_parse(value, len, &column) ||
	    column == BAN_COLUMN_NONE ||
	    (colon != NULL && strcmp(colon, ":desc") != 0))
		return err_set(err, ERR_USAGE, 0, NULL, "no such column");
	settings->sort = column;
	settings->sort_descending = colon != NULL;
	return true;
}

void
value_show_sort(const struct settings *settings, struct buf *out)
{
	if (settings->sort != BAN_COLUMN_NONE)
		buf_put_format(out, "\"%s%s\"", ban_column_name(settings->sort),
		    settings->sort_descending ? ":desc" : "");
}

bool
value_set_filter(struct settings *settings, const char *value, struct err *err)
{
	struct ban_filter *filter;

	filter = ban_filter_create(value, strlen(value), err);
	if (filter == NULL)
		return false;
	ban_filter_destroy(filter);
	return keep_text(settings, value, &settings->filter, err);
}

void
value_show_filter(const struct settings *settings, struct buf *out)
{
	value_show_quoted(settings->filter, out);
}

static const char *const formats[] = {
	[OUTPUT_DEFAULT] = "",
	[OUTPUT_TABLE] = "table",
	[OUTPUT_TSV] = "tsv",
	[OUTPUT_CSV] = "csv",
	[OUTPUT_JSON] = "json",
	[OUTPUT_JSONL] = "jsonl",
};

bool
value_set_format(struct settings *settings, const char *value, struct err *err)
{
	size_t count = sizeof(formats) / sizeof(formats[0]);
	int index = find_name(formats, count, value);

	if (index <= OUTPUT_DEFAULT)
		return err_set(err, ERR_USAGE, 0, NULL, "no such format");
	settings->format = (enum output_format)index;
	return true;
}

void
value_show_format(const struct settings *settings, struct buf *out)
{
	buf_put_text(out, formats[settings->format]);
}

static const char *const colors[] = {
	[COLOR_AUTO] = "auto",
	[COLOR_ALWAYS] = "always",
	[COLOR_NEVER] = "never",
};

bool
value_set_color(struct settings *settings, const char *value, struct err *err)
{
	size_t count = sizeof(colors) / sizeof(colors[0]);
	int index = find_name(colors, count, value);

	if (index < 0)
		return err_set(err, ERR_USAGE, 0, NULL, "no such word");
	settings->color = (enum color_when)index;
	return true;
}

void
value_show_color(const struct settings *settings, struct buf *out)
{
	buf_put_format(out, "\"%s\"", colors[settings->color]);
}

bool
value_set_ambiguous(struct settings *settings, const char *value,
    struct err *err)
{
	bool wide = strcmp(value, "wide") == 0;

	if (!wide && strcmp(value, "narrow") != 0)
		return err_set(err, ERR_USAGE, 0, NULL, "no such word");
	settings->ambiguous_wide = wide;
	return true;
}

void
value_show_ambiguous(const struct settings *settings, struct buf *out)
{
	buf_put_text(out, settings->ambiguous_wide ? "\"wide\"" : "\"narrow\"");
}

bool
value_set_sandbox(struct settings *settings, const char *value, struct err *err)
{
	bool required = strcmp(value, "required") == 0;

	if (!required && strcmp(value, "auto") != 0)
		return err_set(err, ERR_USAGE, 0, NULL, "no such word");
	settings->sandbox_required = required;
	return true;
}

void
value_show_sandbox(const struct settings *settings, struct buf *out)
{
	buf_put_text(out,
	    settings->sandbox_required ? "\"required\"" : "\"auto\"");
}

bool
value_set_demo(struct settings *settings, const char *value, struct err *err)
{
	const char *name = value == NULL || value[0] == '\0' ? "calm" : value;

	if (!demo_scenario_is_known(name))
		return err_set(err, ERR_USAGE, 0, NULL, "no such scenario");
	return keep_text(settings, name, &settings->demo, err);
}

void
value_show_demo(const struct settings *settings, struct buf *out)
{
	value_show_quoted(settings->demo, out);
}

/* -- where the secret comes from ----------------------------------------- */

/* A higher layer's secret takes the place of all that lower ones named; two
 * kinds in one layer are a mistake, since only one would be used. */
static bool
begin_secret(struct settings *settings, bool is_again, struct err *err)
{
	struct secret_source *secret = &settings->secret;
	enum settings_layer layer = settings_layer(settings);
	bool named = secret->key_fd >= 0 || secret->key_file != NULL ||
	    secret->key_command != NULL || secret->usersig_file != NULL ||
	    secret->usersig_command != NULL;

	if (named && !is_again && settings->secret_layer == layer)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "one secret only: another one is named already");
	secret->key_fd = -1;
	secret->key_file = NULL;
	secret->key_command = NULL;
	secret->usersig_file = NULL;
	secret->usersig_command = NULL;
	settings->secret_layer = layer;
	return true;
}

bool
value_set_key_file(struct settings *settings, const char *value,
    struct err *err)
{
	return begin_secret(settings, settings->secret.key_file != NULL, err) &&
	    keep_text(settings, value, &settings->secret.key_file, err);
}

void
value_show_key_file(const struct settings *settings, struct buf *out)
{
	value_show_quoted(settings->secret.key_file, out);
}

bool
value_set_key_fd(struct settings *settings, const char *value, struct err *err)
{
	int64_t fd;

	if (!num_parse(value, strlen(value), 0, 1023, &fd))
		return err_set(err, ERR_USAGE, 0, NULL,
		    "an open descriptor, a number from 0 to 1023");
	if (!begin_secret(settings, settings->secret.key_fd >= 0, err))
		return false;
	settings->secret.key_fd = (int)fd;
	return true;
}

void
value_show_key_fd(const struct settings *settings, struct buf *out)
{
	if (settings->secret.key_fd >= 0)
		buf_put_format(out, "%d", settings->secret.key_fd);
}

bool
value_set_key_command(struct settings *settings, const char *value,
    struct err *err)
{
	return begin_secret(settings, settings->secret.key_command != NULL,
	           err) &&
	    keep_text(settings, value, &settings->secret.key_command, err);
}

void
value_show_key_command(const struct settings *settings, struct buf *out)
{
	value_show_quoted(settings->secret.key_command, out);
}

bool
value_set_usersig_file(struct settings *settings, const char *value,
    struct err *err)
{
	return begin_secret(settings, settings->secret.usersig_file != NULL,
	           err) &&
	    keep_text(settings, value, &settings->secret.usersig_file, err);
}

void
value_show_usersig_file(const struct settings *settings, struct buf *out)
{
	value_show_quoted(settings->secret.usersig_file, out);
}

bool
value_set_usersig_command(struct settings *settings, const char *value,
    struct err *err)
{
	return begin_secret(settings, settings->secret.usersig_command != NULL,
	           err) &&
	    keep_text(settings, value, &settings->secret.usersig_command, err);
}

void
value_show_usersig_command(const struct settings *settings, struct buf *out)
{
	value_show_quoted(settings->secret.usersig_command, out);
}
