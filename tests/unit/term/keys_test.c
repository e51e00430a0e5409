#include "bantop/term/keys.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/buf.h"

/* All that is told at one moment as one line: names of keys with blanks
 * between, pastes in brackets. */
static void
tell(struct keys *keys, int64_t now_ms, struct buf *out)
{
	struct keys_event event;

	buf_init(out, 100000);
	while (keys_next(keys, now_ms, &event)) {
		char name[KEY_NAME_MAX];

		if (out->len > 0)
			buf_put_text(out, " ");
		switch (event.kind) {
		case KEYS_KEY:
			(void)key_write_name(event.key, name);
			buf_put_text(out, name);
			break;
		case KEYS_PASTE:
			buf_put_text(out, "[");
			buf_put(out, event.paste, event.paste_len);
			buf_put_text(out, "]");
			break;
		case KEYS_MOUSE:
			buf_put_format(out, "mouse%d@%d,%d", (int)event.button,
			    event.row, event.col);
			break;
		case KEYS_HANGUP:
			buf_put_text(out, "hangup");
			break;
		case KEYS_NOTHING:
			fail_msg("nothing was told as something");
		}
	}
	assert_int_equal(event.kind, KEYS_NOTHING);
}

static void
expect_at(struct keys *keys, int64_t now_ms, const char *want)
{
	struct buf is;

	tell(keys, now_ms, &is);
	assert_string_equal(buf_text(&is), want);
	buf_release(&is);
}

static void
feed(struct keys *keys, const char *bytes, int64_t now_ms)
{
	assert_int_equal(keys_feed(keys, bytes, strlen(bytes), now_ms),
	    strlen(bytes));
}

/* What is told at once when @p bytes come together. */
static void
expect(const char *bytes, const char *want)
{
	struct keys *keys = keys_create();

	feed(keys, bytes, 1000);
	expect_at(keys, 1000, want);
	keys_destroy(keys);
}

static void
characters_and_controls_are_keys(void **state)
{
	(void)state;
	expect("jG?", "j G ?");
	expect("\x04\x15\x06\x02\x0c\x1a\x03", "C-d C-u C-f C-b C-l C-z C-c");
	expect("\r\n\t\x7f\b ", "Enter Enter Tab Backspace Backspace Space");
	expect("\xe4\xb8\xad\xc3\xa9", "\xe4\xb8\xad \xc3\xa9");
	expect("a\xff\xc0\x80\xed\xa0\x80z", "a z");
	expect("a\xc2\x9bz\xe2\x80\xaey", "a z y");
}

static void
sequences_of_the_usual_terminals_are_keys(void **state)
{
	(void)state;
	expect("\x1b[A\x1bOB\x1b[C\x1bOD", "Up Down Right Left");
	expect("\x1b[H\x1b[F\x1bOH\x1b[1~\x1b[4~\x1b[7~\x1b[8~",
	    "Home End Home Home End Home End");
	expect("\x1b[5~\x1b[6~\x1b[2~\x1b[3~", "PgUp PgDn Ins Del");
	expect("\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[15~\x1b[24~",
	    "F1 F2 F3 F4 F5 F12");
	expect("\x1b[11~\x1b[[A\x1b[[E", "F1 F1 F5");
	expect("\x1b[1;5C\x1b[1;2A\x1b[6;5~\x1b[Z",
	    "C-Right S-Up C-PgDn S-Tab");
	expect("\x1bOM\x1bOj\x1bOy", "Enter * 9");
}

static void
lone_esc_is_told_by_its_deadline(void **state)
{
	struct keys *keys = keys_create();

	(void)state;
	assert_true(keys_deadline_ms(keys) == INT64_MAX);
	feed(keys, "\x1b", 1000);
	expect_at(keys, 1000, "");
	assert_int_equal(keys_deadline_ms(keys), 1000 + KEYS_ESC_MS);
	expect_at(keys, 1000 + KEYS_ESC_MS - 1, "");
	expect_at(keys, 1000 + KEYS_ESC_MS, "Esc");
	assert_true(keys_deadline_ms(keys) == INT64_MAX);
	feed(keys, "j", 1100);
	expect_at(keys, 1100, "j");
	keys_destroy(keys);
}

