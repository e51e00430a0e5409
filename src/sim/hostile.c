/*
 * The table of hostile texts. Families: escape sequences of every kind, C0 and
 * C1 controls, direction overrides, invisible and combining characters, wide
 * ones, bytes that are no UTF-8, formulas, quotes and shells, great length.
 * The lone surrogates stand behind the first hundred: they spoil a whole page
 * for readers that refuse them, and the first page should still be seen.
 */
#include "bantop/sim/hostile.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct text {
	const char *head; /* once */
	size_t head_len;
	const char *tail; /* then this, so many times */
	int times;
};

#define T(text)                               \
	{                                     \
		text, sizeof(text) - 1, "", 0 \
	}
#define LONG(text, tail, times)                     \
	{                                           \
		text, sizeof(text) - 1, tail, times \
	}
#define COUNT(list) ((int64_t)(sizeof(list) / sizeof((list)[0])))

enum { CONTROLS = 33, C1_CONTROLS = 32 };

static const struct text texts[] = {
	T("\x1b[31mred\x1b[0m"),
	T("\x1b[2J\x1b[Hcleared"),
	T("\x1b]0;owned title\x07"),
	T("\x1b]52;c;cm0gLXJmIH4=\x07clip"),
	T("\x1b]8;;https://host.invalid/\x1b\\link\x1b]8;;\x1b\\"),
	T("\x1bP+q544e\x1b\\dcs"),
	T("\x1bP0;1|17/6c73\x1b\\keys"),
	T("\x1b_Gf=100,a=T;AAAA\x1b\\picture"),
	T("\x1b^private\x1b\\pm"),
	T("\x1bXstring\x1b\\sos"),
	T("\x1b[?1049lscreen"),
	T("\x1b[?1000hmouse"),
	T("\x1b[6nreport"),
	T("\x1b[cattributes"),
	T("\x1b[21ttitle back"),
	T("\x1b[5iprinter"),
	T("\x1b"
	  "creset"),
	T("\x1b#8align"),
	T("\x1b(0lqqqk"),
	T("\x0eshift out\x0f"),
	T("\x1b[200~paste\x1b[201~"),
	T("\x1b[201~:quit\x1b[200~"),
	T("\x1b]10;?\x07"
	  "colour"),
	T("\x1b]777;notify;a;b\x1b\\"),
	T("cut \x1b["),
	T("cut \x1b]0;"),
	T("\x9b"
	  "31mraw csi"),
	T("\xc2\x9b"
	  "31mcsi"),
	T("\xc2\x9d"
	  "0;title\xc2\x9c"),
	T("back\b\b\b\bspace"),
	T("carriage\rreturn"),
	T("line\nfeed"),
	T("tab\tstop"),
	T("two\r\nlines"),
	T("form\ffeed"),
	T("bell\a\a\a"),
	T("nul\0byte"),
	T("\r~."),
	T("\xe2\x80\xaegnp.exe"),
	T("\xe2\x80\xabrtl embed\xe2\x80\xac"),
	T("\xe2\x81\xa7isolate"),
	T("\xe2\x80\x8fmark"),
	T("\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d 123"),
	T("\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7"),
	T("ad\xe2\x80\x8bmin"),
	T("ad\xe2\x80\x8dmin"),
	T("ad\xe2\x81\xa0min"),
	T("\xef\xbb\xbf"
	  "bom"),
	T("ad\xc2\xadmin"),
	T("\xd0\xb0"
	  "dmin"),
	T("line\xe2\x80\xa8separator"),
	LONG("Z", "\xcc\xb4\xcd\x9d\xcc\xa8", 40),
	T("\xcc\x81no base"),
	T("\xe5\x85\xa8\xe8\xa7\x92\xe6\x96\x87\xe5\xad\x97"),
	LONG("wide", "\xe6\xbc\xa2", 60),
	T("\xef\xbd\x86\xef\xbd\x95\xef\xbd\x8c\xef\xbd\x8c"),
	T("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d"
	  "\xf0\x9f\x91\xa7 family"),
	T("\xf0\x9f\x87\xaf\xf0\x9f\x87\xb5\xf0\x9f\x87\xb0 flags"),
	T("\xe2\x9d\xa4\xef\xb8\x8f heart"),
	T("\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd thumb"),
	T("tag\xf3\xa0\x81\x81"),
	T("private\xee\x80\x80"),
	T("none\xef\xbf\xbe"),
	T("last\xf4\x8f\xbf\xbf"),
	T("\xff\xfe"),
	T("overlong\xc0\xaf"),
	T("cut\xe4\xb8"),
	T("beyond\xf5\x80\x80\x80"),
	T("\x80stray"),
	T("=cmd|' /C calc'!A0"),
	T("+1+1"),
	T("-2+3"),
	T("@SUM(A1)"),
	T("\t=1+1"),
	T("\xef\xbc\x9d"
	  "1+1"),
	T("\"quoted\""),
	T("it's"),
	T("`reboot`"),
	T("$(reboot)"),
	T("; rm -rf ~"),
	T("a | sh && b > c"),
	T("  spaces   inside  "),
	T("back\\slash\\n"),
	T("../../etc/passwd"),
	T("--help"),
	T("%s%n%1000000x"),
	T("<script>alert(1)</script>"),
	T("' OR 1=1 --"),
	T("comma,semicolon;tab"),
	T("null"),
	T(" "),
	T(""),
	LONG("name of 1024 bytes", "n", 1006),
	LONG("name of 1025 bytes", "n", 1007),
	LONG("very long", "\xe9\x95\xbf", 600),
	LONG("x", "\xe2\x80\x8b", 500),
};

