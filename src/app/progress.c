/*
 * The line is overwritten with blanks rather than with an escape: any
 * terminal can do that.
 */
#include "bantop/app/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bantop/app/message.h"
#include "bantop/base/num.h"

enum { LONG_WORK_MS = 700, STEP_MS = 250, LINE_COLS = 79 };

void
progress_init(struct progress *progress, bool on, int64_t mono_ms)
{
	progress->on = on;
	progress->shown_cols = 0;
	progress->started_ms = mono_ms;
	progress->next_ms = mono_ms + LONG_WORK_MS;
}

/* A line that cannot be shown is no reason to stop the work. */
static void
put(struct progress *progress, const char *text, size_t len)
{
	if (!message_put(text, len))
		progress->on = false;
}

void
progress_hide(struct progress *progress)
{
	char blank[LINE_COLS + 3];
	int len;

	if (progress->shown_cols == 0)
		return;
	len =
	    snprintf(blank, sizeof(blank), "\r%*s\r", progress->shown_cols, "");
	progress->shown_cols = 0;
	put(progress, blank, (size_t)len);
}

void
progress_show(struct progress *progress, int64_t mono_ms, size_t pages,
    size_t rows, const char *note)
{
	char line[LINE_COLS + 2];
	char number[NUM_TEXT_MAX + 8];
	int64_t elapsed_ms = mono_ms - progress->started_ms;
	int cols;
	int len;

	if (!progress->on || mono_ms < progress->next_ms)
		return;
	progress->next_ms = mono_ms + STEP_MS;
	num_write_grouped((int64_t)rows, number);
	len = snprintf(line, sizeof(line),
	    "\r%zu page%s, %s rows, %lld rows/s, %lld s%s%s", pages,
	    pages == 1 ? "" : "s", number,
	    elapsed_ms > 0 ? (long long)((int64_t)rows * 1000 / elapsed_ms) : 0,
	    (long long)(elapsed_ms / 1000), note[0] == '\0' ? "" : "; ", note);
	if (len < 0)
		return;
	cols = len - 1 < LINE_COLS ? len - 1 : LINE_COLS;
	for (len = cols; len < progress->shown_cols; len++)
		line[1 + len] = ' ';
	put(progress, line, (size_t)len + 1);
	progress->shown_cols = cols;
}

int64_t
progress_deadline_ms(const struct progress *progress)
{
	return progress->on ? progress->next_ms : INT64_MAX;
}
