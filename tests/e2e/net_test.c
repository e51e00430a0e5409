/*
 * The rules of the network, seen from outside: the environment changes
 * nothing, nobody is followed elsewhere, a server that is not surely the
 * right one is never told anything, and no secret leaves but in the request.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/file.h"
#include "e2e/support/deadline.h"
#include "e2e/support/listing.h"

enum { ADDRESS_MAX = 64, CONTENT_MAX = 1024 * 1024 };

/* A socket on the loopback interface that nobody should come to. */
static int
open_trap(bool listens, char address[ADDRESS_MAX], const char *scheme)
{
	struct sockaddr_in place = { .sin_family = AF_INET };
	socklen_t len = sizeof(place);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (const struct sockaddr *)&place,
	                     sizeof(place)),
	    0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&place, &len), 0);
	if (listens)
		assert_int_equal(listen(fd, 8), 0);
	(void)snprintf(address, ADDRESS_MAX, "%s127.0.0.1:%d", scheme,
	    (int)ntohs(place.sin_port));
	return fd;
}

static bool
somebody_came(int trap)
{
	struct pollfd listener = { .fd = trap, .events = POLLIN };

	return poll(&listener, 1, 0) > 0;
}

static void
read_whole(const char *path, struct buf *out)
{
	struct err err = { 0 };

	buf_init(out, CONTENT_MAX);
	if (!file_read(path, out, &err))
		fail_msg("%s: %s", path, err.text);
}

/* -- the environment ------------------------------------------------------- */

/* "NAME=VALUE" for the environment of a run. */
struct setting {
	char text[HOME_PATH_MAX + 32];
};

static const char *
set(struct setting *setting, const char *name, const char *value)
{
	(void)snprintf(setting->text, sizeof(setting->text), "%s=%s", name,
	    value);
	return setting->text;
}

static void
list_with(struct rig *rig, const char *const *environment, int status)
{
	struct args args;
	int got;

	rig_begin_args(rig, &args);
	run_release(&rig->run);
	got = run_program(&rig->run, rig->home, args.list, environment);
	if (got != status)
		fail_msg("status %d, expected %d: %s", got, status,
		    run_error(&rig->run));
}

static void
no_proxy_is_taken_from_the_environment(void **state)
{
	static const char *const names[] = { "https_proxy", "HTTPS_PROXY",
		"http_proxy", "all_proxy", "ALL_PROXY" };
	const char *environment[8] = { NULL };
	struct setting settings[5];
	char address[ADDRESS_MAX];
	struct rig rig;
	int trap;
	size_t i;

	trap = open_trap(true, address, "http://");
	for (i = 0; i < 5; i++)
		environment[i] = set(&settings[i], names[i], address);
	rig_open(&rig, state, "5", NULL);
	list_with(&rig, environment, 0);
	assert_false(somebody_came(trap));
	assert_int_equal(close(trap), 0);
	rig_close(&rig);
}

static void
no_key_is_written_down(void **state)
{
	struct setting setting;
	const char *environment[2] = { NULL };
	char path[HOME_PATH_MAX];
	struct rig rig;

	rig_open(&rig, state, "5", NULL);
	home_path(rig.home, "keys.log", path);
	environment[0] = set(&setting, "SSLKEYLOGFILE", path);
	list_with(&rig, environment, 0);
	assert_int_not_equal(access(path, F_OK), 0);
	assert_int_equal(errno, ENOENT);
	rig_close(&rig);
}

static void
no_authority_is_taken_from_the_environment(void **state)
{
	struct setting file, bundle;
	const char *environment[3] = { NULL };
	struct args args;
	struct rig rig;

	rig_open(&rig, state, "5", NULL);
	environment[0] = set(&file, "SSL_CERT_FILE", rig.sim.cacert);
	environment[1] = set(&bundle, "CURL_CA_BUNDLE", rig.sim.cacert);
	args_init(&args, "bantop");
	args_add(&args, "list");
	args_add_two(&args, "--group", LISTING_GROUP);
	sim_add_untrusted_args(&rig.sim, &args);
	assert_int_equal(run_program(&rig.run, rig.home, args.list,
	                     environment),
	    4);
	rig_check_said(&rig, "issuer is unknown");
	assert_int_equal(sim_request_count(&rig.sim), 0);
	rig_close(&rig);
}

static void
no_authority_is_taken_away_by_the_environment(void **state)
{
	static const char *const environment[] = {
		"SSL_CERT_FILE=/nonexistent",
		"SSL_CERT_DIR=/nonexistent",
		"CURL_CA_BUNDLE=/nonexistent",
		"CURL_SSL_BACKEND=gnutls",
		"OPENSSL_MODULES=/nonexistent",
		"OPENSSL_ENGINES=/nonexistent",
		NULL,
	};
	struct rig rig;

	rig_open(&rig, state, "5", NULL);
	list_with(&rig, environment, 0);
	rig_close(&rig);
}

