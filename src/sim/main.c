/*
 * bantop-sim: reads the options, makes the certificate and the private
 * directory, says where it is, serves until it is told to end.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>
#include <microhttpd.h>
#include <openssl/crypto.h>
#include <zlib.h>

#include "bantop/base/clock.h"
#include "bantop/base/file.h"
#include "bantop/base/mem.h"
#include "bantop/sim/certificate.h"
#include "bantop/sim/home.h"
#include "bantop/sim/json_out.h"
#include "bantop/sim/options.h"
#include "bantop/sim/server.h"

enum { STATUS_FAILED = 1, STATUS_USAGE = 2, APP_ID = 1400000123 };

static const char ADMIN[] = "administrator";

/* What a signal writes to, and the loop reads from. */
static int signal_pipe[2] = { -1, -1 };

static void
handle_signal(int number)
{
	int kept = errno;
	char byte = (char)number;
	ssize_t written = write(signal_pipe[1], &byte, 1);

	(void)written;
	errno = kept;
}

static bool
watch_signals(struct err *err)
{
	static const int ends[] = { SIGTERM, SIGINT, SIGHUP };
	struct sigaction action = { .sa_handler = handle_signal };
	size_t i;

	if (pipe(signal_pipe) != 0)
		return err_set(err, ERR_FILE, errno, NULL,
		    "cannot make a pipe: %s", strerror(errno));
	for (i = 0; i < 2; i++) {
		(void)fcntl(signal_pipe[i], F_SETFD, FD_CLOEXEC);
		(void)fcntl(signal_pipe[i], F_SETFL, O_NONBLOCK);
	}
	sigemptyset(&action.sa_mask);
	action.sa_flags = SA_RESTART;
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		sigaction(ends[i], &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
	return true;
}

/* A signal that comes later writes to nobody. */
static void
forget_signals(void)
{
	size_t i;

	for (i = 0; i < 2; i++) {
		int fd = signal_pipe[i];

		signal_pipe[i] = -1;
		if (fd >= 0)
			(void)close(fd);
	}
}

static int
complain(const char *text, int status)
{
	fprintf(stderr, "bantop-sim: %s\n", text);
	return status;
}

static int
print(const struct buf *text)
{
	struct err err;

	if (!file_write_all(STDOUT_FILENO, "output", buf_text(text), text->len,
	        &err))
		return complain(err.text, STATUS_FAILED);
	return 0;
}

static int
print_help(void)
{
	struct buf text;
	int status;

	buf_init(&text, 65536);
	sim_options_write_help(&text);
	status = print(&text);
	buf_release(&text);
	return status;
}

static int
print_version(void)
{
	struct buf text;
	int status;

	buf_init(&text, 4096);
	buf_put_format(&text,
	    "bantop-sim %s\nlibmicrohttpd %s, %s, cJSON %s, zlib %s\n",
	    BANTOP_VERSION, MHD_get_version(), OpenSSL_version(OPENSSL_VERSION),
	    cJSON_Version(), zlibVersion());
	status = print(&text);
	buf_release(&text);
	return status;
}

static struct sim_world
make_world(const struct sim_options *options)
{
	int64_t now_s = options->now_s;

	if (now_s == 0)
		now_s = clock_wall_s(clock_system()) + options->skew_s;
	return (struct sim_world){
		.seed = (uint64_t)options->seed,
		.members = options->members,
		.groups = options->groups,
		.start_s = now_s,
		.hostile = sim_faults_find(&options->faults,
		               SIM_FAULT_HOSTILE) != NULL,
	};
}

static int
print_members(const struct sim_options *options)
{
	struct sim_world world = make_world(options);
	const char *id = options->group;
	struct sim_group group;
	struct sim_member member;
	struct buf line;
	int status = 0;
	int64_t i;

	sim_group_at(&world, 0, &group);
	if (id != NULL && !sim_group_find(&world, id, strlen(id), &group))
		return complain("--group: no such group", STATUS_USAGE);
	buf_init(&line, 65536);
	for (i = 0; i < group.bans.count && status == 0; i++) {
		sim_member_at(&group.bans, i, &member);
		sim_tsv_text(&line, member.account, member.account_len);
		buf_put(&line, "\t", 1);
		sim_json_int(&line, member.until_s);
		buf_put(&line, "\n", 1);
		if (line.len > line.max / 2) {
			status = print(&line);
			buf_reset(&line);
		}
	}
	if (status == 0)
		status = print(&line);
	buf_release(&line);
	return status;
}

static void
add_member(struct buf *line, const char *name, const char *text)
{
	buf_put_format(line, "\"%s\":", name);
	sim_json_text(line, text, strlen(text));
}

/* The first line of output: all that a client needs to know. */
static int
announce(const struct sim_server *server, const struct sim_home *home)
{
	struct buf line;
	int status;

	buf_init(&line, 16384);
	buf_put_format(&line, "{\"url\":\"https://127.0.0.1:%d\",",
	    (int)sim_server_port(server));
	add_member(&line, "cacert", home->cacert);
	buf_put_format(&line, ",\"app_id\":%d,", APP_ID);
	add_member(&line, "admin", ADMIN);
	buf_put(&line, ",", 1);
	add_member(&line, "secret_key_file", home->secret);
	buf_put_text(&line, "}\n");
	status = print(&line);
	buf_release(&line);
	return status;
}

static bool
fill_home(struct sim_home *home, const struct sim_options *options,
    struct sim_certificate *certificate, char *key, struct err *err)
{
	const struct sim_fault_rule *rule =
	    sim_faults_find(&options->faults, SIM_FAULT_CERT);

	if (!sim_certificate_make(certificate, rule == NULL ? NULL : rule->text,
	        err) ||
	    !sim_secret_make(key, err))
		return false;
	return sim_home_make(home, err) &&
	    sim_home_write_cacert(home, certificate->authority.data,
	        certificate->authority.len, err) &&
	    sim_home_write_secret(home, key, strlen(key), err);
}

static void
make_service(struct sim_service *service, const struct sim_options *options,
    const char *key)
{
	*service = (struct sim_service){
		.world = make_world(options),
		.faults = options->faults,
		.admin = ADMIN,
		.app_id = APP_ID,
		.key = key,
		.latency_ms = options->latency_ms,
		.jitter_ms = options->jitter_ms,
		.random = (uint64_t)options->seed,
	};
	sim_guard_init(&service->guard, (size_t)options->rate);
}

static int
serve(const struct sim_options *options)
{
	struct sim_certificate certificate = { .key = { .data = NULL } };
	struct sim_home home = { .dir = "" };
	struct sim_service service = { .admin = NULL };
	struct sim_server *server = NULL;
	struct sim_server_config config = {
		.service = &service,
		.certificate = &certificate,
		.clock = clock_system(),
		.skew_s = options->skew_s,
		.port = (uint16_t)options->port,
		.tls11 =
		    sim_faults_find(&options->faults, SIM_FAULT_TLS11) != NULL,
		.log_fd = STDERR_FILENO,
	};
	char key[SIM_SECRET_LEN + 1];
	int status = STATUS_FAILED;
	struct err err = { .kind = ERR_NONE };

	if (!watch_signals(&err) ||
	    !fill_home(&home, options, &certificate, key, &err))
		goto done;
	make_service(&service, options, key);
	server = sim_server_create(&config, &err);
	if (server == NULL)
		goto done;
	status = announce(server, &home);
	if (status == 0 &&
	    !sim_server_run(server, signal_pipe[0],
	        options->exit_with_stdin ? STDIN_FILENO : -1, &err))
		status = STATUS_FAILED;
done:
	if (status != 0 && err.kind != ERR_NONE)
		complain(err.text, status);
	sim_server_destroy(server);
	sim_service_release(&service);
	sim_home_release(&home);
	sim_certificate_release(&certificate);
	mem_wipe(key, sizeof(key));
	forget_signals();
	return status;
}

int
main(int argc, char **argv)
{
	struct sim_options options;
	struct buf why;
	int status;

	buf_init(&why, 4096);
	if (!sim_options_parse(&options, argc, argv, &why)) {
		status = complain(buf_text(&why), STATUS_USAGE);
		buf_release(&why);
		return status;
	}
	buf_release(&why);
	if (options.help)
		return print_help();
	if (options.version)
		return print_version();
	if (options.print_members)
		return print_members(&options);
	return serve(&options);
}
