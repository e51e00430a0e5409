#include "bantop/sim/service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim_rig.h"

static void
a_page_is_answered_and_noted(void **state)
{
	struct sim_rig rig;

	(void)state;
	sim_rig_init(&rig);
	assert_int_equal(sim_rig_ask_bans(&rig), 0);
	assert_int_equal(rig.reply.http, 200);
	assert_int_equal(sim_rig_rows(&rig), 100);
	assert_int_equal(rig.note.rows, 100);
	assert_int_equal(rig.note.next, 100);
	assert_int_equal(rig.note.page, 1);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_BANS,
	                     "{\"GroupId\":\"@TGS#aDEMO00001\",\"Limit\":100,"
	                     "\"Offset\":200}"),
	    0);
	assert_int_equal(sim_rig_rows(&rig), 50);
	assert_int_equal(rig.note.next, 0);
	assert_int_equal(rig.note.page, 3);
	sim_rig_release(&rig);
}

static void
bodies_are_checked(void **state)
{
	static const struct {
		const char *body;
		int code;
	} cases[] = {
		{ "", 60003 },
		{ "{", 60003 },
		{ "[]", 60003 },
		{ "{}", 10004 },
		{ "{\"GroupId\":7,\"Limit\":1,\"Offset\":0}", 10004 },
		{ "{\"GroupId\":\"\",\"Limit\":1,\"Offset\":0}", 10015 },
		{ "{\"GroupId\":\"gone\",\"Limit\":1,\"Offset\":0}", 10010 },
		{ "{\"GroupId\":\"a\\u0001\",\"Limit\":1,\"Offset\":0}",
		    10015 },
		{ "{\"GroupId\":\"one-ban\",\"Limit\":0,\"Offset\":0}", 10004 },
		{ "{\"GroupId\":\"one-ban\",\"Limit\":101,\"Offset\":0}",
		    10004 },
		{ "{\"GroupId\":\"one-ban\",\"Limit\":1.5,\"Offset\":0}",
		    10004 },
		{ "{\"GroupId\":\"one-ban\",\"Limit\":1,\"Offset\":-1}",
		    10004 },
		{ "{\"GroupId\":\"one-ban\",\"Limit\":1,\"Offset\":\"0\"}",
		    10004 },
		{ "{\"GroupId\":\"one-ban\",\"Limit\":1}", 10004 },
		{ "{\"GroupId\":\"one-ban\",\"Offset\":0}", 0 },
		{ "{\"GroupId\":\"one-ban\",\"Limit\":1,\"Offset\":0}", 0 },
	};
	struct sim_rig rig;
	size_t i;

	(void)state;
	sim_rig_init(&rig);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(sim_rig_ask(&rig, SIM_RIG_BANS, cases[i].body),
		    cases[i].code);
	sim_rig_release(&rig);
}

static void
paths_and_methods_are_checked(void **state)
{
	struct sim_rig rig;

	(void)state;
	sim_rig_init(&rig);
	assert_int_equal(sim_rig_ask(&rig, "/v4/group_open_http_svc/nothing",
	                     "{}"),
	    10003);
	assert_int_equal(sim_rig_ask(&rig, "/v4/profile/get_group_ban_member",
	                     "{}"),
	    10003);
	assert_int_equal(sim_rig_ask(&rig, "/v4/nothing/portrait_get", "{}"),
	    60009);
	assert_int_equal(sim_rig_ask(&rig, "/V4/profile/portrait_get", "{}"),
	    60002);
	assert_int_equal(sim_rig_ask(&rig, "/", "{}"), 60002);
	rig.request.method = SIM_METHOD_OTHER;
	assert_int_equal(sim_rig_ask_bans(&rig), 60002);
	rig.request.method = SIM_METHOD_HEAD;
	assert_int_equal(sim_rig_ask(&rig, "/", ""), -1);
	assert_int_equal(rig.reply.http, 200);
	assert_int_equal(rig.reply.body.len, 0);
	sim_rig_release(&rig);
}

