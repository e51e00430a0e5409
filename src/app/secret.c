/*
 * Reading secrets. Every buffer that held one is wiped; nothing read here is
 * ever put into a message. Whether a secret is any good is the credential's
 * to say.
 */
#include "bantop/app/secret.h"

#include <errno.h>
#include <fcntl.h>
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
#include "bantop/net/http.h"

extern char **environ;

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

static bool
read_fd(int fd, struct buf *out, struct err *err)
{
	struct buf raw;
	bool ok = false;

	buf_init(&raw, SETTINGS_SECRET_MAX);
	if (!file_read_fd(fd, "--secret-key-fd", &raw, err)) {
		err->kind = ERR_CREDENTIAL;
		goto done;
	}
	close(fd);
	if (!add_trimmed(&raw, false, "--secret-key-fd", out, err))
		goto done;
	ok = true;
done:
	buf_wipe(&raw);
	return ok;
}

/* -- the user's own command ---------------------------------------------- */

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
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
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

static bool
wait_for(pid_t pid, const char *what, struct err *err)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			break;
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
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
	struct err read_err;
	pid_t pid = -1;
	bool was_read;
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
	was_read = file_read_fd(fds[0], what, &raw, &read_err);
	close(fds[0]);
	fds[0] = -1;
	if (!wait_for(pid, what, err))
		goto done;
	if (!was_read) {
		*err = read_err;
		err->kind = ERR_CREDENTIAL;
		goto done;
	}
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

/* @return false if a signal came first; it stays in the pipe. */
static bool
wait_for_key(int fd)
{
	struct http_watch watches[] = { { .fd = fd }, { .fd = signals_fd() } };

	while (!watches[0].ready && !watches[0].hung_up) {
		http_wait(NULL, watches, signals_fd() >= 0 ? 2 : 1, -1);
		if (watches[1].ready)
			return false;
	}
	return true;
}

/* One line, without its end. @return false at the end of the terminal, after
 * an interrupt, or when the line is too long. */
static bool
read_line(int fd, struct buf *out)
{
	char byte;
	ssize_t n;

	for (;;) {
		if (!wait_for_key(fd))
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
		err_set(err, ERR_CREDENTIAL, 0, NULL,
		    "no secret key was given at the prompt");
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
