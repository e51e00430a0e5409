/*
 * The simulator as a child process. Its standard input is a pipe that only we
 * hold: when we end, even by SIGKILL, it reads the end and leaves. Nothing of
 * what it says is trusted further than a reply would be.
 */
#include "bantop/app/demo.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bantop/api/json.h"
#include "bantop/base/clock.h"
#include "bantop/base/mem.h"
#include "bantop/net/http.h"

enum {
	ARGUMENTS_MAX = 16,
	LINE_MAX_BYTES = 16 * 1024,
	START_MS = 20000, /* it makes keys first */
};

static const char demo_group[] = "@TGS#aDEMO00001";
/* What the group screen offers: made-up groups stay out of the state file. */
static const char *const demo_groups[] = { demo_group, "friday-live",
	"empty-room" };

static const struct scenario {
	const char *name;
	const char *arguments[ARGUMENTS_MAX];
} scenarios[] = {
	{ "calm", { "--members", "437", "--latency", "60", "--jitter", "30" } },
	{ "large",
	    { "--members", "25000", "--groups", "1200", "--latency", "40",
	        "--jitter", "20" } },
	{ "errors",
	    { "--members", "937", "--latency", "60", "--skew", "42", "--fault",
	        "code:60007@2x2", "--fault", "http:502@4x1", "--fault",
	        "code:10002@6x4", "--fault", "badjson@8x1" } },
	{ "hostile",
	    { "--members", "337", "--latency", "60", "--fault", "hostile" } },
	{ "slow",
	    { "--members", "637", "--latency", "2500", "--jitter", "1500" } },
};

enum { SCENARIO_COUNT = sizeof(scenarios) / sizeof(scenarios[0]) };

struct demo {
	pid_t pid;
	int stdin_fd; /* its end is its end */
	int stdout_fd;
};

static const struct scenario *
find_scenario(const char *name)
{
	for (size_t i = 0; i < SCENARIO_COUNT; i++) {
		if (strcmp(scenarios[i].name, name) == 0)
			return &scenarios[i];
	}
	return NULL;
}

bool
demo_scenario_is_known(const char *name)
{
	return find_scenario(name) != NULL;
}

/* -- starting ------------------------------------------------------------ */

/* Beside the program that runs; "" where the system does not tell. */
static void
find_sibling(char out[PATH_MAX])
{
	static const char name[] = "bantop-sim";
	ssize_t len = readlink("/proc/self/exe", out, PATH_MAX - 1);
	char *slash;

	out[len < 0 ? 0 : len] = '\0';
	slash = strrchr(out, '/');
	if (slash == NULL || slash + 1 + sizeof(name) > out + PATH_MAX) {
		out[0] = '\0';
		return;
	}
	memcpy(slash + 1, name, sizeof(name));
	if (access(out, X_OK) != 0)
		out[0] = '\0';
}

static void
fill_arguments(const struct scenario *scenario, char *out[ARGUMENTS_MAX + 3])
{
	size_t used = 0;

	out[used++] = mem_copy_text("bantop-sim", 10);
	out[used++] = mem_copy_text("--exit-with-stdin", 17);
	for (size_t i = 0; i < ARGUMENTS_MAX && scenario->arguments[i] != NULL;
	     i++)
		out[used++] = mem_copy_text(scenario->arguments[i],
		    strlen(scenario->arguments[i]));
	out[used] = NULL;
}

static void
free_arguments(char *arguments[ARGUMENTS_MAX + 3])
{
	for (size_t i = 0; arguments[i] != NULL; i++)
		free(arguments[i]);
}

static bool
open_pipe(int fds[2])
{
	if (pipe(fds) != 0) {
		fds[0] = fds[1] = -1;
		return false;
	}
	return fcntl(fds[0], F_SETFD, FD_CLOEXEC) == 0 &&
	    fcntl(fds[1], F_SETFD, FD_CLOEXEC) == 0;
}

static void
close_pipe(int fds[2])
{
	for (size_t i = 0; i < 2; i++) {
		if (fds[i] >= 0)
			close(fds[i]);
	}
}

/* In a process group of its own, so that a Ctrl-C on the terminal is for us
 * alone. */
