/*
 * Starting, feeding and reading what is measured. The simulator and the
 * program are ordinary children; both end when the bench does.
 */
#include "bench/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { LINE_MAX_LEN = 4096, PATIENCE_MS = 20000, BURST_US = 2000 };

void
stage_fail(const char *what)
{
	(void)fprintf(stderr, "bench: %s\n", what);
	exit(2);
}

int64_t
stage_now_us(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* -- the simulator --------------------------------------------------------- */

/* "name":"VALUE" or "name":NUMBER, as the simulator writes them. */
static void
take_value(const char *line, const char *name, char *out, size_t size)
{
	char wanted[64];
	const char *at;
	size_t len;

	(void)snprintf(wanted, sizeof wanted, "\"%s\":", name);
	at = strstr(line, wanted);
	if (at == NULL)
		stage_fail("the simulator does not say where it is");
	at += strlen(wanted);
	if (*at == '"')
		at++;
	len = strcspn(at, "\",}");
	if (len >= size)
		stage_fail("the simulator's line is too long");
	memcpy(out, at, len);
	out[len] = '\0';
}

static void
read_line(int fd, char line[LINE_MAX_LEN])
{
	size_t len = 0;

	while (len < LINE_MAX_LEN - 1 && read(fd, line + len, 1) == 1 &&
	    line[len] != '\n')
		len++;
	line[len] = '\0';
}

static void
become_sim(const char *program, const char *const *options, const char *log,
    int in_fd, int out_fd)
{
	const char *argv[STAGE_ARGS_MAX] = { program, "--exit-with-stdin" };
	size_t count = 2;
	int log_fd;

	while (*options != NULL && count < STAGE_ARGS_MAX - 1)
		argv[count++] = *options++;
	log_fd = open(log != NULL ? log : "/dev/null",
	    O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (log_fd < 0 || dup2(in_fd, 0) < 0 || dup2(out_fd, 1) < 0 ||
	    dup2(log_fd, 2) < 0)
		_exit(127);
	(void)execv(program, (char *const *)(uintptr_t)argv);
	_exit(127);
}

void
stage_sim_start(struct stage_sim *sim, const char *program,
    const char *const *options, const char *log)
{
	char line[LINE_MAX_LEN];
	int in[2], out[2];

	if (pipe(in) != 0 || pipe(out) != 0)
		stage_fail("no pipe");
	(void)fcntl(in[1], F_SETFD, FD_CLOEXEC);
	(void)fcntl(out[0], F_SETFD, FD_CLOEXEC);
	sim->pid = fork();
	if (sim->pid == 0)
		become_sim(program, options, log, in[0], out[1]);
	(void)close(in[0]);
	(void)close(out[1]);
	sim->input_fd = in[1];
	read_line(out[0], line);
	take_value(line, "url", sim->url, sizeof sim->url);
	take_value(line, "cacert", sim->cacert, sizeof sim->cacert);
	take_value(line, "admin", sim->admin, sizeof sim->admin);
	take_value(line, "secret_key_file", sim->key_file,
	    sizeof sim->key_file);
	take_value(line, "app_id", sim->app_id, sizeof sim->app_id);
	(void)close(out[0]);
}

void
stage_sim_stop(struct stage_sim *sim)
{
	int status;

	(void)close(sim->input_fd);
	(void)waitpid(sim->pid, &status, 0);
}

/* -- command lines --------------------------------------------------------- */

void
stage_add(struct stage_args *args, const char *arg)
{
	if (args->count == STAGE_ARGS_MAX - 1)
		stage_fail("too many arguments");
	args->list[args->count++] = arg;
}

void
stage_add_sim(struct stage_args *args, const struct stage_sim *sim)
{
	stage_add(args, "--endpoint");
	stage_add(args, sim->url);
	stage_add(args, "--cacert");
	stage_add(args, sim->cacert);
	stage_add(args, "--app-id");
	stage_add(args, sim->app_id);
	stage_add(args, "--admin");
	stage_add(args, sim->admin);
	stage_add(args, "--secret-key-file");
	stage_add(args, sim->key_file);
	stage_add(args, "--no-state");
}

/* -- the terminal ---------------------------------------------------------- */

static void
open_counts(struct stage_term *term)
{
	int fd;

	(void)snprintf(term->counts_path, sizeof term->counts_path,
	    "/tmp/bantop-bench-XXXXXX");
	fd = mkstemp(term->counts_path);
	if (fd < 0 || ftruncate(fd, sizeof *term->counts) != 0)
		stage_fail("no file for the counts");
	term->counts = mmap(NULL, sizeof *term->counts, PROT_READ | PROT_WRITE,
	    MAP_SHARED, fd, 0);
	if (term->counts == MAP_FAILED)
		stage_fail("no memory for the counts");
	(void)close(fd);
}

static void
become_program(const struct stage_term *term, const char *name,
    const struct stage_args *args, const char *shim)
{
	int fd;

	(void)setsid();
	fd = open(name, O_RDWR);
	if (fd < 0 || ioctl(fd, TIOCSCTTY, 0) < 0 || dup2(fd, 0) < 0 ||
	    dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
		_exit(127);
	(void)setenv("TERM", "xterm-256color", 1);
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	(void)setenv("TZ", "UTC", 1);
	(void)setenv("HOME", "/nonexistent", 1);
	(void)setenv(COUNTS_FILE, term->counts_path, 1);
	if (shim != NULL)
		(void)setenv("LD_PRELOAD", shim, 1);
	(void)execvp(args->list[0], (char *const *)(uintptr_t)args->list);
	_exit(127);
}

void
stage_term_start(struct stage_term *term, const struct stage_args *args,
    const char *shim, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)cols };
	const char *name;

	*term = (struct stage_term){ .pid = 0 };
	open_counts(term);
	term->fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (term->fd < 0 || grantpt(term->fd) != 0 || unlockpt(term->fd) != 0)
		stage_fail("no pseudo-terminal");
	name = ptsname(term->fd);
	(void)ioctl(term->fd, TIOCSWINSZ, &size);
	term->pid = fork();
	if (term->pid == 0)
		become_program(term, name, args, shim);
}

void
stage_term_send(struct stage_term *term, const char *keys)
{
	size_t len = strlen(keys);

	if (write(term->fd, keys, len) != (ssize_t)len)
		stage_fail("the terminal takes no keys");
}

/* @return false at the time limit, or when the program has left. */
static bool
take(struct stage_term *term, int wait_ms)
{
	struct pollfd fd = { .fd = term->fd, .events = POLLIN };
	size_t kept =
	    term->seen_len < STAGE_KEPT_MAX ? term->seen_len : STAGE_KEPT_MAX;
	ssize_t count;

	if (poll(&fd, 1, wait_ms) <= 0)
		return false;
	memmove(term->seen, term->seen + term->seen_len - kept, kept);
	count = read(term->fd, term->seen + kept, STAGE_READ_MAX);
	if (count <= 0)
		return false;
	term->seen_len = kept + (size_t)count;
	term->seen[term->seen_len] = '\0';
	if (stage_now_us() - term->last_us > BURST_US)
		term->bursts++;
	term->last_us = stage_now_us();
	term->bytes += (uint64_t)count;
	return true;
}

void
stage_term_settle(struct stage_term *term, int quiet_ms)
{
	int64_t began_us = stage_now_us();

	while (take(term, quiet_ms))
		if (stage_now_us() - began_us > PATIENCE_MS * INT64_C(1000))
			return;
}

bool
stage_term_wait_bytes(struct stage_term *term, uint64_t bytes, int most_ms)
{
	while (term->bytes <= bytes)
		if (!take(term, most_ms))
			return false;
	return true;
}

/* A program may write NULs between its texts. */
static bool
holds(const struct stage_term *term, const char *text)
{
	size_t len = strlen(text);
	size_t i;

	for (i = 0; i + len <= term->seen_len; i++)
		if (memcmp(term->seen + i, text, len) == 0)
			return true;
	return false;
}

bool
stage_term_wait_text(struct stage_term *term, const char *text, int most_ms)
{
	int64_t until_us = stage_now_us() + most_ms * INT64_C(1000);

	term->seen_len = 0;
	while (stage_now_us() < until_us)
		if (take(term, 100) && holds(term, text))
			return true;
	return false;
}

void
stage_term_drain(struct stage_term *term, int ms)
{
	int64_t until_us = stage_now_us() + ms * INT64_C(1000);
	int64_t left_us = ms * INT64_C(1000);

	while (left_us > 0) {
		(void)take(term, (int)((left_us + 999) / 1000));
		left_us = until_us - stage_now_us();
	}
}

int
stage_term_end(struct stage_term *term)
{
	int status = 0;

	while (take(term, PATIENCE_MS))
		;
	(void)close(term->fd);
	(void)waitpid(term->pid, &status, 0);
	(void)munmap(term->counts, sizeof *term->counts);
	(void)unlink(term->counts_path);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* -- what the system says -------------------------------------------------- */

int64_t
stage_cpu_ms(pid_t pid)
{
	unsigned long user = 0, kernel = 0;
	char path[64], line[LINE_MAX_LEN] = "";
	const char *at;
	FILE *file;

	(void)snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
	file = fopen(path, "r");
	if (file == NULL || fgets(line, sizeof line, file) == NULL)
		stage_fail("no /proc/PID/stat");
	(void)fclose(file);
	at = strrchr(line, ')');
	if (at == NULL ||
	    sscanf(at + 1,
	        " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
	        &kernel) != 2)
		stage_fail("/proc/PID/stat is of another form");
	return (int64_t)(user + kernel) * 1000 / sysconf(_SC_CLK_TCK);
}

int64_t
stage_resident_kib(pid_t pid)
{
	char path[64];
	long total = 0, resident = 0;
	FILE *file;

	(void)snprintf(path, sizeof path, "/proc/%ld/statm", (long)pid);
	file = fopen(path, "r");
	if (file == NULL || fscanf(file, "%ld %ld", &total, &resident) != 2)
		stage_fail("no /proc/PID/statm");
	(void)fclose(file);
	return (int64_t)resident * sysconf(_SC_PAGESIZE) / 1024;
}
