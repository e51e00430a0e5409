/*
 * One run of a scenario that prints. A program that does not end is killed,
 * and that is an outcome like another.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "e2e/support/deadline.h"
#include "e2e/support/run.h"
#include "torture/torture.h"

enum { PATIENCE_S = 20 };

/* @return false at its end. */
static bool
take(int fd, struct buf *into)
{
	char bytes[65536];
	ssize_t count = read(fd, bytes, sizeof bytes);

	if (count > 0)
		buf_put(into, bytes, (size_t)count);
	return count > 0 || (count < 0 && errno == EINTR);
}

/* @return false when it did not end in time. */
static bool
read_all(struct run *run, struct torture_outcome *outcome)
{
	int64_t deadline_ms = deadline_in_s(PATIENCE_S);
	struct pollfd fds[2] = {
		{ .fd = run->out_fd, .events = POLLIN },
		{ .fd = run->err_fd, .events = POLLIN },
	};
	struct buf *into[2] = { &outcome->out, &outcome->err };
	size_t i;

	while (fds[0].fd >= 0 || fds[1].fd >= 0) {
		if (poll(fds, 2, deadline_left_ms(deadline_ms)) == 0)
			return false;
		for (i = 0; i < 2; i++)
			if (fds[i].fd >= 0 && fds[i].revents != 0 &&
			    !take(fds[i].fd, into[i]))
				fds[i].fd = -1;
	}
	return true;
}

static void
outcome_init(struct torture_outcome *outcome)
{
	memset(outcome, 0, sizeof *outcome);
	buf_init(&outcome->out, TORTURE_OUTPUT_MAX);
	buf_init(&outcome->err, TORTURE_OUTPUT_MAX);
	buf_init(&outcome->file, TORTURE_OUTPUT_MAX);
}

static void
run_command(struct torture_stage *stage, struct torture_outcome *outcome)
{
	const struct run_options options = { .argv = stage->args.list,
		.environment = stage->environment };
	struct run run;

	run_start(&run, &stage->home, &options);
	outcome->was_killed = !read_all(&run, outcome);
	if (outcome->was_killed)
		child_signal(&run.child, SIGKILL);
	child_wait(&run.child, deadline_in_s(PATIENCE_S));
	outcome->exit_code = run.child.exit_code;
	outcome->signal = run.child.signal;
	run_release(&run);
}

void
torture_run(struct torture_stage *stage, struct torture_outcome *outcome)
{
	outcome_init(outcome);
	if (stage->scenario->steps != NULL)
		torture_run_screen(stage, outcome);
	else
		run_command(stage, outcome);
	outcome->descriptors = stage->page->descriptors;
	torture_stage_look(stage, outcome);
}

void
torture_outcome_release(struct torture_outcome *outcome)
{
	buf_release(&outcome->out);
	buf_release(&outcome->err);
	buf_release(&outcome->file);
}
