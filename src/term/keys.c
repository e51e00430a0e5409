/*
 * Bytes in, keys out, and the times that decide between them: when an Esc is a
 * key, when a sequence or a paste is given up, how long what follows a paste
 * is ignored. The grammar itself is keys_decode.c's.
 *
 * Of bytes in the store the first `at` are used up. In a paste they are text
 * until the end mark, in a string until its end.
 */
#include "bantop/term/keys.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "bantop/base/mem.h"
#include "term/keys_priv.h"

enum { STORE_MAX = 4096, DEFINED_MAX = 64, DEFINED_LEN_MAX = 16, ESC = 0x1b };

enum state { STATE_KEYS, STATE_PASTE, STATE_STRING };

struct defined {
	char sequence[DEFINED_LEN_MAX];
	size_t len;
	struct key key;
};

struct keys {
	char store[STORE_MAX];
	size_t at;
	size_t len;
	enum state state;
	int64_t came_ms;     /* when the last bytes came */
	int64_t deadline_ms; /* of what waits for more bytes */
	bool esc_told;       /* the Esc at the front is told already */
	int64_t esc_told_ms;
	int64_t ignore_until_ms;
	size_t ignore_bytes; /* in the store when a paste ended */
	bool hung_up;
	bool hangup_told;
	size_t paste_len;
	char paste[KEYS_PASTE_MAX];
	size_t defined_count;
	struct defined defined[DEFINED_MAX];
};

static const char paste_end[] = "\x1b[201~";

struct keys *
keys_create(void)
{
	struct keys *keys = mem_alloc(sizeof *keys);

	keys->deadline_ms = INT64_MAX;
	return keys;
}

void
keys_destroy(struct keys *keys)
{
	free(keys);
}

void
keys_define(struct keys *keys, const char *sequence, struct key key)
{
	size_t len = strlen(sequence);
	struct defined *defined;

	if (len < 2 || len >= DEFINED_LEN_MAX || sequence[0] != ESC ||
	    keys->defined_count == DEFINED_MAX)
		return;
	defined = &keys->defined[keys->defined_count++];
	memcpy(defined->sequence, sequence, len + 1);
	defined->len = len;
	defined->key = key;
}

size_t
keys_feed(struct keys *keys, const char *bytes, size_t len, int64_t now_ms)
{
	if (keys->at > 0) {
		keys->len -= keys->at;
		memmove(keys->store, keys->store + keys->at, keys->len);
		keys->at = 0;
	}
	if (len > STORE_MAX - keys->len)
		len = STORE_MAX - keys->len;
	if (len > 0) {
		memcpy(keys->store + keys->len, bytes, len);
		keys->len += len;
		keys->came_ms = now_ms;
	}
	return len;
}

/* Would a read of @p fd not wait? What else there is to say of it goes into
 * hung_up. */
static bool
is_readable(struct keys *keys, int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	if (poll(&poll_fd, 1, 0) <= 0)
		return false;
	if (poll_fd.revents & POLLIN)
		return true;
	keys->hung_up = true;
	return false;
}

void
keys_read(struct keys *keys, int fd, int64_t now_ms)
{
	char bytes[1024];

	while (!keys->hung_up && is_readable(keys, fd)) {
		size_t room = STORE_MAX - (keys->len - keys->at);
		ssize_t count;

		if (room == 0)
			return;
		count =
		    read(fd, bytes, room < sizeof bytes ? room : sizeof bytes);
		if (count > 0)
			(void)keys_feed(keys, bytes, (size_t)count, now_ms);
		else if (count == 0 || (errno != EINTR && errno != EAGAIN))
			keys->hung_up = true;
	}
}

static void
use(struct keys *keys, size_t count)
{
	keys->at += count;
	keys->ignore_bytes -=
	    count < keys->ignore_bytes ? count : keys->ignore_bytes;
	keys->esc_told = false;
}

/* Waits for more bytes until @p ms after the last ones. @return true if it
 * has waited long enough. */
