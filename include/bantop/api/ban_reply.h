/*
 * get_group_ban_member: its request body, and its reply as a page.
 * Source: the service's page of the call; DESIGN section 11 where stricter.
 */
#ifndef BANTOP_API_BAN_REPLY_H
#define BANTOP_API_BAN_REPLY_H

#include "bantop/api/json.h"
#include "bantop/model/ban_page.h"

enum { BAN_LIMIT_MAX = 100 };

/** {"GroupId":…,"Limit":…,"Offset":…} */
MUST_CHECK bool ban_request_write(const char *group, int limit,
    int64_t offset, struct buf *out, struct err *err);

/**
 * Reads a successful reply (the envelope is checked already).
 *
 * @param page reset and filled; page->offset is @p offset. A bad NextOffset
 *             does not fail: page->next_fault says so, the rows are good.
 * @return false with ERR_DATA naming the field, ERR_PAGING for more than
 *         BAN_PAGE_ROWS_MAX rows.
 */
MUST_CHECK bool ban_reply_read(const struct json *root, int64_t offset,
    int64_t received_at, struct ban_page *page, struct err *err);

#endif
