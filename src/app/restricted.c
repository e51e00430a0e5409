/*
 * The first steps of restricted mode. It is better held once too often than
 * once too seldom: an argument that getopt may take for --restricted counts,
 * wherever it stands.
 */
#include "bantop/app/restricted.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bantop/app/config.h"
#include "bantop/app/config_file.h"
#include "bantop/base/mem.h"

extern char **environ;

enum { VALUE_MAX = 128, KEPT_MAX = 32, PROGRAM_MAX = 4096 };

/* -- does it hold? ------------------------------------------------------- */

/* getopt takes any beginning that no other option has: --res is the first. */
static bool
is_flag(const char *word)
{
	static const char flag[] = "--restricted";
	size_t len = strlen(word);

	return len >= sizeof("--res") - 1 && strncmp(flag, word, len) == 0;
}

static bool
is_true(const char *value)
{
	return strcmp(value, "true") == 0 || strcmp(value, "yes") == 0 ||
	    strcmp(value, "on") == 0;
}

/* The parser's own use of the environment (locales, ${NAME}) finds none. */
static struct config_file *
read_system_file(const struct config_section *top)
{
	char *nothing[] = { NULL };
	char **saved = environ;
	struct config_file *file;
	struct err err;

	environ = nothing;
	file = config_file_read(config_system_path(), top, 1, &err);
	environ = saved;
	return file;
}

static bool
system_file_says_so(void)
{
	static const struct config_key keys[] = { { "restricted", false } };
	static const struct config_section top = { "", false, keys, 1 };
	const struct config_entry *entry;
	struct config_file *file = read_system_file(&top);
	bool found = false;

	if (file == NULL)
		return false;
	for (size_t i = 0; i < config_file_count(file); i++) {
		entry = config_file_at(file, i);
		if (entry->section[0] == '\0' &&
		    strcmp(entry->key, keys[0].name) == 0)
			found = is_true(entry->value);
	}
	config_file_destroy(file);
	return found;
}

static bool
does_hold(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (is_flag(argv[i]))
			return true;
	}
	return system_file_says_so();
}

static const char peer_name[] = "SSH_CONNECTION=";

/* -- the environment ----------------------------------------------------- */

static bool
begins(const char *entry, const char *name)
{
	return strncmp(entry, name, strlen(name)) == 0;
}

/* A name and no path: libraries open files by these. A zone's name has
 * slashes inside. */
static bool
is_plain(const char *value, bool zone)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                              "abcdefghijklmnopqrstuvwxyz"
	                              "0123456789_.@+-";
	size_t len = strlen(value);

	if (len == 0 || len > VALUE_MAX || value[0] == '.' ||
	    strstr(value, "..") != NULL)
		return false;
	if (!zone)
		return strspn(value, letters) == len;
	for (size_t i = 0; i < len; i++) {
		if (strchr(letters, value[i]) == NULL &&
		    (i == 0 || strchr("/,", value[i]) == NULL))
			return false;
	}
	return true;
}

static bool
is_kept(const char *entry)
{
	const char *equals = strchr(entry, '=');

	if (equals == NULL)
		return false;
	if (begins(entry, "TZ="))
		return is_plain(equals + 1, true);
	return (begins(entry, "TERM=") || begins(entry, "LANG=") ||
	           begins(entry, "LC_")) &&
	    is_plain(equals + 1, false);
}

/* "192.0.2.7 51000 192.0.2.1 22": the first word, if it is an address. */
static void
take_peer(const char *entry, char peer[RESTRICTED_PEER_MAX])
{
	static const char digits[] = "0123456789abcdefABCDEF.:";
	const char *value = strchr(entry, '=') + 1;
	size_t len = strspn(value, digits);

	if (len >= RESTRICTED_PEER_MAX || value[len] != ' ')
		return;
	memcpy(peer, value, len);
	peer[len] = '\0';
}

/* The bytes stay readable in /proc after they are no variable any more. */
static void
wipe(char *entry)
{
	mem_wipe(entry, strlen(entry));
}

static void
rebuild(char peer[RESTRICTED_PEER_MAX])
{
	char *kept[KEPT_MAX];
	char *equals;
	size_t count = 0;

	for (char **entry = environ; *entry != NULL; entry++) {
		if (begins(*entry, peer_name))
			take_peer(*entry, peer);
		if (is_kept(*entry) && count < KEPT_MAX)
			kept[count++] = mem_copy_text(*entry, strlen(*entry));
		wipe(*entry);
	}
	environ[0] = NULL;
	for (size_t i = 0; i < count; i++) {
		equals = strchr(kept[i], '=');
		*equals = '\0';
		(void)setenv(kept[i], equals + 1, 1);
		free(kept[i]);
	}
}

/* -- the way in ---------------------------------------------------------- */

void
restricted_restart(int argc, char **argv)
{
	char *clean[KEPT_MAX + 1];
	char program[PROGRAM_MAX];
	size_t count = 0;
	bool dirty = false;
	ssize_t len;

	if (environ == NULL || !does_hold(argc, argv))
		return;
	for (char **entry = environ; *entry != NULL; entry++) {
		if ((is_kept(*entry) || begins(*entry, peer_name)) &&
		    count < KEPT_MAX)
			clean[count++] = *entry;
		else
			dirty = true;
	}
	clean[count] = NULL;
	len = readlink("/proc/self/exe", program, sizeof(program) - 1);
	if (!dirty || len <= 0)
		return;
	program[len] = '\0';
	(void)execve(program, argv, clean);
}

bool
restricted_begin(int argc, char **argv, char peer[RESTRICTED_PEER_MAX])
{
	peer[0] = '\0';
	if (!does_hold(argc, argv))
		return false;
	if (environ != NULL)
		rebuild(peer);
	return true;
}