static bool
is_over(struct keys *keys, int64_t ms, int64_t now_ms)
{
	if (now_ms - keys->came_ms >= ms)
		return true;
	keys->deadline_ms = keys->came_ms + ms;
	return false;
}

/* -- pastes and strings ---------------------------------------------------- */

static void
add_paste(struct keys *keys, size_t count)
{
	size_t room = KEYS_PASTE_MAX - keys->paste_len;
	size_t kept = count < room ? count : room;

	memcpy(keys->paste + keys->paste_len, keys->store + keys->at, kept);
	keys->paste_len += kept;
	use(keys, count);
}

static bool
end_paste(struct keys *keys, int64_t now_ms, struct keys_event *out)
{
	keys->state = STATE_KEYS;
	/* A mark inside the paste would make keys of what follows it. */
	keys->ignore_until_ms = now_ms + KEYS_AFTER_PASTE_MS;
	keys->ignore_bytes = keys->len - keys->at;
	if (keys->paste_len == 0)
		return false;
	out->kind = KEYS_PASTE;
	out->paste = keys->paste;
	out->paste_len = keys->paste_len;
	keys->paste_len = 0;
	return true;
}

/* @return true for an event. */
static bool
read_paste(struct keys *keys, int64_t now_ms, struct keys_event *out)
{
	size_t mark_len = sizeof paste_end - 1;

	while (keys->at < keys->len) {
		const char *front = keys->store + keys->at;
		size_t left = keys->len - keys->at;
		size_t same = left < mark_len ? left : mark_len;
		const char *esc = memchr(front, ESC, left);

		if (esc != front) {
			add_paste(keys,
			    esc != NULL ? (size_t)(esc - front) : left);
		} else if (memcmp(front, paste_end, same) != 0) {
			add_paste(keys, 1);
		} else if (same == mark_len) {
			use(keys, mark_len);
			return end_paste(keys, now_ms, out);
		} else {
			break; /* the beginning of a mark, perhaps */
		}
	}
	if (!is_over(keys, KEYS_PASTE_MS, now_ms))
		return false;
	add_paste(keys, keys->len - keys->at);
	return end_paste(keys, now_ms, out);
}

/* Skips an OSC or its like, to BEL or "ESC \". */
static void
skip_string(struct keys *keys, int64_t now_ms)
{
	while (keys->at < keys->len) {
		char c = keys->store[keys->at];

		if (c == ESC && keys->at + 1 == keys->len)
			break;
		if (c == ESC && keys->store[keys->at + 1] != '\\') {
			/* Broken off by another sequence. */
			keys->state = STATE_KEYS;
			return;
		}
		use(keys, c == ESC ? 2 : 1);
		if (c == ESC || c == '\a') {
			keys->state = STATE_KEYS;
			return;
		}
	}
	if (is_over(keys, KEYS_SEQUENCE_MS, now_ms))
		keys->state = STATE_KEYS;
}

/* -- keys ------------------------------------------------------------------ */

static bool
find_defined(const struct keys *keys, size_t *used, struct key *key)
{
	const char *front = keys->store + keys->at;
	size_t left = keys->len - keys->at;
	size_t i;

	*used = 0;
	for (i = 0; i < keys->defined_count; i++) {
		const struct defined *defined = &keys->defined[i];

		if (defined->len > *used && defined->len <= left &&
		    memcmp(front, defined->sequence, defined->len) == 0) {
			*used = defined->len;
			*key = defined->key;
		}
	}
	return *used > 0;
}

/* What stands at the front and waits for more: a lone Esc becomes a key but
 * stays for a while, since the line may have torn it off a sequence; anything
 * longer is dropped in the end. @return true for an event. */
