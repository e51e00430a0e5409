/*
 * A value by the row of its option: into the member that the row names, and
 * out of it again. A value that is wrong is answered with what would be right;
 * what was given, and where, the caller puts before it.
 */
#include "bantop/app/option_table.h"

#include <string.h>

#include "bantop/app/value.h"
#include "bantop/base/num.h"

/* The number goes to a member whose type the row's kind tells. */
static void
store_number(struct settings *settings, const struct option_row *row,
    int64_t number)
{
	char *member = (char *)settings + row->at;
	int as_int = (int)number;
	size_t as_size = (size_t)number;
	uint32_t as_uint32 = (uint32_t)number;

	if (row->kind == OPTION_INT)
		memcpy(member, &as_int, sizeof(as_int));
	else if (row->kind == OPTION_SIZE)
		memcpy(member, &as_size, sizeof(as_size));
	else if (row->kind == OPTION_UINT32)
		memcpy(member, &as_uint32, sizeof(as_uint32));
	else
		memcpy(member, &number, sizeof(number));
}

static int64_t
load_number(const struct settings *settings, const struct option_row *row)
{
	const char *member = (const char *)settings + row->at;
	int as_int;
	size_t as_size;
	uint32_t as_uint32;
	int64_t number;

	if (row->kind == OPTION_INT) {
		memcpy(&as_int, member, sizeof(as_int));
		return as_int;
	}
	if (row->kind == OPTION_SIZE) {
		memcpy(&as_size, member, sizeof(as_size));
		return (int64_t)as_size;
	}
	if (row->kind == OPTION_UINT32) {
		memcpy(&as_uint32, member, sizeof(as_uint32));
		return as_uint32;
	}
	memcpy(&number, member, sizeof(number));
	return number;
}

static bool
set_number(struct settings *settings, const struct option_row *row,
    const char *value, struct err *err)
{
	int64_t number;

	if (!num_parse(value, strlen(value), row->min, row->max, &number))
		return err_set(err, ERR_USAGE, 0, NULL,
		    "a number from %lld to %lld", (long long)row->min,
		    (long long)row->max);
	store_number(settings, row, number);
	return true;
}

static bool
set_text(struct settings *settings, const struct option_row *row,
    const char *value, struct err *err)
{
	size_t len = strlen(value);
	const char *kept;

	if (len == 0)
		return err_set(err, ERR_USAGE, 0, NULL, "not empty");
	if (len > SETTINGS_TEXT_MAX)
		return err_set(err, ERR_USAGE, 0, NULL, "%d bytes at most",
		    SETTINGS_TEXT_MAX);
	kept = settings_keep(settings, value, len);
	memcpy((char *)settings + row->at, &kept, sizeof(kept));
	return true;
}

/* A flag on the command line has no value; in a file it has one. */
static bool
set_flag(struct settings *settings, const struct option_row *row,
    const char *value, struct err *err)
{
	bool on = value == NULL || value[0] == '\0' ||
	    strcmp(value, "true") == 0 || strcmp(value, "yes") == 0 ||
	    strcmp(value, "on") == 0;

	if (!on && strcmp(value, "false") != 0 && strcmp(value, "no") != 0 &&
	    strcmp(value, "off") != 0)
		return err_set(err, ERR_USAGE, 0, NULL, "true or false");
	memcpy((char *)settings + row->at, &on, sizeof(on));
	return true;
}

static bool
set_by_kind(struct settings *settings, const struct option_row *row,
    const char *value, struct err *err)
{
	switch (row->kind) {
	case OPTION_ACTION:
		settings->action = (enum settings_action)row->min;
		return true;
	case OPTION_FLAG:
		return set_flag(settings, row, value, err);
	case OPTION_TEXT:
		return set_text(settings, row, value, err);
	case OPTION_INT:
	case OPTION_SIZE:
	case OPTION_INT64:
	case OPTION_UINT32:
		return set_number(settings, row, value, err);
	case OPTION_CUSTOM:
		break;
	}
	if (row->allowed == NULL)
		return row->set(settings, value, err);
	if (!row->set(settings, value, err))
		return err_set(err, ERR_USAGE, 0, NULL, "%s", row->allowed);
	return true;
}

bool
option_set(struct settings *settings, size_t index, const char *value,
    struct err *err)
{
	if (!set_by_kind(settings, option_at(index), value, err))
		return false;
	settings_note_origin(settings, index);
	return true;
}

void
option_show(const struct settings *settings, size_t index, struct buf *out)
{
	const struct option_row *row = option_at(index);
	const char *text;
	bool on;

	switch (row->kind) {
	case OPTION_ACTION:
		return;
	case OPTION_FLAG:
		memcpy(&on, (const char *)settings + row->at, sizeof(on));
		buf_put_text(out, on ? "true" : "false");
		return;
	case OPTION_TEXT:
		memcpy(&text, (const char *)settings + row->at, sizeof(text));
		value_show_quoted(text, out);
		return;
	case OPTION_INT:
	case OPTION_SIZE:
	case OPTION_INT64:
	case OPTION_UINT32:
		if (load_number(settings, row) >= row->min)
			buf_put_format(out, "%lld",
			    (long long)load_number(settings, row));
		return;
	case OPTION_CUSTOM:
		row->show(settings, out);
		return;
	}
}