/* With this configuration OpenSSL knows no algorithm at all. */
static void
no_configuration_of_openssl_is_read(void **state)
{
	static const char text[] = "openssl_conf = all\n"
	                           "[all]\nproviders = list\n"
	                           "[list]\nnull = none\n"
	                           "[none]\nactivate = 1\n";
	struct setting setting;
	const char *environment[2] = { NULL };
	char path[HOME_PATH_MAX];
	struct rig rig;

	rig_open(&rig, state, "5", NULL);
	home_write_text(rig.home, "openssl.cnf", text);
	home_path(rig.home, "openssl.cnf", path);
	environment[0] = set(&setting, "OPENSSL_CONF", path);
	list_with(&rig, environment, 0);
	rig_close(&rig);
}

/* -- nowhere else ---------------------------------------------------------- */

static void
a_redirect_leads_nowhere(void **state)
{
	char address[ADDRESS_MAX], fault[ADDRESS_MAX + 16];
	struct rig rig;
	int trap;

	trap = open_trap(true, address, "https://");
	(void)snprintf(fault, sizeof(fault), "redirect:%s/", address);
	rig_open_fault(&rig, state, "5", fault);
	rig_list(&rig, NULL, 4);
	rig_check_said(&rig, "302");
	assert_false(somebody_came(trap));
	assert_int_equal(close(trap), 0);
	rig_close(&rig);
}

static void
a_server_that_is_not_surely_the_right_one_is_told_nothing(void **state)
{
	static const struct {
		const char *fault;
		const char *said;
	} rows[] = {
		{ "cert:expired", "expired" },
		{ "cert:notyet", "not yet valid" },
		{ "cert:host", "another host name" },
		{ "cert:unknown", "issuer is unknown" },
		{ "cert:selfsigned", "self-signed" },
		{ "tls11", "old TLS version" },
	};
	struct rig rig;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_message("%s\n", rows[i].fault);
		rig_open_fault(&rig, state, "5", rows[i].fault);
		rig_list(&rig, NULL, 4);
		rig_check_said(&rig, rows[i].said);
		assert_string_equal(run_output(&rig.run),
		    "account\tbanned_until\tuntil\tremaining_s\tstate\n");
		assert_int_equal(sim_request_count(&rig.sim), 0);
		rig_close(&rig);
	}
}

/* -- other ways to the service --------------------------------------------- */

/* What rig_list_bare() needs besides the region. */
static void
write_region(struct rig *rig, const char *host, const char *backup,
    const char *more)
{
	char text[4096];

	(void)snprintf(text, sizeof(text),
	    "%s\n"
	    "region lab { name = \"Lab\" host = \"%s\" backup = \"%s\" }\n"
	    "profile lab {\n"
	    "  region = \"lab\" app_id = %s admin = \"%s\"\n"
	    "  secret_key_file = \"%s\"\n"
	    "  cacert = \"%s\"\n"
	    "}\n",
	    more, host, backup, rig->sim.app_id, rig->sim.admin,
	    rig->sim.key_file, rig->sim.cacert);
	home_write_text(rig->home, "config/bantop/bantop.conf", text);
}

static const char *
host_of(const struct sim *sim)
{
	return sim->url + strlen("https://");
}

static const char *const lab[] = { "--profile", "lab", NULL };

static void
the_backup_host_is_tried_after_a_failed_lookup(void **state)
{
	struct rig rig;

	rig_open(&rig, state, "137", NULL);
	write_region(&rig, "nowhere.invalid", host_of(&rig.sim), "");
	rig_list_bare(&rig, lab, 0);
	rig_read_tsv(&rig);
	listing_compare(&rig.got, &rig.want);
	rig_close(&rig);
}

static void
the_backup_host_is_tried_after_a_refused_connection(void **state)
{
	char address[ADDRESS_MAX];
	struct rig rig;
	int closed;

	closed = open_trap(false, address, "");
	rig_open(&rig, state, "137", NULL);
	write_region(&rig, address, host_of(&rig.sim), "");
	rig_list_bare(&rig, lab, 0);
	rig_read_tsv(&rig);
	listing_compare(&rig.got, &rig.want);
	assert_int_equal(close(closed), 0);
	rig_close(&rig);
}

static void
the_backup_host_is_not_asked_after_an_answer(void **state)
{
	char address[ADDRESS_MAX];
	struct rig rig;
	int trap;

	trap = open_trap(true, address, "");
	rig_open_fault(&rig, state, "5", "code:10007");
	write_region(&rig, host_of(&rig.sim), address, "");
	rig_list_bare(&rig, lab, 5);
	assert_false(somebody_came(trap));
	assert_int_equal(close(trap), 0);
	rig_close(&rig);
}

static void
the_backup_host_is_not_asked_after_a_bad_certificate(void **state)
{
	char address[ADDRESS_MAX];
	struct rig rig;
	int trap;

	trap = open_trap(true, address, "");
	rig_open_fault(&rig, state, "5", "cert:expired");
	write_region(&rig, host_of(&rig.sim), address, "");
	rig_list_bare(&rig, lab, 4);
	assert_false(somebody_came(trap));
	assert_int_equal(close(trap), 0);
	rig_close(&rig);
}