static bool
give_up(struct keys *keys, int64_t now_ms, struct keys_event *out)
{
	size_t left = keys->len - keys->at;
	bool lone = left == 1 && keys->store[keys->at] == ESC;

	if (lone && keys->esc_told)
		return false;
	if (!is_over(keys, lone ? KEYS_ESC_MS : KEYS_SEQUENCE_MS, now_ms))
		return false;
	if (!lone) {
		use(keys, keys->esc_told ? 1 : left);
		return false;
	}
	keys->esc_told = true;
	keys->esc_told_ms = now_ms;
	out->kind = KEYS_KEY;
	out->key.code = KEY_CODE_ESC;
	out->key.modifiers = 0;
	return true;
}

/* The Esc at the front was told; more has come. If it is not the rest of a
 * sequence it came for itself. */
static void
settle_esc(struct keys *keys)
{
	char next;

	if (!keys->esc_told || keys->len - keys->at < 2)
		return;
	next = keys->store[keys->at + 1];
	if ((next != '[' && next != 'O') ||
	    keys->came_ms - keys->esc_told_ms >= KEYS_TORN_MS)
		use(keys, 1);
}

/* Takes one thing from the front. @return true for an event. */
static bool
read_key(struct keys *keys, int64_t now_ms, struct keys_event *out)
{
	bool ignored = now_ms < keys->ignore_until_ms || keys->ignore_bytes > 0;
	enum decode_result result = DECODE_KEY;
	size_t used;

	out->kind = KEYS_KEY;
	if (!find_defined(keys, &used, &out->key))
		result = keys_decode(keys->store + keys->at,
		    keys->len - keys->at, &used, out);
	if (result == DECODE_MORE && keys->len - keys->at > KEYS_SEQUENCE_MAX) {
		used = 1; /* no key is so long */
		result = DECODE_STRING;
	}
	if (result == DECODE_MORE)
		return give_up(keys, now_ms, out) && !ignored;
	use(keys, used);
	switch (result) {
	case DECODE_MOUSE:
		out->kind = KEYS_MOUSE;
		return !ignored;
	case DECODE_KEY:
		return !ignored;
	case DECODE_PASTE_BEGIN:
		keys->state = STATE_PASTE;
		keys->paste_len = 0;
		break;
	case DECODE_STRING:
		keys->state = STATE_STRING;
		break;
	case DECODE_SKIP:
	case DECODE_MORE:
		break;
	}
	return false;
}

/* @return true for an event; false when nothing more can be had now or what
 * was at the front is used up: keys_next() goes on while that is so. */
static bool
step(struct keys *keys, int64_t now_ms, struct keys_event *out)
{
	switch (keys->state) {
	case STATE_PASTE:
		return read_paste(keys, now_ms, out);
	case STATE_STRING:
		skip_string(keys, now_ms);
		return false;
	case STATE_KEYS:
		break;
	}
	settle_esc(keys);
	return keys->at < keys->len && read_key(keys, now_ms, out);
}

bool
keys_next(struct keys *keys, int64_t now_ms, struct keys_event *out)
{
	size_t before_at;
	enum state before_state;

	memset(out, 0, sizeof *out);
	do {
		before_at = keys->at;
		before_state = keys->state;
		keys->deadline_ms = INT64_MAX;
		if (step(keys, now_ms, out))
			return true;
	} while (keys->at != before_at || keys->state != before_state);
	memset(out, 0, sizeof *out);
	if (!keys->hung_up || keys->hangup_told)
		return false;
	keys->hangup_told = true;
	out->kind = KEYS_HANGUP;
	return true;
}

int64_t
keys_deadline_ms(const struct keys *keys)
{
	return keys->deadline_ms;
}

void
keys_flush(struct keys *keys, int fd)
{
	if (fd >= 0)
		(void)tcflush(fd, TCIFLUSH);
	/* A paste or string that is under way goes on to its end: what is left
	 * of it must not act. */
	keys->at = 0;
	keys->len = 0;
	keys->paste_len = 0;
	keys->esc_told = false;
	keys->ignore_bytes = 0;
	keys->deadline_ms = INT64_MAX;
}
