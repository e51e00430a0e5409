/*
 * A moment as text. The C library's local zone is a part of the environment
 * (TZ), for the whole process; the zone that the program was started in is
 * kept there too, beside it, so that there is no second place to look.
 *
 * Bans end after 2038, so that here time has 64 bits, also where that has to be
 * asked for. It may not be everywhere: libraries have time in their interfaces
 * too, with the width that their system builds them with.
 */
#define _FILE_OFFSET_BITS 64
#define _TIME_BITS 64

#include "bantop/model/moment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bantop/base/buf.h"
#include "bantop/base/file.h"
#include "bantop/model/ban.h"

_Static_assert(sizeof(time_t) >= sizeof(int64_t), "bans end after 2038");

enum { PATH_LEN_MAX = 1024, ZONE_FILE_MAX = 1 << 18 };

/* Holds "=" and TZ as it was, or nothing when there was none. */
static const char START_ZONE[] = "BANTOP_START_TZ";

static bool
is_zone_name(const char *name)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                              "abcdefghijklmnopqrstuvwxyz"
	                              "0123456789_+-/";
	size_t len = strlen(name);

	return len > 0 && name[0] != '/' && strspn(name, letters) == len;
}

/* The C library would take anything and fall back to UTC in silence. */
static bool
has_zone_file(const char *name)
{
	const char *folder = getenv("TZDIR");
	struct err ignored = { 0 };
	char path[PATH_LEN_MAX];
	struct buf content;
	bool found;
	int len;

	if (folder == NULL || folder[0] == '\0')
		folder = "/usr/share/zoneinfo";
	len = snprintf(path, sizeof path, "%s/%s", folder, name);
	if (len < 0 || (size_t)len >= sizeof path)
		return false;
	buf_init(&content, ZONE_FILE_MAX);
	found = file_read(path, &content, &ignored) &&
	    strncmp(buf_text(&content), "TZif", 4) == 0;
	buf_release(&content);
	return found;
}

static bool
keep_start_zone(void)
{
	const char *zone = getenv("TZ");
	char kept[PATH_LEN_MAX];

	(void)snprintf(kept, sizeof kept, "%s%s", zone != NULL ? "=" : "",
	    zone != NULL ? zone : "");
	return setenv(START_ZONE, kept, 0) == 0;
}

bool
moment_use_zone(const char *name, struct err *err)
{
	if (!is_zone_name(name) || !has_zone_file(name))
		return err_set(err, ERR_USAGE, 0, NULL,
		    "no time zone \"%s\": a name such as Asia/Tokyo", name);
	if (!keep_start_zone() || setenv("TZ", name, 1) != 0)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "cannot set the time zone \"%s\"", name);
	tzset();
	return true;
}

void
moment_use_start_zone(void)
{
	const char *kept = getenv(START_ZONE);

	if (kept == NULL)
		return;
	if (kept[0] == '=')
		(void)setenv("TZ", kept + 1, 1);
	else
		(void)unsetenv("TZ");
	tzset();
}

static bool
split(int64_t at_s, enum moment_zone zone, struct tm *parts)
{
	time_t at = (time_t)at_s;

	if (at_s < 0 || at_s > BAN_UNTIL_MAX_S)
		return false;
	if (zone == MOMENT_UTC)
		return gmtime_r(&at, parts) != NULL;
	return localtime_r(&at, parts) != NULL;
}

static char *
put_digits(char *at, int value, int digits)
{
	int i;

	for (i = digits - 1; i >= 0; i--) {
		at[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return at + digits;
}

static char *
put_date(char *at, const struct tm *parts)
{
	int year = parts->tm_year + 1900;

	/* Five digits where the local new year of 10000 comes early. */
	at = put_digits(at, year, year > 9999 ? 5 : 4);
	*at++ = '-';
	at = put_digits(at, parts->tm_mon + 1, 2);
	*at++ = '-';
	return put_digits(at, parts->tm_mday, 2);
}

static char *
put_time(char *at, const struct tm *parts)
{
	at = put_digits(at, parts->tm_hour, 2);
	*at++ = ':';
	at = put_digits(at, parts->tm_min, 2);
	*at++ = ':';
	return put_digits(at, parts->tm_sec, 2);
}

static size_t
finish(const char *out, char *end)
{
	*end = '\0';
	return (size_t)(end - out);
}

size_t
moment_write(int64_t at_s, enum moment_zone zone, char out[MOMENT_TEXT_MAX])
{
	struct tm parts;
	char *at;

	if (!split(at_s, zone, &parts))
		return finish(out, out);
	at = put_date(out, &parts);
	*at++ = ' ';
	return finish(out, put_time(at, &parts));
}

size_t
moment_write_iso(int64_t at_s, enum moment_zone zone, char out[MOMENT_TEXT_MAX])
{
	struct tm parts;
	char offset[8];
	char *at;

	if (!split(at_s, zone, &parts))
		return finish(out, out);
	at = put_date(out, &parts);
	*at++ = 'T';
	at = put_time(at, &parts);
	if (strftime(offset, sizeof offset, "%z", &parts) != 5)
		return finish(out, out);
	memcpy(at, offset, 3);
	at[3] = ':';
	memcpy(at + 4, offset + 3, 2);
	return finish(out, at + 6);
}

size_t
moment_write_time(int64_t at_s, enum moment_zone zone,
    char out[MOMENT_TEXT_MAX])
{
	struct tm parts;

	if (!split(at_s, zone, &parts))
		return finish(out, out);
	return finish(out, put_time(out, &parts));
}

size_t
moment_write_offset(int64_t at_s, enum moment_zone zone,
    char out[MOMENT_TEXT_MAX])
{
	struct tm parts;
	char name[8];
	size_t len;

	if (!split(at_s, zone, &parts))
		return finish(out, out);
	len = strftime(name, sizeof name, "%Z", &parts);
	if (zone == MOMENT_UTC || (len == 3 && strcmp(name, "UTC") == 0)) {
		memcpy(out, "UTC", 3);
		return finish(out, out + 3);
	}
	len = strftime(out, MOMENT_TEXT_MAX, "%z", &parts);
	if (len == 5 && strcmp(out + 3, "00") == 0)
		len = 3;
	return finish(out, out + len);
}
