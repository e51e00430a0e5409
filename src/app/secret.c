/*
 * Reading secrets. Every buffer that held one is wiped; nothing read here is
 * ever put into a message. Whether a secret is any good is the credential's
 * to say.
 */
#include "bantop/app/secret.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "bantop/app/signals.h"
#include "bantop/base/file.h"
#include "bantop/base/mem.h"
#include "bantop/base/num.h"
#include "bantop/net/http.h"

extern char **environ;

enum { CHUNK = 4096 };

/* The bytes stay readable in /proc after unsetenv(): they go first. */
static void
take_variable(const char *name, struct buf *out)
{
	size_t name_len = strlen(name);

	for (char **entry = environ; entry != NULL && *entry != NULL; entry++) {
		char *value = *entry + name_len + 1;

		if (strncmp(*entry, name, name_len) != 0 ||
		    (*entry)[name_len] != '=')
			continue;
		buf_wipe(out);
		buf_put(out, value, strlen(value));
		mem_wipe(value, strlen(value));
	}
	unsetenv(name);
}

void
secret_keep_environment(struct secret_source *source)
{
	size_t count = 0;

	while (environ != NULL && environ[count] != NULL)
		count++;
	free(source->environment);
	source->environment =
	    mem_grow(NULL, count + 1, sizeof(*source->environment));
	for (size_t i = 0; i < count; i++)
		source->environment[i] = environ[i];
	source->environment[count] = NULL;
}

void
secret_take_environment(struct secret_source *source)
{
	take_variable("BANTOP_SECRET_KEY", &source->key);
	take_variable("BANTOP_USERSIG", &source->usersig);
}

