/*
 * The doctor's look at this machine: nothing is sent.
 */
#include "bantop/app/doctor.h"

#include <fcntl.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "bantop/app/config.h"
#include "bantop/app/state.h"
#include "bantop/model/moment.h"
#include "bantop/net/http.h"

/* A variable's value, harmless, for a line. */
static const char *
show_variable(const char *name, char *out, size_t size)
{
	const char *value = getenv(name);

	if (value == NULL)
		value = "";
	text_make_safe(value, strlen(value), TEXT_ASCII, out, size);
	return out;
}

static bool
is_known_terminal(const char *type)
{
	static const char *const known[] = { "xterm-256color", "xterm",
		"screen-256color", "screen", "tmux-256color", "tmux", "linux",
		"vt100", "ansi" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(known[i], type) == 0)
			return true;
	}
	return false;
}

static void
look_at_terminal(struct doctor *doctor)
{
	char type[64];
	struct winsize size = { .ws_col = 0 };
	int fd = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);

	show_variable("TERM", type, sizeof(type));
	if (fd < 0) {
		doctor_say(doctor, "terminal", DOCTOR_WARN,
		    "the UI needs one; bantop list does not",
		    "no terminal; TERM is \"%s\"", type);
		return;
	}
	if (ioctl(fd, TIOCGWINSZ, &size) != 0)
		size.ws_col = size.ws_row = 0;
	close(fd);
	if (type[0] == '\0' || strcmp(type, "dumb") == 0)
		doctor_say(doctor, "terminal", DOCTOR_FAIL,
		    "set TERM to what your terminal is, such as "
		    "xterm-256color",
		    "TERM is \"%s\": the UI cannot be drawn", type);
	else if (!is_known_terminal(type))
		doctor_say(doctor, "terminal", DOCTOR_WARN,
		    "if it looks odd, try TERM=xterm-256color",
		    "TERM %s has not been tried, %dx%d", type, size.ws_col,
		    size.ws_row);
	else if (size.ws_col > 0 && (size.ws_col < 20 || size.ws_row < 5))
		doctor_say(doctor, "terminal", DOCTOR_WARN,
		    "make the window larger", "%s, %dx%d: bantop needs 20x5",
		    type, size.ws_col, size.ws_row);
	else
		doctor_say(doctor, "terminal", DOCTOR_OK, "", "%s, %dx%d", type,
		    size.ws_col, size.ws_row);
}

static void
look_at_multiplexer(struct doctor *doctor)
{
	if (getenv("TMUX") != NULL)
		doctor_say(doctor, "multiplexer", DOCTOR_OK, "",
		    "tmux: copying needs its option set-clipboard on");
	else if (getenv("STY") != NULL)
		doctor_say(doctor, "multiplexer", DOCTOR_OK, "",
		    "screen: copying may be kept from the terminal");
	else
		doctor_say(doctor, "multiplexer", DOCTOR_OK, "", "none%s",
		    getenv("SSH_CONNECTION") != NULL ? ", over SSH" : "");
}

static void
look_at_locale(struct doctor *doctor)
{
	char codeset[32];
	const char *name = nl_langinfo(CODESET);

	text_make_safe(name, strlen(name), TEXT_ASCII, codeset,
	    sizeof(codeset));
	if (doctor->settings->ascii)
		doctor_say(doctor, "locale", DOCTOR_OK, "",
		    "%s, ASCII was asked for", codeset);
	else if (settings_text_mode(doctor->settings) == TEXT_ASCII)
		doctor_say(doctor, "locale", DOCTOR_WARN,
		    "set LC_ALL to a UTF-8 locale, such as C.UTF-8",
		    "%s: non-ASCII text is shown as <U+4E2D>", codeset);
	else
		doctor_say(doctor, "locale", DOCTOR_OK, "",
		    "%s, ambiguous characters %s", codeset,
		    doctor->settings->ambiguous_wide ? "wide: shown as <U+00B1>"
		                                     : "narrow");
}

