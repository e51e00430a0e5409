/*
 * The terminal taken over and given back. Curses keeps the screen and finds
 * the way to each cell; the modes of the line are kept here, since curses
 * only ever writes into a file in memory once it is open.
 *
 * One way in and out for all of them: open, close, suspend and resume each
 * write once. What a handler needs to give it back is term_last.c's.
 */
#include "bantop/term/term.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "bantop/base/mem.h"
#include "term/caps_priv.h"
#include "term/term_priv.h"

enum { CURSES_FD_MIN = 10 };

/* -- strings --------------------------------------------------------------- */

static void
append(char *out, size_t size, const char *text)
{
	size_t len = strlen(out);

	(void)snprintf(out + len, size - len, "%s", text);
}

/* Keypad, bracketed paste, mouse. Terminals without an alternate screen are
 * too old for the last two. */
static void
prepare_strings(struct term *term, bool mouse)
{
	bool modern = caps_has("smcup");

	caps_append(term->enter, sizeof term->enter, "smkx");
	if (modern)
		append(term->enter, sizeof term->enter, "\x1b[?2004h");
	if (modern && mouse)
		append(term->enter, sizeof term->enter,
		    "\x1b[?1000h\x1b[?1006h");
	if (modern && mouse)
		append(term->leave, sizeof term->leave,
		    "\x1b[?1006l\x1b[?1000l");
	if (modern)
		append(term->leave, sizeof term->leave, "\x1b[?2004l");
}

static void
prepare_last_words(const struct term *term)
{
	char bytes[TERM_LAST_MAX] = "";

	append(bytes, sizeof bytes, term->leave);
	caps_append(bytes, sizeof bytes, "rmkx");
	caps_append(bytes, sizeof bytes, "sgr0");
	caps_append(bytes, sizeof bytes, "rmcup");
	caps_append(bytes, sizeof bytes, "cnorm");
	append(bytes, sizeof bytes, "\r\n");
	term_last_prepare(term, bytes);
}

/* -- modes of the line ----------------------------------------------------- */

static bool
take_modes(struct term *term, struct err *err)
{
	cc_t disabled = (cc_t)fpathconf(term->in_fd, _PC_VDISABLE);

	if (tcgetattr(term->in_fd, &term->found) != 0)
		return err_set(err, ERR_USAGE, errno, NULL,
		    "standard input is no terminal: %s", strerror(errno));
	term->taken = term->found;
	term->taken.c_iflag &=
	    ~(tcflag_t)(ICRNL | INLCR | IGNCR | ISTRIP | BRKINT);
	term->taken.c_oflag &= ~(tcflag_t)OPOST;
	term->taken.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL | IEXTEN);
	/* Ctrl-C and Ctrl-Z are keys, Ctrl-\ stays a signal. */
	term->taken.c_lflag |= ISIG;
	term->taken.c_cc[VINTR] = disabled;
	term->taken.c_cc[VSUSP] = disabled;
#ifdef VDSUSP
	term->taken.c_cc[VDSUSP] = disabled;
#endif
	term->taken.c_cc[VMIN] = 1;
	term->taken.c_cc[VTIME] = 0;
	if (tcsetattr(term->in_fd, TCSADRAIN, &term->taken) != 0)
		return err_set(err, ERR_FILE, errno, NULL,
		    "cannot set the terminal's modes: %s", strerror(errno));
	term->is_taken = true;
	return true;
}

static void
give_modes(struct term *term)
{
	if (term->is_taken)
		(void)tcsetattr(term->in_fd,
		    term_out_is_over(&term->out) ? TCSANOW : TCSADRAIN,
		    &term->found);
	term->is_taken = false;
	term_last_forget();
}

/* -- opening --------------------------------------------------------------- */

/* Curses takes signals that nobody else has taken: not here. */
static SCREEN *
new_screen(const char *type, FILE *out, FILE *in)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGTSTP, SIGWINCH };
	enum { COUNT = sizeof numbers / sizeof numbers[0] };
	struct sigaction actions[COUNT];
	SCREEN *screen;
	size_t i;

	for (i = 0; i < COUNT; i++)
		(void)sigaction(numbers[i], NULL, &actions[i]);
	screen = newterm(type, out, in);
	for (i = 0; i < COUNT; i++)
		(void)sigaction(numbers[i], &actions[i], NULL);
	return screen;
}

