/*
 * Runs a fuzz target over its corpus, as a test: tests/fuzz/corpus/NAME for
 * NAME_fuzz, and what of tests/data is of its kind. A target that is not
 * content ends the process.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bantop/base/file.h"
#include "fuzz/fuzz.h"

enum { SEED_MAX = 1 << 20, SEEDS_AT_LEAST = 10 };

static void
replay_file(const char *path)
{
	struct err err = { .kind = ERR_NONE };
	struct buf seed;
	uint8_t *exact;

	buf_init(&seed, SEED_MAX);
	if (!file_read(path, &seed, &err))
		fail_msg("%s: %s", path, err.text);
	/* Of its own size, so that a sanitizer sees the byte behind it. */
	exact = malloc(seed.len + 1);
	assert_non_null(exact);
	memcpy(exact, buf_text(&seed), seed.len);
	exact = realloc(exact, seed.len > 0 ? seed.len : 1);
	assert_non_null(exact);
	(void)LLVMFuzzerTestOneInput(exact, seed.len);
	free(exact);
	buf_release(&seed);
}

static size_t
replay_folder(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	char path[512];
	size_t count = 0;

	if (dir == NULL)
		return 0;
	for (;;) {
		entry = readdir(dir);
		if (entry == NULL)
			break;
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		replay_file(path);
		count++;
	}
	closedir(dir);
	return count;
}

static void
every_seed_of_the_corpus_holds(void **state)
{
	const char *name = *state;
	char folder[128];
	size_t count;

	snprintf(folder, sizeof folder, "tests/fuzz/corpus/%s", name);
	count = replay_folder(folder);
	if (strcmp(name, "reply") == 0)
		count += replay_folder("tests/data/hostile");
	print_message("%s: %zu seeds\n", name, count);
	assert_true(count >= SEEDS_AT_LEAST);
}

static void
no_bytes_at_all_hold_too(void **state)
{
	static const uint8_t nothing[1] = { 0 };

	(void)state;
	(void)LLVMFuzzerTestOneInput(nothing, 0);
}

int
main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	char name[64];
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(every_seed_of_the_corpus_holds, name),
		cmocka_unit_test(no_bytes_at_all_hold_too),
	};

	snprintf(name, sizeof name, "%s", slash == NULL ? argv[0] : slash + 1);
	name[strcspn(name, "_")] = '\0';
	(void)LLVMFuzzerInitialize(&argc, &argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
