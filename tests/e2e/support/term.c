/*
 * Reads and writes of the terminal's side never block: while the program is
 * fed it is read, so that neither waits for the other for ever.
 */
#include "e2e/support/term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/deadline.h"

static int
see_property(VTermProp property, VTermValue *value, void *user)
{
	struct term *term = user;

	if (property == VTERM_PROP_ALTSCREEN)
		term->altscreen = value->boolean != 0;
	if (property == VTERM_PROP_CURSORVISIBLE)
		term->cursor_visible = value->boolean != 0;
	return 1;
}

static int
see_bell(void *user)
{
	struct term *term = user;

	term->bells++;
	return 1;
}

static const VTermScreenCallbacks callbacks = {
	.settermprop = see_property,
	.bell = see_bell,
};

/* What libvterm has to say: keys, and answers to questions. */
static void
send_on(const char *bytes, size_t len, void *user)
{
	term_send(user, bytes, len);
}

static void
open_screen(struct term *term)
{
	term->vterm = vterm_new(term->rows, term->cols);
	assert_non_null(term->vterm);
	vterm_set_utf8(term->vterm, 1);
	vterm_output_set_callback(term->vterm, send_on, term);
	term->screen = vterm_obtain_screen(term->vterm);
	vterm_screen_enable_altscreen(term->screen, 1);
	vterm_screen_set_callbacks(term->screen, &callbacks, term);
	term->cursor_visible = true;
	vterm_screen_reset(term->screen, 1);
}

/* In the child, between fork and exec: nothing but system calls. */
static void
become(const struct term_options *options,
    const struct environment *environment, int life_fd)
{
	const struct sigaction usual = { .sa_handler = SIG_DFL };

	(void)sigaction(SIGPIPE, &usual, NULL);
	if (dup2(life_fd, CHILD_LIFE_FD) < 0)
		_exit(126);
	/* The interface of 1988 takes texts that it does not write to. */
	(void)execve(options->argv[0], (char *const *)(uintptr_t)options->argv,
	    (char *const *)(uintptr_t)environment->list);
	_exit(127);
}

void
term_start(struct term *term, const struct home *home,
    const struct term_options *options)
{
	struct winsize size = { 0 };
	struct environment environment;
	int life[2];

	memset(term, 0, sizeof(*term));
	term->rows = options->rows;
	term->cols = options->cols;
	size.ws_row = (unsigned short)options->rows;
	size.ws_col = (unsigned short)options->cols;
	buf_init(&term->raw, TERM_RAW_MAX);
	home_environment(home, options->environment, &environment);
	child_pipe(life);
	term->child.pid = forkpty(&term->fd, NULL, NULL, &size);
	if (term->child.pid < 0)
		fail_msg("forkpty: %s", strerror(errno));
	if (term->child.pid == 0)
		become(options, &environment, life[1]);
	(void)close(life[1]);
	term->child.life_fd = life[0];
	term->child.exit_code = -1;
	(void)fcntl(term->fd, F_SETFD, FD_CLOEXEC);
	(void)fcntl(term->fd, F_SETFL, O_NONBLOCK);
	open_screen(term);
}

void
term_release(struct term *term)
{
	if (term->vterm == NULL) /* zeroed: never started */
		return;
	child_release(&term->child);
	if (term->fd >= 0)
		(void)close(term->fd);
	term->fd = -1;
	vterm_free(term->vterm);
	term->vterm = NULL;
	buf_release(&term->raw);
}

void
term_hang_up(struct term *term)
{
	if (term->fd >= 0)
		(void)close(term->fd);
	term->fd = -1;
}

void
term_take(struct term *term)
{
	char bytes[65536];
	bool any = false;
	ssize_t count;

	while (term->fd >= 0) {
		count = read(term->fd, bytes, sizeof(bytes));
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0 && errno == EAGAIN)
			break;
		if (count <= 0) { /* Linux: EIO when the program has left */
			term_hang_up(term);
			break;
		}
		any = true;
		buf_put(&term->raw, bytes, (size_t)count);
		(void)vterm_input_write(term->vterm, bytes, (size_t)count);
	}
	if (any)
		term->bursts++;
}