/* A type that nobody has described is mostly an xterm of a kind. */
static const char *
choose_type(struct term *term, const char *type)
{
	static const struct {
		const char *type, *notice;
	} others[] = {
		{ "xterm", "unknown terminal type: taken for xterm" },
		{ "vt100", "unknown terminal type: taken for vt100" },
	};
	size_t i;

	if (caps_is_known(type, term->out_fd))
		return type;
	for (i = 0; i < sizeof others / sizeof others[0]; i++)
		if (caps_is_known(others[i].type, term->out_fd)) {
			term->notice = others[i].notice;
			return others[i].type;
		}
	return NULL;
}

static bool
open_screen(struct term *term, const char *type, struct err *err)
{
	const char *known = choose_type(term, type);

	if (known != NULL)
		term->screen =
		    new_screen(known, term->curses_out, term->curses_in);
	if (term->screen == NULL)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "nothing describes the terminal type %.40s well enough to "
		    "move its cursor",
		    type);
	return true;
}

static FILE *
open_stream(int fd, const char *mode)
{
	int own = fcntl(fd, F_DUPFD_CLOEXEC, CURSES_FD_MIN);
	FILE *stream = own >= 0 ? fdopen(own, mode) : NULL;

	if (stream == NULL && own >= 0)
		(void)close(own);
	return stream;
}

static bool
open_streams(struct term *term, const struct term_config *config,
    struct err *err)
{
	term->curses_in = open_stream(term->in_fd, "r");
	term->curses_out = open_stream(term->out_fd, "w");
	if (term->curses_in == NULL || term->curses_out == NULL)
		return err_set(err, ERR_FILE, errno, NULL,
		    "cannot open the terminal: %s", strerror(errno));
	term->out.is_over = config->is_over;
	return term_out_open(&term->out, term->out_fd, err);
}

/* From here on curses writes into memory. */
static bool
divert(struct term *term, struct err *err)
{
	int fd = fileno(term->curses_out);

	if (dup2(term->out.memory_fd, fd) < 0 ||
	    fcntl(fd, F_SETFD, FD_CLOEXEC) < 0)
		return err_set(err, ERR_FILE, errno, NULL,
		    "cannot open the terminal: %s", strerror(errno));
	return true;
}

static void
set_up_screen(struct term *term, const struct term_config *config)
{
	(void)nonl();
	(void)cbreak();
	(void)noecho();
	(void)typeahead(-1);
	(void)idlok(stdscr, TRUE);
	caps_copy("oc", term->out.palette);
	term->spare_cols = caps_wraps_at_once() ? 1 : 0;
	term->cursor_shown = true;
	term->looks.colors = config->color ? term_looks_colors() : 0;
	term_looks_set(&term->looks, config->theme);
}

static void
real_size(const struct term *term, int *rows, int *cols)
{
	struct winsize size;

	*rows = 24;
	*cols = 80;
	if (ioctl(term->out_fd, TIOCGWINSZ, &size) != 0)
		return;
	if (size.ws_row > 0)
		*rows = size.ws_row;
	if (size.ws_col > 0)
		*cols = size.ws_col;
}

static void
fit_to_size(struct term *term)
{
	int rows, cols;

	real_size(term, &rows, &cols);
	if (resize_term(rows, cols) == ERR)
		mem_give_up();
	term_size(term, &rows, &cols);
	frame_resize(term->shown, rows, cols);
	term->cells = mem_grow(term->cells, (size_t)frame_cols(term->shown),
	    sizeof *term->cells);
	term->full = true;
}

static bool
check_type(const struct term_config *config, struct err *err)
{
	if (!isatty(config->in_fd) || !isatty(config->out_fd))
		return err_set(err, ERR_USAGE, 0, NULL,
		    "standard input and output must be a terminal");
	if (config->type == NULL || config->type[0] == '\0')
		return err_set(err, ERR_USAGE, 0, NULL,
		    "TERM is not set: the kind of terminal is not known");
	if (strcmp(config->type, "dumb") == 0)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "TERM is dumb: this terminal cannot show a screen");
	return true;
}