static int
ask_with(const char **field, const char *value, struct sim_rig *rig)
{
	const char *before = *field;
	int code;

	*field = value;
	code = sim_rig_ask_bans(rig);
	*field = before;
	return code;
}

static void
all_five_parameters_are_checked(void **state)
{
	struct sim_rig rig;
	struct sim_request *r = &rig.request;

	(void)state;
	sim_rig_init(&rig);
	assert_int_equal(ask_with(&r->app_id, NULL, &rig), 60012);
	assert_int_equal(ask_with(&r->app_id, "abc", &rig), 60025);
	assert_int_equal(ask_with(&r->app_id, "4294967296", &rig), 60025);
	assert_int_equal(ask_with(&r->app_id, "77", &rig), 70020);
	assert_int_equal(ask_with(&r->account, NULL, &rig), 60025);
	assert_int_equal(ask_with(&r->account, "bob", &rig), 70013);
	assert_int_equal(ask_with(&r->random, NULL, &rig), 60025);
	assert_int_equal(ask_with(&r->random, "4294967296", &rig), 60025);
	assert_int_equal(ask_with(&r->random, "-1", &rig), 60025);
	assert_int_equal(ask_with(&r->content_type, NULL, &rig), 60025);
	assert_int_equal(ask_with(&r->content_type, "JSON", &rig), 60025);
	assert_int_equal(ask_with(&r->usersig, NULL, &rig), 60025);
	assert_int_equal(ask_with(&r->usersig, "", &rig), 70002);
	assert_int_equal(ask_with(&r->usersig, "eJx", &rig), 70003);
	assert_int_equal(sim_rig_ask_bans(&rig), 0);
	sim_rig_release(&rig);
}

static void
only_administrators_are_served(void **state)
{
	struct sim_rig rig;

	(void)state;
	sim_rig_init(&rig);
	rig.service.admin = "somebody-else";
	assert_int_equal(sim_rig_ask_bans(&rig), 60010);
	sim_rig_release(&rig);
}

static void
ten_bad_signatures_lock_everyone_out(void **state)
{
	struct sim_rig rig;
	int i;

	(void)state;
	sim_rig_init(&rig);
	for (i = 0; i < 10; i++)
		assert_int_equal(ask_with(&rig.request.usersig, "eJx", &rig),
		    70003);
	assert_int_equal(sim_rig_ask_bans(&rig), 70050);
	rig.mono_ms += SIM_GUARD_LOCK_MS;
	assert_int_equal(sim_rig_ask_bans(&rig), 0);
	sim_rig_release(&rig);
}

static void
limits_are_kept(void **state)
{
	struct sim_rig rig;

	(void)state;
	sim_rig_init(&rig);
	sim_guard_release(&rig.service.guard);
	sim_guard_init(&rig.service.guard, 3);
	assert_int_equal(sim_rig_ask_bans(&rig), 0);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_GROUPS, "{}"), 0);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_GROUPS, "{}"), 60007);
	assert_int_equal(sim_rig_ask_bans(&rig), 0);
	assert_int_equal(sim_rig_ask_bans(&rig), 60007);
	rig.mono_ms += 1000;
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_GROUPS, "{}"), 0);
	sim_rig_release(&rig);
}

static void
marks_of_the_group_list_must_come_back_exactly(void **state)
{
	static const char mark[] = "11529215046068474806";
	struct sim_rig rig;
	const char *found;

	(void)state;
	sim_rig_init(&rig);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_GROUPS, "{\"Limit\":5}"), 0);
	assert_int_equal(rig.note.rows, 5);
	found = strstr(buf_text(&rig.reply.body), "\"Next\":");
	assert_non_null(found);
	assert_memory_equal(found + 7, mark, sizeof(mark) - 1);
	rig.mono_ms += 1000;
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_GROUPS,
	                     "{\"Limit\":7,\"Next\":11529215046068474806}"),
	    0);
	assert_int_equal(rig.note.rows, 7);
	assert_non_null(strstr(buf_text(&rig.reply.body), "\"Next\":0"));
	rig.mono_ms += 1000;
	/* What a double makes of it. */
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_GROUPS,
	                     "{\"Limit\":7,\"Next\":11529215046068475000}"),
	    10004);
	sim_rig_release(&rig);
}