bool
secret_is_given(const struct secret_source *source)
{
	return source->key_fd >= 0 || source->key_file != NULL ||
	    source->key_command != NULL || source->usersig_file != NULL ||
	    source->usersig_command != NULL || source->key.len > 0 ||
	    source->usersig.len > 0;
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Appends @p raw without blanks around it; of a command's output only the
 * first line, since password managers print notes behind it. */
static bool
add_trimmed(const struct buf *raw, bool first_line, const char *what,
    struct buf *out, struct err *err)
{
	const char *text = buf_text(raw);
	size_t len = raw->len;
	const char *newline;

	while (len > 0 && is_blank(text[0])) {
		text++;
		len--;
	}
	newline = memchr(text, '\n', len);
	if (first_line && newline != NULL)
		len = (size_t)(newline - text);
	while (len > 0 && is_blank(text[len - 1]))
		len--;
	if (len == 0)
		return err_set(err, ERR_CREDENTIAL, 0, NULL,
		    "%s: empty, "
		    "where a secret was expected",
		    what);
	return buf_add(out, text, len, err);
}

static bool
read_file(const char *path, struct buf *out, struct err *err)
{
	struct buf raw;
	bool ok = false;

	buf_init(&raw, SETTINGS_SECRET_MAX);
	if (!file_read_private(path, &raw, err)) {
		err->kind = ERR_CREDENTIAL;
		goto done;
	}
	if (!add_trimmed(&raw, false, path, out, err))
		goto done;
	ok = true;
done:
	buf_wipe(&raw);
	return ok;
}

/* -- waiting -------------------------------------------------------------- */

/* Has a signal come that ends us? It is left to whoever dies of it. Of the
 * others a stop alone means something while there is no screen. */
static bool
was_told(bool has_command)
{
	unsigned set = signals_take();

	if ((set & (SIGNAL_ENDING | SIGNAL_INTERRUPT)) != 0) {
		signals_put_back(set);
		return true;
	}
	if (has_command && (set & SIGNAL_SUSPEND) != 0)
		signals_suspend();
	return false;
}

static bool
refuse_stopped(const char *what, struct err *err)
{
	return err_set(err, ERR_CANCELLED, 0, NULL,
	    "stopped while waiting for %s", what);
}

/* @param has_command stops and goes on with us. @return false if a signal that
 * ends us came first. */
static bool
wait_for_bytes(int fd, bool has_command)
{
	for (;;) {
		struct http_watch watches[] = { { .fd = fd },
			{ .fd = signals_fd() } };

		http_wait(NULL, watches, signals_fd() >= 0 ? 2 : 1, -1);
		if (was_told(has_command))
			return false;
		if (watches[0].ready || watches[0].hung_up)
			return true;
	}
}

/* Reads to the end; what nobody ends can be ended by a signal. */
static bool
read_all(int fd, const char *what, bool has_command, struct buf *raw,
    struct err *err)
{
	char chunk[CHUNK];
	bool ok = false;

	for (;;) {
		ssize_t got;

		if (!wait_for_bytes(fd, has_command)) {
			refuse_stopped(what, err);
			goto done;
		}
		got = read(fd, chunk, sizeof(chunk));
		if (got == 0)
			break;
		if (got < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (got < 0) {
			err_set(err, ERR_CREDENTIAL, errno, NULL,
			    "cannot read %s: %s", what, strerror(errno));
			goto done;
		}
		if ((size_t)got > raw->max - raw->len) {
			err_set(err, ERR_CREDENTIAL, 0, NULL,
			    "%s: more than %zu bytes", what, raw->max);
			goto done;
		}
		buf_put(raw, chunk, (size_t)got);
	}
	ok = true;
done:
	mem_wipe(chunk, sizeof(chunk));
	return ok;
}

static bool
read_fd(int fd, struct buf *out, struct err *err)
{
	struct buf raw;
	bool ok = false;

	buf_init(&raw, SETTINGS_SECRET_MAX);
	if (!read_all(fd, "--secret-key-fd", false, &raw, err))
		goto done;
	close(fd);
	if (!add_trimmed(&raw, false, "--secret-key-fd", out, err))
		goto done;
	ok = true;
done:
	buf_wipe(&raw);
	return ok;
}

/* -- the user's own command ---------------------------------------------- */

/* Whatever is open here is nothing to the command: also what a library has
 * opened without a thought of children. */
static void
keep_descriptors_back(void)
{
	DIR *folder = opendir("/dev/fd");
	const struct dirent *entry;
	int64_t fd;

	if (folder == NULL)
		return;
	for (entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
		if (num_parse(entry->d_name, strlen(entry->d_name),
		        STDERR_FILENO + 1, INT_MAX, &fd))
			(void)fcntl((int)fd, F_SETFD, FD_CLOEXEC);
	}
	closedir(folder);
}

/* Starts the shell with its output in @p out_fd. What we ignore or catch it
 * gets as any command does. */
static int
spawn_shell(const char *command, char **environment, int out_fd, pid_t *pid)
{
	char shell[] = "sh";
	char option[] = "-c";
	char *text = mem_copy_text(command, strlen(command));
	char *arguments[] = { shell, option, text, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t defaults;
	int status;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, out_fd, STDOUT_FILENO);
	posix_spawnattr_init(&attributes);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	sigaddset(&defaults, SIGXFSZ);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	keep_descriptors_back();
	status = posix_spawn(pid, "/bin/sh", &actions, &attributes, arguments,
	    environment == NULL ? environ : environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	free(text);
	return status;
}

static bool
open_pipe(int fds[2], struct err *err)
{
	if (pipe(fds) != 0)
		return err_set(err, ERR_CREDENTIAL, errno, NULL,
		    "no pipe for the secret's command: %s", strerror(errno));
	fcntl(fds[0], F_SETFD, FD_CLOEXEC);
	fcntl(fds[1], F_SETFD, FD_CLOEXEC);
	return true;
}

/* Its end may be seen before the signal that we had together. */
static bool
wait_for(pid_t pid, const char *what, struct err *err)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			break;
		if (was_told(true)) {
			(void)kill(pid, SIGTERM);
			return refuse_stopped(what, err);
		}
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (was_told(true))
		return refuse_stopped(what, err);
	if (WIFSIGNALED(status))
		return err_set(err, ERR_CREDENTIAL, WTERMSIG(status), NULL,
		    "%s was ended by signal %d", what, WTERMSIG(status));
	return err_set(err, ERR_CREDENTIAL, WEXITSTATUS(status),
	    "run it by hand to see why", "%s ended with status %d", what,
	    WEXITSTATUS(status));
}

static bool
read_command(const struct secret_source *source, const char *command,
    const char *what, struct buf *out, struct err *err)
{
	int fds[2] = { -1, -1 };
	struct buf raw;
	pid_t pid = -1;
	bool ok = false;
	int status;

	buf_init(&raw, SETTINGS_SECRET_MAX);
	if (!open_pipe(fds, err))
		return false;
	status = spawn_shell(command, source->environment, fds[1], &pid);
	close(fds[1]);
	if (status != 0) {
		err_set(err, ERR_CREDENTIAL, status, NULL,
		    "%s cannot be started: %s", what, strerror(status));
		goto done;
	}
	if (!read_all(fds[0], what, true, &raw, err)) {
		(void)kill(pid, SIGTERM); /* nobody waits for its end */
		goto done;
	}
	if (!wait_for(pid, what, err))
		goto done;
	if (!add_trimmed(&raw, true, what, out, err))
		goto done;
	ok = true;
done:
	if (fds[0] >= 0)
		close(fds[0]);
	buf_wipe(&raw);
	return ok;
}

/* -- a prompt without echo ----------------------------------------------- */

/* One line, without its end. @return false at the end of the terminal, after
 * an interrupt, or when the line is too long. */
static bool
read_line(int fd, struct buf *out)
{
	char byte;
	ssize_t n;

	for (;;) {
		if (!wait_for_bytes(fd, false))
			return false;
		n = read(fd, &byte, 1);
		if (n <= 0)
			return false;
		if (byte == '\n' || byte == '\r')
			return true;
		buf_put(out, &byte, 1);
		if (out->len == out->max)
			return false;
	}
}

/* An interrupt has to end the prompt with the echo back on, so the terminal
 * hands Ctrl-C over as a byte. */
static bool
prompt_quietly(int fd, struct buf *out)
{
	static const char question[] = "bantop: secret key (not shown): ";
	struct termios saved, quiet;
	bool ok = false;

	if (tcgetattr(fd, &saved) != 0)
		return false;
	quiet = saved;
	quiet.c_lflag &= (tcflag_t) ~(ECHO | ISIG);
	if (tcsetattr(fd, TCSAFLUSH, &quiet) != 0)
		return false;
	if (write(fd, question, sizeof(question) - 1) > 0)
		ok = read_line(fd, out) &&
		    memchr(buf_text(out), 3, out->len) == NULL;
	if (write(fd, "\n", 1) < 0)
		ok = false;
	tcsetattr(fd, TCSAFLUSH, &saved);
	return ok;
}

static bool
read_prompt(struct buf *out, struct err *err)
{
	struct buf raw;
	bool ok = false;
	int fd;

	buf_init(&raw, SETTINGS_SECRET_MAX);
	fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, ERR_CREDENTIAL, 0, NULL,
		    "no secret key: give --secret-key-file F, "
		    "--secret-key-fd N or --usersig-file F");
	if (!prompt_quietly(fd, &raw)) {
		err_set(err, was_told(false) ? ERR_CANCELLED : ERR_CREDENTIAL,
		    0, NULL, "no secret key was given at the prompt");
		goto done;
	}
	if (!add_trimmed(&raw, false, "the prompt", out, err))
		goto done;
	ok = true;
done:
	close(fd);
	buf_wipe(&raw);
	return ok;
}

/* -- which one counts ---------------------------------------------------- */

bool
secret_read(const struct secret_source *source, struct buf *out,
    bool *is_usersig, struct err *err)
{
	*is_usersig = false;
	if (source->key_fd >= 0)
		return read_fd(source->key_fd, out, err);
	if (source->key_file != NULL)
		return read_file(source->key_file, out, err);
	if (source->key_command != NULL)
		return read_command(source, source->key_command,
		    "secret_key_command", out, err);
	*is_usersig = true;
	if (source->usersig_file != NULL)
		return read_file(source->usersig_file, out, err);
	if (source->usersig_command != NULL)
		return read_command(source, source->usersig_command,
		    "usersig_command", out, err);
	if (source->usersig.len > 0)
		return add_trimmed(&source->usersig, false, "BANTOP_USERSIG",
		    out, err);
	*is_usersig = false;
	if (source->key.len > 0)
		return add_trimmed(&source->key, false, "BANTOP_SECRET_KEY",
		    out, err);
	return read_prompt(out, err);
}
