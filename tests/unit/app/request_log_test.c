/*
 * The request log: the ring, the file beside it, the curl line.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/app/request_log.h"
#include "bantop/base/file.h"
#include "fake_clock.h"
#include "scratch.h"

static struct fake_clock fake;
static struct request_log *request_log;
static struct err err;

static int
enter(void **state)
{
	fake_clock_init(&fake, 1700000000);
	request_log = request_log_create(&fake.clock);
	return scratch_enter(state);
}

static int
leave(void **state)
{
	request_log_destroy(request_log);
	return scratch_leave(state);
}

static struct client_attempt
make_attempt(const char *subject)
{
	const struct client_attempt attempt = {
		.command = CLIENT_BAN_LIST,
		.subject = subject,
		.offset = 100,
		.limit = 100,
		.attempt = 1,
		.host = "chat.example",
		.body = "{\"GroupId\":\"it's\"}",
		.body_len = 18,
		.reply = { .status = 200, .timing = { .total_ms = 42 } },
		.request_id = "",
	};

	return attempt;
}

static void
observe(const char *subject)
{
	struct client_attempt attempt = make_attempt(subject);

	request_log_observe(&attempt, request_log);
}

static void
read_log(const char *path, struct buf *text)
{
	buf_init(text, (size_t)16 << 20);
	assert_true(file_read(path, text, &err));
}

static void
the_newest_call_stands_first_and_the_ring_is_bounded(void **state)
{
	char subject[32];

	(void)state;
	for (int i = 1; i <= REQUEST_LOG_RING + 7; i++) {
		snprintf(subject, sizeof(subject), "g%d", i);
		observe(subject);
	}
	assert_int_equal(request_log_count(request_log), REQUEST_LOG_RING);
	assert_string_equal(request_log_at(request_log, 0)->subject, subject);
	assert_int_equal(request_log_at(request_log, REQUEST_LOG_RING - 1)
	                     ->number,
	    8);
	assert_int_equal(request_log_version(request_log),
	    REQUEST_LOG_RING + 7);
}

static void
a_call_is_one_escaped_line(void **state)
{
	struct buf text;
	struct stat status;

	(void)state;
	assert_true(request_log_open_file(request_log, "log", &err));
	observe("a\tb\n\x1b[2J");
	read_log("log", &text);
	assert_non_null(strstr(buf_text(&text),
	    "2023-11-14T22:13:20+00:00\tget_group_ban_member\t"
	    "host=chat.example\tsubject=a\\tb\\n\\x1b[2J\toffset=100\t"));
	assert_non_null(strstr(buf_text(&text), "\ttotal_ms=42\t"));
	assert_ptr_equal(strchr(buf_text(&text), '\n'),
	    buf_text(&text) + text.len - 1);
	assert_int_equal(stat("log", &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	buf_release(&text);
}

static void
an_error_is_in_its_line(void **state)
{
	struct client_attempt attempt = make_attempt("g");
	struct buf text;

	(void)state;
	err_set(&attempt.err, ERR_SERVICE, 60007, NULL, "too many calls");
	assert_true(request_log_open_file(request_log, "log", &err));
	request_log_observe(&attempt, request_log);
	read_log("log", &text);
	assert_non_null(strstr(buf_text(&text),
	    "\terror=service\tcode=60007\ttext=too many calls\n"));
	buf_release(&text);
}

/* What is not known is not in the line; what is no page has no offset. */
static void
a_line_holds_what_is_known(void **state)
{
	const struct client_attempt bare = {
		.command = CLIENT_GROUP_LIST,
		.attempt = 2,
		.quiet = true,
		.backup = true,
		.host = "backup.example",
		.reply = { .status = -1,
		    .timing = { -1, -1, -1, -1, 7 },
		    .bytes_sent = -1,
		    .bytes_received = -1 },
		.request_id = "r-1",
	};
	struct buf text;

	(void)state;
	assert_true(request_log_open_file(request_log, "log", &err));
	request_log_observe(&bare, request_log);
	read_log("log", &text);
	assert_string_equal(buf_text(&text),
	    "2023-11-14T22:13:20+00:00\tget_appid_group_list\t"
	    "host=backup.example\tattempt=2\tahead=yes\tbackup=yes\t"
	    "total_ms=7\trequest_id=r-1\tok\n");
	assert_string_equal(request_log_at(request_log, 0)->subject, "");
	assert_string_equal(request_log_at(request_log, 0)->body, "");
	buf_release(&text);
}

static void
a_full_file_makes_place(void **state)
{
	char big[REQUEST_LOG_SUBJECT_MAX];
	struct stat old, new;

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	assert_true(request_log_open_file(request_log, "log", &err));
	for (int i = 0; access("log.1", F_OK) != 0; i++) {
		assert_true(i < REQUEST_LOG_FILE_MAX / 256);
		observe(big);
	}
	assert_int_equal(stat("log.1", &old), 0);
	assert_int_equal(stat("log", &new), 0);
	assert_true(old.st_size <= REQUEST_LOG_FILE_MAX);
	assert_true(old.st_size > REQUEST_LOG_FILE_MAX - 1024);
	assert_true(new.st_size < 1024);
	assert_int_equal(new.st_mode & 0777, 0600);
}

