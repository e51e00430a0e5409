#include "e2e/support/modes.h"

#include <fcntl.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

void
modes_read(int fd, struct termios *modes)
{
	memset(modes, 0, sizeof(*modes));
	assert_int_equal(tcgetattr(fd, modes), 0);
}

static void
read_fresh(struct termios *modes)
{
	int master, slave;

	assert_int_equal(openpty(&master, &slave, NULL, NULL, NULL), 0);
	modes_read(slave, modes);
	(void)close(master);
	(void)close(slave);
}

int
modes_keep(const struct story *story)
{
	struct termios modes;
	int fd = fcntl(story->term.fd, F_DUPFD_CLOEXEC, 10);

	assert_true(fd >= 0);
	modes_read(fd, &modes);
	assert_int_equal(modes.c_lflag & (ICANON | ECHO), 0);
	return fd;
}

void
modes_assert_usual(int fd)
{
	struct termios fresh, left;

	read_fresh(&fresh);
	modes_read(fd, &left);
	assert_int_equal(left.c_iflag, fresh.c_iflag);
	assert_int_equal(left.c_oflag, fresh.c_oflag);
	assert_int_equal(left.c_cflag, fresh.c_cflag);
	assert_int_equal(left.c_lflag, fresh.c_lflag);
	assert_memory_equal(left.c_cc, fresh.c_cc, sizeof(left.c_cc));
}

void
modes_assert_given_back(const struct story *story, int fd)
{
	modes_assert_usual(fd);
	(void)close(fd);
	assert_false(story->term.altscreen);
	assert_true(story->term.cursor_visible);
	assert_non_null(strstr(buf_text(&story->term.raw), "\x1b[?2004l"));
}
