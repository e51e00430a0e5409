#include "e2e/support/listing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

void
listing_expect(const struct home *home, const char *const *options,
    struct buf *out)
{
	struct args args;
	struct run run;

	args_init(&args, "bantop-sim");
	args_add(&args, "--print-members");
	args_add_all(&args, options);
	if (run_program(&run, home, args.list, NULL) != 0)
		fail_msg("bantop-sim: %s", run_error(&run));
	buf_put(out, run.out.data, run.out.len);
	run_release(&run);
}

static const char *
next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	if (end == NULL)
		fail_msg("a line without an end: %s", line);
	return end + 1;
}

static size_t
count_fields(const char *line)
{
	size_t count = 1;

	for (; *line != '\n'; line++)
		count += *line == '\t' ? 1 : 0;
	return count;
}

void
listing_read_tsv(const char *tsv, struct buf *out)
{
	static const char header[] =
	    "account\tbanned_until\tuntil\tremaining_s\tstate\n";
	const char *line, *after, *end;

	if (strncmp(tsv, header, sizeof(header) - 1) != 0)
		fail_msg("no header: %.100s", tsv);
	for (line = next_line(tsv); *line != '\0'; line = after) {
		after = next_line(line);
		if (count_fields(line) != 5)
			fail_msg("not five fields: %.200s", line);
		end = strchr(line, '\t') + 1;
		end += strcspn(end, "\t");
		buf_put(out, line, (size_t)(end - line));
		buf_put_text(out, "\n");
	}
}

static void
fail_at(const char *got, const char *want, size_t number)
{
	fail_msg("line %zu: got \"%.*s\", expected \"%.*s\"", number,
	    (int)strcspn(got, "\n"), got, (int)strcspn(want, "\n"), want);
}

void
listing_compare_beginning(const struct buf *got, const struct buf *want)
{
	const char *mine = buf_text(got), *theirs = buf_text(want);
	size_t len, number = 1;

	while (*mine != '\0') {
		len = (size_t)(next_line(mine) - mine);
		if (strncmp(mine, theirs, len) != 0)
			fail_at(mine, theirs, number);
		mine += len;
		theirs += len;
		number++;
	}
}

void
listing_compare(const struct buf *got, const struct buf *want)
{
	listing_compare_beginning(got, want);
	if (got->len != want->len)
		fail_msg("%zu lines, expected %zu", listing_lines(got),
		    listing_lines(want));
}

size_t
listing_lines(const struct buf *listing)
{
	const char *text = buf_text(listing);
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += *text == '\n' ? 1 : 0;
	return count;
}

void
rig_open(struct rig *rig, void **state, const char *members,
    const char *const *faults)
{
	const char *data[] = { "--members", members, "--seed", "7", "--now",
		LISTING_NOW, NULL };
	const char *options[32] = { "--members", members, "--seed", "7",
		"--now", LISTING_NOW, "--rate", "0" };
	size_t count = 8;

	memset(rig, 0, sizeof(*rig));
	rig->home = *state;
	for (; faults != NULL && *faults != NULL; faults++) {
		options[count++] = "--fault";
		options[count++] = *faults;
	}
	buf_init(&rig->want, LISTING_MAX);
	buf_init(&rig->got, LISTING_MAX);
	listing_expect(rig->home, data, &rig->want);
	sim_start(&rig->sim, rig->home, options);
}

void
rig_open_fault(struct rig *rig, void **state, const char *members,
    const char *fault)
{
	const char *faults[] = { fault, NULL };

	rig_open(rig, state, members, faults);
}

void
rig_open_server(struct rig *rig, void **state, const struct tls_server *server)
{
	memset(rig, 0, sizeof(*rig));
	rig->home = *state;
	buf_init(&rig->want, LISTING_MAX);
	buf_init(&rig->got, LISTING_MAX);
	tls_server_stand_in(server, &rig->sim);
}

void
rig_close(struct rig *rig)
{
	sim_stop(&rig->sim);
	run_release(&rig->run);
	buf_release(&rig->want);
	buf_release(&rig->got);
}

static void
begin_list(struct args *args)
{
	args_init(args, "bantop");
	args_add(args, "list");
	args_add_two(args, "--group", LISTING_GROUP);
}

void
rig_begin_args(const struct rig *rig, struct args *args)
{
	begin_list(args);
	sim_add_args(&rig->sim, args);
}

static void
run_list(struct rig *rig, const struct args *args, int status)
{
	int got;

	run_release(&rig->run);
	got = run_program(&rig->run, rig->home, args->list, NULL);
	if (got != status)
		fail_msg("status %d, expected %d: %s", got, status,
		    run_error(&rig->run));
}

void
rig_list(struct rig *rig, const char *const *more, int status)
{
	struct args args;

	rig_begin_args(rig, &args);
	args_add_all(&args, more);
	run_list(rig, &args, status);
}

void
rig_list_bare(struct rig *rig, const char *const *more, int status)
{
	struct args args;

	begin_list(&args);
	args_add_all(&args, more);
	run_list(rig, &args, status);
}

void
rig_read_tsv(struct rig *rig)
{
	buf_reset(&rig->got);
	listing_read_tsv(run_output(&rig->run), &rig->got);
}

void
rig_check_said(const struct rig *rig, const char *text)
{
	if (strstr(run_error(&rig->run), text) == NULL)
		fail_msg("\"%s\" is not said: %s", text, run_error(&rig->run));
}
