#include "e2e/support/stream.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "raw_bytes.h"

void
stream_expect_clean(const struct term *term, const char *what)
{
	const char *text = buf_text(&term->raw);
	size_t at = raw_bytes_harmful(text, term->raw.len);

	if (at < term->raw.len)
		fail_msg("%s: byte %zu is %02x, before \"%.40s\"", what, at,
		    (unsigned)(unsigned char)text[at], text + at + 1);
	assert_int_equal(term->bells, 0);
}
