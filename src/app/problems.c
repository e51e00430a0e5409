/*
 * Problems in order. What they are about is said by those who find them.
 */
#include "bantop/app/problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"
#include "bantop/base/text.h"

void
problems_release(struct problems *problems)
{
	free(problems->list);
	*problems = (struct problems){ .list = NULL };
}

static void add(struct problems *problems, const struct problem *place,
    const char *format, va_list args) PRINTF_LIKE(3, 0);

static void
add(struct problems *problems, const struct problem *place, const char *format,
    va_list args)
{
	struct problem *problem;

	problems->list = mem_grow(problems->list, problems->count + 1,
	    sizeof(*problems->list));
	problem = &problems->list[problems->count];
	*problem = *place;
	problem->number = problems->count++;
	problems->error_count += place->is_warning ? 0 : 1;
	vsnprintf(problem->text, sizeof(problem->text), format, args);
}

void
problems_add(struct problems *problems, size_t file, int line,
    const char *format, ...)
{
	const struct problem place = { .file = file, .line = line };
	va_list args;

	va_start(args, format);
	add(problems, &place, format, args);
	va_end(args);
}

void
problems_warn(struct problems *problems, size_t file, int line,
    const char *format, ...)
{
	const struct problem place = {
		.is_warning = true, .file = file, .line = line
	};
	va_list args;

	va_start(args, format);
	add(problems, &place, format, args);
	va_end(args);
}

static int
compare(const void *left, const void *right)
{
	const struct problem *a = left;
	const struct problem *b = right;

	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->number < b->number ? -1 : 1;
}

void
problems_sort(struct problems *problems)
{
	if (problems->count > 1)
		qsort(problems->list, problems->count, sizeof(*problems->list),
		    compare);
}

/* @return the last that is no warning, in order; NULL if there is none. */
static const struct problem *
find_last(const struct problems *problems)
{
	for (size_t i = problems->count; i > 0; i--) {
		if (!problems->list[i - 1].is_warning)
			return &problems->list[i - 1];
	}
	return NULL;
}

void
problems_tell(struct problems *problems, settings_tell_fn tell, void *user,
    struct err *last)
{
	char line[PROBLEM_TEXT_MAX * TEXT_SAFE_GROWTH];
	const struct problem *left;
	bool is_short;

	problems_sort(problems);
	left = find_last(problems);
	is_short = left != NULL && strlen(left->text) < ERR_TEXT_MAX;
	for (size_t i = 0; i < problems->count; i++) {
		const struct problem *problem = &problems->list[i];

		if (problem == left && is_short)
			continue;
		(void)text_make_safe(problem->text, strlen(problem->text),
		    TEXT_UTF8, line, sizeof(line));
		tell(line, user);
	}
	if (is_short)
		err_set(last, ERR_CONFIG, 0, NULL, "%s", left->text);
	else if (left != NULL)
		err_set(last, ERR_CONFIG, 0, NULL, "%zu problem%s in all",
		    problems->error_count,
		    problems->error_count == 1 ? "" : "s");
}
