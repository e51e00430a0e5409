/*
 * The way in: the process is made safe first, then the settings are read, and
 * the command is called. Each command is a module of its own.
 */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "bantop/app/audit.h"
#include "bantop/app/commands.h"
#include "bantop/app/config_write.h"
#include "bantop/app/demo.h"
#include "bantop/app/key_settings.h"
#include "bantop/app/message.h"
#include "bantop/app/options.h"
#include "bantop/app/restricted.h"
#include "bantop/app/sandbox.h"
#include "bantop/app/secret.h"
#include "bantop/app/settings_check.h"
#include "bantop/app/signals.h"
#include "bantop/app/ui.h"
#include "bantop/app/version.h"
#include "bantop/base/file.h"
#include "bantop/base/mem.h"
#include "bantop/net/http.h"

/* A descriptor that is missing would be the next file that is opened, and
 * messages would go into it. It cannot be written to: what goes nowhere must
 * not be taken for printed. */
static void
fill_descriptors(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDONLY);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

/* Secrets must not be had from a core or by a debugger; a reader that goes
 * away, and a file that may not grow, must be errors of write(), not our
 * end. */
static void
harden(void)
{
	const struct rlimit none = { 0, 0 };
	const struct sigaction ignore = { .sa_handler = SIG_IGN };

	fill_descriptors();
	setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
	sigaction(SIGPIPE, &ignore, NULL);
	sigaction(SIGXFSZ, &ignore, NULL);
}

static void
tell(const char *line, void *user)
{
	(void)user;
	message_print("%s", line);
}

/* Help, versions, configuration: made whole, then written. */
static int
print_page(const struct settings *settings)
{
	struct buf page;
	struct err err;
	int status = EXIT_COMPLETE;

	buf_init(&page, (size_t)1 << 20);
	if (settings->action == SETTINGS_HELP)
		options_write_help(&page);
	else if (settings->action == SETTINGS_VERSION)
		version_write(&page);
	else if (settings->action == SETTINGS_KEYS)
		key_settings_write(settings, &page);
	else
		config_write(settings, &page);
	if (!file_write_all(STDOUT_FILENO, "standard output", buf_text(&page),
	        page.len, &err)) {
		status = EXIT_USAGE;
		if (err.code != EPIPE)
			message_error(&err);
	}
	buf_release(&page);
	return status;
}

static int
run_command(const struct settings *settings)
{
	const struct clock *clock = clock_system();

	switch (settings->command) {
	case COMMAND_UI:
		return ui_run(settings, clock);
	case COMMAND_LIST:
		return list_command_run(settings, clock);
	case COMMAND_CHECK:
		return check_command_run(settings, clock);
	case COMMAND_GROUPS:
		return groups_command_run(settings, clock);
	case COMMAND_DOCTOR:
		return doctor_command_run(settings, clock);
	case COMMAND_EXPLAIN:
		return explain_command_run(settings);
	case COMMAND_COUNT:
		break;
	}
	return EXIT_USAGE;
}

static bool
check_terminal(const struct settings *settings, struct err *err)
{
	if (settings->command != COMMAND_UI || settings->operand_count > 0 ||
	    isatty(STDOUT_FILENO))
		return true;
	return err_set(err, ERR_USAGE, 0, NULL,
	    "standard output is no terminal: use bantop list --group ID");
}

/* What nothing here needs any more is given up before the first byte comes
 * from outside. */
static bool
enter_sandbox(const struct settings *settings, struct err *err)
{
	const struct secret_source *secret = &settings->secret;
	const struct sandbox_request request = {
		.no_commands = secret->key_command == NULL &&
		    secret->usersig_command == NULL,
		.no_files = settings->restricted,
		.required = settings->sandbox_required,
	};

	return sandbox_enter(&request, err);
}

/* With the demo the simulator says who asks and where, so it is started
 * before the command's needs are checked. @return as the commands. */
static int
run(struct settings *settings, const char *peer)
{
	struct demo *demo = NULL;
	struct err err;
	int status = EXIT_USAGE;

	if (!check_terminal(settings, &err))
		goto done;
	if (settings->demo != NULL) {
		demo = demo_start(settings, &err);
		if (demo == NULL)
			goto done;
	}
	if (!settings_check_command(settings, &err))
		goto done;
	if (!enter_sandbox(settings, &err))
		goto done;
	audit_session(settings, peer);
	status = run_command(settings);
	audit_end(settings, status);
	demo_stop(demo);
	return status;
done:
	message_error(&err);
	demo_stop(demo);
	return (int)exit_status_of(&err);
}

int
main(int argc, char **argv)
{
	char peer[RESTRICTED_PEER_MAX];
	struct settings *settings;
	struct err err;
	int status = EXIT_COMPLETE;
	bool restricted;

	mem_watch_exit(true);
	mem_return_freed();
	restricted_restart(argc, argv);
	harden();
	restricted = restricted_begin(argc, argv, peer);
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	settings = settings_create();
	settings->restricted = restricted;
	secret_keep_environment(&settings->secret);
	http_clean_environment();
	if (!options_load(settings, argc, argv, tell, NULL, &err)) {
		message_error(&err);
		status = EXIT_USAGE;
		goto done;
	}
	switch (settings->action) {
	case SETTINGS_RUN:
		status = run(settings, peer);
		break;
	case SETTINGS_HELP:
	case SETTINGS_VERSION:
	case SETTINGS_PRINT_CONFIG:
	case SETTINGS_KEYS:
		status = print_page(settings);
		break;
	case SETTINGS_CHECK_CONFIG:
		break;
	}
done:
	settings_destroy(settings);
	mem_watch_exit(false);
	if (status < 0)
		signals_die_of(-status);
	return status;
}
