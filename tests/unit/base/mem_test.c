#include "bantop/base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* The address sanitizer would rather stop us than let an allocation fail. */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static void
alloc_is_zeroed_and_never_null(void **state)
{
	static const char zeros[4096];
	char *memory = mem_alloc(sizeof zeros);
	char *nothing = mem_alloc(0);

	(void)state;
	assert_memory_equal(memory, zeros, sizeof zeros);
	assert_non_null(nothing);
	free(nothing);
	free(memory);
}

static void
grow_keeps_what_was_there(void **state)
{
	uint32_t *numbers = NULL;
	uint32_t i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		numbers = mem_grow(numbers, i + 1, sizeof numbers[0]);
		numbers[i] = i;
	}
	for (i = 0; i < 1000; i++)
		assert_int_equal(numbers[i], i);
	numbers = mem_grow(numbers, 0, sizeof numbers[0]);
	assert_non_null(numbers);
	free(numbers);
}

static void
copied_text_is_terminated(void **state)
{
	char *copy = mem_copy_text("abcdef", 3);
	char *empty = mem_copy_text(NULL, 0);
	char *binary = mem_copy_text("a\0b", 3);

	(void)state;
	assert_string_equal(copy, "abc");
	assert_string_equal(empty, "");
	assert_memory_equal(binary, "a\0b", 4);
	free(binary);
	free(empty);
	free(copy);
}

static void
wiped_memory_is_zero(void **state)
{
	char secret[8] = "abcdefg";

	(void)state;
	mem_wipe(secret + 2, 3);
	assert_memory_equal(secret, "ab\0\0\0fg", 8);
	mem_wipe(NULL, 0);
}

static void
say_last_words(void)
{
	ssize_t written = write(STDERR_FILENO, "restored\n", 9);

	if (written != 9)
		_exit(99);
}

static void
ask_too_much(void)
{
	volatile size_t huge = SIZE_MAX / 2 - 4096;

	free(mem_alloc(huge));
}

static void
overflow(void)
{
	volatile size_t huge = SIZE_MAX / 8;

	free(mem_grow(NULL, huge, 16));
}

static void
copy_too_much(void)
{
	volatile size_t huge = SIZE_MAX;

	free(mem_copy_text("", huge));
}

/* Runs @p run_out in a process of its own. @return its status; what it said is
 * stored in @p said. */
static int
status_of(void (*run_out)(void), char *said, size_t size)
{
	size_t len = 0;
	ssize_t got;
	int status, fds[2];
	pid_t child;

	assert_int_equal(pipe(fds), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (dup2(fds[1], STDERR_FILENO) < 0)
			_exit(98);
		mem_set_last_words(say_last_words);
		run_out();
		_exit(97);
	}
	close(fds[1]);
	while (len < size - 1) {
		got = read(fds[0], said + len, size - 1 - len);
		if (got <= 0)
			break;
		len += (size_t)got;
	}
	said[len] = '\0';
	close(fds[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
no_memory_restores_says_so_and_ends_with_2(void **state)
{
	static void (*const ways[])(void) = {
		ask_too_much,
		overflow,
		copy_too_much,
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		char said[4096];
		const char *restored, *words;

		assert_int_equal(status_of(ways[i], said, sizeof said), 2);
		restored = strstr(said, "restored\n");
		words = strstr(said, "bantop: no memory left\n");
		assert_non_null(restored);
		assert_non_null(words);
		assert_true(restored < words);
	}
}

static void
end_like_a_library(void)
{
	mem_watch_exit(true);
	exit(1);
}

static void
end_by_itself(void)
{
	mem_watch_exit(true);
	mem_watch_exit(false);
	exit(5);
}

static void
an_exit_of_a_library_restores_too(void **state)
{
	char said[4096];

	(void)state;
	assert_int_equal(status_of(end_like_a_library, said, sizeof said), 2);
	assert_non_null(strstr(said, "restored\nbantop: a library gave up"));
	assert_int_equal(status_of(end_by_itself, said, sizeof said), 5);
	assert_null(strstr(said, "restored"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alloc_is_zeroed_and_never_null),
		cmocka_unit_test(grow_keeps_what_was_there),
		cmocka_unit_test(copied_text_is_terminated),
		cmocka_unit_test(wiped_memory_is_zero),
		cmocka_unit_test(no_memory_restores_says_so_and_ends_with_2),
		cmocka_unit_test(an_exit_of_a_library_restores_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