/* @return false when the time is over or the program has left. */
static bool
step(struct term *term, int64_t deadline_ms)
{
	struct pollfd terminal = { .fd = term->fd, .events = POLLIN };
	int ready;

	if (term->fd < 0)
		return false;
	ready = poll(&terminal, 1, deadline_left_ms(deadline_ms));
	if (ready == 0)
		return false;
	if (ready > 0)
		term_take(term);
	return true;
}

void
term_watch_ms(struct term *term, int ms)
{
	int64_t deadline_ms = deadline_in_s(0) + ms;

	while (step(term, deadline_ms))
		continue;
}

/* Row by row: cmocka cuts what is printed at once. */
static void
fail_with_screen(const struct term *term, const char *what)
{
	char row[TERM_ROW_MAX];
	int i;

	print_error("-- the screen (%d x %d)%s:\n", term->cols, term->rows,
	    term->fd < 0 ? ", left by the program" : "");
	for (i = 0; i < term->rows; i++) {
		term_row(term, i, row);
		print_error("%s\n", row);
	}
	print_error("--\n");
	fail_msg("does not come: %s", what);
}

void
term_wait(struct term *term, term_predicate holds, void *user, const char *what)
{
	int64_t deadline_ms = deadline_in_s(DEADLINE_USUAL_S);

	while (!holds(term, user)) {
		if (!step(term, deadline_ms)) {
			if (holds(term, user))
				return;
			fail_with_screen(term, what);
		}
	}
}

int
term_wait_exit(struct term *term)
{
	int64_t deadline_ms = deadline_in_s(DEADLINE_USUAL_S);

	while (step(term, deadline_ms))
		continue;
	if (term->fd >= 0 && !child_has_ended(&term->child))
		fail_with_screen(term, "the end of the program");
	child_wait(&term->child, deadline_ms);
	return term->child.exit_code;
}

void
term_send(struct term *term, const char *bytes, size_t len)
{
	int64_t deadline_ms = deadline_in_s(DEADLINE_USUAL_S);
	struct pollfd terminal = { .fd = term->fd, .events = POLLOUT };
	ssize_t count;

	while (len > 0 && term->fd >= 0) {
		count = write(term->fd, bytes, len);
		if (count > 0) {
			bytes += count;
			len -= (size_t)count;
		} else if (errno == EAGAIN) {
			if (poll(&terminal, 1, deadline_left_ms(deadline_ms)) ==
			    0)
				fail_msg("the program takes no input");
		} else if (errno != EINTR)
			return; /* it has left: what is typed is lost */
	}
}

void
term_key(struct term *term, VTermKey key, VTermModifier modifier)
{
	vterm_keyboard_key(term->vterm, key, modifier);
}

void
term_char(struct term *term, uint32_t point, VTermModifier modifier)
{
	vterm_keyboard_unichar(term->vterm, point, modifier);
}

void
term_type(struct term *term, const char *text)
{
	for (; *text != '\0'; text++)
		term_char(term, (unsigned char)*text, VTERM_MOD_NONE);
}

void
term_paste(struct term *term, const char *text)
{
	vterm_keyboard_start_paste(term->vterm);
	term_send(term, text, strlen(text));
	vterm_keyboard_end_paste(term->vterm);
}

void
term_resize(struct term *term, int rows, int cols)
{
	struct winsize size = { 0 };

	term_take(term); /* what was meant for the old size */
	term->rows = rows;
	term->cols = cols;
	size.ws_row = (unsigned short)rows;
	size.ws_col = (unsigned short)cols;
	vterm_set_size(term->vterm, rows, cols);
	assert_int_equal(ioctl(term->fd, TIOCSWINSZ, &size), 0);
}
