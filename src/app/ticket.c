/*
 * Text for a ticket. Everything from outside is made harmless for a terminal,
 * and in Markdown for its renderer too.
 */
#include "bantop/app/ticket.h"

#include <stdio.h>
#include <string.h>

#include "bantop/base/text.h"
#include "bantop/model/duration.h"
#include "bantop/model/moment.h"

enum { FIELD_MAX = BAN_ACCOUNT_MAX * TEXT_SAFE_GROWTH };

static void
put_spaces(struct buf *out, int cols)
{
	for (; cols > 0; cols--)
		buf_put_text(out, " ");
}

/* In Markdown a text is code: only its own marks and the table's must go. */
static void
put_code(struct buf *out, const char *text)
{
	buf_put_text(out, "`");
	for (; *text != '\0'; text++) {
		if (*text == '|')
			buf_put_text(out, "\\|");
		else
			buf_put(out, *text == '`' ? "'" : text, 1);
	}
	buf_put_text(out, "`");
}

static void
put_foreign(const struct ticket *ticket, struct buf *out, const char *text,
    size_t len, int cols)
{
	char safe[FIELD_MAX];
	size_t safe_len;

	safe_len = text_make_safe(text, len, TEXT_UTF8, safe, sizeof safe);
	if (ticket->markdown) {
		put_code(out, safe);
		return;
	}
	buf_put_text(out, safe);
	put_spaces(out, cols - text_width_cols(safe, safe_len));
}

static void
put_moment(struct buf *out, int64_t at_s, enum moment_zone zone)
{
	char text[MOMENT_TEXT_MAX];

	if (moment_write(at_s, zone, text) == 0)
		(void)snprintf(text, sizeof text, "%lld", (long long)at_s);
	buf_put_format(out, "%-19s", text);
}

static bool
is_utc_at(int64_t at_s)
{
	char local[MOMENT_TEXT_MAX], utc[MOMENT_TEXT_MAX];

	(void)moment_write_iso(at_s, MOMENT_LOCAL, local);
	(void)moment_write_iso(at_s, MOMENT_UTC, utc);
	return strcmp(local, utc) == 0;
}

/* Where the local zone is UTC for all of it, it is not said twice. */
static bool
has_one_zone(const struct ticket *ticket)
{
	bool one = is_utc_at(ticket->wall_s);
	size_t i;

	for (i = 0; one && i < ticket->row_count && i < TICKET_ROWS_MAX; i++)
		one = is_utc_at(ban_list_at(ticket->list, ticket->rows[i])
		                    .until_s);
	return one;
}

static void
put_both_zones(struct buf *out, int64_t at_s)
{
	char offset[MOMENT_TEXT_MAX];

	if (is_utc_at(at_s)) {
		put_moment(out, at_s, MOMENT_UTC);
		buf_put_text(out, " UTC");
		return;
	}
	put_moment(out, at_s, MOMENT_LOCAL);
	(void)moment_write_offset(at_s, MOMENT_LOCAL, offset);
	buf_put_format(out, " %s (", offset);
	put_moment(out, at_s, MOMENT_UTC);
	buf_put_text(out, " UTC)");
}

static void
put_head(const struct ticket *ticket, struct buf *out)
{
	int64_t as_of = ban_list_as_of(ticket->list);
	const char *line = ticket->markdown ? "\n\n" : "\n";

	buf_put_text(out,
	    ticket->markdown ? "**Banned members of** " : "Banned members of ");
	put_foreign(ticket, out, ticket->group, strlen(ticket->group), 0);
	if (ticket->group_name[0] != '\0') {
		buf_put_text(out, " ");
		put_foreign(ticket, out, ticket->group_name,
		    strlen(ticket->group_name), 0);
	}
	buf_put_format(out, "%sRegion %s %s, application %u%s", line,
	    ticket->region->key, ticket->region->name, (unsigned)ticket->app_id,
	    line);
	buf_put_text(out, "List as of ");
	put_both_zones(out, as_of);
	buf_put_format(out, ", %lld s old: %zu rows, %s%s",
	    (long long)(ticket->wall_s - as_of), ban_list_count(ticket->list),
	    ticket->complete ? "complete" : "not the whole list", line);
	if (ticket->clock_offset_s > 3 || ticket->clock_offset_s < -3)
		buf_put_format(out, "The service's clock is %+lld s%s",
		    (long long)ticket->clock_offset_s, line);
	if (!ticket->markdown)
		buf_put_text(out, "\n");
}

