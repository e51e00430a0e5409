/*
 * Copying by OSC 52: the terminal is asked, on whatever machine it runs. Inside
 * tmux and screen the request is wrapped, so that it reaches the terminal
 * around them; screen takes only short pieces.
 */
#include "term/term_priv.h"

enum { SCREEN_PIECE = 240 };

struct base64 {
	struct term_out *out;
	size_t column;
	bool pieces;
};

static void
put_text(struct term_out *out, const char *text, size_t len)
{
	term_out_add(out, text, len);
}

static void
put_four(struct base64 *base64, const char four[4])
{
	if (base64->pieces && base64->column + 4 > SCREEN_PIECE) {
		put_text(base64->out, "\x1b\\\x1bP", 4);
		base64->column = 0;
	}
	put_text(base64->out, four, 4);
	base64->column += 4;
}

static void
put_base64(struct base64 *base64, const unsigned char *bytes, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                             "abcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t at;

	for (at = 0; at < len; at += 3) {
		unsigned b = at + 1 < len ? bytes[at + 1] : 0u;
		unsigned c = at + 2 < len ? bytes[at + 2] : 0u;
		unsigned word = (unsigned)bytes[at] << 16 | b << 8 | c;
		char four[4] = { digits[word >> 18], digits[word >> 12 & 63],
			at + 1 < len ? digits[word >> 6 & 63] : '=',
			at + 2 < len ? digits[word & 63] : '=' };

		put_four(base64, four);
	}
}

bool
term_copy(struct term *term, const char *text, size_t len, bool inside_tmux,
    bool inside_screen, struct err *err)
{
	struct base64 base64 = { .out = &term->out,
		.pieces = inside_screen && !inside_tmux };

	if (len > TERM_COPY_MAX)
		return err_set(err, ERR_LIMIT, 0, "w writes it to a file",
		    "%zu bytes are more than a terminal copies (%d)", len,
		    (int)TERM_COPY_MAX);
	if (inside_tmux)
		put_text(&term->out, "\x1bPtmux;\x1b", 8);
	else if (inside_screen)
		put_text(&term->out, "\x1bP", 2);
	put_text(&term->out, "\x1b]52;c;", 7);
	put_base64(&base64, (const unsigned char *)text, len);
	put_text(&term->out, "\a", 1);
	if (inside_tmux || inside_screen)
		put_text(&term->out, "\x1b\\", 2);
	return term_out_flush(&term->out, err);
}
