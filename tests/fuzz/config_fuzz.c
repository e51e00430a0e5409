/*
 * A configuration file, read as the user's own: whatever stands in it, it is
 * told with its line, and what is taken from it is a value that holds.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bantop/app/config.h"
#include "bantop/app/config_write.h"
#include "bantop/app/settings_check.h"
#include "bantop/base/text.h"
#include "fuzz/fuzz.h"

static void
check_line(const char *line, void *user)
{
	size_t *count = user;

	REQUIRE(line[0] != '\0' && strchr(line, '\n') == NULL);
	(*count)++;
}

static void
check_settings(struct settings *settings)
{
	struct err err = { .kind = ERR_NONE };
	struct buf page;

	REQUIRE(settings->page_size >= 1 && settings->page_size <= 100);
	REQUIRE(settings->rate >= 1 && settings->rate <= 200);
	REQUIRE(settings->parallel >= 1 && settings->parallel <= 64);
	REQUIRE(settings->timeout_s >= 1 && settings->timeout_s <= 300);
	REQUIRE(settings->group_count <= SETTINGS_GROUPS_MAX);
	if (!settings_finish(settings, &err))
		REQUIRE(text_is_utf8(err.text, strlen(err.text)));
	buf_init(&page, 1 << 20);
	config_write(settings, &page);
	buf_release(&page);
}

static void
load(const char *path, const char *profile)
{
	struct settings *settings = settings_create();
	struct err err = { .kind = ERR_NONE };
	size_t told = 0;
	const struct config_request request = {
		.path = path,
		.profile = profile,
		.tell = check_line,
		.user = &told,
	};

	if (config_load(settings, &request, &err))
		check_settings(settings);
	else
		REQUIRE(err.kind == ERR_CONFIG && err.text[0] != '\0');
	settings_destroy(settings);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[32];
	int fd = fuzz_make_file((const char *)data, size, path);

	load(path, NULL);
	load(path, "live");
	close(fd);
	return 0;
}
