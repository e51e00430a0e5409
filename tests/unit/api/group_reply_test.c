#include "bantop/api/group_reply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/api/error_code.h"

static struct json_document *
parsed(const char *text)
{
	struct err err = { 0 };
	struct json_document *document;

	document = json_parse(text, strlen(text), &err);
	if (document == NULL)
		fail_msg("%s: %s", text, err.text);
	return document;
}

static bool
id_is_good(const char *id)
{
	struct err err = { 0 };

	return group_id_check(id, strlen(id), &err);
}

static bool
id_is_refused(const char *id, size_t len, const char *why)
{
	struct err err = { 0 };

	return !group_id_check(id, len, &err) && err.kind == ERR_USAGE &&
	    strcmp(err.text, why) == 0;
}

static void
ids_of_every_kind_are_taken(void **state)
{
	char longest[GROUP_ID_MAX + 1];

	(void)state;
	assert_true(id_is_good("@TGS#aDEMO00001"));
	assert_true(id_is_good("@TGS#_@TGS#cDEMO00001"));
	assert_true(id_is_good("@TGS#_a@TOPIC#_b"));
	assert_true(id_is_good("friday live"));
	assert_true(id_is_good("~"));
	memset(longest, 'a', GROUP_ID_MAX);
	longest[GROUP_ID_MAX] = '\0';
	assert_true(id_is_good(longest));
}

static void
other_ids_are_refused_with_the_reason(void **state)
{
	char longer[GROUP_ID_MAX + 1];

	(void)state;
	memset(longer, 'a', sizeof longer);
	assert_true(id_is_refused("", 0, "the group id is empty"));
	assert_true(id_is_refused(longer, sizeof longer,
	    "the group id has 97 bytes, more than 96"));
	assert_true(id_is_refused(" a", 2,
	    "the group id has a space at its beginning"));
	assert_true(id_is_refused("a ", 2,
	    "the group id has a space at its end"));
	assert_true(id_is_refused("a\tb", 3,
	    "byte 2 of the group id is no printable ASCII"));
	assert_true(id_is_refused("a\0", 2,
	    "byte 2 of the group id is no printable ASCII"));
	assert_true(id_is_refused("\xE7\xBE\xA4", 3,
	    "byte 1 of the group id is no printable ASCII"));
	assert_true(id_is_refused("a\x7f", 2,
	    "byte 2 of the group id is no printable ASCII"));
}

