#include "e2e/support/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/deadline.h"

/* As a file without a name: then nothing has to be fed while it runs. */
static int
open_input(const struct home *home, const char *text)
{
	char path[HOME_PATH_MAX];
	size_t len = text == NULL ? 0 : strlen(text);
	int fd;

	home_path(home, "tmp/input-XXXXXX", path);
	fd = mkstemp(path);
	assert_true(fd >= 0);
	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	(void)unlink(path);
	assert_true(len == 0 || write(fd, text, len) == (ssize_t)len);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

void
run_start(struct run *run, const struct home *home,
    const struct run_options *options)
{
	struct environment environment;
	int out[2], err[2], fds[3];

	memset(run, 0, sizeof(*run));
	buf_init(&run->out, RUN_OUTPUT_MAX);
	buf_init(&run->err, RUN_OUTPUT_MAX);
	home_environment(home, options->environment, &environment);
	child_pipe(out);
	child_pipe(err);
	fds[0] = open_input(home, options->input);
	fds[1] = options->output_fd > 0 ? options->output_fd : out[1];
	fds[2] = err[1];
	child_spawn(&run->child, options->argv, environment.list, fds);
	(void)close(fds[0]);
	(void)close(out[1]);
	(void)close(err[1]);
	run->out_fd = out[0];
	run->err_fd = err[0];
}

/* @return false when that descriptor is at its end. */
static bool
take(int *fd, struct buf *into)
{
	char bytes[65536];
	ssize_t count = read(*fd, bytes, sizeof(bytes));

	if (count < 0 && errno == EINTR)
		return true;
	if (count > 0) {
		buf_put(into, bytes, (size_t)count);
		return true;
	}
	(void)close(*fd);
	*fd = -1;
	return false;
}

/* One wait and one reading. @return false at the end of both, or of time. */
static bool
step(struct run *run, int64_t deadline_ms)
{
	struct pollfd fds[2] = {
		{ .fd = run->out_fd, .events = POLLIN },
		{ .fd = run->err_fd, .events = POLLIN },
	};

	if (run->out_fd < 0 && run->err_fd < 0)
		return false;
	if (poll(fds, 2, deadline_left_ms(deadline_ms)) == 0)
		return false;
	if (run->out_fd >= 0 && fds[0].revents != 0)
		(void)take(&run->out_fd, &run->out);
	if (run->err_fd >= 0 && fds[1].revents != 0)
		(void)take(&run->err_fd, &run->err);
	return true;
}

static void
wait_text(struct run *run, const struct buf *in, const char *text)
{
	int64_t deadline_ms = deadline_in_s(DEADLINE_USUAL_S);

	while (strstr(buf_text(in), text) == NULL) {
		if (!step(run, deadline_ms))
			fail_msg("\"%s\" does not come; output:\n%s\nerrors:\n"
			         "%s",
			    text, buf_text(&run->out), buf_text(&run->err));
	}
}

void
run_wait_output(struct run *run, const char *text)
{
	wait_text(run, &run->out, text);
}

void
run_wait_error(struct run *run, const char *text)
{
	wait_text(run, &run->err, text);
}

void
run_close_output(struct run *run)
{
	if (run->out_fd >= 0)
		(void)close(run->out_fd);
	run->out_fd = -1;
}

int
run_finish(struct run *run)
{
	int64_t deadline_ms = deadline_in_s(6 * DEADLINE_USUAL_S);

	while (step(run, deadline_ms))
		continue;
	child_wait(&run->child, deadline_ms);
	return run->child.exit_code;
}

void
run_release(struct run *run)
{
	if (run->out.max == 0) /* zeroed: never started */
		return;
	child_release(&run->child);
	run_close_output(run);
	if (run->err_fd >= 0)
		(void)close(run->err_fd);
	run->err_fd = -1;
	buf_release(&run->out);
	buf_release(&run->err);
}

int
run_program(struct run *run, const struct home *home, const char *const *argv,
    const char *const *environment)
{
	const struct run_options options = {
		.argv = argv,
		.environment = environment,
	};

	run_start(run, home, &options);
	return run_finish(run);
}

const char *
run_output(const struct run *run)
{
	return buf_text(&run->out);
}

const char *
run_error(const struct run *run)
{
	return buf_text(&run->err);
}
