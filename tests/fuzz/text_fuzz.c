/*
 * Text from outside, made harmless, measured, cut and searched. The first two
 * bytes choose the room and the columns.
 */
#include <stdlib.h>
#include <string.h>

#include "bantop/base/text.h"
#include "fuzz/fuzz.h"

/* No byte of it drives a terminal, whoever reads it. */
static bool
has_control(const char *text, size_t len)
{
	uint32_t point;
	size_t at = 0;
	size_t size;

	while (at < len) {
		size = text_decode(text + at, len - at, &point);
		if (size == 0 || text_is_control(point) || point < 0x20 ||
		    (point >= 0x7f && point < 0xa0))
			return true;
		at += size;
	}
	return false;
}

/* Of text that is UTF-8. */
static bool
has_ambiguous(const char *text, size_t len)
{
	uint32_t point;
	size_t at;

	for (at = 0; at < len; at += text_decode(text + at, len - at, &point))
		if (text_decode(text + at, len - at, &point) > 0 &&
		    text_is_ambiguous(point))
			return true;
	return false;
}

static int
sum_of_clusters(const char *text, size_t len)
{
	struct text_cluster cluster;
	int sum = 0;

	while (text_next_cluster(text, len, &cluster)) {
		REQUIRE(cluster.len > 0 && cluster.len <= len);
		REQUIRE(cluster.width_cols == 1 || cluster.width_cols == 2);
		REQUIRE(cluster.point_count >= 1 &&
		    cluster.point_count <= TEXT_CLUSTER_POINTS);
		sum += cluster.width_cols;
		text += cluster.len;
		len -= cluster.len;
	}
	REQUIRE(len == 0);
	return sum;
}

static void
check_cuts(const char *safe, size_t len, int cols, enum text_mode mode)
{
	char *out = malloc(len + 8);
	int width = -1;
	size_t cut;

	REQUIRE(out != NULL);
	cut = text_fit_cols(safe, len, cols, &width);
	REQUIRE(cut <= len && width <= cols);
	REQUIRE(width == text_width_cols(safe, cut));
	cut = text_cut_end(safe, len, cols, mode, out, len + 8);
	REQUIRE(out[cut] == '\0' && text_width_cols(out, cut) <= cols);
	REQUIRE(text_is_safe(out, cut));
	cut = text_cut_middle(safe, len, cols, mode, out, len + 8);
	REQUIRE(out[cut] == '\0' && text_width_cols(out, cut) <= cols);
	REQUIRE(text_is_safe(out, cut));
	free(out);
}

static void
check_mode(const char *text, size_t len, enum text_mode mode, size_t room,
    int cols)
{
	size_t whole_room = len * TEXT_SAFE_GROWTH + 1;
	char *whole = malloc(whole_room);
	char *part = malloc(room);
	size_t whole_len, part_len;

	REQUIRE(whole != NULL && part != NULL);
	whole_len = text_make_safe(text, len, mode, whole, whole_room);
	REQUIRE(whole[whole_len] == '\0' && whole_len < whole_room);
	REQUIRE(!has_control(whole, whole_len));
	REQUIRE(text_is_utf8(whole, whole_len));
	REQUIRE(text_is_safe(whole, whole_len));
	for (size_t i = 0; mode == TEXT_ASCII && i < whole_len; i++)
		REQUIRE(whole[i] >= ' ' && whole[i] <= '~');
	REQUIRE(mode == TEXT_UTF8 || !has_ambiguous(whole, whole_len));
	REQUIRE(sum_of_clusters(whole, whole_len) ==
	    text_width_cols(whole, whole_len));
	part_len = text_make_safe(text, len, mode, part, room);
	REQUIRE(part_len < room && part[part_len] == '\0');
	REQUIRE(part_len <= whole_len);
	REQUIRE(memcmp(part, whole, part_len) == 0);
	REQUIRE(text_is_safe(part, part_len));
	check_cuts(whole, whole_len, cols, mode);
	free(part);
	free(whole);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t room = 1 + fuzz_take_byte(&data, &size);
	int cols = (int)fuzz_take_byte(&data, &size);
	const char *text = (const char *)data;
	size_t half = size / 2;
	size_t hit;

	check_mode(text, size, TEXT_UTF8, room, cols);
	check_mode(text, size, TEXT_UNAMBIGUOUS, room, cols);
	check_mode(text, size, TEXT_ASCII, room, cols);
	hit = text_find(text, size, text + half, size - half, true);
	REQUIRE(hit <= half);
	hit = text_find(text, size, text + half, size - half, false);
	REQUIRE(hit == SIZE_MAX || hit <= size);
	(void)text_has_upper(text, size);
	return 0;
}
