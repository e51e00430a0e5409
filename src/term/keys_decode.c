/*
 * The grammar of a terminal's input: control bytes, UTF-8, and the sequences
 * CSI, SS3 and strings as ECMA-48 has them, with the keys of xterm, the VT220,
 * rxvt and the Linux console. Whatever has the form of a sequence is taken as
 * one, known or not, so that none of its bytes ever acts as a key.
 */
#include <string.h>

#include "bantop/base/text.h"
#include "term/keys_priv.h"

enum { ESC = 0x1b, DEL = 0x7f, PARAMS_MAX = 4, PARAM_MAX = 65535 };

/* CSI with a letter, and SS3. */
static const struct {
	char final;
	uint32_t code;
} letters[] = {
	{ 'A', KEY_CODE_UP },
	{ 'B', KEY_CODE_DOWN },
	{ 'C', KEY_CODE_RIGHT },
	{ 'D', KEY_CODE_LEFT },
	{ 'H', KEY_CODE_HOME },
	{ 'F', KEY_CODE_END },
	{ 'P', KEY_CODE_F1 },
	{ 'Q', KEY_CODE_F1 + 1 },
	{ 'S', KEY_CODE_F1 + 3 },
};

/* CSI number ~ */
static const struct {
	int number;
	uint32_t code;
} numbers[] = {
	{ 1, KEY_CODE_HOME },
	{ 2, KEY_CODE_INSERT },
	{ 3, KEY_CODE_DELETE },
	{ 4, KEY_CODE_END },
	{ 5, KEY_CODE_PAGE_UP },
	{ 6, KEY_CODE_PAGE_DOWN },
	{ 7, KEY_CODE_HOME },
	{ 8, KEY_CODE_END },
	{ 11, KEY_CODE_F1 },
	{ 12, KEY_CODE_F1 + 1 },
	{ 13, KEY_CODE_F1 + 2 },
	{ 14, KEY_CODE_F1 + 3 },
	{ 15, KEY_CODE_F1 + 4 },
	{ 17, KEY_CODE_F1 + 5 },
	{ 18, KEY_CODE_F1 + 6 },
	{ 19, KEY_CODE_F1 + 7 },
	{ 20, KEY_CODE_F1 + 8 },
	{ 21, KEY_CODE_F1 + 9 },
	{ 23, KEY_CODE_F1 + 10 },
	{ 24, KEY_CODE_F1 + 11 },
	{ 25, KEY_CODE_F1 + 12 },
	{ 26, KEY_CODE_F1 + 13 },
	{ 28, KEY_CODE_F1 + 14 },
	{ 29, KEY_CODE_F1 + 15 },
	{ 31, KEY_CODE_F1 + 16 },
	{ 32, KEY_CODE_F1 + 17 },
	{ 33, KEY_CODE_F1 + 18 },
	{ 34, KEY_CODE_F1 + 19 },
};

#define COUNT_OF(table) (sizeof(table) / sizeof(table)[0])

struct csi {
	char private; /* one of < = > ?, or NUL */
	char final;
	size_t count;
	int params[PARAMS_MAX];
};

static enum decode_result
key_of(struct keys_event *event, uint32_t code, unsigned modifiers)
{
	event->key.code = code;
	event->key.modifiers = modifiers;
	return DECODE_KEY;
}

static enum decode_result
decode_control(unsigned char byte, struct keys_event *event)
{
	switch (byte) {
	case 0:
		return key_of(event, ' ', KEY_CTRL);
	case '\b':
	case DEL:
		return key_of(event, KEY_CODE_BACKSPACE, 0);
	case '\t':
		return key_of(event, KEY_CODE_TAB, 0);
	case '\n':
	case '\r':
		return key_of(event, KEY_CODE_ENTER, 0);
	case ESC:
		return key_of(event, KEY_CODE_ESC, 0);
	default:
		return key_of(event, byte + (byte <= 26 ? 0x60u : 0x40u),
		    KEY_CTRL);
	}
}

