/*
 * A theme in curses' terms: for every role, and every way in which something
 * lies over it, attributes and a colour pair. Worked out when a theme is set,
 * so that painting looks up and allocates nothing.
 */
#include "term/term_priv.h"

enum { PAIRS_MAX = 256, DIRECT_COLORS = 1 << 24 };

struct pairs {
	int count; /* pair 0 is the terminal's own */
	int limit;
	struct {
		int fg, bg;
	} pairs[PAIRS_MAX];
};

int
term_looks_colors(void)
{
	if (!has_colors() || start_color() == ERR ||
	    use_default_colors() == ERR)
		return 0;
	if (COLORS >= DIRECT_COLORS)
		return DIRECT_COLORS;
	if (COLORS >= 256)
		return 256;
	return COLORS >= 8 ? 8 : 0;
}

/* -1 is the terminal's own. */
static int
color_of(const struct style_color *color, int colors)
{
	if (colors >= DIRECT_COLORS && color->rgb >= 0)
		return (int)color->rgb;
	if (colors == 256 && color->indexed >= 0)
		return color->indexed;
	return color->basic;
}

/* @return 0 also where the terminal has no pair left: attributes remain. */
static short
pair_of(struct pairs *pairs, int fg, int bg)
{
	int i;

	if (fg < 0 && bg < 0)
		return 0;
	for (i = 1; i < pairs->count; i++)
		if (pairs->pairs[i].fg == fg && pairs->pairs[i].bg == bg)
			return (short)i;
	if (pairs->count >= pairs->limit ||
	    init_extended_pair(pairs->count, fg, bg) == ERR)
		return 0;
	pairs->pairs[pairs->count].fg = fg;
	pairs->pairs[pairs->count].bg = bg;
	return (short)pairs->count++;
}

static attr_t
attributes_of(unsigned attributes)
{
	static const struct {
		unsigned ours;
		attr_t theirs;
	} table[] = {
		{ STYLE_BOLD, WA_BOLD },
		{ STYLE_FAINT, WA_DIM },
		{ STYLE_UNDERLINE, WA_UNDERLINE },
		{ STYLE_REVERSE, WA_REVERSE },
		{ STYLE_ITALIC, WA_ITALIC },
	};
	attr_t found = WA_NORMAL;
	size_t i;

	for (i = 0; i < sizeof table / sizeof table[0]; i++)
		if (attributes & table[i].ours)
			found |= table[i].theirs;
	return found;
}

static void
set_look(struct term_look *look, const struct style *style, int colors,
    struct pairs *pairs)
{
	look->attributes = attributes_of(style->attributes);
	look->pair = 0;
	if (colors > 0)
		look->pair = pair_of(pairs, color_of(&style->fg, colors),
		    color_of(&style->bg, colors));
}

void
term_looks_set(struct term_looks *looks, const struct theme *theme)
{
	struct pairs pairs = { .count = 1, .limit = PAIRS_MAX };
	int role;
	unsigned flags;

	if (looks->colors > 0 && COLOR_PAIRS < pairs.limit)
		pairs.limit = COLOR_PAIRS;
	for (role = 0; role < STYLE_ROLE_COUNT; role++)
		for (flags = 0; flags <= FRAME_FLAGS_ALL; flags++) {
			const struct style style =
			    theme_resolve(theme, (enum style_role)role, flags);

			set_look(&looks->looks[role][flags], &style,
			    looks->colors, &pairs);
		}
}
