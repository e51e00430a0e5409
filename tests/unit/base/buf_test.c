#include "bantop/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
an_empty_buffer_has_text(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 10);
	assert_string_equal(buf_text(&buf), "");
	assert_int_equal(buf.len, 0);
	buf_reset(&buf);
	buf_release(&buf);
	buf_release(&buf);
}

static void
a_zeroed_buffer_may_be_released(void **state)
{
	struct buf buf = { 0 };

	(void)state;
	buf_release(&buf);
	buf_wipe(&buf);
	assert_string_equal(buf_text(&buf), "");
}

static void
bytes_are_appended_and_terminated(void **state)
{
	struct err err = { 0 };
	struct buf buf;
	int i;

	(void)state;
	buf_init(&buf, 100000);
	for (i = 0; i < 10000; i++) {
		assert_true(buf_add(&buf, "a\0c", 3, &err));
		assert_int_equal(buf.data[buf.len], '\0');
	}
	assert_int_equal(buf.len, 30000);
	for (i = 0; i < 10000; i++)
		assert_memory_equal(buf.data + 3 * i, "a\0c", 3);
	assert_int_equal(err.kind, ERR_NONE);
	buf_release(&buf);
}

static void
the_cap_is_exact(void **state)
{
	struct err err = { 0 };
	struct buf buf;

	(void)state;
	buf_init(&buf, 5);
	assert_true(buf_add_text(&buf, "abcde", &err));
	assert_true(buf_add(&buf, NULL, 0, &err));
	assert_false(buf_add_text(&buf, "f", &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_string_equal(err.text, "more than 5 bytes");
	assert_string_equal(buf_text(&buf), "abcde");
	buf_reset(&buf);
	assert_string_equal(buf_text(&buf), "");
	assert_true(buf_add_text(&buf, "xyz", &err));
	assert_string_equal(buf_text(&buf), "xyz");
	buf_release(&buf);
	assert_true(buf_add_text(&buf, "again", &err));
	assert_false(buf_add(&buf, "!", SIZE_MAX, &err));
	assert_string_equal(buf_text(&buf), "again");
	buf_release(&buf);
}

static void
a_cap_of_nothing_takes_nothing(void **state)
{
	struct err err = { 0 };
	struct buf buf;

	(void)state;
	buf_init(&buf, 0);
	assert_true(buf_add_text(&buf, "", &err));
	assert_false(buf_add_text(&buf, "a", &err));
	buf_put_text(&buf, "a");
	buf_put_format(&buf, "%d", 7);
	assert_string_equal(buf_text(&buf), "");
	buf_release(&buf);
}

static void
formats_are_added_whole_or_not_at_all(void **state)
{
	struct err err = { 0 };
	struct buf buf;

	(void)state;
	buf_init(&buf, 8);
	assert_true(buf_add_format(&buf, &err, "%d-%s", 12, "abc"));
	assert_string_equal(buf_text(&buf), "12-abc");
	assert_false(buf_add_format(&buf, &err, "%03d", 7));
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_string_equal(buf_text(&buf), "12-abc");
	assert_true(buf_add_format(&buf, &err, "%02d", 7));
	assert_string_equal(buf_text(&buf), "12-abc07");
	buf_release(&buf);
}

static void
long_formats_are_whole(void **state)
{
	struct err err = { 0 };
	struct buf buf;

	(void)state;
	buf_init(&buf, 5000);
	assert_true(buf_add_format(&buf, &err, "%*d|", 4000, 5));
	assert_int_equal(buf.len, 4001);
	assert_string_equal(buf.data + 3998, " 5|");
	buf_release(&buf);
}

static void
put_drops_what_passes_the_cap(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 6);
	buf_put_text(&buf, "abcd");
	assert_true(buf.len < buf.max);
	buf_put(&buf, "efgh", 4);
	assert_string_equal(buf_text(&buf), "abcdef");
	assert_int_equal(buf.len, buf.max);
	buf_put_text(&buf, "more");
	assert_string_equal(buf_text(&buf), "abcdef");
	buf_reset(&buf);
	buf_put_format(&buf, "%s", "12345678");
	assert_string_equal(buf_text(&buf), "123456");
	buf_wipe(&buf);
	assert_null(buf.data);
	assert_int_equal(buf.len, 0);
	assert_int_equal(buf.max, 6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_has_text),
		cmocka_unit_test(a_zeroed_buffer_may_be_released),
		cmocka_unit_test(bytes_are_appended_and_terminated),
		cmocka_unit_test(the_cap_is_exact),
		cmocka_unit_test(a_cap_of_nothing_takes_nothing),
		cmocka_unit_test(formats_are_added_whole_or_not_at_all),
		cmocka_unit_test(long_formats_are_whole),
		cmocka_unit_test(put_drops_what_passes_the_cap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