/* The C library has to agree with the terminal on these. */
static void
look_at_glyphs(struct doctor *doctor)
{
	static const struct {
		wchar_t glyph;
		int cols;
	} probes[] = { { 0x4e2d, 2 }, { 0xe5, 1 }, { 0x301, 0 }, { 0x1f600, 2 },
		{ 0x2026, 1 } };
	enum text_mode mode = settings_text_mode(doctor->settings);

	if (mode == TEXT_ASCII)
		return;
	for (size_t i = 0; i < sizeof(probes) / sizeof(probes[0]); i++) {
		bool ambiguous = text_is_ambiguous((uint32_t)probes[i].glyph);

		if (wcwidth(probes[i].glyph) == probes[i].cols ||
		    (ambiguous && mode == TEXT_UNAMBIGUOUS))
			continue;
		doctor_say(doctor, "glyphs", DOCTOR_WARN,
		    ambiguous ? "columns may be off; --ambiguous wide avoids it"
		              : "columns may be off; --ascii avoids it",
		    "the C library takes U+%04X for %d columns, not %d",
		    (unsigned)probes[i].glyph, wcwidth(probes[i].glyph),
		    probes[i].cols);
		return;
	}
	doctor_say(doctor, "glyphs", DOCTOR_OK, "",
	    "wide, narrow and combining ones have the usual widths");
}

static void
look_at_file(struct doctor *doctor, const char *path)
{
	char safe[DOCTOR_TEXT_MAX / 2];

	text_make_safe(path, strlen(path), TEXT_ASCII, safe, sizeof(safe));
	doctor_say(doctor, "configuration", DOCTOR_OK, "", "%s: %s", safe,
	    access(path, F_OK) == 0 ? "read, no mistake" : "not there");
}

static void
look_at_configuration(struct doctor *doctor)
{
	const struct settings *settings = doctor->settings;
	char safe[128];
	struct buf path;

	buf_init(&path, 4096);
	look_at_file(doctor, config_system_path());
	if (settings->config != NULL)
		buf_put_text(&path, settings->config);
	else
		config_write_user_path(&path);
	if (path.len > 0)
		look_at_file(doctor, buf_text(&path));
	buf_release(&path);
	if (settings->profile[0] == '\0')
		return;
	text_make_safe(settings->profile, strlen(settings->profile), TEXT_ASCII,
	    safe, sizeof(safe));
	doctor_say(doctor, "profile", DOCTOR_OK, "", "%s", safe);
}

static void
look_at_state(struct doctor *doctor)
{
	struct state state;
	struct err err;

	if (doctor->settings->no_state)
		doctor_say(doctor, "state", DOCTOR_OK, "", "turned off");
	else if (!state_load(&state, &err))
		doctor_say(doctor, "state", DOCTOR_WARN,
		    "remove the file, or use --no-state", "%s", err.text);
	else
		doctor_say(doctor, "state", DOCTOR_OK, "",
		    "%zu groups remembered", state.group_count);
}

static void
look_at_zone(struct doctor *doctor)
{
	const struct settings *settings = doctor->settings;
	int64_t now_s = clock_wall_s(doctor->clock);
	char moment[MOMENT_TEXT_MAX];
	struct err err;

	moment_write_iso(now_s, settings->utc ? MOMENT_UTC : MOMENT_LOCAL,
	    moment);
	if (!moment_use_zone("Asia/Tokyo", &err))
		doctor_say(doctor, "zone", DOCTOR_WARN,
		    "install the system's zone data (tzdata)",
		    "now %s; no zone data", moment);
	else
		doctor_say(doctor, "zone", DOCTOR_OK, "", "now %s", moment);
	moment_use_start_zone();
}

void
doctor_look_around(struct doctor *doctor)
{
	doctor_say(doctor, "program", DOCTOR_OK, "", "bantop %s, %.200s",
	    BANTOP_VERSION, http_library_version());
	look_at_terminal(doctor);
	look_at_multiplexer(doctor);
	look_at_locale(doctor);
	look_at_glyphs(doctor);
	look_at_configuration(doctor);
	look_at_state(doctor);
	look_at_zone(doctor);
}
