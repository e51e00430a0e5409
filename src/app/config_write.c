/*
 * What holds, as a configuration file that could be read back, with comments
 * that say where each value comes from.
 */
#include "bantop/app/config_write.h"

#include "bantop/app/option_table.h"
#include "bantop/app/value.h"

static void
write_comment(const char *help, struct buf *out)
{
	buf_put_text(out, "# ");
	for (size_t i = 0; help[i] != '\0'; i++)
		buf_put(out, help[i] == '\n' ? " " : help + i, 1);
	buf_put_text(out, "\n");
}

static void
write_option(const struct settings *settings, size_t index, struct buf *out)
{
	const struct option_row *row = option_at(index);
	struct buf value;
	char key[32];

	buf_init(&value, (size_t)1 << 16);
	option_show(settings, index, &value);
	option_write_key(row, key);
	write_comment(row->help, out);
	if (value.len == 0)
		buf_put_format(out, "# %s =\n\n", key);
	else
		buf_put_format(out, "%s = %s	# %s\n\n", key,
		    buf_text(&value), settings_origin(settings, index));
	buf_release(&value);
}

static void
write_region(const struct region *region, struct buf *out)
{
	buf_put_format(out, "region %s {\n\tname = ", region->key);
	value_show_quoted(region->name, out);
	buf_put_text(out, "\n\thost = ");
	value_show_quoted(region->host, out);
	buf_put_text(out, "\n\tbackup = ");
	value_show_quoted(region->backup, out);
	buf_put_text(out, "\n}\n");
}

/* region is a section too, so as a value it can only stand in a profile. */
static void
write_profile(const struct settings *settings, struct buf *out)
{
	size_t region = option_find_key("region");

	if (settings->region_name == NULL)
		return;
	buf_put_text(out, "profile ");
	value_show_quoted(settings->profile[0] == '\0' ? "printed"
	                                               : settings->profile,
	    out);
	buf_put_text(out, " {\n\tregion = ");
	value_show_quoted(settings->region_name, out);
	buf_put_format(out, "\t# %s\n}\n", settings_origin(settings, region));
}

void
config_write(const struct settings *settings, struct buf *out)
{
	buf_put_text(out,
	    "# What holds for this command line; where each value comes from\n"
	    "# stands behind it.\n\n");
	for (size_t i = 0; i < option_count(); i++) {
		if ((option_at(i)->where & OPTION_IN_FILE) != 0)
			write_option(settings, i, out);
	}
	for (size_t i = 0; i < settings->regions.count; i++) {
		if (settings->regions.regions[i].state == REGION_CONFIGURED)
			write_region(&settings->regions.regions[i], out);
	}
	write_profile(settings, out);
}
