/*
 * Lines for syslog. Texts from outside are made harmless first; a line is one
 * argument of syslog(), never its format.
 */
#include "bantop/app/audit.h"

#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "bantop/app/option_table.h"
#include "bantop/base/text.h"

enum { WORD_MAX = 256 };

static const char *
or_dash(const char *text)
{
	return text == NULL || text[0] == '\0' ? "-" : text;
}

static void
make_word(const char *text, char out[WORD_MAX])
{
	text = or_dash(text);
	(void)text_make_safe(text, strlen(text), TEXT_ASCII, out, WORD_MAX);
}

void
audit_write_session(const struct settings *settings, const char *peer,
    char out[AUDIT_LINE_MAX])
{
	char profile[WORD_MAX], region[WORD_MAX], admin[WORD_MAX];

	make_word(settings->profile, profile);
	make_word(settings->region != NULL ? settings->region->key : NULL,
	    region);
	make_word(settings->admin, admin);
	(void)snprintf(out, AUDIT_LINE_MAX,
	    "session uid=%ld from=%s command=%s profile=%s region=%s "
	    "app=%lu admin=%s",
	    (long)getuid(), or_dash(peer),
	    settings->command == COMMAND_UI
	        ? "ui"
	        : option_command_name(settings->command),
	    profile, region, (unsigned long)settings->app_id, admin);
}

void
audit_write_group(const char *region, const char *group,
    char out[AUDIT_LINE_MAX])
{
	char safe_region[WORD_MAX], safe_group[WORD_MAX];

	make_word(region, safe_region);
	make_word(group, safe_group);
	(void)snprintf(out, AUDIT_LINE_MAX, "group uid=%ld region=%s group=%s",
	    (long)getuid(), safe_region, safe_group);
}

static void
send_line(const char *line)
{
	openlog("bantop", LOG_PID, LOG_AUTHPRIV);
	syslog(LOG_NOTICE, "%s", line);
	closelog();
}

void
audit_session(const struct settings *settings, const char *peer)
{
	char line[AUDIT_LINE_MAX];

	if (!settings->restricted)
		return;
	audit_write_session(settings, peer, line);
	send_line(line);
	if (settings->group == NULL || settings->command == COMMAND_UI)
		return;
	audit_write_group(settings->region->key, settings->group, line);
	send_line(line);
}

void
audit_group(const struct settings *settings, const char *region,
    const char *group)
{
	char line[AUDIT_LINE_MAX];

	if (!settings->restricted)
		return;
	audit_write_group(region, group, line);
	send_line(line);
}

void
audit_end(const struct settings *settings, int status)
{
	char line[AUDIT_LINE_MAX];

	if (!settings->restricted)
		return;
	(void)snprintf(line, sizeof line, "end uid=%ld %s=%d", (long)getuid(),
	    status < 0 ? "signal" : "status", status < 0 ? -status : status);
	send_line(line);
}
