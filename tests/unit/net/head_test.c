#include "net/net_priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Knows one date. */
static int64_t
one_date(const char *text)
{
	return strcmp(text, "Sun, 06 Nov 1994 08:49:37 GMT") == 0 ? 784111777
	                                                          : -1;
}

static bool
take(struct http_head *head, const char *line)
{
	return http_head_take(head, line, strlen(line), one_date);
}

static void
read_head(struct http_head *head, const char *const *lines)
{
	http_head_init(head);
	for (; *lines != NULL; lines++)
		assert_true(take(head, *lines));
}

static void
a_head_is_read_to_its_end(void **state)
{
	static const char *const lines[] = {
		"HTTP/1.1 200 OK\r\n",
		"date:\tSun, 06 Nov 1994 08:49:37 GMT  \r\n",
		"RETRY-AFTER: 7\r\n",
		"X-Date: nonsense\r\n",
		"no colon\r\n",
		NULL,
	};
	struct http_head head;

	(void)state;
	read_head(&head, lines);
	assert_false(head.done);
	assert_true(take(&head, "\r\n"));
	assert_true(head.done);
	assert_int_equal(head.status, 200);
	assert_int_equal(head.date_s, 784111777);
	assert_int_equal(http_head_retry_after(&head, 5), 7);
	assert_string_equal(head.encoding, "");
}

static void
what_is_not_said_is_absent(void **state)
{
	static const char *const lines[] = {
		"HTTP/2 503 \r\n",
		"Date: yesterday\r\n",
		"Retry-After: soon\r\n",
		"\r\n",
		NULL,
	};
	struct http_head head;

	(void)state;
	read_head(&head, lines);
	assert_int_equal(head.status, 503);
	assert_int_equal(head.date_s, -1);
	assert_int_equal(http_head_retry_after(&head, 5), -1);
}

static void
an_interim_reply_leaves_nothing_behind(void **state)
{
	static const char *const lines[] = {
		"HTTP/1.1 103 Early Hints\r\n",
		"Content-Encoding: gzip\r\n",
		"Retry-After: 7\r\n",
		"\r\n",
		NULL,
	};
	struct http_head head;

	(void)state;
	read_head(&head, lines);
	assert_false(head.done);
	assert_true(take(&head, "HTTP/1.1 200 OK\r\n"));
	assert_true(take(&head, "\r\n"));
	assert_true(head.done);
	assert_string_equal(head.encoding, "");
	assert_int_equal(http_head_retry_after(&head, 5), -1);
}

static void
a_trailer_says_nothing(void **state)
{
	static const char *const lines[] = {
		"HTTP/1.1 200 OK\r\n",
		"\r\n",
		"Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
		"Content-Encoding: gzip\r\n",
		"HTTP/1.1 500 No\r\n",
		NULL,
	};
	struct http_head head;

	(void)state;
	read_head(&head, lines);
	assert_int_equal(head.date_s, -1);
	assert_string_equal(head.encoding, "");
	assert_int_equal(head.status, 200);
}

static void
a_date_to_wait_for_counts_from_the_servers_clock(void **state)
{
	struct http_head head;

	(void)state;
	http_head_init(&head);
	assert_true(take(&head,
	    "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
	assert_int_equal(http_head_retry_after(&head, 784111770), 7);
	head.date_s = 784111775;
	assert_int_equal(http_head_retry_after(&head, 784111770), 2);
	head.date_s = 784111999;
	assert_int_equal(http_head_retry_after(&head, 784111770), 0);
}

static void
check_encoding(const char *line, const char *want)
{
	struct http_head head;

	http_head_init(&head);
	assert_true(take(&head, line));
	assert_string_equal(head.encoding, want);
}

static void
an_encoding_that_was_not_asked_for_is_seen(void **state)
{
	(void)state;
	check_encoding("Content-Encoding: identity\r\n", "");
	check_encoding("Content-Encoding:\r\n", "");
	check_encoding("Transfer-Encoding: chunked\r\n", "");
	check_encoding("Transfer-Encoding: Identity, Chunked\r\n", "");
	check_encoding("Content-Encoding: gzip\r\n", "gzip");
	check_encoding("Content-Encoding: chunked\r\n", "chunked");
	check_encoding("content-encoding: identity, br\r\n", "identity, br");
	check_encoding("Transfer-Encoding: gzip, chunked\r\n", "gzip, chunked");
	check_encoding("Content-Encoding: a\x1b[2J\r\n", "a<U+001B>[2J");
}

static void
heads_beyond_the_cap_end_it(void **state)
{
	static char line[1024];
	struct http_head head;
	size_t i;

	(void)state;
	memset(line, 'x', sizeof(line) - 1);
	http_head_init(&head);
	for (i = 0; i < TRANSPORT_HEADERS_MAX / (sizeof(line) - 1); i++)
		assert_true(take(&head, line));
	assert_false(take(&head, line));
}

static void
heads_one_after_the_other_share_the_cap(void **state)
{
	struct http_head head;
	size_t i;

	(void)state;
	http_head_init(&head);
	for (i = 0; i < TRANSPORT_HEADERS_MAX / 16; i++)
		assert_true(take(&head, "HTTP/1.1 100 Go\n"));
	assert_false(take(&head, "HTTP/1.1 100 Go\n"));
}

static void
lines_that_only_look_like_a_status_are_none(void **state)
{
	static const char *const lines[] = { "HTTP/", "HTTP/1.1", "HTTP/1.1 ",
		"HTTP/1.1 20", "HTTP/1.1 2x0 OK\r\n", " HTTP/1.1 200\r\n" };
	struct http_head head;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		http_head_init(&head);
		assert_true(take(&head, lines[i]));
		assert_int_equal(head.status, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_head_is_read_to_its_end),
		cmocka_unit_test(what_is_not_said_is_absent),
		cmocka_unit_test(an_interim_reply_leaves_nothing_behind),
		cmocka_unit_test(a_trailer_says_nothing),
		cmocka_unit_test(
		    a_date_to_wait_for_counts_from_the_servers_clock),
		cmocka_unit_test(an_encoding_that_was_not_asked_for_is_seen),
		cmocka_unit_test(heads_beyond_the_cap_end_it),
		cmocka_unit_test(heads_one_after_the_other_share_the_cap),
		cmocka_unit_test(lines_that_only_look_like_a_status_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