static int
spawn(const struct scenario *scenario, int in_fd, int out_fd, pid_t *pid)
{
	extern char **environ;
	char path[PATH_MAX];
	char *arguments[ARGUMENTS_MAX + 3];
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t defaults;
	int status;

	find_sibling(path);
	fill_arguments(scenario, arguments);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setflags(&attributes,
	    POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in_fd, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out_fd, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
	    O_WRONLY, 0);
	if (path[0] != '\0')
		status = posix_spawn(pid, path, &actions, &attributes,
		    arguments, environ);
	else
		status = posix_spawnp(pid, "bantop-sim", &actions, &attributes,
		    arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	free_arguments(arguments);
	return status;
}

static bool
start_process(struct demo *demo, const char *name, struct err *err)
{
	int in[2] = { -1, -1 };
	int out[2] = { -1, -1 };
	int status = EMFILE;

	if (open_pipe(in) && open_pipe(out))
		status = spawn(find_scenario(name), in[0], out[1], &demo->pid);
	if (status != 0) {
		demo->pid = -1;
		close_pipe(in);
		close_pipe(out);
		return err_set(err, ERR_FILE, status,
		    "it is built and installed beside bantop",
		    "bantop-sim cannot be started: %s", strerror(status));
	}
	close(in[0]);
	close(out[1]);
	demo->stdin_fd = in[1];
	demo->stdout_fd = out[0];
	return true;
}

/* -- what it says -------------------------------------------------------- */

/* @return false at its end, when it takes too long or says too much. */
static bool
read_line(int fd, struct buf *line)
{
	const struct clock *clock = clock_system();
	int64_t until_ms = clock_mono_ms(clock) + START_MS;
	struct http_watch watch = { .fd = fd };
	char byte;
	int64_t left_ms;

	for (;;) {
		left_ms = until_ms - clock_mono_ms(clock);
		if (left_ms <= 0)
			return false;
		watch.ready = watch.hung_up = false;
		http_wait(NULL, &watch, 1, left_ms);
		if (!watch.ready && !watch.hung_up)
			continue;
		if (read(fd, &byte, 1) != 1 || line->len + 1 >= line->max)
			return false;
		if (byte == '\n')
			return true;
		buf_put(line, &byte, 1);
	}
}

static const char *
member_text(struct settings *settings, const struct json *root,
    const char *name)
{
	const struct json *member = json_member(root, name);
	const char *text;
	size_t len;

	if (member == NULL || !json_text(member, &text, &len) ||
	    memchr(text, '\0', len) != NULL)
		return NULL;
	return settings_keep(settings, text, len);
}

/* All regions lead to the simulator, so that one is picked as always. */
static bool
use_host(struct settings *settings, const char *url, struct err *err)
{
	struct region endpoint;

	if (!region_from_endpoint(url, &endpoint, err))
		return false;
	for (size_t i = 0; i < settings->regions.count; i++) {
		struct region *region = &settings->regions.regions[i];

		memcpy(region->host, endpoint.host, sizeof(region->host));
		region->backup[0] = '\0';
	}
	if (settings->region == NULL && settings->command != COMMAND_UI)
		settings->region = &settings->regions.regions[0];
	return true;
}

static bool
apply(struct settings *settings, const struct json *root, struct err *err)
{
	const char *url = member_text(settings, root, "url");
	const char *key_file = member_text(settings, root, "secret_key_file");
	int64_t app_id;

	settings->cacert = member_text(settings, root, "cacert");
	settings->admin = member_text(settings, root, "admin");
	if (url == NULL || key_file == NULL || settings->cacert == NULL ||
	    settings->admin == NULL || json_member(root, "app_id") == NULL ||
	    !json_whole(json_member(root, "app_id"), 1, UINT32_MAX, &app_id))
		return err_set(err, ERR_FILE, 0, NULL,
		    "bantop-sim did not say where it serves");
	settings->app_id = (uint32_t)app_id;
	settings->secret.key_fd = -1;
	settings->secret.key_file = key_file;
	settings->proxy = NULL;
	settings->no_state = true;
	settings->marker = "DEMO";
	settings->group_count = sizeof(demo_groups) / sizeof(demo_groups[0]);
	memcpy(settings->groups, demo_groups, sizeof(demo_groups));
	if (settings->group == NULL && settings->command != COMMAND_UI)
		settings->group = demo_group;
	return use_host(settings, url, err);
}

static bool
learn(struct demo *demo, struct settings *settings, struct err *err)
{
	struct json_document *document = NULL;
	struct buf line;
	bool ok = false;

	buf_init(&line, LINE_MAX_BYTES);
	if (!read_line(demo->stdout_fd, &line)) {
		err_set(err, ERR_FILE, 0, NULL,
		    "bantop-sim ended before it served");
		goto done;
	}
	document = json_parse(buf_text(&line), line.len, err);
	if (document == NULL || !apply(settings, json_root(document), err))
		goto done;
	ok = true;
done:
	json_destroy(document);
	buf_release(&line);
	return ok;
}

struct demo *
demo_start(struct settings *settings, struct err *err)
{
	struct demo *demo = mem_alloc(sizeof(*demo));

	demo->stdin_fd = demo->stdout_fd = -1;
	if (start_process(demo, settings->demo, err) &&
	    learn(demo, settings, err))
		return demo;
	demo_stop(demo);
	return NULL;
}

void
demo_stop(struct demo *demo)
{
	if (demo == NULL)
		return;
	if (demo->stdin_fd >= 0)
		close(demo->stdin_fd);
	if (demo->pid > 0) {
		kill(demo->pid, SIGTERM);
		while (waitpid(demo->pid, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	if (demo->stdout_fd >= 0)
		close(demo->stdout_fd);
	free(demo);
}