/* Bytes of the character that begins with @p lead; 0 if none does. */
static size_t
utf8_len(unsigned char lead)
{
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

static enum decode_result
decode_character(const char *bytes, size_t len, size_t *used,
    struct keys_event *event)
{
	size_t want = utf8_len((unsigned char)bytes[0]);
	uint32_t point;
	size_t have = 1;

	*used = 1;
	while (have < want && have < len && (bytes[have] & 0xc0) == 0x80)
		have++;
	if (have < want && have == len) {
		*used = 0;
		return DECODE_MORE;
	}
	if (want == 0 || text_decode(bytes, len, &point) != want)
		return DECODE_SKIP;
	*used = want;
	return text_is_control(point) ? DECODE_SKIP : key_of(event, point, 0);
}

/* xterm's: 1 and the sum of shift 1, alt 2, ctrl 4. */
static unsigned
modifiers_of(const struct csi *csi)
{
	unsigned bits;

	if (csi->count < 2 || csi->params[1] < 2)
		return 0;
	bits = (unsigned)csi->params[1] - 1;
	return (bits & 1u ? KEY_SHIFT : 0u) | (bits & 2u ? KEY_ALT : 0u) |
	    (bits & 4u ? KEY_CTRL : 0u);
}

static enum decode_result
mouse_of(const struct csi *csi, struct keys_event *event)
{
	if (csi->final != 'M' || csi->count != 3 || csi->params[1] < 1 ||
	    csi->params[2] < 1)
		return DECODE_SKIP;
	switch (csi->params[0]) {
	case 0:
		event->button = KEYS_BUTTON_LEFT;
		break;
	case 64:
		event->button = KEYS_WHEEL_UP;
		break;
	case 65:
		event->button = KEYS_WHEEL_DOWN;
		break;
	default:
		return DECODE_SKIP;
	}
	event->col = csi->params[1] - 1;
	event->row = csi->params[2] - 1;
	return DECODE_MOUSE;
}

static enum decode_result
number_of(const struct csi *csi, struct keys_event *event)
{
	size_t i;

	if (csi->params[0] == 200)
		return DECODE_PASTE_BEGIN;
	for (i = 0; i < COUNT_OF(numbers); i++)
		if (numbers[i].number == csi->params[0])
			return key_of(event, numbers[i].code,
			    modifiers_of(csi));
	return DECODE_SKIP;
}

static enum decode_result
csi_of(const struct csi *csi, struct keys_event *event)
{
	size_t i;

	if (csi->private == '<')
		return mouse_of(csi, event);
	if (csi->private != '\0')
		return DECODE_SKIP;
	if (csi->final == '~')
		return number_of(csi, event);
	if (csi->final == 'Z')
		return key_of(event, KEY_CODE_TAB, KEY_SHIFT);
	for (i = 0; i < COUNT_OF(letters); i++)
		if (letters[i].final == csi->final)
			return key_of(event, letters[i].code,
			    modifiers_of(csi));
	/* Reports: the cursor's place (R), focus (I, O), attributes (c), … */
	return DECODE_SKIP;
}

static void
add_digit(struct csi *csi, char digit)
{
	int *param;

	if (csi->count == 0)
		csi->count = 1;
	if (csi->count > PARAMS_MAX)
		return;
	param = &csi->params[csi->count - 1];
	if (*param <= PARAM_MAX)
		*param = *param * 10 + (digit - '0');
}

/* What follows "ESC [" in a few old ways; bytes in all, 0 for none, more than
 * there are if some are missing. */
static size_t
odd_csi(const char *bytes, size_t len, struct keys_event *event,
    enum decode_result *result)
{
	*result = DECODE_SKIP;
	if (len < 3)
		return 0;
	if (bytes[2] == 'M') /* the mouse as X10 had it: three bytes more */
		return 6;
	if (bytes[2] != '[')
		return 0;
	/* The Linux console: ESC [ [ A to E are F1 to F5. */
	if (len > 3 && bytes[3] >= 'A' && bytes[3] <= 'E')
		*result =
		    key_of(event, KEY_CODE_F1 + (uint32_t)(bytes[3] - 'A'), 0);
	return 4;
}

static enum decode_result
decode_csi(const char *bytes, size_t len, size_t *used,
    struct keys_event *event)
{
	struct csi csi = { 0 };
	enum decode_result result;
	size_t odd = odd_csi(bytes, len, event, &result);
	size_t at;

	if (odd > 0) {
		*used = odd <= len ? odd : 0;
		return odd <= len ? result : DECODE_MORE;
	}
	for (at = 2; at < len; at++) {
		char c = bytes[at];

		if (c >= '0' && c <= '9') {
			add_digit(&csi, c);
		} else if (c == ';') {
			csi.count += csi.count == 0 ? 2 : 1;
		} else if (at == 2 && c >= '<' && c <= '?') {
			csi.private = c;
		} else if (c >= '@' && c <= '~') {
			csi.final = c;
			*used = at + 1;
			return csi_of(&csi, event);
		} else if (c < ' ' || c > '~') {
			*used = at; /* broken off: this byte is another's */
			return DECODE_SKIP;
		}
	}
	*used = 0;
	return DECODE_MORE;
}

static enum decode_result
decode_ss3(const char *bytes, size_t len, size_t *used,
    struct keys_event *event)
{
	static const char keypad[] = "*+,-./0123456789"; /* j to y */
	size_t i;
	char c;

	*used = 0;
	if (len < 3)
		return DECODE_MORE;
	c = bytes[2];
	*used = c < ' ' || c > '~' ? 2 : 3;
	if (c == 'M')
		return key_of(event, KEY_CODE_ENTER, 0);
	if (c == 'R')
		return key_of(event, KEY_CODE_F1 + 2, 0);
	if (c >= 'j' && c <= 'y')
		return key_of(event, (uint32_t)keypad[c - 'j'], 0);
	for (i = 0; i < COUNT_OF(letters); i++)
		if (letters[i].final == c)
			return key_of(event, letters[i].code, 0);
	return DECODE_SKIP;
}

static enum decode_result
decode_escape(const char *bytes, size_t len, size_t *used,
    struct keys_event *event)
{
	*used = 0;
	if (len == 1)
		return DECODE_MORE;
	switch (bytes[1]) {
	case '[':
		return decode_csi(bytes, len, used, event);
	case 'O':
		return decode_ss3(bytes, len, used, event);
	case ']': /* OSC */
	case 'P': /* DCS */
	case 'X': /* SOS */
	case '^': /* PM */
	case '_': /* APC */
		*used = 2;
		return DECODE_STRING;
	default:
		*used = 1;
		return key_of(event, KEY_CODE_ESC, 0);
	}
}

enum decode_result
keys_decode(const char *bytes, size_t len, size_t *used,
    struct keys_event *event)
{
	unsigned char byte = (unsigned char)bytes[0];

	if (byte == ESC)
		return decode_escape(bytes, len, used, event);
	*used = 1;
	if (byte < ' ' || byte == DEL)
		return decode_control(byte, event);
	if (byte < 0x80)
		return key_of(event, byte, 0);
	return decode_character(bytes, len, used, event);
}
