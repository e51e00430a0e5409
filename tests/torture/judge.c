/*
 * What may come of a fault. One that the system allows at any time (a signal
 * in between, a short count) must change nothing. Any other may end what was
 * begun, if it is said and told by the status; it may never crash the program,
 * keep it for ever, leave the terminal or a file in pieces, or pass for a
 * success.
 */
#include <ctype.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "torture/torture.h"

struct trial {
	const struct torture_stage *stage;
	const struct torture_point *point; /* NULL: nothing failed */
	const struct torture_outcome *outcome;
	const struct torture_outcome *usual;
	char *why;
};

static bool refuse(const struct trial *trial, const char *format, ...)
    PRINTF_LIKE(2, 3);

static bool
refuse(const struct trial *trial, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(trial->why, TORTURE_WHY_MAX, format, args);
	va_end(args);
	return false;
}

/* -- texts ----------------------------------------------------------------- */

/* Out of a row goes its fourth field. */
static void
put_row(const char *line, size_t len, struct buf *out)
{
	size_t i, field = 0;

	for (i = 0; i < len; i++) {
		field += line[i] == '\t' || line[i] == ',' ? 1 : 0;
		if (field != 3)
			buf_put(out, &line[i], 1);
	}
}

static void
put_without_digits(const char *line, size_t len, struct buf *out)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!isdigit((unsigned char)line[i]))
			buf_put(out, &line[i], 1);
}

static void
put_line(enum torture_text text, const char *line, size_t len, struct buf *out)
{
	switch (text) {
	case TORTURE_TEXT_SAME:
		buf_put(out, line, len);
		break;
	case TORTURE_TEXT_ROWS:
		put_row(line, len, out);
		break;
	case TORTURE_TEXT_DIGITS:
		put_without_digits(line, len, out);
		break;
	}
}

static void
put_lines(enum torture_text text, const struct buf *in, struct buf *out)
{
	const char *line = buf_text(in);
	size_t len;

	for (; *line != '\0'; line += len) {
		len = strcspn(line, "\n");
		len += line[len] == '\n' ? 1 : 0;
		put_line(text, line, len, out);
	}
}

static bool
are_same(enum torture_text text, const struct buf *a, const struct buf *b)
{
	struct buf left, right;
	bool same;

	buf_init(&left, TORTURE_OUTPUT_MAX);
	buf_init(&right, TORTURE_OUTPUT_MAX);
	put_lines(text, a, &left);
	put_lines(text, b, &right);
	same = strcmp(buf_text(&left), buf_text(&right)) == 0;
	buf_release(&left);
	buf_release(&right);
	return same;
}

/* Is each line among those of the whole answer, or one that says that it is
 * not known? The last may be cut. */
static bool
is_part(const struct torture_scenario *scenario, const struct buf *part,
    const struct buf *whole, char odd[80])
{
	const char *line = buf_text(part);
	struct buf all, one;
	bool ok = true;
	size_t len;

	buf_init(&all, TORTURE_OUTPUT_MAX);
	put_lines(scenario->text, whole, &all);
	for (; ok && line[strcspn(line, "\n")] != '\0'; line += len) {
		len = strcspn(line, "\n") + 1;
		buf_init(&one, TORTURE_OUTPUT_MAX);
		put_line(scenario->text, line, len, &one);
		ok = strstr(buf_text(&all), buf_text(&one)) != NULL ||
		    (scenario->may_say != NULL &&
		        strstr(buf_text(&one), scenario->may_say) != NULL);
		if (!ok)
			(void)snprintf(odd, 80, "%.70s", line);
		buf_release(&one);
	}
	buf_release(&all);
	return ok;
}

/* -- ends ------------------------------------------------------------------ */

static bool
is_soft(const struct trial *trial)
{
	return trial->point == NULL || trial->point->fault->soft;
}

static bool
hit_terminal(const struct trial *trial)
{
	const struct torture_page *page = trial->stage->page;

	return page->fired && page->fired_fd >= 0 &&
	    (S_ISCHR(page->fired_mode) || S_ISREG(page->fired_mode));
}

