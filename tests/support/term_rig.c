/*
 * A terminal on a pair of pseudo-terminal ends.
 */
#include "term_rig.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <vterm.h>

#include "bantop/base/mem.h"

enum { WAIT_S = 20 };

static void
keep(struct term_rig *rig, const char *bytes, size_t count)
{
	(void)pthread_mutex_lock(&rig->mutex);
	if (rig->len + count <= TERM_RIG_BYTES_MAX)
		memcpy(rig->bytes + rig->len, bytes, count);
	rig->len += count;
	(void)pthread_cond_signal(&rig->came);
	(void)pthread_mutex_unlock(&rig->mutex);
}

static void *
drain(void *user)
{
	struct term_rig *rig = user;
	struct pollfd fds[2] = { { .fd = rig->master, .events = POLLIN },
		{ .fd = rig->wake[0], .events = POLLIN } };
	char bytes[4096];
	ssize_t count = 1;

	while (count > 0 && poll(fds, 2, -1) >= 0 && fds[1].revents == 0) {
		count = read(rig->master, bytes, sizeof bytes);
		if (count > 0)
			keep(rig, bytes, (size_t)count);
	}
	return NULL;
}

static void
set_size(struct term_rig *rig, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)cols };

	assert_int_equal(ioctl(rig->slave, TIOCSWINSZ, &size), 0);
}

static void
open_pair(struct term_rig *rig)
{
	rig->master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(rig->master >= 0);
	assert_int_equal(grantpt(rig->master), 0);
	assert_int_equal(unlockpt(rig->master), 0);
	rig->slave = open(ptsname(rig->master), O_RDWR | O_NOCTTY);
	assert_true(rig->slave >= 0);
}

bool
term_rig_open(struct term_rig *rig, const char *type, int rows, int cols,
    enum text_mode mode, struct err *err)
{
	struct term_config config = { .type = type,
		.mode = mode,
		.color = true,
		.theme = theme_default() };

	memset(rig, 0, sizeof *rig);
	open_pair(rig);
	set_size(rig, rows, cols);
	rig->bytes = mem_alloc(TERM_RIG_BYTES_MAX);
	rig->frame = frame_create(rows, cols);
	rig->vterm = vterm_new(rows, cols);
	vterm_set_utf8(rig->vterm, 1);
	vterm_screen_enable_altscreen(vterm_obtain_screen(rig->vterm), 1);
	vterm_screen_reset(vterm_obtain_screen(rig->vterm), 1);
	(void)pthread_mutex_init(&rig->mutex, NULL);
	(void)pthread_cond_init(&rig->came, NULL);
	assert_int_equal(pipe(rig->wake), 0);
	assert_int_equal(pthread_create(&rig->reader, NULL, drain, rig), 0);
	rig->is_reading = true;
	config.in_fd = rig->slave;
	config.out_fd = rig->slave;
	rig->term = term_open(&config, err);
	if (rig->term != NULL) {
		/* The last column may be left alone. */
		term_size(rig->term, &rows, &cols);
		frame_resize(rig->frame, rows, cols);
	}
	rig->has_looks = rig->term != NULL && term_colors(rig->term) == 256;
	return rig->term != NULL;
}

void
term_rig_finish(struct term_rig *rig)
{
	term_close(rig->term);
	rig->term = NULL;
	/* With the last slave end the reader's read ends too. */
	if (rig->slave >= 0)
		(void)close(rig->slave);
	rig->slave = -1;
	if (rig->is_reading)
		(void)pthread_join(rig->reader, NULL);
	rig->is_reading = false;
}

void
term_rig_hang_up(struct term_rig *rig)
{
	(void)close(rig->wake[1]);
	rig->wake[1] = -1;
	(void)pthread_join(rig->reader, NULL);
	rig->is_reading = false;
	(void)close(rig->master);
	rig->master = -1;
}

