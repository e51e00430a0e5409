#include "net/net_priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake_clock.h"

static const struct transport_request request = {
	.url = "https://a.example/v4?usersig=topsecret",
	.body = "{}",
	.body_len = 2,
	.connect_timeout_s = 5,
	.timeout_s = 15,
};

static int64_t
no_date(const char *text)
{
	(void)text;
	return -1;
}

struct rig {
	struct fake_clock clock;
	struct http_exchange exchange;
};

static void
rig_init(struct rig *rig)
{
	fake_clock_init(&rig->clock, 1700000000);
	http_exchange_init(&rig->exchange, &rig->clock.clock);
	assert_true(http_exchange_begin(&rig->exchange, &request));
}

static bool
head(struct rig *rig, const char *line)
{
	return http_exchange_take_head(&rig->exchange, line, strlen(line),
	    no_date);
}

static bool
body(struct rig *rig, const char *text)
{
	return http_exchange_take_body(&rig->exchange, text, strlen(text));
}

static const struct transport_reply *
end(struct rig *rig, bool failed, enum http_fault_kind kind)
{
	const struct http_outcome outcome = {
		.failed = failed,
		.kind = kind,
		.code = 23,
		.summary = "words",
		.detail = "words",
		.times = { .lookup_us = 1000,
		    .connect_us = 2000,
		    .tls_us = 3000,
		    .sent_us = 4000,
		    .first_us = 54000,
		    .total_us = 60000,
		    .connects = 1 },
		.http_version = 11,
		.peer = "192.0.2.1",
	};

	return http_exchange_end(&rig->exchange, &outcome);
}

static void
a_whole_reply_is_handed_on(void **state)
{
	const struct transport_reply *reply;
	struct rig rig;

	(void)state;
	rig_init(&rig);
	fake_clock_advance_ms(&rig.clock, 80);
	assert_true(head(&rig, "HTTP/1.1 200 OK\r\n"));
	assert_true(head(&rig, "\r\n"));
	fake_clock_advance_ms(&rig.clock, 7);
	assert_true(body(&rig, "{\"a\":"));
	assert_true(body(&rig, "1}"));
	reply = end(&rig, false, HTTP_FAULT_OTHER);
	assert_int_equal(reply->err.kind, ERR_NONE);
	assert_int_equal(reply->status, 200);
	assert_string_equal(reply->body, "{\"a\":1}");
	assert_int_equal(reply->body_len, 7);
	assert_int_equal(reply->http_version, 11);
	assert_string_equal(reply->peer, "192.0.2.1");
	assert_int_equal(reply->done_wall_ms, 1700000000080);
	assert_int_equal(reply->sent_wall_ms, 1700000000030);
	http_exchange_release(&rig.exchange);
}

static void
an_encoded_answer_is_refused_at_its_head(void **state)
{
	struct rig rig;

	(void)state;
	rig_init(&rig);
	assert_true(head(&rig, "HTTP/1.1 200 OK\r\n"));
	assert_true(head(&rig, "Content-Encoding: gzip\r\n"));
	assert_false(head(&rig, "\r\n"));
	assert_int_equal(end(&rig, true, HTTP_FAULT_OTHER)->err.kind, ERR_DATA);
	http_exchange_release(&rig.exchange);
}

static void
an_encoded_error_page_is_only_its_status(void **state)
{
	const struct transport_reply *reply;
	struct rig rig;

	(void)state;
	rig_init(&rig);
	assert_true(head(&rig, "HTTP/1.1 502 Bad Gateway\r\n"));
	assert_true(head(&rig, "Content-Encoding: gzip\r\n"));
	assert_true(head(&rig, "\r\n"));
	assert_true(body(&rig, "\x1f\x8b"));
	reply = end(&rig, false, HTTP_FAULT_OTHER);
	assert_int_equal(reply->err.kind, ERR_NONE);
	assert_int_equal(reply->status, 502);
	assert_int_equal(reply->body_len, 0);
	assert_string_equal(reply->body, "");
	http_exchange_release(&rig.exchange);
}

static void
a_body_beyond_the_cap_is_refused(void **state)
{
	static char kib[1025];
	struct rig rig;
	size_t i;

	(void)state;
	memset(kib, 'x', 1024);
	rig_init(&rig);
	assert_true(head(&rig, "HTTP/1.1 200 OK\r\n"));
	assert_true(head(&rig, "\r\n"));
	for (i = 0; i < TRANSPORT_BODY_MAX / 1024; i++)
		assert_true(body(&rig, kib));
	assert_false(body(&rig, "x"));
	assert_int_equal(end(&rig, true, HTTP_FAULT_OTHER)->err.kind,
	    ERR_LIMIT);
	http_exchange_release(&rig.exchange);
}

