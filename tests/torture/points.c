/*
 * Which points there are: each call of each kind, with each fault that it can
 * have. Of the allocations, which are ten thousand in a run, one stands for
 * all that came by the same way, that is from the same callers; what other
 * scenarios have taken already is written in a file that all of them share.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/mem.h"
#include "torture/torture.h"

static const char *const call_names[TORTURE_CALLS] = {
	[TORTURE_ALLOC] = "alloc",
	[TORTURE_READ] = "read",
	[TORTURE_WRITE] = "write",
	[TORTURE_OPEN] = "open",
	[TORTURE_FSYNC] = "fsync",
	[TORTURE_RENAME] = "rename",
	[TORTURE_SOCKET] = "socket",
	[TORTURE_CONNECT] = "connect",
	[TORTURE_POLL] = "poll",
};

static const struct torture_fault faults[] = {
	{ "enomem", TORTURE_ALLOC, ENOMEM, false, false },
	{ "enomem+", TORTURE_ALLOC, ENOMEM, true, false },
	{ "eintr", TORTURE_READ, EINTR, false, true },
	{ "short", TORTURE_READ, TORTURE_SHORT, false, true },
	{ "fails", TORTURE_READ, TORTURE_FIT, false, false },
	{ "eintr", TORTURE_WRITE, EINTR, false, true },
	{ "short", TORTURE_WRITE, TORTURE_SHORT, false, true },
	{ "fails", TORTURE_WRITE, TORTURE_FIT, false, false },
	{ "eio", TORTURE_WRITE, EIO, false, false },
	{ "emfile", TORTURE_OPEN, EMFILE, false, false },
	{ "emfile+", TORTURE_OPEN, EMFILE, true, false },
	{ "eacces", TORTURE_OPEN, EACCES, false, false },
	{ "eio", TORTURE_FSYNC, EIO, false, false },
	{ "enospc", TORTURE_FSYNC, ENOSPC, false, false },
	{ "eio", TORTURE_RENAME, EIO, false, false },
	{ "enospc", TORTURE_RENAME, ENOSPC, false, false },
	{ "emfile", TORTURE_SOCKET, EMFILE, false, false },
	{ "emfile+", TORTURE_SOCKET, EMFILE, true, false },
	{ "eintr", TORTURE_CONNECT, EINTR, false, false },
	{ "refused", TORTURE_CONNECT, ECONNREFUSED, false, false },
	{ "refused+", TORTURE_CONNECT, ECONNREFUSED, true, false },
	{ "eintr", TORTURE_POLL, EINTR, false, true },
	{ "enomem", TORTURE_POLL, ENOMEM, false, false },
};

enum { FAULTS = sizeof faults / sizeof faults[0] };

void
torture_point_write(const struct torture_point *point, char *out, size_t size)
{
	(void)snprintf(out, size, "%s:%llu:%s", call_names[point->fault->call],
	    (unsigned long long)point->nth, point->fault->name);
}

/* -- ways ------------------------------------------------------------------ */

struct way {
	uint64_t hash;
	uint64_t number;
};

static int
compare_ways(const void *a, const void *b)
{
	const struct way *left = a, *right = b;

	if (left->hash != right->hash)
		return left->hash < right->hash ? -1 : 1;
	return left->number < right->number ? -1 : 1;
}

static int
compare_numbers(const void *a, const void *b)
{
	const uint64_t *left = a, *right = b;

	return *left < *right ? -1 : *left > *right ? 1 : 0;
}

/* Takes out those that stand in the file of @p path, and writes the others
 * there: two that do this at once try some of them twice. */
static size_t
keep_new(struct way *ways, size_t count, const char *path)
{
	FILE *file = path != NULL ? fopen(path, "a+") : NULL;
	uint64_t *seen = NULL, hash;
	size_t seen_count = 0, kept = 0, i;

	if (file == NULL)
		return count;
	rewind(file);
	while (fread(&hash, sizeof hash, 1, file) == 1) {
		seen = mem_grow(seen, seen_count + 1, sizeof *seen);
		seen[seen_count++] = hash;
	}
	if (seen_count > 0)
		qsort(seen, seen_count, sizeof *seen, compare_numbers);
	for (i = 0; i < count; i++) {
		if (seen_count > 0 &&
		    bsearch(&ways[i].hash, seen, seen_count, sizeof *seen,
		        compare_numbers) != NULL)
			continue;
		ways[kept++] = ways[i];
		(void)fwrite(&ways[i].hash, sizeof ways[i].hash, 1, file);
	}
	(void)fclose(file);
	free(seen);
	return kept;
}