static const struct text surrogates[] = {
	T("lone \xed\xa0\x80 high"),
	T("lone \xed\xb0\x80 low"),
	T("turned \xed\xb0\x80\xed\xa0\x80"),
};

struct out {
	char *data;
	size_t size;
	size_t len;
};

static void
put(struct out *out, const char *text, size_t len)
{
	if (len > out->size - out->len)
		len = out->size - out->len;
	memcpy(out->data + out->len, text, len);
	out->len += len;
}

static void
put_text(struct out *out, const struct text *text)
{
	int i;

	put(out, text->head, text->head_len);
	for (i = 0; i < text->times; i++)
		put(out, text->tail, strlen(text->tail));
}

static void
put_control(struct out *out, int64_t number)
{
	char c = number == CONTROLS - 1 ? '\x7f' : (char)number;

	put(out, "c0[", 3);
	put(out, &c, 1);
	put(out, "]", 1);
}

static void
put_c1_control(struct out *out, int64_t number)
{
	char c[2] = { '\xc2', (char)(unsigned char)(0x80 + number) };

	put(out, "c1[", 3);
	put(out, c, 2);
	put(out, "]", 1);
}

int64_t
sim_hostile_count(void)
{
	return COUNT(texts) + CONTROLS + COUNT(surrogates) + C1_CONTROLS;
}

size_t
sim_hostile_text(int64_t index, char *out_text, size_t out_size)
{
	struct out out = { .data = out_text, .size = out_size };
	int64_t round = index / sim_hostile_count();
	int64_t kind = index % sim_hostile_count();
	char number[24];

	if (kind < COUNT(texts)) {
		put_text(&out, &texts[kind]);
	} else if (kind < COUNT(texts) + CONTROLS) {
		put_control(&out, kind - COUNT(texts));
	} else if (kind < COUNT(texts) + CONTROLS + COUNT(surrogates)) {
		put_text(&out, &surrogates[kind - COUNT(texts) - CONTROLS]);
	} else {
		kind -= COUNT(texts) + CONTROLS + COUNT(surrogates);
		put_c1_control(&out, kind);
	}
	if (round > 0) {
		snprintf(number, sizeof(number), "#%" PRId64, round);
		put(&out, number, strlen(number));
	}
	return out.len;
}