static void
an_error_page_beyond_the_cap_is_only_its_status(void **state)
{
	static const char *const encodings[] = { "identity", "gzip" };
	static char kib[1025];
	const struct transport_reply *reply;
	struct rig rig;
	char line[64];
	size_t i, k;

	(void)state;
	memset(kib, 'x', 1024);
	for (i = 0; i < sizeof encodings / sizeof encodings[0]; i++) {
		rig_init(&rig);
		(void)snprintf(line, sizeof line, "Content-Encoding: %s\r\n",
		    encodings[i]);
		assert_true(head(&rig, "HTTP/1.1 503 Busy\r\n"));
		assert_true(head(&rig, line));
		assert_true(head(&rig, "\r\n"));
		for (k = 0; k < TRANSPORT_BODY_MAX / 1024; k++)
			assert_true(body(&rig, kib));
		assert_false(body(&rig, "x"));
		reply = end(&rig, true, HTTP_FAULT_OTHER);
		assert_int_equal(reply->err.kind, ERR_NONE);
		assert_int_equal(reply->status, 503);
		assert_true(http_exchange_begin(&rig.exchange, &request));
		reply = end(&rig, true, HTTP_FAULT_CUT);
		assert_int_equal(reply->err.kind, ERR_NETWORK);
		http_exchange_release(&rig.exchange);
	}
}

static void
a_lack_of_memory_in_a_head_is_a_line_too_long(void **state)
{
	struct rig rig;

	(void)state;
	rig_init(&rig);
	assert_int_equal(end(&rig, true, HTTP_FAULT_MEMORY)->err.kind,
	    ERR_LIMIT);
	http_exchange_release(&rig.exchange);
}

static void
nothing_of_one_call_reaches_the_next(void **state)
{
	const struct transport_reply *reply;
	struct rig rig;

	(void)state;
	rig_init(&rig);
	assert_true(head(&rig, "HTTP/1.1 200 OK\r\n"));
	assert_true(head(&rig, "Retry-After: 9\r\n"));
	assert_true(head(&rig, "Content-Encoding: br\r\n"));
	assert_false(head(&rig, "\r\n"));
	assert_int_equal(end(&rig, true, HTTP_FAULT_OTHER)->err.kind, ERR_DATA);
	assert_true(http_exchange_begin(&rig.exchange, &request));
	reply = end(&rig, true, HTTP_FAULT_CUT);
	assert_int_equal(reply->err.kind, ERR_NETWORK);
	assert_int_equal(reply->status, 0);
	assert_int_equal(reply->retry_after_s, -1);
	assert_int_equal(reply->body_len, 0);
	http_exchange_release(&rig.exchange);
}

static void
without_a_head_there_was_no_answer(void **state)
{
	const struct transport_reply *reply;
	struct rig rig;

	(void)state;
	rig_init(&rig);
	reply = end(&rig, true, HTTP_FAULT_TIMEOUT);
	assert_non_null(strstr(reply->err.text, "no answer from"));
	assert_int_equal(reply->timing.wait_ms, -1);
	http_exchange_release(&rig.exchange);
}

static void
no_fault_tells_the_query(void **state)
{
	const struct transport_reply *reply;
	struct rig rig;
	int kind;

	(void)state;
	rig_init(&rig);
	for (kind = 0; kind <= HTTP_FAULT_OTHER; kind++) {
		assert_true(http_exchange_begin(&rig.exchange, &request));
		reply = end(&rig, true, (enum http_fault_kind)kind);
		assert_int_not_equal(reply->err.kind, ERR_NONE);
		assert_null(strstr(reply->err.text, "topsecret"));
		assert_null(strstr(reply->err.text, "usersig"));
	}
	http_exchange_release(&rig.exchange);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_reply_is_handed_on),
		cmocka_unit_test(an_encoded_answer_is_refused_at_its_head),
		cmocka_unit_test(an_encoded_error_page_is_only_its_status),
		cmocka_unit_test(a_body_beyond_the_cap_is_refused),
		cmocka_unit_test(
		    an_error_page_beyond_the_cap_is_only_its_status),
		cmocka_unit_test(a_lack_of_memory_in_a_head_is_a_line_too_long),
		cmocka_unit_test(nothing_of_one_call_reaches_the_next),
		cmocka_unit_test(without_a_head_there_was_no_answer),
		cmocka_unit_test(no_fault_tells_the_query),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
