/*
 * The log is on the heap and its thread ends with the simulator: a test that
 * fails leaves both behind without harm.
 */
#include "e2e/support/sim.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "bantop/base/mem.h"
#include "e2e/support/deadline.h"

enum { FIRST_LINE_MAX = 4096, LOG_LINE_MAX = 16384 };

struct sim_log {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t grown;
	int fd;
	int news[2]; /* a byte for each request, as far as it has room */
	struct sim_request *requests;
	size_t count;
	size_t room;
	char odd[LOG_LINE_MAX]; /* the first line that is no request */
	char line[LOG_LINE_MAX];
	size_t len;
};

static int64_t
number_in(const cJSON *object, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsNumber(item) ? (int64_t)item->valuedouble : -1;
}

static void
text_in(const cJSON *object, const char *name, char *out, size_t size)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

	(void)snprintf(out, size, "%s",
	    cJSON_IsString(item) ? item->valuestring : "");
}

static void
read_request(const cJSON *object, struct sim_request *request)
{
	text_in(object, "method", request->method, sizeof(request->method));
	text_in(object, "command", request->command, sizeof(request->command));
	text_in(object, "group", request->group, sizeof(request->group));
	text_in(object, "fault", request->fault, sizeof(request->fault));
	request->number = number_in(object, "n");
	request->at_ms = number_in(object, "t_ms");
	request->offset = number_in(object, "offset");
	request->limit = number_in(object, "limit");
	request->page = number_in(object, "page");
	request->rows = number_in(object, "rows");
	request->next = number_in(object, "next");
	request->code = number_in(object, "code");
	request->http = number_in(object, "http");
	request->open = number_in(object, "open");
	request->connection = number_in(object, "conn");
}

/* Under the lock. */
static void
take_line(struct sim_log *log, const char *line)
{
	cJSON *object = cJSON_Parse(line);

	if (!cJSON_IsObject(object)) {
		if (log->odd[0] == '\0')
			(void)snprintf(log->odd, sizeof(log->odd), "%s", line);
		cJSON_Delete(object);
		return;
	}
	if (log->count == log->room) {
		log->room = log->room == 0 ? 64 : 2 * log->room;
		log->requests =
		    mem_grow(log->requests, log->room, sizeof(*log->requests));
	}
	read_request(object, &log->requests[log->count++]);
	cJSON_Delete(object);
	(void)pthread_cond_broadcast(&log->grown);
	if (write(log->news[1], "", 1) < 0 && errno != EAGAIN)
		(void)snprintf(log->odd, sizeof(log->odd), "no news");
}

static void
take_byte(struct sim_log *log, char byte)
{
	if (byte != '\n' && log->len + 1 < sizeof(log->line)) {
		log->line[log->len++] = byte;
		return;
	}
	log->line[log->len] = '\0';
	log->len = 0;
	take_line(log, log->line);
}

/* Under the lock: takes all that has been written by now, so that a count is
 * never behind an answer that was seen. @return false at the end. */
static bool
drain(struct sim_log *log)
{
	char bytes[8192];
	ssize_t count, i;

	for (;;) {
		count = read(log->fd, bytes, sizeof(bytes));
		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return count < 0 && errno == EAGAIN;
		for (i = 0; i < count; i++)
			take_byte(log, bytes[i]);
	}
}

static void *
read_log(void *user)
{
	struct sim_log *log = user;
	struct pollfd there = { .fd = log->fd, .events = POLLIN };
	bool more = true;

	while (more) {
		if (poll(&there, 1, -1) < 0 && errno != EINTR)
			return NULL;
		(void)pthread_mutex_lock(&log->lock);
		more = drain(log);
		(void)pthread_mutex_unlock(&log->lock);
	}
	return NULL;
}

static struct sim_log *
log_open(int fd)
{
	struct sim_log *log = mem_alloc(sizeof(*log));
	pthread_condattr_t attributes;

	log->fd = fd;
	(void)fcntl(fd, F_SETFL, O_NONBLOCK);
	child_pipe(log->news);
	(void)fcntl(log->news[1], F_SETFL, O_NONBLOCK);
	(void)pthread_mutex_init(&log->lock, NULL);
	(void)pthread_condattr_init(&attributes);
	(void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&log->grown, &attributes);
	(void)pthread_condattr_destroy(&attributes);
	assert_int_equal(pthread_create(&log->thread, NULL, read_log, log), 0);
	return log;
}

/* The simulator has ended: so has its log. */
static void
log_close(struct sim_log *log)
{
	(void)pthread_join(log->thread, NULL);
	(void)pthread_cond_destroy(&log->grown);
	(void)pthread_mutex_destroy(&log->lock);
	(void)close(log->news[0]);
	(void)close(log->news[1]);
	(void)close(log->fd);
	free(log->requests);
	free(log);
}