void
term_rig_close(struct term_rig *rig)
{
	term_rig_finish(rig);
	if (rig->master >= 0)
		(void)close(rig->master);
	(void)close(rig->wake[0]);
	if (rig->wake[1] >= 0)
		(void)close(rig->wake[1]);
	(void)pthread_cond_destroy(&rig->came);
	(void)pthread_mutex_destroy(&rig->mutex);
	vterm_free(rig->vterm);
	frame_destroy(rig->frame);
	free(rig->bytes);
}

void
term_rig_resize(struct term_rig *rig, int rows, int cols)
{
	set_size(rig, rows, cols);
	frame_resize(rig->frame, rows, cols);
	vterm_set_size(rig->vterm, rows, cols);
	term_resize(rig->term);
}

void
term_rig_settle(struct term_rig *rig)
{
	struct term_stats stats;
	struct timespec until;

	term_stats(rig->term, &stats);
	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += WAIT_S;
	(void)pthread_mutex_lock(&rig->mutex);
	while (rig->len < stats.bytes)
		if (pthread_cond_timedwait(&rig->came, &rig->mutex, &until) !=
		    0)
			fail_msg("%zu of %zu bytes came", rig->len,
			    (size_t)stats.bytes);
	if (rig->fed < rig->len)
		(void)vterm_input_write(rig->vterm, rig->bytes + rig->fed,
		    rig->len - rig->fed);
	rig->fed = rig->len;
	(void)pthread_mutex_unlock(&rig->mutex);
}

size_t
term_rig_paint(struct term_rig *rig, size_t *writes)
{
	struct term_stats before, after;
	struct err err;

	term_stats(rig->term, &before);
	assert_true(term_paint(rig->term, rig->frame, &err));
	term_stats(rig->term, &after);
	if (writes != NULL)
		*writes = (size_t)(after.writes - before.writes);
	term_rig_settle(rig);
	return (size_t)(after.bytes - before.bytes);
}

static void
expect_looks(const struct frame_cell *want, const VTermScreenCell *is)
{
	struct style style = theme_resolve(theme_default(),
	    (enum style_role)want->role, want->flags);
	int fg = style.fg.indexed >= 0 ? style.fg.indexed : style.fg.basic;

	assert_int_equal(is->attrs.bold != 0,
	    (style.attributes & STYLE_BOLD) != 0);
	assert_int_equal(is->attrs.underline != 0,
	    (style.attributes & STYLE_UNDERLINE) != 0);
	assert_int_equal(is->attrs.reverse != 0,
	    (style.attributes & STYLE_REVERSE) != 0);
	if (fg < 0)
		assert_true(VTERM_COLOR_IS_DEFAULT_FG(&is->fg));
	else
		assert_int_equal(is->fg.indexed.idx, fg);
}

static void
expect_cell(struct term_rig *rig, int row, int col)
{
	const struct frame_cell *want = &frame_row(rig->frame, row)[col];
	VTermPos pos = { .row = row, .col = col };
	VTermScreenCell is;
	size_t i;

	if (want->width_cols == 0)
		return;
	assert_int_equal(vterm_screen_get_cell(vterm_obtain_screen(rig->vterm),
	                     pos, &is),
	    1);
	if (is.chars[0] == 0)
		is.chars[0] = ' ';
	for (i = 0; i < want->point_count; i++)
		if (is.chars[i] != want->points[i])
			fail_msg("row %d, column %d: U+%04X, not U+%04X", row,
			    col, (unsigned)is.chars[i],
			    (unsigned)want->points[i]);
	assert_int_equal(is.width, want->width_cols);
	if (rig->has_looks)
		expect_looks(want, &is);
}

void
term_rig_expect(struct term_rig *rig)
{
	VTermPos pos;
	int row, col;

	for (row = 0; row < frame_rows(rig->frame); row++)
		for (col = 0; col < frame_cols(rig->frame); col++)
			expect_cell(rig, row, col);
	if (!frame_cursor(rig->frame, &row, &col))
		return;
	vterm_state_get_cursorpos(vterm_obtain_state(rig->vterm), &pos);
	assert_int_equal(pos.row, row);
	assert_int_equal(pos.col, col);
}
