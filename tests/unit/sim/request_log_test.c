#include "bantop/sim/request_log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "sim_rig.h"

enum { LINE_MAX_BYTES = 16384 };

/* Asks, and reads back the line that is logged for it. */
static cJSON *
log_of(struct sim_rig *rig, const char *path, const char *body)
{
	struct sim_log_entry entry = {
		.number = 3,
		.connection = 2,
		.at_ms = 1234,
		.open = 4,
		.method = "POST",
		.path = path,
		.note = &rig->note,
		.reply = &rig->reply,
	};
	char line[LINE_MAX_BYTES];
	int ends[2];
	ssize_t len;
	cJSON *json;

	(void)sim_rig_ask(rig, path, body);
	assert_int_equal(pipe(ends), 0);
	sim_log_write(ends[1], &entry);
	close(ends[1]);
	len = read(ends[0], line, sizeof(line) - 1);
	close(ends[0]);
	assert_true(len > 1);
	line[len] = '\0';
	/* One line, and nothing of the signature in it. */
	assert_ptr_equal(strchr(line, '\n'), line + len - 1);
	assert_null(strstr(line, rig->request.usersig));
	json = cJSON_Parse(line);
	assert_non_null(json);
	return json;
}

static int
number(const cJSON *json, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, name);

	assert_true(cJSON_IsNumber(item));
	return item->valueint;
}

static bool
is_null(const cJSON *json, const char *name)
{
	return cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(json, name));
}

static void
a_line_tells_what_was_asked_and_answered(void **state)
{
	struct sim_rig rig;
	cJSON *json;

	(void)state;
	sim_rig_init(&rig);
	json = log_of(&rig, SIM_RIG_BANS,
	    "{\"GroupId\":\"full-page\",\"Limit\":30,\"Offset\":30}");
	assert_int_equal(number(json, "n"), 3);
	assert_int_equal(number(json, "t_ms"), 1234);
	assert_string_equal(cJSON_GetObjectItem(json, "command")->valuestring,
	    "get_group_ban_member");
	assert_string_equal(cJSON_GetObjectItem(json, "group")->valuestring,
	    "full-page");
	assert_int_equal(number(json, "offset"), 30);
	assert_int_equal(number(json, "limit"), 30);
	assert_int_equal(number(json, "page"), 2);
	assert_int_equal(number(json, "rows"), 30);
	assert_int_equal(number(json, "next"), 60);
	assert_int_equal(number(json, "code"), 0);
	assert_int_equal(number(json, "http"), 200);
	assert_int_equal(number(json, "open"), 4);
	assert_int_equal(number(json, "conn"), 2);
	assert_true(is_null(json, "fault"));
	cJSON_Delete(json);
	sim_rig_release(&rig);
}

static void
what_is_not_there_is_null(void **state)
{
	struct sim_rig rig;
	struct buf why;
	cJSON *json;

	(void)state;
	buf_init(&why, 4096);
	sim_rig_init(&rig);
	assert_true(sim_faults_add(&rig.service.faults, "hang", &why));
	json = log_of(&rig, SIM_RIG_INFO, "{\"GroupIdList\":[\"a\"]}");
	assert_true(is_null(json, "group"));
	assert_true(is_null(json, "offset"));
	assert_true(is_null(json, "next"));
	assert_true(is_null(json, "http"));
	assert_true(is_null(json, "code"));
	assert_string_equal(cJSON_GetObjectItem(json, "fault")->valuestring,
	    "hang");
	cJSON_Delete(json);
	sim_rig_release(&rig);
	buf_release(&why);
}

static void
the_longest_group_still_fits_a_line(void **state)
{
	struct sim_rig rig;
	struct buf body;
	cJSON *json;
	int i;

	(void)state;
	buf_init(&body, 4096);
	buf_put_text(&body, "{\"GroupId\":\"");
	for (i = 0; i < 300; i++)
		buf_put_text(&body, "\\u0001");
	buf_put_text(&body, "\",\"Limit\":1,\"Offset\":0}");
	sim_rig_init(&rig);
	json = log_of(&rig, SIM_RIG_BANS, buf_text(&body));
	assert_int_equal(strlen(cJSON_GetObjectItem(json, "group")
	                            ->valuestring),
	    SIM_NOTE_GROUP_MAX);
	cJSON_Delete(json);
	sim_rig_release(&rig);
	buf_release(&body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_tells_what_was_asked_and_answered),
		cmocka_unit_test(what_is_not_there_is_null),
		cmocka_unit_test(the_longest_group_still_fits_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