static void
groups_can_be_narrowed_to_a_type(void **state)
{
	struct sim_rig rig;

	(void)state;
	sim_rig_init(&rig);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_GROUPS,
	                     "{\"GroupType\":\"AVChatRoom\"}"),
	    0);
	assert_int_equal(rig.note.rows, 3);
	rig.mono_ms += 1000;
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_GROUPS,
	                     "{\"GroupType\":\"Odd\"}"),
	    10004);
	rig.mono_ms += 1000;
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_GROUPS, "{\"Limit\":10001}"),
	    10004);
	sim_rig_release(&rig);
}

static void
group_info_tells_of_each_group(void **state)
{
	struct sim_rig rig;
	const cJSON *list, *first, *second;

	(void)state;
	sim_rig_init(&rig);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_INFO,
	                     "{\"GroupIdList\":[\"lobby-01\",\"gone\"],"
	                     "\"ResponseFilter\":"
	                     "{\"GroupBaseInfoFilter\":[\"Name\"]}}"),
	    0);
	list = cJSON_GetObjectItem(rig.json, "GroupInfo");
	first = cJSON_GetArrayItem(list, 0);
	second = cJSON_GetArrayItem(list, 1);
	assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(first,
	                        "Name")),
	    "Lobby");
	assert_null(cJSON_GetObjectItem(first, "Type"));
	assert_int_equal(cJSON_GetObjectItem(second, "ErrorCode")->valueint,
	    10010);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_INFO,
	                     "{\"GroupIdList\":[]}"),
	    10004);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_INFO,
	                     "{\"GroupIdList\":[1]}"),
	    10004);
	sim_rig_release(&rig);
}

static void
profiles_name_who_was_never_imported(void **state)
{
	struct sim_rig rig;
	const cJSON *items;

	(void)state;
	sim_rig_init(&rig);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_PROFILE,
	                     "{\"To_Account\":[\"guest_0017\",\"nobody\"],"
	                     "\"TagList\":[\"Tag_Profile_IM_Nick\"]}"),
	    0);
	items = cJSON_GetObjectItem(rig.json, "UserProfileItem");
	assert_int_equal(cJSON_GetObjectItem(cJSON_GetArrayItem(items, 0),
	                     "ResultCode")
	                     ->valueint,
	    0);
	assert_int_equal(cJSON_GetObjectItem(cJSON_GetArrayItem(items, 1),
	                     "ResultCode")
	                     ->valueint,
	    40003);
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(rig.json,
	                     "Fail_Account")),
	    1);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_PROFILE,
	                     "{\"TagList\":[\"Tag_Profile_IM_Nick\"]}"),
	    40002);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_PROFILE,
	                     "{\"To_Account\":[\"a\"],\"TagList\":[]}"),
	    40001);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_PROFILE,
	                     "{\"To_Account\":[1],\"TagList\":[\"x\"]}"),
	    60015);
	assert_int_equal(sim_rig_ask(&rig, SIM_RIG_PROFILE,
	                     "{\"To_Account\":[\"a\"],\"TagList\":[\"x\"]}"),
	    40009);
	sim_rig_release(&rig);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_is_answered_and_noted),
		cmocka_unit_test(bodies_are_checked),
		cmocka_unit_test(paths_and_methods_are_checked),
		cmocka_unit_test(all_five_parameters_are_checked),
		cmocka_unit_test(only_administrators_are_served),
		cmocka_unit_test(ten_bad_signatures_lock_everyone_out),
		cmocka_unit_test(limits_are_kept),
		cmocka_unit_test(
		    marks_of_the_group_list_must_come_back_exactly),
		cmocka_unit_test(groups_can_be_narrowed_to_a_type),
		cmocka_unit_test(group_info_tells_of_each_group),
		cmocka_unit_test(profiles_name_who_was_never_imported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