static void
esc_and_a_character_at_once_are_two_keys(void **state)
{
	(void)state;
	expect("\x1bq", "Esc q");
	expect("\x1b\x1b[A", "Esc Up");
	expect("\x1b\r", "Esc Enter");
}

static void
torn_sequence_never_acts_as_keys(void **state)
{
	static const char *const rests[] = { "[A", "OD", "[6~", "[1;5D" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof rests / sizeof rests[0]; i++) {
		static const char *const want[] = { "Up", "Left", "PgDn",
			"C-Left" };
		struct keys *keys = keys_create();

		feed(keys, "\x1b", 1000);
		expect_at(keys, 1030, "Esc");
		feed(keys, rests[i], 1100);
		expect_at(keys, 1100, want[i]);
		feed(keys, "x", 1101);
		expect_at(keys, 1101, "x");
		keys_destroy(keys);
	}
}

static void
bracket_long_after_esc_is_a_key(void **state)
{
	struct keys *keys = keys_create();

	(void)state;
	feed(keys, "\x1b", 1000);
	expect_at(keys, 1025, "Esc");
	feed(keys, "[", 2000);
	expect_at(keys, 2000, "[");
	keys_destroy(keys);
}

static void
sequence_in_pieces_is_put_together(void **state)
{
	struct keys *keys = keys_create();

	(void)state;
	feed(keys, "\x1b[1", 1000);
	expect_at(keys, 1020, "");
	feed(keys, ";5", 1100);
	expect_at(keys, 1100, "");
	feed(keys, "A\xe4\xb8", 1200);
	expect_at(keys, 1200, "C-Up");
	feed(keys, "\xad", 1210);
	expect_at(keys, 1210, "\xe4\xb8\xad");
	keys_destroy(keys);
}

static void
sequence_without_an_end_is_dropped(void **state)
{
	struct keys *keys = keys_create();

	(void)state;
	feed(keys, "\x1b[12;3", 1000);
	expect_at(keys, 1000, "");
	assert_int_equal(keys_deadline_ms(keys), 1000 + KEYS_SEQUENCE_MS);
	expect_at(keys, 1000 + KEYS_SEQUENCE_MS, "");
	feed(keys, "j", 2000);
	expect_at(keys, 2000, "j");
	keys_destroy(keys);
}

static void
what_a_terminal_answers_is_swallowed(void **state)
{
	(void)state;
	expect("\x1b[24;80Rj", "j");
	expect("\x1b[?1;2cj", "j");
	expect("\x1b[>41;354;0cj", "j");
	expect("\x1b[Ij\x1b[O", "j");
	expect("\x1b]11;rgb:ffff/A/qqQQ\x07j", "j");
	expect("\x1b]52;c;QUFB\x1b\\j", "j");
	expect("\x1bP1$r0mAq\x1b\\j", "j");
	expect("\x1b_Gi=1;OK\x1b\\j", "j");
	expect("\x1b[200;1;1;1;1;1;1;1;1xj", "j");
	expect("\x1b[?2026;2$yj", "j");
	expect("\x1b[M !!j", "j");
}

static void
unknown_sequences_are_swallowed(void **state)
{
	(void)state;
	expect("\x1b[99~\x1b[1;2Yj", "j");
	expect("\x1bOzj", "j");
	expect("\x1b[12\x1b[Bj", "Down j");
	expect("\x1b[1\x03", "C-c");
}

static void
endless_sequence_holds_nothing_up(void **state)
{
	struct keys *keys = keys_create();
	char bytes[2 * KEYS_SEQUENCE_MAX + 1];

	(void)state;
	memset(bytes, '1', sizeof bytes - 1);
	bytes[sizeof bytes - 1] = '\0';
	bytes[0] = '\x1b';
	bytes[1] = '[';
	feed(keys, bytes, 1000);
	expect_at(keys, 1000, "");
	expect_at(keys, 1000 + KEYS_SEQUENCE_MS, "");
	feed(keys, "j", 2000);
	expect_at(keys, 2000, "j");
	keys_destroy(keys);
}

static void
paste_is_one_text_and_no_keys(void **state)
{
	(void)state;
	expect("\x1b[200~q:Q\x1b[A\r\n\x1b[201~", "[q:Q\x1b[A\r\n]");
	expect("\x1b[200~\x1b[201~", "");
	expect("\x1b[201~j", "j");
}