struct term *
term_open(const struct term_config *config, struct err *err)
{
	struct term *term;
	bool ok = false;

	if (!check_type(config, err))
		return NULL;
	term = mem_alloc(sizeof *term);
	term->in_fd = config->in_fd;
	term->out_fd = config->out_fd;
	term->mode = config->mode;
	term->notice = "";
	if (!open_streams(term, config, err))
		goto done;
	if (tcgetattr(term->in_fd, &term->found) == 0) {
		term->is_taken = true; /* curses sets modes of its own */
		/* It may find no memory, and end the program by itself. */
		term_last_prepare(term, "");
	}
	if (!open_screen(term, config->type, err))
		goto done;
	set_up_screen(term, config);
	if (!divert(term, err))
		goto done;
	/* Curses has changed the line: ours are made from what was there. */
	(void)tcsetattr(term->in_fd, TCSANOW, &term->found);
	if (!take_modes(term, err))
		goto done;
	prepare_strings(term, config->mouse);
	prepare_last_words(term);
	term->shown = frame_create(1, 1);
	fit_to_size(term);
	ok = true;
done:
	if (!ok) {
		term_close(term);
		term = NULL;
	}
	return term;
}

/* -- giving it back -------------------------------------------------------- */

static void
leave(struct term *term)
{
	struct err err;

	term_out_add(&term->out, term->leave, strlen(term->leave));
	(void)endwin();
	term_out_gather(&term->out);
	if (!term_out_flush(&term->out, &err)) {
		term_out_gather(&term->out);
		if (!term_out_flush(&term->out, &err))
			term->out.len = 0; /* the terminal is gone */
	}
	give_modes(term);
}

void
term_close(struct term *term)
{
	if (term == NULL)
		return;
	if (term->shown != NULL && term->is_taken)
		leave(term);
	give_modes(term);
	if (term->screen != NULL)
		delscreen(term->screen);
	if (term->curses_in != NULL)
		(void)fclose(term->curses_in);
	if (term->curses_out != NULL)
		(void)fclose(term->curses_out);
	term_out_close(&term->out);
	frame_destroy(term->shown);
	free(term->cells);
	free(term);
}

void
term_suspend(struct term *term)
{
	if (term->is_taken)
		leave(term);
}

bool
term_resume(struct term *term, struct err *err)
{
	if (term->is_taken)
		return true;
	if (!take_modes(term, err))
		return false;
	prepare_last_words(term);
	fit_to_size(term);
	return true;
}

/* -- in use ---------------------------------------------------------------- */

const char *
term_notice(const struct term *term)
{
	return term->notice;
}

void
term_size(const struct term *term, int *rows, int *cols)
{
	real_size(term, rows, cols);
	if (*cols > term->spare_cols)
		*cols -= term->spare_cols;
}

void
term_resize(struct term *term)
{
	fit_to_size(term);
}

void
term_repaint(struct term *term)
{
	term->full = true;
}

int
term_colors(const struct term *term)
{
	return term->looks.colors;
}

void
term_set_theme(struct term *term, const struct theme *theme)
{
	term_looks_set(&term->looks, theme);
	term_out_gather(&term->out);
	term->full = true;
}

static void
put_cursor(struct term *term, const struct frame *frame)
{
	int row, col;
	bool shown = frame_cursor(frame, &row, &col);

	if (shown != term->cursor_shown)
		(void)curs_set(shown ? 1 : 0);
	term->cursor_shown = shown;
	(void)wmove(stdscr, row, col);
}

/* Remembers what is shown; of another size than the terminal's nothing is, and
 * the next frame is painted in full. */
static void
remember(struct term *term, const struct frame *frame)
{
	term->full = frame_rows(frame) != frame_rows(term->shown) ||
	    frame_cols(frame) != frame_cols(term->shown);
	if (!term->full)
		frame_copy(term->shown, frame);
}

bool
term_paint(struct term *term, const struct frame *frame, struct err *err)
{
	if (!term->is_taken ||
	    (!term->full && frame_equals(frame, term->shown)))
		return true;
	if (term->full) {
		term_squeeze_reset(&term->out.squeeze);
		(void)werase(stdscr);
		(void)clearok(curscr, TRUE);
		term_out_add(&term->out, term->enter, strlen(term->enter));
	}
	term_put_frame(term, frame);
	put_cursor(term, frame);
	(void)wnoutrefresh(stdscr);
	(void)doupdate();
	term_out_gather(&term->out);
	if (term->out.len > 0)
		term->out.stats.frames++;
	remember(term, frame);
	return term_out_flush(&term->out, err);
}

void
term_stats(const struct term *term, struct term_stats *out)
{
	*out = term->out.stats;
}