static void
read_first_line(int fd, char line[FIRST_LINE_MAX])
{
	int64_t deadline_ms = deadline_in_s(DEADLINE_USUAL_S);
	struct pollfd output = { .fd = fd, .events = POLLIN };
	size_t len = 0;

	for (;;) {
		if (poll(&output, 1, deadline_left_ms(deadline_ms)) == 0)
			fail_msg("the simulator does not say where it is");
		if (len + 1 >= FIRST_LINE_MAX || read(fd, line + len, 1) != 1)
			fail_msg("the simulator did not start");
		if (line[len] == '\n')
			break;
		len++;
	}
	line[len] = '\0';
}

static void
read_place(struct sim *sim, const char *line)
{
	cJSON *object = cJSON_Parse(line);

	if (!cJSON_IsObject(object))
		fail_msg("the simulator said: %s", line);
	text_in(object, "url", sim->url, sizeof(sim->url));
	text_in(object, "cacert", sim->cacert, sizeof(sim->cacert));
	text_in(object, "admin", sim->admin, sizeof(sim->admin));
	text_in(object, "secret_key_file", sim->key_file,
	    sizeof(sim->key_file));
	(void)snprintf(sim->app_id, sizeof(sim->app_id), "%lld",
	    (long long)number_in(object, "app_id"));
	cJSON_Delete(object);
}

void
sim_start(struct sim *sim, const struct home *home, const char *const *options)
{
	struct environment environment;
	char line[FIRST_LINE_MAX];
	struct args args;
	int in[2], out[2], err[2], fds[3];

	memset(sim, 0, sizeof(*sim));
	home_environment(home, NULL, &environment);
	args_init(&args, "bantop-sim");
	args_add(&args, "--exit-with-stdin");
	for (; options != NULL && *options != NULL; options++)
		args_add(&args, *options);
	child_pipe(in);
	child_pipe(out);
	child_pipe(err);
	fds[0] = in[0];
	fds[1] = out[1];
	fds[2] = err[1];
	child_spawn(&sim->child, args.list, environment.list, fds);
	(void)close(in[0]);
	(void)close(out[1]);
	(void)close(err[1]);
	sim->input_fd = in[1];
	sim->log = log_open(err[0]);
	sim->news_fd = sim->log->news[0];
	read_first_line(out[0], line);
	(void)close(out[0]);
	read_place(sim, line);
}

void
sim_stop(struct sim *sim)
{
	if (sim->log == NULL)
		return;
	(void)close(sim->input_fd);
	child_wait(&sim->child, deadline_in_s(DEADLINE_USUAL_S));
	log_close(sim->log);
	sim->log = NULL;
	assert_int_equal(sim->child.exit_code, 0);
}

size_t
sim_request_count(const struct sim *sim)
{
	return sim_count(sim, NULL, -1);
}

void
sim_request_at(const struct sim *sim, size_t index, struct sim_request *out)
{
	(void)pthread_mutex_lock(&sim->log->lock);
	(void)drain(sim->log);
	assert_true(index < sim->log->count);
	*out = sim->log->requests[index];
	(void)pthread_mutex_unlock(&sim->log->lock);
}

/* Under the lock. */
static size_t
count_in(const struct sim_log *log, const char *command, int64_t offset)
{
	const struct sim_request *request;
	size_t count = 0, i;

	for (i = 0; i < log->count; i++) {
		request = &log->requests[i];
		if ((command == NULL ||
		        strcmp(request->command, command) == 0) &&
		    (offset < 0 || request->offset == offset))
			count++;
	}
	return count;
}

size_t
sim_count(const struct sim *sim, const char *command, int64_t offset)
{
	struct sim_log *log = sim->log;
	size_t count;

	(void)pthread_mutex_lock(&log->lock);
	(void)drain(log);
	count = count_in(log, command, offset);
	(void)pthread_mutex_unlock(&log->lock);
	if (log->odd[0] != '\0')
		fail_msg("the simulator complains: %s", log->odd);
	return count;
}

void
sim_wait_count(const struct sim *sim, const char *command, int64_t offset,
    size_t count)
{
	struct sim_log *log = sim->log;
	int64_t deadline_ms = deadline_in_s(DEADLINE_USUAL_S);
	struct timespec until;
	size_t seen;
	int failure = 0;

	until.tv_sec = (time_t)(deadline_ms / 1000);
	until.tv_nsec = (long)(deadline_ms % 1000) * 1000000;
	(void)pthread_mutex_lock(&log->lock);
	for (;;) {
		seen = count_in(log, command, offset);
		if (seen >= count || failure != 0)
			break;
		failure =
		    pthread_cond_timedwait(&log->grown, &log->lock, &until);
	}
	(void)pthread_mutex_unlock(&log->lock);
	if (seen < count)
		fail_msg("%zu requests %s at %lld, expected %zu", seen,
		    command == NULL ? "" : command, (long long)offset, count);
}

void
sim_add_untrusted_args(const struct sim *sim, struct args *args)
{
	args_add_two(args, "--endpoint", sim->url);
	args_add_two(args, "--app-id", sim->app_id);
	args_add_two(args, "--admin", sim->admin);
	args_add_two(args, "--secret-key-file", sim->key_file);
}

void
sim_add_args(const struct sim *sim, struct args *args)
{
	sim_add_untrusted_args(sim, args);
	args_add_two(args, "--cacert", sim->cacert);
	args_add(args, "--no-state");
}
