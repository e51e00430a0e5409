/*
 * get_appid_group_list and get_group_info (and portrait_get's nickname):
 * request bodies, and replies as values.
 */
#ifndef BANTOP_API_GROUP_REPLY_H
#define BANTOP_API_GROUP_REPLY_H

#include "bantop/api/json.h"

enum {
	GROUP_ID_MAX = 96,       /* bytes, what a user may type */
	GROUP_ID_SEEN_MAX = 255, /* bytes, what is kept of the service's */
	GROUP_NAME_MAX = 255,
	GROUP_TYPE_MAX = 31,
	GROUP_INFO_MAX = 50, /* ids in one get_group_info */
	GROUP_PAGE_DEFAULT = 1000,
};

struct group {
	char id[GROUP_ID_SEEN_MAX + 1]; /* exact bytes, no NUL inside */
	char type[GROUP_TYPE_MAX + 1];  /* "" until known */
	char name[GROUP_NAME_MAX + 1];  /* as it came; "" until known */
	int64_t member_num;             /* -1 until known */
	int code; /* per-group ErrorCode of get_group_info; 0 is good */
	char code_text[96]; /* its ErrorInfo, made harmless */
	bool filled;        /* get_group_info has answered for it */
};

/** 1 to 96 bytes of printable ASCII, no space at either end.
 *  @return false with ERR_USAGE that says what is wrong. */
MUST_CHECK bool group_id_check(const char *id, size_t len, struct err *err);

/** @param type "" for all. */
MUST_CHECK bool group_list_request_write(int limit, uint64_t next,
    const char *type, struct buf *out, struct err *err);

struct group_list_page {
	size_t count;
	struct group *groups; /* owned; ids only */
	size_t unusable;
	int64_t total; /* TotalCount as said; -1 when absent */
	uint64_t next; /* 0: done */
};
void group_list_page_release(struct group_list_page *page);
MUST_CHECK bool group_list_reply_read(const struct json_document *document,
    struct group_list_page *page, struct err *err);

/** @param count 1 to GROUP_INFO_MAX. */
MUST_CHECK bool group_info_request_write(const struct group *const *groups,
    size_t count, struct buf *out, struct err *err);
/** Fills type, name, member_num, code of those of @p groups that the reply
 *  names. The outer error fields mean nothing when GroupInfo is there. */
MUST_CHECK bool group_info_reply_read(const struct json *root,
    struct group *const *groups, size_t count, struct err *err);

/** portrait_get for one account's nickname. */
MUST_CHECK bool portrait_request_write(const char *account, size_t len,
    struct buf *out, struct err *err);
/** @param nick gets the exact text, "" if never set. @return false with
 *  ERR_SERVICE and the item's ResultCode when the account has none. */
MUST_CHECK bool portrait_reply_read(const struct json *root,
    const char *account, size_t len, struct buf *nick, struct err *err);

#endif