static int
account_cols(const struct ticket *ticket)
{
	char safe[FIELD_MAX];
	struct ban ban;
	size_t i, len;
	int cols, most = 7;

	for (i = 0; i < ticket->row_count && i < TICKET_ROWS_MAX; i++) {
		ban = ban_list_at(ticket->list, ticket->rows[i]);
		len = text_make_safe(ban.account, ban.account_len, TEXT_UTF8,
		    safe, sizeof safe);
		cols = text_width_cols(safe, len);
		if (cols > most)
			most = cols < 64 ? cols : 64;
	}
	return most;
}

static void
put_row(const struct ticket *ticket, struct buf *out, size_t row, int cols,
    bool one)
{
	struct ban ban = ban_list_at(ticket->list, row);
	const char *between = ticket->markdown ? " | " : "  ";
	bool wide = !ticket->markdown;
	char left[DURATION_TEXT_MAX];

	(void)duration_write_ban(&ban, ticket->now_s, DURATION_BY_NEED, left);
	if (ticket->markdown)
		buf_put_text(out, "| ");
	put_foreign(ticket, out, ban.account, ban.account_len, cols);
	buf_put_format(out, "%s%-*s%s%-*s%s", between, wide ? 9 : 0,
	    ban_state_name(ban_state_at(&ban, ticket->now_s)), between,
	    wide ? 14 : 0, left, between);
	if (!one) {
		put_moment(out, ban.until_s, MOMENT_LOCAL);
		buf_put_text(out, between);
	}
	put_moment(out, ban.until_s, MOMENT_UTC);
	buf_put_text(out, ticket->markdown ? " |\n" : "\n");
}

static void
put_heading(const struct ticket *ticket, struct buf *out, int cols, bool one)
{
	char offset[MOMENT_TEXT_MAX];

	(void)moment_write_offset(ticket->wall_s, MOMENT_LOCAL, offset);
	if (ticket->markdown) {
		buf_put_text(out, "| account | state | remaining | ");
		if (!one)
			buf_put_format(out, "until %s | ", offset);
		buf_put_format(out, "until UTC |\n|---|---|---|---|%s\n",
		    one ? "" : "---|");
		return;
	}
	buf_put_text(out, "account");
	put_spaces(out, cols - 7);
	buf_put_format(out, "  %-9s  %-14s  ", "state", "remaining");
	if (!one)
		buf_put_format(out, "until %-13s  ", offset);
	buf_put_text(out, "until UTC\n");
}

void
ticket_write(const struct ticket *ticket, struct buf *out)
{
	bool one = has_one_zone(ticket);
	int cols = account_cols(ticket);
	size_t i;

	put_head(ticket, out);
	if (ticket->row_count == 0) {
		buf_put_text(out,
		    ticket->complete && ban_list_count(ticket->list) == 0
		        ? "nobody is banned in this group\n"
		        : "no row was chosen\n");
		return;
	}
	put_heading(ticket, out, cols, one);
	for (i = 0; i < ticket->row_count && i < TICKET_ROWS_MAX; i++)
		put_row(ticket, out, ticket->rows[i], cols, one);
	if (ticket->row_count > TICKET_ROWS_MAX)
		buf_put_format(out, "%sand %zu more\n",
		    ticket->markdown ? "\n" : "",
		    ticket->row_count - TICKET_ROWS_MAX);
}
