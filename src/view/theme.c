/*
 * The built-in theme, and the words of theme files. The look: the terminal's
 * own colours for most of the text, weight for what the eye shall find first,
 * one accent (cyan) for where one is, warm colours for trouble only. No blue
 * text: it cannot be read on black. Every role that must be told apart from
 * plain text has an attribute of its own, for terminals without colour.
 */
#include "bantop/view/theme.h"

#include <string.h>

#include "bantop/base/num.h"
#include "bantop/view/frame.h"

/* The foregrounds for 8 and 256 colours; the background is the terminal's. */
#define INK(attributes, basic, indexed)             \
	{                                           \
		attributes, { basic, indexed, -1 }, \
		{                                   \
			-1, -1, -1                  \
		}                                   \
	}
#define OWN(attributes) INK(attributes, -1, -1)

static const struct theme built_in = {
	.styles = {
		[STYLE_TEXT] = OWN(0),
		[STYLE_TITLE] = OWN(STYLE_BOLD),
		[STYLE_MARKER] = INK(STYLE_BOLD | STYLE_REVERSE, 1, 203),
		[STYLE_PLACE] = INK(STYLE_BOLD, 6, 80),
		[STYLE_HEADING] = OWN(STYLE_BOLD),
		[STYLE_SORTED] = INK(STYLE_BOLD | STYLE_UNDERLINE, 6, 80),
		[STYLE_ACCOUNT] = OWN(0),
		[STYLE_REMAINING] = OWN(0),
		[STYLE_ENDING] = INK(STYLE_BOLD, 3, 221),
		[STYLE_ENDED] = OWN(STYLE_FAINT),
		[STYLE_PERMANENT] = INK(0, 5, 176),
		[STYLE_INVALID] = INK(STYLE_BOLD, 1, 203),
		[STYLE_UNTIL] = OWN(0),
		[STYLE_DIM] = OWN(STYLE_FAINT),
		[STYLE_ERROR] = INK(STYLE_BOLD, 1, 203),
		[STYLE_WARNING] = INK(STYLE_BOLD, 3, 221),
		[STYLE_GOOD] = INK(0, 2, 114),
		[STYLE_NOTICE] = INK(0, 6, 80),
		[STYLE_KEY] = OWN(STYLE_BOLD),
		[STYLE_HINT] = OWN(0),
		[STYLE_PROMPT] = INK(STYLE_BOLD, 6, 80),
		[STYLE_INPUT] = OWN(0),
		[STYLE_PARTIAL] = INK(STYLE_BOLD, 3, 221),
		[STYLE_STALE] = INK(STYLE_BOLD, 3, 221),
		[STYLE_BORDER] = OWN(STYLE_FAINT),
		[STYLE_BAR] = INK(0, 6, 80),
		[STYLE_SELECTED] = OWN(STYLE_BOLD | STYLE_REVERSE),
		[STYLE_MARKED] = INK(STYLE_BOLD, 2, 114),
		[STYLE_MATCH] = INK(STYLE_UNDERLINE, 3, 221),
	},
};

static const char *const role_names[STYLE_ROLE_COUNT] = {
	[STYLE_TEXT] = "text",
	[STYLE_TITLE] = "title",
	[STYLE_MARKER] = "marker",
	[STYLE_PLACE] = "place",
	[STYLE_HEADING] = "heading",
	[STYLE_SORTED] = "sorted",
	[STYLE_ACCOUNT] = "account",
	[STYLE_REMAINING] = "remaining",
	[STYLE_ENDING] = "ending",
	[STYLE_ENDED] = "ended",
	[STYLE_PERMANENT] = "permanent",
	[STYLE_INVALID] = "invalid",
	[STYLE_UNTIL] = "until",
	[STYLE_DIM] = "dim",
	[STYLE_ERROR] = "error",
	[STYLE_WARNING] = "warning",
	[STYLE_GOOD] = "good",
	[STYLE_NOTICE] = "notice",
	[STYLE_KEY] = "key",
	[STYLE_HINT] = "hint",
	[STYLE_PROMPT] = "prompt",
	[STYLE_INPUT] = "input",
	[STYLE_PARTIAL] = "partial",
	[STYLE_STALE] = "stale",
	[STYLE_BORDER] = "border",
	[STYLE_BAR] = "bar",
	[STYLE_SELECTED] = "selected",
	[STYLE_MARKED] = "marked",
	[STYLE_MATCH] = "match",
};

static const char *const color_names[] = { "black", "red", "green", "yellow",
	"blue", "magenta", "cyan", "white" };

static const struct {
	const char *name;
	unsigned attribute;
} attribute_names[] = {
	{ "none", 0 },
	{ "bold", STYLE_BOLD },
	{ "faint", STYLE_FAINT },
	{ "underline", STYLE_UNDERLINE },
	{ "reverse", STYLE_REVERSE },
	{ "italic", STYLE_ITALIC },
};

#define COUNT_OF(table) (sizeof(table) / sizeof(table)[0])

const struct theme *
theme_default(void)
{
	return &built_in;
}

const char *
theme_role_name(enum style_role role)
{
	return role_names[role];
}

enum { NAME_SHOWN_MAX = 32 };

static const struct style no_style = OWN(0);

/* As many of the names as there is room for: the manual has the others. */
static bool
refuse_style(const char *role_name, struct err *err)
{
	static const char sentence[] = "no style is called ; there are ...";
	char names[ERR_TEXT_MAX - sizeof sentence - NAME_SHOWN_MAX];
	size_t len = 0;
	size_t i;

	names[0] = '\0';
	for (i = 0; i < STYLE_ROLE_COUNT; i++) {
		size_t size = strlen(role_names[i]);

		if (len + size + 2 > sizeof names)
			break;
		names[len++] = ' ';
		memcpy(names + len, role_names[i], size + 1);
		len += size;
	}
	return err_set(err, ERR_CONFIG, 0, NULL,
	    "no style is called %.*s; there are%s%s", NAME_SHOWN_MAX, role_name,
	    names, i < STYLE_ROLE_COUNT ? " ..." : "");
}

