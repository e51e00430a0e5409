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
MUST_CHECK bool ban_request_write(const char *group, int limit, int64_t offset,
    struct buf *out, struct err *err);

/**
 * Reads a successful reply (the envelope is checked already).
 *
 * An entry without a usable account is a row with BAN_UNUSABLE, one without a
 * usable end a row with BAN_NO_UNTIL: no entry spoils its page.
 *
 * @param page reset and filled; page->offset is @p offset. A bad NextOffset
 *             does not fail: page->next_fault says so (ERR_DATA: absent,
 *             repeated or of a wrong type; ERR_PAGING: out of range), the
 *             rows are good.
 * @return false with ERR_DATA naming the field, ERR_PAGING for more than
 *         BAN_PAGE_ROWS_MAX rows.
 */
MUST_CHECK bool ban_reply_read(const struct json *root, int64_t offset,
    int64_t received_at, struct ban_page *page, struct err *err);

/**
 * Does the reply name a group (it need not), and another one than @p group?
 * @param other gets the name, made harmless, if it does; else "".
 */
bool ban_reply_names_other_group(const struct json *root, const char *group,
    char *other, size_t other_size);

#endif
