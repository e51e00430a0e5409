/*
 * The file that w writes: with the rows that were in view when it was begun,
 * in their order, a portion a turn. Who leaves by a key waits for the rest of
 * it; what is stopped or fails leaves no file.
 */
#include "bantop/app/bans_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bantop/app/ban_writer.h"
#include "bantop/base/mem.h"

/* Steps that a row takes to be written. */
enum { STEPS_ROW = 96 };

struct bans_writing {
	char path[PROMPT_TEXT_MAX];
	struct output *output;
	struct ban_writer *writer;
	int64_t now_s; /* the service's clock */
	bool complete; /* the whole list */
	size_t *rows;  /* NULL: to be chosen */
	size_t count;
	size_t at;
};

/* A group id as part of a file's name. */
void
bans_file_ask(struct bans_screen *screen)
{
	char name[sizeof screen->group + 64], moment[MOMENT_TEXT_MAX];
	char group[sizeof screen->group];
	size_t i;

	memcpy(group, screen->group, sizeof group);
	for (i = 0; group[i] != '\0'; i++)
		if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst"
		           "uvwxyz0123456789._-",
		        group[i]) == NULL)
			group[i] = '_';
	(void)moment_write(clock_wall_s(screen->context->clock),
	    screen->context->look.zone, moment);
	for (i = 0; moment[i] != '\0'; i++)
		if (moment[i] == ' ' || moment[i] == ':')
			moment[i] = '-';
	(void)snprintf(name, sizeof name, "bans-%s-%s.csv", group, moment);
	ui_context_ask_text(screen->context, UI_PROMPT_WRITE, "write to", name);
}

static struct ban_summary
summarise(const struct bans_screen *screen)
{
	const struct ui_context *context = screen->context;
	const struct service_clock *clock =
	    client_service_clock(context->client);
	struct ban_fetch_status status;

	ban_fetch_status(screen->load.fetch, &status);
	return (struct ban_summary){
		.region = context->region->key,
		.group = screen->group,
		.complete = status.state == BAN_FETCH_COMPLETE,
		.as_of_s = ban_list_as_of(screen->load.list),
		.clock_known = service_clock_is_known(clock),
		.clock_offset_s = service_clock_offset_s(clock),
		.next_offset =
		    status.state == BAN_FETCH_COMPLETE ? 0 : status.offset,
		.err = status.err,
	};
}

static bool
find_format(const char *path, enum output_format *format, struct err *err)
{
	if (record_format_of_path(path, format))
		return true;
	return err_set(err, ERR_USAGE, 0, NULL,
	    "the name must end in .csv .tsv .json .jsonl or .txt");
}

static void
drop_file(struct bans_screen *screen)
{
	struct bans_writing *writing = screen->writing;

	screen->writing = NULL;
	ban_writer_destroy(writing->writer);
	output_destroy(writing->output);
	free(writing->rows);
	free(writing);
}

static bool
end_file(struct bans_screen *screen, struct err *err)
{
	struct bans_writing *writing = screen->writing;

	if (!ban_writer_end(writing->writer, err) ||
	    !output_finish(writing->output, err))
		return false;
	ui_context_say(screen->context, false, "%zu %s written to %s%s",
	    writing->count, writing->count == 1 ? "row" : "rows", writing->path,
	    writing->complete ? "" : " (not the whole list)");
	drop_file(screen);
	return true;
}

static void
choose_file_rows(struct bans_screen *screen, struct bans_writing *writing)
{
	size_t seen = ban_query_count(screen->query);
	size_t max = seen;

	if (screen->marks.count > 0 && screen->marks.count < max)
		max = screen->marks.count;
	writing->rows = mem_grow(NULL, max, sizeof writing->rows[0]);
	writing->count = bans_output_choose(screen, true, writing->rows, max);
	/* A step for each row that was looked at. */
	ban_query_spend(&screen->steps, seen);
}

/* @return false with why there will be no file. */
static bool
go_on_writing(struct bans_screen *screen, size_t *left, struct err *err)
{
	struct bans_writing *writing = screen->writing;

	while (*left > 0 && writing->at < writing->count) {
		struct ban ban = ban_list_at(screen->load.list,
		    writing->rows[writing->at++]);

		if (!ban_writer_row(writing->writer, &ban, writing->now_s, err))
			return false;
		ban_query_spend(left, STEPS_ROW);
	}
	return writing->at < writing->count || end_file(screen, err);
}

void
bans_file_run(struct bans_screen *screen)
{
	struct bans_writing *writing = screen->writing;
	struct err err = { .kind = ERR_NONE };

	if (writing == NULL)
		return;
	if (writing->rows == NULL) {
		if (!ban_query_answers(screen->query))
			return;
		choose_file_rows(screen, writing);
	}
	if (go_on_writing(screen, &screen->steps, &err))
		return;
	drop_file(screen);
	ui_context_fail(screen->context, &err);
}

void
bans_file_finish(struct bans_screen *screen)
{
	size_t steps = screen->steps;

	if (screen->writing == NULL)
		return;
	ban_query_refill(screen->query, SIZE_MAX);
	bans_table_update(screen);
	ban_query_refill(screen->query, BAN_QUERY_STEPS);
	screen->steps = SIZE_MAX;
	bans_file_run(screen);
	screen->steps = steps;
}

bool
bans_file_stop(struct bans_screen *screen)
{
	if (screen->writing == NULL)
		return false;
	ui_context_say(screen->context, true, "stopped: %s was not written",
	    screen->writing->path);
	drop_file(screen);
	return true;
}

static bool
begin_file(struct bans_screen *screen, struct bans_writing *writing,
    struct err *err)
{
	const struct view_look *look = &screen->context->look;
	struct ban_summary summary = summarise(screen);
	enum output_format format;

	if (!find_format(writing->path, &format, err))
		return false;
	writing->writer =
	    ban_writer_create(format, look->mode, look->zone, writing->output);
	return ban_writer_begin(writing->writer, &summary, err);
}

static bool
write_file(struct bans_screen *screen, const char *path, bool replace,
    struct err *err)
{
	struct output *output = output_open_file(path, replace, err);
	struct bans_writing *writing;

	if (output == NULL)
		return false;
	writing = mem_alloc(sizeof *writing);
	writing->output = output;
	writing->now_s = ui_context_service_now_s(screen->context);
	writing->complete = bans_load_is_complete(screen);
	(void)snprintf(writing->path, sizeof writing->path, "%s", path);
	screen->writing = writing;
	if (!begin_file(screen, writing, err)) {
		drop_file(screen);
		return false;
	}
	ui_context_hush(screen->context);
	bans_file_run(screen);
	return true;
}

bool
bans_file_answer(struct bans_screen *screen, const char *path, struct err *err)
{
	enum output_format format;
	struct stat info;

	if (!find_format(path, &format, err))
		return false;
	if (screen->writing != NULL)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "another file is still being written");
	if (lstat(path, &info) != 0 || !S_ISREG(info.st_mode))
		return write_file(screen, path, false, err);
	(void)snprintf(screen->write_path, sizeof screen->write_path, "%s",
	    path);
	ui_context_ask(screen->context, UI_QUESTION_REPLACE, "replace %s?",
	    path);
	return true;
}

void
bans_file_replace(struct bans_screen *screen)
{
	struct err err = { .kind = ERR_NONE };

	if (!write_file(screen, screen->write_path, true, &err))
		ui_context_fail(screen->context, &err);
}
