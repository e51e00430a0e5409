#define _XOPEN_SOURCE 700
#include "e2e/support/home.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { HOMES_MAX = 64 };

/* What a failed test has left, until the end. */
static char left[HOMES_MAX][64];

static int
remove_entry(const char *path, const struct stat *status, int kind,
    struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

static void
remove_tree(const char *dir)
{
	(void)nftw(dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static void
remove_left(void)
{
	size_t i;

	for (i = 0; i < HOMES_MAX; i++) {
		if (left[i][0] != '\0')
			remove_tree(left[i]);
	}
}

static void
remember(const char *dir)
{
	static bool registered;
	size_t i;

	if (!registered)
		registered = atexit(remove_left) == 0;
	for (i = 0; i < HOMES_MAX; i++) {
		if (left[i][0] == '\0') {
			(void)snprintf(left[i], sizeof(left[i]), "%s", dir);
			return;
		}
	}
}

static void
forget(const char *dir)
{
	size_t i;

	for (i = 0; i < HOMES_MAX; i++) {
		if (strcmp(left[i], dir) == 0)
			left[i][0] = '\0';
	}
}

static void
make_folder(const struct home *home, const char *name)
{
	char path[HOME_PATH_MAX];

	home_path(home, name, path);
	if (mkdir(path, S_IRWXU) != 0 && errno != EEXIST)
		fail_msg("mkdir %s: %s", path, strerror(errno));
}

void
home_make(struct home *home)
{
	(void)snprintf(home->dir, sizeof(home->dir), "/tmp/bantop-e2e-XXXXXX");
	if (mkdtemp(home->dir) == NULL) {
		home->dir[0] = '\0';
		fail_msg("mkdtemp: %s", strerror(errno));
	}
	remember(home->dir);
	make_folder(home, "config");
	make_folder(home, "state");
	make_folder(home, "tmp");
}

void
home_remove(struct home *home)
{
	if (home->dir[0] == '\0')
		return;
	remove_tree(home->dir);
	forget(home->dir);
	home->dir[0] = '\0';
}

int
home_set_up(void **state)
{
	struct home *home = calloc(1, sizeof(*home));

	if (home == NULL)
		return -1;
	*state = home;
	home_make(home);
	return 0;
}

int
home_tear_down(void **state)
{
	home_remove(*state);
	free(*state);
	return 0;
}

void
home_path(const struct home *home, const char *name, char path[HOME_PATH_MAX])
{
	int len = snprintf(path, HOME_PATH_MAX, "%s/%s", home->dir, name);

	assert_true(len > 0 && len < HOME_PATH_MAX);
}

void
home_write(const struct home *home, const char *name, const char *data,
    size_t len)
{
	char path[HOME_PATH_MAX], folder[HOME_PATH_MAX];
	const char *slash;
	ssize_t written;
	int fd;

	for (slash = strchr(name, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		(void)snprintf(folder, sizeof(folder), "%.*s",
		    (int)(slash - name), name);
		make_folder(home, folder);
	}
	home_path(home, name, path);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
	    S_IRUSR | S_IWUSR);
	if (fd < 0)
		fail_msg("%s: %s", path, strerror(errno));
	written = write(fd, data, len);
	(void)close(fd);
	assert_int_equal(written, (ssize_t)len);
}

void
home_write_text(const struct home *home, const char *name, const char *text)
{
	home_write(home, name, text, strlen(text));
}

/* Replaces the variable of that name, or takes it out. */
static void
set_variable(struct environment *environment, const char *text)
{
	size_t name_len = strcspn(text, "=");
	size_t i;

	for (i = 0; i < environment->count; i++) {
		if (strncmp(environment->list[i], text, name_len) == 0 &&
		    environment->list[i][name_len] == '=')
			break;
	}
	if (text[name_len] == '=') {
		assert_true(i < HOME_ENVIRONMENT_MAX);
		environment->list[i] = text;
		if (i == environment->count)
			environment->count++;
	} else if (i < environment->count)
		environment->list[i] = environment->list[--environment->count];
	environment->list[environment->count] = NULL;
}

static void
put_variable(struct environment *environment, const char *name,
    const char *value)
{
	char *text = environment->bytes + environment->len;
	size_t room = sizeof(environment->bytes) - environment->len;
	int len = snprintf(text, room, "%s=%s", name, value);

	assert_true(len > 0 && (size_t)len < room);
	environment->len += (size_t)len + 1;
	set_variable(environment, text);
}

static void
put_path(struct environment *environment, const char *name,
    const struct home *home, const char *below)
{
	char path[HOME_PATH_MAX];

	home_path(home, below, path);
	put_variable(environment, name, path);
}

void
home_environment(const struct home *home, const char *const *more,
    struct environment *environment)
{
	/* The tools that watch a program take their orders here. */
	static const char *const kept[] = { "PATH", "ASAN_OPTIONS",
		"UBSAN_OPTIONS", "LSAN_OPTIONS", "GCOV_PREFIX",
		"LLVM_PROFILE_FILE" };
	const char *value;
	size_t i;

	environment->count = 0;
	environment->len = 0;
	environment->list[0] = NULL;
	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		value = getenv(kept[i]);
		if (value != NULL)
			put_variable(environment, kept[i], value);
	}
	put_variable(environment, "HOME", home->dir);
	put_path(environment, "XDG_CONFIG_HOME", home, "config");
	put_path(environment, "XDG_STATE_HOME", home, "state");
	put_path(environment, "TMPDIR", home, "tmp");
	put_variable(environment, "LC_ALL", "C.UTF-8");
	put_variable(environment, "TZ", "UTC");
	put_variable(environment, "TERM", "xterm-256color");
	for (; more != NULL && *more != NULL; more++)
		set_variable(environment, *more);
}

/* BUILD/tests/e2e/STORY_test stands beside BUILD/bantop; so does one of
 * tests/soak. */
void
home_program(const char *name, char path[HOME_PATH_MAX])
{
	const char *build = getenv("BANTOP_TEST_BUILD");
	char self[HOME_PATH_MAX];
	ssize_t len;
	char *tests;
	int written;

	if (build == NULL) {
		len = readlink("/proc/self/exe", self, sizeof(self) - 1);
		self[len < 0 ? 0 : len] = '\0';
		tests = strstr(self, "/tests/e2e/");
		if (tests == NULL)
			tests = strstr(self, "/tests/soak/");
		if (tests != NULL)
			*tests = '\0';
		else
			fail_msg("BANTOP_TEST_BUILD is not set");
		build = self;
	}
	written = snprintf(path, HOME_PATH_MAX, "%s/%s", build, name);
	assert_true(written > 0 && written < HOME_PATH_MAX);
	if (access(path, X_OK) != 0)
		fail_msg("%s: %s", path, strerror(errno));
}
