/*
 * Numbers from text and back by hand: strtol() takes blanks, signs and halves
 * of words, printf() asks the locale and is too slow for a call for each row.
 */
#include "bantop/base/num.h"

#include <string.h>

bool
num_parse_u64(const char *text, size_t len, uint64_t *out)
{
	uint64_t value = 0;
	size_t i;

	if (len == 0)
		return false;
	for (i = 0; i < len; i++) {
		uint64_t digit;

		if (text[i] < '0' || text[i] > '9')
			return false;
		digit = (uint64_t)(text[i] - '0');
		if (value > (UINT64_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*out = value;
	return true;
}

bool
num_parse(const char *text, size_t len, int64_t min, int64_t max, int64_t *out)
{
	uint64_t size;
	int64_t value;
	bool negative = min < 0 && len > 0 && text[0] == '-';

	if (negative) {
		text++;
		len--;
	}
	if (!num_parse_u64(text, len, &size))
		return false;
	if (size > (uint64_t)INT64_MAX + (negative ? 1 : 0))
		return false;
	/* Down from -1, as the lowest number has no positive twin. */
	value = negative && size > 0 ? -1 - (int64_t)(size - 1) : (int64_t)size;
	if (value < min || value > max)
		return false;
	*out = value;
	return true;
}

/* Writes from the end of a text backwards. @return where it begins. */
static char *
write_back(int64_t value, bool grouped, char *end)
{
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	int digits = 0;

	do {
		if (grouped && digits > 0 && digits % 3 == 0)
			*--end = ',';
		*--end = (char)('0' + rest % 10);
		rest /= 10;
		digits++;
	} while (rest > 0);
	if (value < 0)
		*--end = '-';
	return end;
}

static size_t
write_number(int64_t value, bool grouped, char *out)
{
	char text[NUM_TEXT_MAX + 8];
	char *end = text + sizeof text;
	char *start = write_back(value, grouped, end);
	size_t len = (size_t)(end - start);

	memcpy(out, start, len);
	out[len] = '\0';
	return len;
}

size_t
num_write(int64_t value, char out[NUM_TEXT_MAX])
{
	return write_number(value, false, out);
}

size_t
num_write_grouped(int64_t value, char out[NUM_TEXT_MAX + 8])
{
	return write_number(value, true, out);
}