static void
limit_files(rlim_t size)
{
	const struct rlimit limit = { .rlim_cur = size,
		.rlim_max = RLIM_INFINITY };
	const struct sigaction ignore = { .sa_handler = SIG_IGN };

	assert_int_equal(sigaction(SIGXFSZ, &ignore, NULL), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void
a_line_that_was_cut_is_ended_by_the_next(void **state)
{
	static const char cut[] = "2023-11-14T22:13:20+00:00\tget_gro";
	struct buf text;
	int fd = open("log", O_WRONLY | O_CREAT, 0600);

	(void)state;
	assert_int_equal(write(fd, cut, sizeof(cut) - 1), sizeof(cut) - 1);
	close(fd);
	assert_true(request_log_open_file(request_log, "log", &err));
	observe("g");
	read_log("log", &text);
	assert_int_equal(strncmp(buf_text(&text), cut, sizeof(cut) - 1), 0);
	assert_int_equal(strncmp(buf_text(&text) + sizeof(cut) - 1, "\n2023-",
	                     6),
	    0);
	buf_release(&text);
}

/* What does not fit is taken back whole, told once, and not tried again. */
static void
a_full_disk_is_told_once_and_tears_no_line(void **state)
{
	struct buf text;

	(void)state;
	assert_true(request_log_open_file(request_log, "log", &err));
	observe("g");
	read_log("log", &text);
	assert_false(request_log_failed(request_log, &err));
	limit_files((rlim_t)text.len + 10);
	observe("h");
	limit_files(RLIM_INFINITY);
	observe("i");
	assert_true(request_log_failed(request_log, &err));
	assert_int_equal(err.kind, ERR_FILE);
	assert_int_equal(err.code, EFBIG);
	assert_non_null(strstr(err.text, "cannot write log"));
	assert_false(request_log_failed(request_log, &err));
	buf_release(&text);
	read_log("log", &text);
	assert_ptr_equal(strchr(buf_text(&text), '\n'),
	    buf_text(&text) + text.len - 1);
	assert_int_equal(request_log_count(request_log), 3);
	buf_release(&text);
}

static void
a_link_is_not_written_through(void **state)
{
	(void)state;
	assert_int_equal(symlink("elsewhere", "log"), 0);
	assert_false(request_log_open_file(request_log, "log", &err));
	assert_int_equal(err.kind, ERR_FILE);
	assert_int_equal(access("elsewhere", F_OK), -1);
}

static void
the_curl_line_is_quoted_and_holds_no_secret(void **state)
{
	struct buf out;

	(void)state;
	observe("g");
	buf_init(&out, 4096);
	request_log_write_curl(request_log_at(request_log, 0), 1400000123,
	    "ad min", &out);
	assert_string_equal(buf_text(&out),
	    "curl -H 'Content-Type: application/json' -d "
	    "'{\"GroupId\":\"it'\\''s\"}' 'https://chat.example/v4/"
	    "group_open_http_svc/get_group_ban_member?sdkappid=1400000123&"
	    "identifier=ad%20min&random=1&contenttype=json&usersig='"
	    "\"$USERSIG\"");
	buf_release(&out);
}

/* As it came, a shell would run what the text has in it. */
static void
a_curl_line_has_no_control_byte_and_one_argument_for_each(void **state)
{
	struct client_attempt attempt = make_attempt("x");
	struct buf out;

	(void)state;
	attempt.command = CLIENT_PORTRAIT;
	attempt.body = "a\x1b[2J\n\x7f\"$(id)'";
	attempt.body_len = strlen(attempt.body);
	attempt.host = "h'\x01;id";
	request_log_observe(&attempt, request_log);
	buf_init(&out, 4096);
	request_log_write_curl(request_log_at(request_log, 0), 1, "a'&\xff",
	    &out);
	assert_string_equal(buf_text(&out),
	    "curl -H 'Content-Type: application/json' -d "
	    "'a[2J\"$(id)'\\''' 'https://h'\\'';id/v4/profile/portrait_get?"
	    "sdkappid=1&identifier=a%27%26%FF&random=1&contenttype=json&"
	    "usersig='\"$USERSIG\"");
	buf_release(&out);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_newest_call_stands_first_and_the_ring_is_bounded),
		TEST(a_call_is_one_escaped_line),
		TEST(an_error_is_in_its_line),
		TEST(a_line_holds_what_is_known),
		TEST(a_full_file_makes_place),
		TEST(a_line_that_was_cut_is_ended_by_the_next),
		TEST(a_full_disk_is_told_once_and_tears_no_line),
		TEST(a_link_is_not_written_through),
		TEST(the_curl_line_is_quoted_and_holds_no_secret),
		TEST(a_curl_line_has_no_control_byte_and_one_argument_for_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
