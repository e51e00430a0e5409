#include "bantop/sim/usersig_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "bantop/base/file.h"

enum { FILE_MAX = 1 << 20 };

static int
load(void **state)
{
	struct buf file;
	struct err err;

	buf_init(&file, FILE_MAX);
	if (!file_read("tests/data/usersig_vectors.json", &file, &err))
		return -1;
	*state = cJSON_ParseWithLength(file.data, file.len);
	buf_release(&file);
	return *state == NULL ? -1 : 0;
}

static int
unload(void **state)
{
	cJSON_Delete(*state);
	return 0;
}

static const char *
text(const cJSON *item, const char *name)
{
	const char *value =
	    cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, name));

	assert_non_null(value);
	return value;
}

static int64_t
number(const cJSON *item, const char *name)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(item, name);

	assert_true(cJSON_IsNumber(value));
	return (int64_t)value->valuedouble;
}

static struct sim_identity
identity_of(const cJSON *vector)
{
	return (struct sim_identity){
		.account = text(vector, "identifier"),
		.app_id = number(vector, "sdkappid"),
		.key = text(vector, "key"),
	};
}

static enum sim_sig
check(const char *sig, const cJSON *vector, int64_t now_s)
{
	struct sim_identity identity = identity_of(vector);

	return sim_usersig_check(sig, strlen(sig), &identity, now_s);
}

static void
every_genuine_vector_is_good_until_its_last_second(void **state)
{
	const cJSON *vectors = cJSON_GetObjectItem(*state, "vectors");
	const cJSON *vector, *variant;
	int count = 0;

	cJSON_ArrayForEach(vector, vectors)
	{
		int64_t from_s = number(vector, "time");
		int64_t end_s = number(vector, "expires_at");
		const char *stored = text(vector, "usersig_stored");

		assert_int_equal(check(stored, vector, from_s), SIM_SIG_GOOD);
		assert_int_equal(check(stored, vector, end_s), SIM_SIG_GOOD);
		assert_int_equal(check(stored, vector, end_s + 1),
		    SIM_SIG_EXPIRED);
		assert_int_equal(check(text(vector, "usersig"), vector, end_s),
		    SIM_SIG_GOOD);
		cJSON_ArrayForEach(variant,
		    cJSON_GetObjectItem(vector, "variants"))
		{
			assert_int_equal(check(text(variant, "usersig"), vector,
			                     end_s),
			    SIM_SIG_GOOD);
		}
		count++;
	}
	assert_int_equal(count, 14);
}

/* The reason that the file of vectors gives, as the service's code. */
static int
code_for(const char *why)
{
	static const struct {
		const char *why;
		int code;
	} rows[] = {
		{ "empty", 70002 },
		{ "expired", 70001 },
		{ "identifier", 70013 },
		{ "sdkappid", 70014 },
		{ "mac", 70009 },
		{ "userbuf", 70009 },
		{ "version", 70003 },
		{ "zlib", 70003 },
		{ "base64", 70003 },
		{ "alphabet", 70003 },
		{ "json", 70003 },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].why, why) == 0)
			return rows[i].code;
	}
	return -1;
}

static void
every_refused_vector_is_refused_for_its_reason(void **state)
{
	const cJSON *vectors = cJSON_GetObjectItem(*state, "negative");
	const cJSON *vector;
	int count = 0;

	cJSON_ArrayForEach(vector, vectors)
	{
		enum sim_sig sig = check(text(vector, "usersig"), vector,
		    number(vector, "now"));

		assert_int_equal(sim_sig_code(sig),
		    code_for(text(vector, "why")));
		count++;
	}
	assert_true(count >= 17);
}

static void
one_from_the_future_is_refused(void **state)
{
	const cJSON *vector =
	    cJSON_GetArrayItem(cJSON_GetObjectItem(*state, "vectors"), 0);
	const char *sig = text(vector, "usersig");
	int64_t from_s = number(vector, "time");

	assert_int_equal(check(sig, vector, from_s - SIM_SIG_AHEAD_S),
	    SIM_SIG_GOOD);
	assert_int_equal(check(sig, vector, from_s - SIM_SIG_AHEAD_S - 1),
	    SIM_SIG_FUTURE);
	assert_int_equal(sim_sig_code(SIM_SIG_FUTURE), 70001);
}

static void
every_single_changed_character_is_refused(void **state)
{
	const cJSON *vector =
	    cJSON_GetArrayItem(cJSON_GetObjectItem(*state, "vectors"), 0);
	const char *sig = text(vector, "usersig_stored");
	size_t len = strlen(sig), i;
	char copy[1024];

	assert_true(len < sizeof(copy));
	for (i = 0; i < len; i++) {
		memcpy(copy, sig, len + 1);
		copy[i] = copy[i] == 'A' ? 'B' : 'A';
		assert_int_not_equal(check(copy, vector,
		                         number(vector, "time")),
		    SIM_SIG_GOOD);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_genuine_vector_is_good_until_its_last_second),
		cmocka_unit_test(
		    every_refused_vector_is_refused_for_its_reason),
		cmocka_unit_test(one_from_the_future_is_refused),
		cmocka_unit_test(every_single_changed_character_is_refused),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