static struct style *
find_style(struct theme *theme, const char *role_name, struct err *err)
{
	size_t i;

	for (i = 0; i < STYLE_ROLE_COUNT; i++)
		if (strcmp(role_names[i], role_name) == 0)
			return &theme->styles[i];
	(void)refuse_style(role_name, err);
	return NULL;
}

bool
theme_begin(struct theme *theme, const char *role_name, struct err *err)
{
	struct style *style = find_style(theme, role_name, err);

	if (style == NULL)
		return false;
	*style = no_style;
	return true;
}

static bool
set_basic(struct style_color *color, const char *value, struct err *err)
{
	size_t i;

	if (strcmp(value, "default") == 0) {
		color->basic = -1;
		return true;
	}
	for (i = 0; i < COUNT_OF(color_names); i++)
		if (strcmp(color_names[i], value) == 0) {
			color->basic = (int16_t)i;
			return true;
		}
	return err_set(err, ERR_CONFIG, 0, NULL,
	    "no colour is called %.32s; there are default black red green "
	    "yellow "
	    "blue magenta cyan white",
	    value);
}

static bool
set_indexed(struct style_color *color, const char *value, struct err *err)
{
	int64_t number;

	if (!num_parse(value, strlen(value), 0, 255, &number))
		return err_set(err, ERR_CONFIG, 0, NULL,
		    "a colour number is 0 to 255, not %.32s", value);
	color->indexed = (int16_t)number;
	return true;
}

static bool
parse_rgb(const char *text, int32_t *out)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	int32_t rgb = 0;
	size_t i;

	if (text[0] != '#' || strlen(text) != 7)
		return false;
	for (i = 1; i < 7; i++) {
		const char *digit = strchr(digits, text[i]);

		if (digit == NULL)
			return false;
		rgb = rgb * 16 + (int32_t)((digit - digits) % 16);
	}
	*out = rgb;
	return true;
}

static bool
set_rgb(struct style_color *color, const char *value, struct err *err)
{
	if (parse_rgb(value, &color->rgb))
		return true;
	return err_set(err, ERR_CONFIG, 0, NULL,
	    "a direct colour is like \"#5fafff\", not %.32s", value);
}

static bool
find_attribute(const char *word, size_t len, unsigned *attribute)
{
	size_t i;

	for (i = 0; i < COUNT_OF(attribute_names); i++)
		if (strlen(attribute_names[i].name) == len &&
		    memcmp(attribute_names[i].name, word, len) == 0) {
			*attribute = attribute_names[i].attribute;
			return true;
		}
	return false;
}

static bool
set_attributes(struct style *style, const char *value, struct err *err)
{
	unsigned attributes = style->attributes;

	value += strspn(value, " ");
	while (*value != '\0') {
		size_t len = strcspn(value, " ");
		unsigned attribute;

		if (!find_attribute(value, len, &attribute))
			return err_set(err, ERR_CONFIG, 0, NULL,
			    "no attribute is called %.*s; there are bold "
			    "faint underline reverse italic none",
			    len < 32 ? (int)len : 32, value);
		attributes |= attribute;
		value += len;
		value += strspn(value, " ");
	}
	style->attributes = attributes;
	return true;
}

bool
theme_set(struct theme *theme, const char *role_name, const char *key,
    const char *value, struct err *err)
{
	struct style *style = find_style(theme, role_name, err);

	if (style == NULL)
		return false;
	if (strcmp(key, "fg") == 0)
		return set_basic(&style->fg, value, err);
	if (strcmp(key, "bg") == 0)
		return set_basic(&style->bg, value, err);
	if (strcmp(key, "fg256") == 0)
		return set_indexed(&style->fg, value, err);
	if (strcmp(key, "bg256") == 0)
		return set_indexed(&style->bg, value, err);
	if (strcmp(key, "fg_rgb") == 0)
		return set_rgb(&style->fg, value, err);
	if (strcmp(key, "bg_rgb") == 0)
		return set_rgb(&style->bg, value, err);
	if (strcmp(key, "attrs") == 0)
		return set_attributes(style, value, err);
	return err_set(err, ERR_CONFIG, 0, NULL,
	    "a style has no %.32s; it has fg bg fg256 bg256 fg_rgb bg_rgb "
	    "attrs",
	    key);
}

static bool
is_set(const struct style_color *color)
{
	return color->basic >= 0 || color->indexed >= 0 || color->rgb >= 0;
}

static void
lay_over(struct style *style, const struct style *over)
{
	style->attributes |= over->attributes;
	if (is_set(&over->fg))
		style->fg = over->fg;
	if (is_set(&over->bg))
		style->bg = over->bg;
}

struct style
theme_resolve(const struct theme *theme, enum style_role role, unsigned flags)
{
	struct style style = theme->styles[role];

	if (flags & FRAME_MARKED)
		lay_over(&style, &theme->styles[STYLE_MARKED]);
	if (flags & FRAME_MATCH)
		lay_over(&style, &theme->styles[STYLE_MATCH]);
	if (flags & FRAME_SELECTED)
		lay_over(&style, &theme->styles[STYLE_SELECTED]);
	/* Faint in reverse is hard to read on most terminals. */
	if (style.attributes & STYLE_REVERSE)
		style.attributes &= ~(unsigned)STYLE_FAINT;
	return style;
}
