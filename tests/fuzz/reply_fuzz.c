/*
 * A reply of the service, from its bytes to rows, groups and nicknames: every
 * reader sees the same body, as if it had come for its call.
 */
#include <stdlib.h>
#include <string.h>

#include "bantop/api/ban_reply.h"
#include "bantop/api/envelope.h"
#include "bantop/api/group_reply.h"
#include "bantop/base/text.h"
#include "fuzz/fuzz.h"

enum { OFFSET = 200, RECEIVED_AT = 1767000000, INFO_GROUPS = 3 };

static void
require_good_err(const struct err *err)
{
	REQUIRE(err->kind != ERR_NONE);
	REQUIRE(err->text[0] != '\0');
	REQUIRE(text_is_safe(err->text, strlen(err->text)));
}

static void
check_row(const struct ban *ban)
{
	REQUIRE(ban->account_len <= BAN_ACCOUNT_MAX);
	if ((ban->flags & BAN_UNUSABLE) != 0)
		return;
	REQUIRE(ban->account_len > 0);
	REQUIRE(text_is_utf8(ban->account, ban->account_len));
	REQUIRE(memchr(ban->account, '\0', ban->account_len) == NULL);
}

static void
check_bans(const struct json *root)
{
	struct err err = { .kind = ERR_NONE };
	struct ban_page page;
	size_t unusable = 0;
	struct ban ban;

	ban_page_init(&page);
	if (!ban_reply_read(root, OFFSET, RECEIVED_AT, &page, &err)) {
		require_good_err(&err);
		ban_page_release(&page);
		return;
	}
	REQUIRE(page.count <= BAN_PAGE_ROWS_MAX);
	for (size_t i = 0; i < page.count; i++) {
		ban = ban_page_at(&page, i);
		check_row(&ban);
		unusable += (ban.flags & BAN_UNUSABLE) != 0;
	}
	REQUIRE(unusable == page.unusable);
	if (page.next_fault.kind != ERR_NONE)
		require_good_err(&page.next_fault);
	else
		REQUIRE(page.next_offset >= 0 &&
		    page.next_offset <= BAN_OFFSET_MAX);
	ban_page_release(&page);
}

static void
check_group(const struct group *group)
{
	REQUIRE(memchr(group->id, '\0', sizeof group->id) != NULL);
	REQUIRE(memchr(group->name, '\0', sizeof group->name) != NULL);
	REQUIRE(memchr(group->type, '\0', sizeof group->type) != NULL);
	REQUIRE(text_is_safe(group->code_text, strlen(group->code_text)));
	REQUIRE(group->member_num >= -1);
}

static void
check_groups(const struct json_document *document)
{
	static struct group all[INFO_GROUPS];
	struct group *groups[INFO_GROUPS];
	struct err err = { .kind = ERR_NONE };
	struct group_list_page page = { .count = 0 };

	if (group_list_reply_read(document, &page, &err)) {
		for (size_t i = 0; i < page.count; i++)
			check_group(&page.groups[i]);
	} else {
		require_good_err(&err);
	}
	memset(all, 0, sizeof all);
	for (size_t i = 0; i < INFO_GROUPS; i++) {
		groups[i] = &all[i];
		all[i].member_num = -1;
		memcpy(all[i].id, i < page.count ? page.groups[i].id : "g", 2);
		if (i < page.count)
			memcpy(all[i].id, page.groups[i].id, sizeof all[i].id);
	}
	group_list_page_release(&page);
	err.kind = ERR_NONE;
	if (!group_info_reply_read(json_root(document), groups, INFO_GROUPS,
	        &err))
		require_good_err(&err);
	for (size_t i = 0; i < INFO_GROUPS; i++)
		check_group(groups[i]);
}

static void
check_portrait(const struct json *root)
{
	struct err err = { .kind = ERR_NONE };
	struct buf nick;

	buf_init(&nick, 4096);
	if (!portrait_reply_read(root, "brennanli1", 10, &nick, &err))
		require_good_err(&err);
	buf_release(&nick);
}

static void
check_words(const struct json *root)
{
	char text[96];
	char other[GROUP_ID_SEEN_MAX + 1];

	(void)json_describe(root, text, sizeof text);
	REQUIRE(text_is_safe(text, strlen(text)));
	envelope_request_id(root, text, sizeof text);
	REQUIRE(text_is_safe(text, strlen(text)));
	if (ban_reply_names_other_group(root, "g", other, sizeof other))
		REQUIRE(text_is_safe(other, strlen(other)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = { .kind = ERR_NONE };
	struct json_document *document;
	const char *guess = envelope_guess((const char *)data, size);

	REQUIRE(text_is_safe(guess, strlen(guess)));
	document = json_parse((const char *)data, size, &err);
	if (document == NULL) {
		require_good_err(&err);
		return 0;
	}
	REQUIRE(err.kind == ERR_NONE);
	if (!envelope_check(json_root(document), &err))
		require_good_err(&err);
	check_bans(json_root(document));
	check_groups(document);
	check_portrait(json_root(document));
	check_words(json_root(document));
	json_destroy(document);
	return 0;
}