static bool
is_status(int code)
{
	return code >= 2 && code <= 7;
}

static bool
has_no_memory(const struct trial *trial)
{
	return strstr(buf_text(&trial->outcome->err), "no memory left") ||
	    strstr(buf_text(&trial->outcome->out), "no memory left");
}

/* A terminal that is lost ends it by SIGHUP, a reader that is gone by
 * SIGPIPE. */
static bool
judge_signal(const struct trial *trial)
{
	const struct torture_outcome *outcome = trial->outcome;

	if (outcome->signal == 0)
		return true;
	if (!is_soft(trial) && outcome->signal == SIGHUP &&
	    trial->stage->scenario->steps != NULL &&
	    (hit_terminal(trial) || trial->point->fault->call == TORTURE_POLL))
		return true;
	if (!is_soft(trial) && outcome->signal == SIGPIPE &&
	    trial->stage->page->fired_fd == STDOUT_FILENO)
		return true;
	return refuse(trial, "died of signal %d", outcome->signal);
}

static bool
judge_status(const struct trial *trial)
{
	const struct torture_outcome *outcome = trial->outcome;
	const struct torture_scenario *scenario = trial->stage->scenario;
	const struct buf *said =
	    scenario->steps != NULL ? &outcome->out : &outcome->err;

	if (outcome->signal != 0 || outcome->exit_code == scenario->status)
		return true;
	if (is_soft(trial))
		return refuse(trial, "status %d instead of %d: %.200s",
		    outcome->exit_code, scenario->status, buf_text(said));
	if (scenario->steps != NULL && outcome->gave_up &&
	    (outcome->exit_code == 130 || outcome->exit_code == 0))
		return true;
	if (!is_status(outcome->exit_code))
		return refuse(trial, "status %d: %.200s", outcome->exit_code,
		    buf_text(said));
	if (strstr(buf_text(said), "bantop: ") == NULL &&
	    (!scenario->tells_itself || outcome->out.len == 0) &&
	    trial->stage->page->fired_fd != STDERR_FILENO &&
	    trial->stage->page->fired_fd != STDOUT_FILENO)
		return refuse(trial, "status %d, and not a word of it: %.200s",
		    outcome->exit_code, buf_text(said));
	return true;
}

/* What the libraries do wrong, by the function that does it; nothing else of
 * such a point is judged but the terminal. */
static const struct {
	const char *at; /* of the way of the crash, or of the fault */
	const char *why;
	bool crash;
} known[] = {
	{ "(_nc_free_tparm+",
	    "curses asks for memory to free its cache of "
	    "parameters, and uses it unseen",
	    true },
	{ "(ldap_int_initialize+",
	    "libldap, when libcurl asks it for its "
	    "version, uses what it found no memory for",
	    true },
	{ "(regcomp+",
	    "glibc frees twice what it built before it found no "
	    "memory",
	    true },
	{ "(doupdate_sp+",
	    "curses looks up lines in a table that it found no "
	    "memory for",
	    true },
	{ "(_nc_find_type_entry+",
	    "curses reads a table of names that it "
	    "found no memory for",
	    true },
	{ "(cfg_yylex+", "libconfuse asserts that there was memory", true },
	{ "(_nc_tiparm+",
	    "curses frees what it has not set, of a parameter "
	    "that it found no memory for",
	    true },
	{ "(_nc_setupterm+",
	    "curses frees what it has not set, of a type that "
	    "it found no memory for",
	    true },
	{ "(CRYPTO_THREAD_read_lock+",
	    "OpenSSL takes a lock that it found no "
	    "memory for, at the first fetch of an algorithm",
	    true },
	{ "(_nc_tiparm+",
	    "curses draws on without a parameter that it found "
	    "no memory for, and tells nobody",
	    false },
};

static bool
is_known(const struct trial *trial)
{
	const struct torture_page *page = trial->stage->page;
	size_t i;

	if (is_soft(trial))
		return false;
	for (i = 0; i < sizeof known / sizeof known[0]; i++)
		if (known[i].crash == (page->crash != 0) &&
		    strstr(known[i].crash ? page->crash_way : page->fired_way,
		        known[i].at) != NULL)
			return true;
	return false;
}

