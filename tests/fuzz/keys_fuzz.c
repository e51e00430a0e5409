/*
 * Bytes from a terminal, in pieces that come at moments: each piece has a byte
 * for its length and one for the milliseconds before it.
 */
#include <stdlib.h>
#include <string.h>

#include "bantop/term/keys.h"
#include "fuzz/fuzz.h"

enum { MS_PER_UNIT = 8, EVENTS_PER_BYTE = 2 };

struct story {
	struct keys *keys;
	int64_t now_ms;
	size_t bytes;
	size_t events;
};

static void
check_event(const struct keys_event *event)
{
	char name[KEY_NAME_MAX];
	struct key same;

	switch (event->kind) {
	case KEYS_KEY:
		REQUIRE(key_write_name(event->key, name) < sizeof name);
		REQUIRE(name[0] != '\0');
		REQUIRE(key_parse(name, strlen(name), &same));
		REQUIRE(key_equals(same, event->key));
		return;
	case KEYS_PASTE:
		REQUIRE(event->paste_len > 0 &&
		    event->paste_len <= KEYS_PASTE_MAX);
		return;
	case KEYS_MOUSE:
		REQUIRE(event->row >= 0 && event->col >= 0);
		return;
	case KEYS_HANGUP:
	case KEYS_NOTHING:
		REQUIRE(event->kind == KEYS_KEY);
		return;
	}
}

static void
drain(struct story *story)
{
	struct keys_event event;

	while (keys_next(story->keys, story->now_ms, &event)) {
		check_event(&event);
		story->events++;
		REQUIRE(story->events <= story->bytes * EVENTS_PER_BYTE);
	}
	REQUIRE(event.kind == KEYS_NOTHING);
	REQUIRE(keys_deadline_ms(story->keys) > story->now_ms);
}

static void
feed(struct story *story, const char *bytes, size_t len)
{
	while (len > 0) {
		size_t taken =
		    keys_feed(story->keys, bytes, len, story->now_ms);

		REQUIRE(taken > 0 && taken <= len);
		story->bytes += taken;
		bytes += taken;
		len -= taken;
		drain(story);
	}
}

/* Once nothing comes any more, all is told within a few deadlines. */
static void
come_to_rest(struct story *story)
{
	int64_t deadline_ms;

	for (int i = 0; i < 100; i++) {
		deadline_ms = keys_deadline_ms(story->keys);
		if (deadline_ms == INT64_MAX)
			return;
		story->now_ms = deadline_ms;
		drain(story);
	}
	REQUIRE(keys_deadline_ms(story->keys) == INT64_MAX);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct story story = { .keys = keys_create(), .now_ms = 1000 };
	const char *part;
	size_t len;

	while (size > 0) {
		len = fuzz_take_byte(&data, &size);
		story.now_ms += MS_PER_UNIT * fuzz_take_byte(&data, &size);
		drain(&story);
		len = fuzz_take(&data, &size, len, &part);
		feed(&story, part, len);
	}
	come_to_rest(&story);
	keys_destroy(story.keys);
	return 0;
}