/* @return owned: the numbers of the calls that stand for the others. */
static uint64_t *
choose_allocations(const struct torture_page *page,
    const struct torture_choice *choice, size_t *count)
{
	size_t all = page->counts[TORTURE_ALLOC], i, kept = 0;
	struct way *ways;
	uint64_t *numbers;

	if (all > TORTURE_WAYS_MAX)
		all = TORTURE_WAYS_MAX;
	ways = mem_alloc(all * sizeof *ways);
	numbers = mem_alloc(all * sizeof *numbers);
	for (i = 0; i < all; i++)
		ways[i] = (struct way){ page->ways[i], i + 1 };
	qsort(ways, all, sizeof *ways, compare_ways);
	for (i = 0; i < all; i++)
		if (choice->every || kept == 0 ||
		    ways[i].hash != ways[kept - 1].hash)
			ways[kept++] = ways[i];
	if (!choice->every)
		kept = keep_new(ways, kept, choice->seen);
	for (i = 0; i < kept; i++)
		numbers[i] = ways[i].number;
	qsort(numbers, kept, sizeof *numbers, compare_numbers);
	free(ways);
	*count = kept;
	return numbers;
}

/* -- points ---------------------------------------------------------------- */

static bool
is_asked_for(const struct torture_fault *fault,
    const struct torture_choice *choice)
{
	return (choice->call == NULL ||
	           strcmp(choice->call, call_names[fault->call]) == 0) &&
	    (choice->fault == NULL || strcmp(choice->fault, fault->name) == 0);
}

static void
add(struct torture_points *points, const struct torture_fault *fault,
    uint64_t nth)
{
	points->list =
	    mem_grow(points->list, points->count + 1, sizeof *points->list);
	points->list[points->count++] = (struct torture_point){ fault, nth };
}

/* A sample is spread evenly over as many as there are in each run: how often
 * is waited and read is a matter of chance by a few. */
static void
add_fault(struct torture_points *points, const struct torture_fault *fault,
    const uint64_t *numbers, uint64_t count,
    const struct torture_choice *choice)
{
	uint64_t wanted = count, sure = 1, i;

	while (2 * sure <= count)
		sure *= 2;
	if (choice->sample > 1 && choice->sample < sure)
		wanted = choice->sample;
	else
		sure = count;
	for (i = 0; i < wanted; i++) {
		uint64_t at = wanted > 1 ? i * (sure - 1) / (wanted - 1) : 0;
		uint64_t nth = numbers != NULL ? numbers[at] : at + 1;

		add(points, fault, nth);
	}
}

static void
keep_share(struct torture_points *points, uint64_t share)
{
	size_t i, kept = 0;

	for (i = 0; share > 1 && i < points->count; i++)
		if (i % share == 0)
			points->list[kept++] = points->list[i];
	if (share > 1)
		points->count = kept;
}

void
torture_points_choose(struct torture_points *points,
    const struct torture_page *page, const struct torture_choice *choice)
{
	size_t allocations, i;
	uint64_t *numbers = choose_allocations(page, choice, &allocations);

	memset(points, 0, sizeof *points);
	for (i = 0; i < FAULTS; i++) {
		const struct torture_fault *fault = &faults[i];

		if (!is_asked_for(fault, choice))
			continue;
		if (choice->nth > 0)
			add(points, fault, choice->nth);
		else if (fault->call == TORTURE_ALLOC)
			add_fault(points, fault, numbers, allocations, choice);
		else
			add_fault(points, fault, NULL,
			    page->counts[fault->call], choice);
	}
	keep_share(points, choice->share);
	free(numbers);
}

void
torture_points_release(struct torture_points *points)
{
	free(points->list);
	memset(points, 0, sizeof *points);
}