static bool
judge_end(const struct trial *trial)
{
	const struct torture_outcome *outcome = trial->outcome;
	const struct torture_page *page = trial->stage->page;

	if (page->crash != 0)
		return refuse(trial, "crash by signal %u", page->crash);
	if (outcome->has_finding)
		return refuse(trial, "the sanitizers have found something");
	if (outcome->missed[0] != '\0')
		return refuse(trial, "\"%s\" does not come:\n%s",
		    outcome->missed, buf_text(&outcome->err));
	if (outcome->was_killed)
		return refuse(trial, "does not end");
	if (outcome->lied)
		return refuse(trial, "says \"complete\" and is not");
	if (is_soft(trial) && outcome->gave_up)
		return refuse(trial, "gave up");
	if (outcome->descriptors > 0 && trial->usual->descriptors > 0 &&
	    outcome->descriptors > trial->usual->descriptors)
		return refuse(trial, "%d descriptors left open, %d as usual",
		    outcome->descriptors, trial->usual->descriptors);
	return judge_signal(trial) && judge_status(trial);
}

static bool
judge_terminal(const struct trial *trial)
{
	if (trial->stage->scenario->steps == NULL)
		return true;
	if (trial->outcome->is_raw)
		return refuse(trial, "the terminal is left raw");
	/* What could not be written to it cannot have dressed it down. */
	if (trial->outcome->is_dressed &&
	    (is_soft(trial) || !hit_terminal(trial)))
		return refuse(trial, "the terminal is left as it was used");
	return true;
}

/* -- what was written ------------------------------------------------------ */

static bool
judge_output(const struct trial *trial)
{
	const struct torture_scenario *scenario = trial->stage->scenario;
	const struct buf *got = &trial->outcome->out;
	const struct buf *usual = &trial->usual->out;
	char odd[80];

	if (scenario->steps != NULL || scenario->tells_itself)
		return true;
	if (trial->outcome->exit_code == scenario->status &&
	    scenario->status != 3) {
		if (!are_same(scenario->text, got, usual))
			return refuse(trial, "status %d, but printed: %.200s",
			    trial->outcome->exit_code, buf_text(got));
		return true;
	}
	if (!is_part(scenario, got, usual, odd))
		return refuse(trial, "printed \"%s\"", odd);
	return true;
}

static bool
judge_file(const struct trial *trial)
{
	const struct torture_scenario *scenario = trial->stage->scenario;
	const struct torture_outcome *outcome = trial->outcome;
	const struct torture_outcome *usual = trial->usual;
	bool is_whole;

	if (outcome->has_rest && !has_no_memory(trial))
		return refuse(trial, "a temporary file is left");
	if (scenario->file == NULL)
		return true;
	is_whole = outcome->has_file == usual->has_file &&
	    are_same(scenario->text, &outcome->file, &usual->file);
	if (is_whole ||
	    (!outcome->has_file && !is_soft(trial) &&
	        (outcome->exit_code != scenario->status || outcome->gave_up)))
		return true;
	if (scenario->keeps_state && !is_soft(trial) &&
	    strstr(buf_text(&outcome->file), "\nlast\t") != NULL &&
	    strstr(buf_text(&outcome->file), "\ntime\t") != NULL)
		return true;
	return refuse(trial, "%s: %.200s", scenario->file,
	    outcome->has_file ? buf_text(&outcome->file) : "is not there");
}

bool
torture_judge(const struct torture_stage *stage,
    const struct torture_point *point, const struct torture_outcome *outcome,
    const struct torture_outcome *usual, char why[TORTURE_WHY_MAX])
{
	const struct trial trial = {
		.stage = stage,
		.point = point,
		.outcome = outcome,
		.usual = usual,
		.why = why,
	};

	if (is_known(&trial))
		return !outcome->is_raw || refuse(&trial, "left raw");
	return judge_end(&trial) && judge_terminal(&trial) &&
	    judge_output(&trial) && judge_file(&trial);
}