static void
paste_in_pieces_is_one_text(void **state)
{
	struct keys *keys = keys_create();

	(void)state;
	feed(keys, "x\x1b[200~one ", 1000);
	expect_at(keys, 1000, "x");
	feed(keys, "two\x1b[20", 1300);
	expect_at(keys, 1300, "");
	feed(keys, "1~", 1400);
	expect_at(keys, 1400, "[one two]");
	keys_destroy(keys);
}

static void
keys_behind_an_end_mark_are_ignored(void **state)
{
	struct keys *keys = keys_create();

	(void)state;
	feed(keys, "\x1b[200~a\x1b[201~:quit\r", 1000);
	expect_at(keys, 1000, "[a]");
	feed(keys, "Q\x1b[B", 1000 + KEYS_AFTER_PASTE_MS - 1);
	expect_at(keys, 1000 + KEYS_AFTER_PASTE_MS - 1, "");
	feed(keys, "j", 1000 + KEYS_AFTER_PASTE_MS);
	expect_at(keys, 1000 + KEYS_AFTER_PASTE_MS, "j");
	keys_destroy(keys);
}

static void
keys_that_came_with_a_paste_are_ignored_however_late(void **state)
{
	struct keys *keys = keys_create();
	struct keys_event event;

	(void)state;
	feed(keys, "\x1b[200~a\x1b[201~Q", 1000);
	assert_true(keys_next(keys, 1000, &event));
	assert_int_equal(event.kind, KEYS_PASTE);
	/* Its handler took long. */
	expect_at(keys, 5000, "");
	feed(keys, "j", 5001);
	expect_at(keys, 5001, "j");
	keys_destroy(keys);
}

static void
paste_without_its_end_mark_ends(void **state)
{
	struct keys *keys = keys_create();

	(void)state;
	feed(keys, "\x1b[200~lost", 1000);
	expect_at(keys, 1000, "");
	assert_int_equal(keys_deadline_ms(keys), 1000 + KEYS_PASTE_MS);
	expect_at(keys, 1000 + KEYS_PASTE_MS, "[lost]");
	feed(keys, "j", 3000);
	expect_at(keys, 3000, "j");
	keys_destroy(keys);
}

static void
long_paste_is_cut_at_its_cap(void **state)
{
	struct keys *keys = keys_create();
	struct keys_event event;
	char bytes[1000];
	size_t sent = 0;

	(void)state;
	memset(bytes, 'p', sizeof bytes);
	feed(keys, "\x1b[200~", 1000);
	while (sent < KEYS_PASTE_MAX + 5000) {
		assert_int_equal(keys_feed(keys, bytes, sizeof bytes, 1000),
		    sizeof bytes);
		assert_false(keys_next(keys, 1000, &event));
		sent += sizeof bytes;
	}
	feed(keys, "\x1b[201~", 1000);
	assert_true(keys_next(keys, 1000, &event));
	assert_int_equal(event.kind, KEYS_PASTE);
	assert_int_equal(event.paste_len, KEYS_PASTE_MAX);
	keys_destroy(keys);
}

static void
mouse_is_told_where_it_was_pressed(void **state)
{
	(void)state;
	expect("\x1b[<0;3;5M\x1b[<0;3;5m", "mouse0@4,2");
	expect("\x1b[<64;1;1M\x1b[<65;80;24M", "mouse1@0,0 mouse2@23,79");
	expect("\x1b[<2;3;5M\x1b[<32;3;5M\x1b[<0;0;5Mj", "j");
}

static void
defined_sequences_go_before_the_usual_ones(void **state)
{
	struct keys *keys = keys_create();
	struct key home = { KEY_CODE_HOME, 0 };

	(void)state;
	keys_define(keys, "\x1b[A", home);
	keys_define(keys, "\x1bq", home);
	keys_define(keys, "j", home);
	feed(keys, "\x1b[A\x1bqj", 1000);
	expect_at(keys, 1000, "Home Home j");
	keys_destroy(keys);
}