static void
a_list_request_names_limit_next_and_type(void **state)
{
	struct err err = { 0 };
	struct buf out;

	(void)state;
	buf_init(&out, 256);
	assert_true(group_list_request_write(1000, 0, "", &out, &err));
	assert_string_equal(buf_text(&out), "{\"Limit\":1000,\"Next\":0}");
	buf_reset(&out);
	assert_true(group_list_request_write(500, UINT64_MAX, "AVChatRoom",
	    &out, &err));
	assert_string_equal(buf_text(&out),
	    "{\"Limit\":500,\"Next\":18446744073709551615,"
	    "\"GroupType\":\"AVChatRoom\"}");
	buf_release(&out);
	buf_init(&out, 30);
	assert_false(group_list_request_write(500, 0, "AVChatRoom", &out,
	    &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	buf_release(&out);
}

static void
a_page_of_ids_is_read_with_its_mark_of_64_bits(void **state)
{
	struct json_document *document = parsed(
	    "{\"ActionStatus\":\"OK\",\"ErrorInfo\":\"\",\"ErrorCode\":0,"
	    "\"TotalCount\":1203,\"GroupIdList\":["
	    "{\"GroupId\":\"@TGS#aDEMO00001\"},{\"GroupId\":\"lobby-01\"}],"
	    "\"Next\":4611686018427400001}");
	struct group_list_page page;
	struct err err = { 0 };

	(void)state;
	assert_true(group_list_reply_read(document, &page, &err));
	assert_int_equal(page.count, 2);
	assert_int_equal(page.unusable, 0);
	assert_int_equal(page.total, 1203);
	assert_true(page.next == UINT64_C(4611686018427400001));
	assert_string_equal(page.groups[0].id, "@TGS#aDEMO00001");
	assert_string_equal(page.groups[1].id, "lobby-01");
	assert_int_equal(page.groups[1].member_num, -1);
	assert_string_equal(page.groups[1].name, "");
	assert_false(page.groups[1].filled);
	group_list_page_release(&page);
	group_list_page_release(&page);
	json_destroy(document);
}

static void
a_page_without_next_or_total_is_the_last(void **state)
{
	struct json_document *document = parsed("{\"GroupIdList\":[]}");
	struct group_list_page page;
	struct err err = { 0 };

	(void)state;
	assert_true(group_list_reply_read(document, &page, &err));
	assert_int_equal(page.count, 0);
	assert_int_equal(page.total, -1);
	assert_true(page.next == 0);
	group_list_page_release(&page);
	json_destroy(document);
	document = parsed("{\"Response\":{\"GroupIdList\":null,\"Next\":7}}");
	assert_true(group_list_reply_read(document, &page, &err));
	assert_true(page.next == 7);
	group_list_page_release(&page);
	json_destroy(document);
}

static void
entries_without_a_usable_id_are_counted(void **state)
{
	char text[2000];
	char longest[GROUP_ID_SEEN_MAX + 2];
	struct json_document *document;
	struct group_list_page page;
	struct err err = { 0 };

	(void)state;
	memset(longest, 'a', sizeof longest);
	longest[sizeof longest - 1] = '\0';
	snprintf(text, sizeof text,
	    "{\"GroupIdList\":[{},7,null,\"x\",{\"GroupId\":7},"
	    "{\"GroupId\":\"\"},{\"GroupId\":\"a\\u0000b\"},"
	    "{\"GroupId\":\"\xff\"},{\"GroupId\":\"a\",\"GroupId\":\"b\"},"
	    "{\"GroupId\":\"%s\"},{\"GroupId\":\"%s\"},"
	    "{\"GroupId\":\"\\u001b[2J\"}]}",
	    longest, longest + 1);
	document = parsed(text);
	assert_true(group_list_reply_read(document, &page, &err));
	assert_int_equal(page.unusable, 10);
	assert_int_equal(page.count, 2);
	assert_string_equal(page.groups[0].id, longest + 1);
	assert_string_equal(page.groups[1].id, "\x1b[2J");
	group_list_page_release(&page);
	json_destroy(document);
}

static bool
list_refused(const char *text, const char *why)
{
	struct json_document *document = parsed(text);
	struct group_list_page page;
	struct err err = { 0 };
	bool refused;

	refused = !group_list_reply_read(document, &page, &err) &&
	    err.kind == ERR_DATA && strcmp(err.text, why) == 0;
	group_list_page_release(&page);
	json_destroy(document);
	return refused;
}

static void
a_list_that_is_none_is_named_in_the_error(void **state)
{
	(void)state;
	assert_true(list_refused("{}", "GroupIdList is absent from the reply"));
	assert_true(list_refused("{\"GroupIdList\":\"a\"}",
	    "GroupIdList is a text \"a\", not an array"));
	assert_true(list_refused("{\"GroupIdList\":[],\"GroupIdList\":[]}",
	    "GroupIdList stands in the reply twice"));
	assert_true(list_refused("{\"GroupIdList\":[],\"Next\":\"5\"}",
	    "Next is a text \"5\", not a whole number of 64 bits"));
	assert_true(list_refused("{\"GroupIdList\":[],\"Next\":-5}",
	    "Next is the number -5, not a whole number of 64 bits"));
	assert_true(list_refused("{\"GroupIdList\":[],\"TotalCount\":true}",
	    "TotalCount is true, not a whole number"));
}

static struct group
group_named(const char *id)
{
	struct group group = { .member_num = -1 };

	snprintf(group.id, sizeof group.id, "%s", id);
	return group;
}

static void
an_info_request_asks_for_three_fields_and_no_members(void **state)
{
	struct group a = group_named("@TGS#aDEMO00001");
	struct group b = group_named("a\"b");
	const struct group *const groups[] = { &a, &b };
	struct err err = { 0 };
	struct buf out;
	size_t max;

	(void)state;
	buf_init(&out, 1024);
	assert_true(group_info_request_write(groups, 2, &out, &err));
	assert_string_equal(buf_text(&out),
	    "{\"GroupIdList\":[\"@TGS#aDEMO00001\",\"a\\\"b\"],"
	    "\"ResponseFilter\":{\"GroupBaseInfoFilter\":"
	    "[\"Type\",\"Name\",\"MemberNum\"]}}");
	max = out.len;
	buf_release(&out);
	while (--max > 0) {
		buf_init(&out, max);
		assert_false(group_info_request_write(groups, 2, &out, &err));
		buf_release(&out);
	}
}

static void
each_group_gets_its_own_info_or_refusal(void **state)
{
	struct json_document *document =
	    parsed("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":10010,"
	           "\"ErrorInfo\":\"means nothing here\",\"GroupInfo\":["
	           "{\"GroupId\":\"gone-group\",\"ErrorCode\":10010,"
	           "\"ErrorInfo\":\"group \\u001bnot exist\"},"
	           "{\"GroupId\":\"silent\",\"ErrorCode\":10010},"
	           "{\"GroupId\":\"unknown\",\"ErrorCode\":4711},"
	           "{\"GroupId\":\"@TGS#aDEMO00001\",\"ErrorCode\":0,"
	           "\"Type\":\"AVChatRoom\",\"Name\":\"Evening\\nshow\","
	           "\"MemberNum\":42},{\"GroupId\":\"somebody-elses\"},7]}");
	struct group a = group_named("@TGS#aDEMO00001");
	struct group b = group_named("gone-group");
	struct group c = group_named("not-answered");
	struct group d = group_named("silent");
	struct group e = group_named("unknown");
	struct group *const groups[] = { &a, &b, &c, &d, &e };
	struct err err = { 0 };

	(void)state;
	assert_true(group_info_reply_read(json_root(document), groups, 5,
	    &err));
	assert_true(a.filled);
	assert_string_equal(a.type, "AVChatRoom");
	assert_string_equal(a.name, "Evening\nshow");
	assert_int_equal(a.member_num, 42);
	assert_int_equal(a.code, 0);
	assert_true(b.filled);
	assert_int_equal(b.code, 10010);
	assert_string_equal(b.code_text, "group <U+001B>not exist");
	assert_int_equal(b.member_num, -1);
	assert_false(c.filled);
	assert_string_equal(d.code_text, error_code_find(10010)->meaning);
	assert_string_equal(e.code_text, "no reason given");
	json_destroy(document);
}

static void
long_names_are_cut_between_characters(void **state)
{
	char text[1200];
	struct json_document *document;
	struct group a = group_named("a");
	struct group *const groups[] = { &a };
	struct err err = { 0 };
	size_t i;

	(void)state;
	snprintf(text, sizeof text,
	    "{\"GroupInfo\":[{\"GroupId\":\"a\","
	    "\"Type\":\"%0100d\",\"Name\":\"x",
	    7);
	for (i = 0; i < 200; i++)
		memcpy(text + strlen(text), "\xE7\xBE\xA4", 4);
	memcpy(text + strlen(text), "\",\"MemberNum\":-1}]}", 20);
	document = parsed(text);
	assert_true(group_info_reply_read(json_root(document), groups, 1,
	    &err));
	assert_int_equal(strlen(a.type), GROUP_TYPE_MAX);
	assert_int_equal(strlen(a.name), 1 + 84 * 3);
	assert_int_equal(a.member_num, -1);
	json_destroy(document);
}

static bool
info_refused(const char *text, enum err_kind kind, int code)
{
	struct json_document *document = parsed(text);
	struct group a = group_named("a");
	struct group *const groups[] = { &a };
	struct err err = { 0 };
	bool refused;

	refused =
	    !group_info_reply_read(json_root(document), groups, 1, &err) &&
	    err.kind == kind && err.code == code && !a.filled;
	json_destroy(document);
	return refused;
}

static void
without_info_the_outer_fields_count(void **state)
{
	(void)state;
	assert_true(info_refused("{\"ActionStatus\":\"FAIL\",\"ErrorCode\":"
	                         "70001,"
	                         "\"ErrorInfo\":\"expired\"}",
	    ERR_SERVICE, 70001));
	assert_true(info_refused("{\"ActionStatus\":\"OK\",\"ErrorCode\":0}",
	    ERR_DATA, 0));
	assert_true(info_refused("{}", ERR_DATA, 0));
	assert_true(info_refused("{\"GroupInfo\":7}", ERR_DATA, 0));
	assert_true(info_refused("{\"GroupInfo\":[],\"GroupInfo\":[]}",
	    ERR_DATA, 0));
}

static void
a_portrait_request_asks_for_the_nickname(void **state)
{
	struct err err = { 0 };
	struct buf out;

	(void)state;
	buf_init(&out, 256);
	assert_true(portrait_request_write("guest_0017", 10, &out, &err));
	assert_string_equal(buf_text(&out),
	    "{\"To_Account\":[\"guest_0017\"],"
	    "\"TagList\":[\"Tag_Profile_IM_Nick\"]}");
	buf_release(&out);
}

static bool
nick_is(const char *text, const char *account, const char *want)
{
	struct json_document *document = parsed(text);
	struct err err = { 0 };
	struct buf nick;
	bool same;

	buf_init(&nick, 500);
	same = portrait_reply_read(json_root(document), account,
	           strlen(account), &nick, &err) &&
	    strcmp(buf_text(&nick), want) == 0;
	buf_release(&nick);
	json_destroy(document);
	return same;
}

static const char portraits[] =
    "{\"UserProfileItem\":["
    "{\"To_Account\":\"guest_0017\",\"ProfileItem\":["
    "{\"Tag\":\"Tag_Profile_IM_Image\",\"Value\":\"x\"},"
    "{\"Tag\":\"Tag_Profile_IM_Nick\",\"Value\":\"Robin\\u001b\"}],"
    "\"ResultCode\":0,\"ResultInfo\":\"\"},"
    "{\"To_Account\":\"quiet\",\"ResultCode\":0},"
    "{\"To_Account\":\"odd\",\"ResultCode\":0,\"ProfileItem\":["
    "{\"Tag\":\"Tag_Profile_IM_Nick\",\"Value\":7}]},"
    "{\"To_Account\":\"guest_0042\",\"ResultCode\":40003,"
    "\"ResultInfo\":\"account not imported\"},"
    "{\"To_Account\":\"mute\",\"ResultCode\":40003}],"
    "\"Fail_Account\":[\"guest_0042\"],\"ActionStatus\":\"OK\","
    "\"ErrorCode\":0,\"ErrorInfo\":\"\",\"ErrorDisplay\":\"\"}";

static void
a_nickname_is_read_exactly(void **state)
{
	(void)state;
	assert_true(nick_is(portraits, "guest_0017", "Robin\x1b"));
	assert_true(nick_is(portraits, "quiet", ""));
	assert_true(nick_is(portraits, "odd", ""));
}

static struct err
portrait_error(const char *text, const char *account, size_t max)
{
	struct json_document *document = parsed(text);
	struct err err = { 0 };
	struct buf nick;

	buf_init(&nick, max);
	assert_false(portrait_reply_read(json_root(document), account,
	    strlen(account), &nick, &err));
	buf_release(&nick);
	json_destroy(document);
	return err;
}

static void
an_account_without_a_portrait_has_its_code(void **state)
{
	struct err err = portrait_error(portraits, "guest_0042", 500);

	(void)state;
	assert_int_equal(err.kind, ERR_SERVICE);
	assert_int_equal(err.code, 40003);
	assert_string_equal(err.text, "account not imported");
	assert_ptr_equal(err.hint, error_code_find(40003)->action);
	err = portrait_error(portraits, "mute", 500);
	assert_string_equal(err.text, error_code_find(40003)->meaning);
	err = portrait_error(portraits, "nobody", 500);
	assert_int_equal(err.kind, ERR_DATA);
	err = portrait_error("{}", "nobody", 500);
	assert_string_equal(err.text,
	    "UserProfileItem is absent from the reply");
	err = portrait_error(portraits, "guest_0017", 3);
	assert_int_equal(err.kind, ERR_LIMIT);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_of_every_kind_are_taken),
		cmocka_unit_test(other_ids_are_refused_with_the_reason),
		cmocka_unit_test(a_list_request_names_limit_next_and_type),
		cmocka_unit_test(
		    a_page_of_ids_is_read_with_its_mark_of_64_bits),
		cmocka_unit_test(a_page_without_next_or_total_is_the_last),
		cmocka_unit_test(entries_without_a_usable_id_are_counted),
		cmocka_unit_test(a_list_that_is_none_is_named_in_the_error),
		cmocka_unit_test(
		    an_info_request_asks_for_three_fields_and_no_members),
		cmocka_unit_test(each_group_gets_its_own_info_or_refusal),
		cmocka_unit_test(long_names_are_cut_between_characters),
		cmocka_unit_test(without_info_the_outer_fields_count),
		cmocka_unit_test(a_portrait_request_asks_for_the_nickname),
		cmocka_unit_test(a_nickname_is_read_exactly),
		cmocka_unit_test(an_account_without_a_portrait_has_its_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
