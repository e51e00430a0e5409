/*
 * The text for a ticket: which bans, of which list, how old, in both zones; as
 * plain text or Markdown. No secret is in reach of it.
 */
#ifndef BANTOP_APP_TICKET_H
#define BANTOP_APP_TICKET_H

#include "bantop/api/region.h"
#include "bantop/base/buf.h"
#include "bantop/model/ban_list.h"

enum { TICKET_ROWS_MAX = 200, TICKET_TEXT_MAX = 512 * 1024 };

struct ticket {
	const struct region *region; /* borrowed, as all below */
	uint32_t app_id;
	const char *group; /* exact bytes */
	const char *group_name;
	const struct ban_list *list;
	bool complete;
	int64_t now_s;          /* the service's clock */
	int64_t wall_s;         /* ours */
	int64_t clock_offset_s; /* the service's minus ours */
	const size_t *rows;     /* of the list, in view order */
	size_t row_count;
	bool markdown;
};

/** Appends the text; rows past TICKET_ROWS_MAX are counted, not listed. */
void ticket_write(const struct ticket *ticket, struct buf *out);

#endif
