/*
 * Takes out of curses' bytes what changes nothing: with each change of
 * attributes many descriptions choose the usual characters anew and reset
 * what is reset, which is a tenth of a screen. Only whole sequences are taken
 * out, and only those whose effect is there already; of two changes that follow
 * each other one is made. No text has an Esc.
 */
#include <string.h>

#include "term/term_priv.h"

enum { ESC = 0x1b };

void
term_squeeze_reset(struct term_squeeze *squeeze)
{
	squeeze->is_plain = false;
	squeeze->is_charset = false;
}

/* Length of "ESC [ digits and semicolons m" at the front; 0 if it is none. */
static size_t
sgr_len(const char *at, size_t len)
{
	size_t i = 2;

	if (len < 3 || at[0] != ESC || at[1] != '[')
		return 0;
	while (i < len && ((at[i] >= '0' && at[i] <= '9') || at[i] == ';'))
		i++;
	return i < len && at[i] == 'm' ? i + 1 : 0;
}

static bool
is_charset(const char *at, size_t len)
{
	return len >= 3 && memcmp(at, "\x1b(B", 3) == 0;
}

/* "ESC [ m", or with a 0 at the front of others. */
static bool
resets(const char *sgr, size_t len)
{
	return len == 3 || (sgr[2] == '0' && (sgr[3] == ';' || sgr[3] == 'm'));
}

/* "ESC [ 39 m" and its like: colours back to the terminal's own. */
static bool
resets_colors(const char *sgr, size_t len)
{
	static const char *const forms[] = { "39", "49", "39;49" };
	size_t i;

	for (i = 0; i < sizeof forms / sizeof forms[0]; i++)
		if (strlen(forms[i]) == len - 3 &&
		    memcmp(sgr + 2, forms[i], len - 3) == 0)
			return true;
	return false;
}

/* Is what stands at the front followed by a reset of everything? */
static bool
reset_follows(const char *at, size_t len)
{
	size_t size;

	while (is_charset(at, len)) {
		at += 3;
		len -= 3;
	}
	size = sgr_len(at, len);
	return size > 0 && resets(at, size);
}

/* Writes to @p out what is needed of a change of attributes. @return bytes. */
static size_t
squeeze_sgr(struct term_squeeze *squeeze, const char *sgr, size_t len,
    size_t left, char *out)
{
	bool plain = squeeze->is_plain;
	size_t skip; /* of "0;" */

	if (resets_colors(sgr, len)) {
		if (plain || reset_follows(sgr + len, left - len))
			return 0;
		memmove(out, sgr, len);
		return len;
	}
	if (!resets(sgr, len)) {
		squeeze->is_plain = false;
		memmove(out, sgr, len);
		return len;
	}
	if (len > 3 && sgr[3] == ';')
		squeeze->is_plain = false;
	else if (plain || reset_follows(sgr + len, left - len))
		return 0;
	else
		squeeze->is_plain = true;
	skip = plain ? 2 : 0;
	memmove(out + 2, sgr + 2 + skip, len - 2 - skip);
	out[0] = ESC;
	out[1] = '[';
	return len - skip;
}

/* The change of @p more bytes behind one of @p len: makes one of both, if they
 * are no resets. @return its length, or 0. */
static size_t
join(char *sgr, size_t len, size_t more)
{
	if (len <= 3 || more <= 3 || resets(sgr + len, more))
		return 0;
	sgr[len - 1] = ';';
	memmove(sgr + len, sgr + len + 2, more - 2);
	return len + more - 2;
}

size_t
term_squeeze(struct term_squeeze *squeeze, char *bytes, size_t len)
{
	size_t at = 0;
	size_t kept = 0;
	size_t last = 0; /* of what is kept, a change that stands at its end */

	while (at < len) {
		size_t size = sgr_len(bytes + at, len - at);

		if (size > 0) {
			size_t more = squeeze_sgr(squeeze, bytes + at, size,
			    len - at, bytes + kept);
			size_t both = join(bytes + kept - last, last, more);

			kept = both > 0 ? kept - last + both : kept + more;
			if (more > 0)
				last = both > 0 ? both : more;
			at += size;
		} else if (is_charset(bytes + at, len - at)) {
			if (!squeeze->is_charset) {
				memmove(bytes + kept, bytes + at, 3);
				kept += 3;
				last = 0;
			}
			squeeze->is_charset = true;
			at += 3;
		} else {
			bytes[kept++] = bytes[at++];
			last = 0;
		}
	}
	return kept;
}