static void
what_cannot_be_reached_is_named(void **state)
{
	char address[ADDRESS_MAX], want[2 * ADDRESS_MAX];
	struct rig rig;
	int closed;

	closed = open_trap(false, address, "");
	rig_open(&rig, state, "5", NULL);
	write_region(&rig, address, "", "");
	rig_list_bare(&rig, lab, 4);
	(void)snprintf(want, sizeof(want),
	    "cannot connect to %s: connection refused", address);
	rig_check_said(&rig, want);
	write_region(&rig, "nowhere.invalid", "", "");
	rig_list_bare(&rig, lab, 4);
	rig_check_said(&rig, "cannot resolve nowhere.invalid");
	assert_int_equal(close(closed), 0);
	rig_close(&rig);
}

static void
a_configured_proxy_is_used(void **state)
{
	char address[ADDRESS_MAX], line[ADDRESS_MAX + 16], want[512];
	char request[4096];
	struct run_options options = { 0 };
	struct pollfd listener = { .events = POLLIN };
	struct args args;
	struct rig rig;
	ssize_t count;
	int peer;

	listener.fd = open_trap(true, address, "http://");
	rig_open(&rig, state, "5", NULL);
	write_region(&rig, host_of(&rig.sim), "", "");
	(void)snprintf(line, sizeof(line), "proxy = \"%s\"", address);
	write_region(&rig, host_of(&rig.sim), "", line);
	args_init(&args, "bantop");
	args_add(&args, "list");
	args_add_two(&args, "--group", LISTING_GROUP);
	args_add_all(&args, lab);
	options.argv = args.list;
	run_start(&rig.run, rig.home, &options);
	assert_int_equal(poll(&listener, 1,
	                     deadline_left_ms(deadline_in_s(DEADLINE_USUAL_S))),
	    1);
	peer = accept(listener.fd, NULL, NULL);
	count = read(peer, request, sizeof(request) - 1);
	assert_true(count > 0);
	request[count] = '\0';
	(void)snprintf(want, sizeof(want), "CONNECT %s ", host_of(&rig.sim));
	assert_ptr_equal(strstr(request, want), request);
	assert_null(strstr(request, "usersig"));
	assert_int_equal(close(peer), 0);
	assert_int_equal(close(listener.fd), 0);
	assert_int_equal(run_finish(&rig.run), 4);
	assert_int_equal(sim_request_count(&rig.sim), 0);
	rig_close(&rig);
}

/* -- secrets --------------------------------------------------------------- */

static void
check_clean(const char *where, const char *text, const char *key)
{
	if (strstr(text, key) != NULL)
		fail_msg("the key is in %s", where);
	/* Every UserSig begins so: it is packed by zlib. */
	if (strstr(text, "eJ") != NULL || strstr(text, "usersig=e") != NULL)
		fail_msg("a UserSig is in %s", where);
}

static void
no_secret_is_printed_or_logged(void **state)
{
	static const char *const faults[] = { "code:70009", "code:10007",
		"http:500", "cut", "gzip", "html" };
	char path[HOME_PATH_MAX];
	const char *more[] = { "--log", path, NULL };
	struct buf key, log;
	struct rig rig;
	size_t i;

	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		char name[32];

		(void)snprintf(name, sizeof(name), "log-%zu", i);
		rig_open_fault(&rig, state, "5", faults[i]);
		home_path(rig.home, name, path);
		read_whole(rig.sim.key_file, &key);
		key.data[strcspn(key.data, "\n")] = '\0';
		assert_true(strlen(key.data) > 8);
		{
			struct args args;

			rig_begin_args(&rig, &args);
			args_add_all(&args, more);
			assert_int_not_equal(run_program(&rig.run, rig.home,
			                         args.list, NULL),
			    0);
		}
		read_whole(path, &log);
		assert_true(log.len > 0);
		check_clean("the log", buf_text(&log), key.data);
		check_clean("the messages", run_error(&rig.run), key.data);
		check_clean("the output", run_output(&rig.run), key.data);
		buf_release(&log);
		buf_release(&key);
		rig_close(&rig);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_proxy_is_taken_from_the_environment),
		cmocka_unit_test(no_key_is_written_down),
		cmocka_unit_test(no_authority_is_taken_from_the_environment),
		cmocka_unit_test(no_authority_is_taken_away_by_the_environment),
		cmocka_unit_test(no_configuration_of_openssl_is_read),
		cmocka_unit_test(a_redirect_leads_nowhere),
		cmocka_unit_test(
		    a_server_that_is_not_surely_the_right_one_is_told_nothing),
		cmocka_unit_test(
		    the_backup_host_is_tried_after_a_failed_lookup),
		cmocka_unit_test(
		    the_backup_host_is_tried_after_a_refused_connection),
		cmocka_unit_test(the_backup_host_is_not_asked_after_an_answer),
		cmocka_unit_test(
		    the_backup_host_is_not_asked_after_a_bad_certificate),
		cmocka_unit_test(what_cannot_be_reached_is_named),
		cmocka_unit_test(a_configured_proxy_is_used),
		cmocka_unit_test(no_secret_is_printed_or_logged),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
