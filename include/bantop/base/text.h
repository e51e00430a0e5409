/*
 * Text from outside: is it UTF-8, how wide is it, where may it be cut, and the
 * only way from it into a frame, a message or a log line. Widths are the C
 * library's (wcwidth), as ncurses counts; cluster breaks are utf8proc's.
 */
#ifndef BANTOP_BASE_TEXT_H
#define BANTOP_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How non-ASCII is shown: as it is; as it is where all terminals agree on its
 * width, else as <U+00B1> (--ambiguous wide); or all as <U+4E2D> (--ascii, C
 * locale). Signs of ours are ASCII in all modes but the first. */
enum text_mode { TEXT_UTF8, TEXT_UNAMBIGUOUS, TEXT_ASCII };

/* Most bytes that one byte of input can become in text_make_safe(). */
enum { TEXT_SAFE_GROWTH = 10, TEXT_CLUSTER_POINTS = 4 };

/** Valid UTF-8 throughout: no overlong forms, no surrogates, <= U+10FFFF. NUL
 *  bytes are valid here; who minds them asks memchr(). */
bool text_is_utf8(const char *text, size_t len);

/**
 * Decodes the character at @p text.
 * @return its bytes, 1 to 4; 0 if it is not valid UTF-8 (or len is 0).
 */
size_t text_decode(const char *text, size_t len, uint32_t *point);

/** @return bytes written (1 to 4); @p point must be a scalar value. */
size_t text_encode(uint32_t point, char out[4]);

/** Is it shown by its code for what it is, whatever its width: controls, format
 *  and bidi controls, invisible, private and unassigned characters? */
bool text_is_control(uint32_t point);

/** Do some terminals draw it two columns wide, others one (East Asian
 *  Ambiguous)? False for marks and for what text_is_control() has. */
bool text_is_ambiguous(uint32_t point);

/**
 * Makes text harmless: C0, DEL, C1, format and bidi controls, zero-width and
 * unassigned characters, private use, line separators become <U+202E>; bytes
 * that are no UTF-8 become \xNN; of a run of combining marks those past
 * TEXT_CLUSTER_POINTS - 1 become <U+0301>, as does one without a base. What
 * wcwidth() cannot measure is shown by its code too. TAB, CR, LF are controls
 * like the others. The result is valid UTF-8 and passes text_is_safe().
 *
 * @param out  NUL-terminated; what does not fit is cut at a cluster's edge.
 * @return bytes written, without the NUL.
 */
size_t text_make_safe(const char *text, size_t len, enum text_mode mode,
    char *out, size_t out_size);

/** Most text is ASCII. @return bytes at the front that are printable ASCII and
 *  that no mark can join: each is a cluster of one column. */
size_t text_plain_len(const char *text, size_t len);

/** Would text_make_safe(TEXT_UTF8) leave it as it is? */
bool text_is_safe(const char *text, size_t len);

/* A user-perceived character of safe text. */
struct text_cluster {
	size_t len;     /* bytes */
	int width_cols; /* 1 or 2 */
	size_t point_count;
	uint32_t points[TEXT_CLUSTER_POINTS];
};

/** @return false at the end (len 0). @p text must be safe. */
bool text_next_cluster(const char *text, size_t len,
    struct text_cluster *cluster);

/** Columns of safe text. */
int text_width_cols(const char *text, size_t len);

/** @return bytes of the longest prefix of whole clusters within @p cols;
 *          its width is stored if @p width_cols is not NULL. */
size_t text_fit_cols(const char *text, size_t len, int cols, int *width_cols);

/**
 * Fits safe text into @p cols: whole if it fits, else cut with an ellipsis
 * ("…" in TEXT_UTF8, else "~") at the end, or in the middle so that both ends
 * show.
 * @return bytes written, NUL-terminated.
 */
size_t text_cut_end(const char *text, size_t len, int cols, enum text_mode mode,
    char *out, size_t out_size);
size_t text_cut_middle(const char *text, size_t len, int cols,
    enum text_mode mode, char *out, size_t out_size);

/**
 * Finds @p needle in @p text. Case-blind (simple case folding of Unicode)
 * unless @p exact.
 * @return byte index of the first hit, or SIZE_MAX.
 */
size_t text_find(const char *text, size_t len, const char *needle,
    size_t needle_len, bool exact);

/** Has it a capital letter? Then a search with it is exact. */
bool text_has_upper(const char *text, size_t len);

/** @return static: the version of utf8proc, for --version. */
const char *text_library_version(void);

#endif