static void
flush_forgets_what_was_typed_ahead(void **state)
{
	struct keys *keys = keys_create();

	(void)state;
	feed(keys, "yyy\r\x1b", 1000);
	keys_flush(keys, -1);
	expect_at(keys, 1100, "");
	assert_true(keys_deadline_ms(keys) == INT64_MAX);
	feed(keys, "n", 1200);
	expect_at(keys, 1200, "n");
	keys_destroy(keys);
}

static void
flush_inside_a_paste_makes_no_keys_of_its_rest(void **state)
{
	struct keys *keys = keys_create();

	(void)state;
	feed(keys, "\x1b[200~first", 1000);
	expect_at(keys, 1000, "");
	keys_flush(keys, -1);
	feed(keys, "y\r\x1b[201~", 1010);
	expect_at(keys, 1010, "[y\r]");
	keys_destroy(keys);
}

static void
hang_up_is_told_once_behind_the_last_key(void **state)
{
	struct keys *keys = keys_create();
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	keys_read(keys, fds[0], 1000);
	expect_at(keys, 1000, "");
	assert_int_equal(write(fds[1], "ab", 2), 2);
	(void)close(fds[1]);
	keys_read(keys, fds[0], 1000);
	expect_at(keys, 1000, "a b hangup");
	keys_read(keys, fds[0], 1000);
	expect_at(keys, 1000, "");
	(void)close(fds[0]);
	keys_destroy(keys);
}

/* Whatever comes, in whatever pieces: something ends and nothing is lost in
 * a loop; afterwards a key is a key. */
static void
any_bytes_leave_it_ready_for_keys(void **state)
{
	static const char alphabet[] = "\x1b\x1b\x1b[[O]P;0129~AMm<\x07\\q\xe4";
	uint64_t seed = 17;
	int round;

	(void)state;
	for (round = 0; round < 3000; round++) {
		struct keys *keys = keys_create();
		int64_t now_ms = 1000;
		int i;

		for (i = 0; i < 40; i++) {
			struct buf told;
			char byte;

			seed = seed * UINT64_C(6364136223846793005) + 1;
			byte = alphabet[(seed >> 33) % (sizeof alphabet - 1)];
			(void)keys_feed(keys, &byte, 1, now_ms);
			if (seed >> 60 == 0)
				now_ms += 40;
			tell(keys, now_ms, &told);
			buf_release(&told);
		}
		for (i = 0; i < 5; i++) {
			struct buf told;

			now_ms += 2000;
			tell(keys, now_ms, &told);
			buf_release(&told);
		}
		assert_true(keys_deadline_ms(keys) == INT64_MAX);
		feed(keys, "j", now_ms + 500);
		expect_at(keys, now_ms + 500, "j");
		keys_destroy(keys);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(characters_and_controls_are_keys),
		cmocka_unit_test(sequences_of_the_usual_terminals_are_keys),
		cmocka_unit_test(lone_esc_is_told_by_its_deadline),
		cmocka_unit_test(esc_and_a_character_at_once_are_two_keys),
		cmocka_unit_test(torn_sequence_never_acts_as_keys),
		cmocka_unit_test(bracket_long_after_esc_is_a_key),
		cmocka_unit_test(sequence_in_pieces_is_put_together),
		cmocka_unit_test(sequence_without_an_end_is_dropped),
		cmocka_unit_test(what_a_terminal_answers_is_swallowed),
		cmocka_unit_test(unknown_sequences_are_swallowed),
		cmocka_unit_test(endless_sequence_holds_nothing_up),
		cmocka_unit_test(paste_is_one_text_and_no_keys),
		cmocka_unit_test(paste_in_pieces_is_one_text),
		cmocka_unit_test(keys_behind_an_end_mark_are_ignored),
		cmocka_unit_test(
		    keys_that_came_with_a_paste_are_ignored_however_late),
		cmocka_unit_test(paste_without_its_end_mark_ends),
		cmocka_unit_test(long_paste_is_cut_at_its_cap),
		cmocka_unit_test(mouse_is_told_where_it_was_pressed),
		cmocka_unit_test(defined_sequences_go_before_the_usual_ones),
		cmocka_unit_test(flush_forgets_what_was_typed_ahead),
		cmocka_unit_test(
		    flush_inside_a_paste_makes_no_keys_of_its_rest),
		cmocka_unit_test(hang_up_is_told_once_behind_the_last_key),
		cmocka_unit_test(any_bytes_leave_it_ready_for_keys),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
