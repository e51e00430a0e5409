/*
 * Whom the program talks to, counted by those it should not: a server that is
 * not surely the right one gets no byte of a request, a place that an answer
 * points to gets no connection, and the environment changes no byte of what
 * is sent.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/pem.h>

#include "bantop/base/file.h"
#include "e2e/support/listing.h"
#include "e2e/support/tls_server.h"

enum { TEXT_MAX = 1024 };

static const char header[] =
    "account\tbanned_until\tuntil\tremaining_s\tstate\n";

static void
open_rig(struct rig *rig, void **state, struct tls_server **server,
    const struct tls_server_options *options)
{
	*server = tls_server_start(*state, options);
	rig_open_server(rig, state, *server);
}

static void
close_rig(struct rig *rig, struct tls_server *server)
{
	tls_server_stop(server);
	rig_close(rig);
}

/* -- whom to trust --------------------------------------------------------- */

static void
answer_all(struct tls_conn *conn, void *user)
{
	(void)user;
	while (tls_conn_read(conn) && tls_conn_send_page(conn, 5, 0, ""))
		;
}

static void
a_wrong_server_gets_no_byte_of_a_request(void **state)
{
	static const struct {
		const char *kind;
		bool tls11;
		const char *said;
	} rows[] = {
		{ "expired", false, "expired" },
		{ "notyet", false, "not yet valid" },
		{ "selfsigned", false, "self-signed" },
		{ "host", false, "another host name" },
		{ "unknown", false, "issuer is unknown" },
		{ NULL, true, "old TLS version" },
	};
	struct tls_server_options options = { .serve = answer_all };
	struct tls_server *server;
	struct tls_counts *counts;
	struct rig rig;
	size_t i;

	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		options.kind = rows[i].kind;
		options.tls11 = rows[i].tls11;
		open_rig(&rig, state, &server, &options);
		counts = tls_server_counts(server);
		rig_list(&rig, NULL, 4);
		rig_check_said(&rig, rows[i].said);
		assert_string_equal(run_output(&rig.run), header);
		assert_true(counts->connections > 0);
		assert_int_equal(counts->bytes, 0);
		close_rig(&rig, server);
	}
}

/* The same server, when nothing is wrong with it: the counts do count. */
static void
the_right_server_gets_one_request(void **state)
{
	const struct tls_server_options options = { .serve = answer_all };
	struct tls_server *server;
	struct tls_counts *counts;
	struct rig rig;

	open_rig(&rig, state, &server, &options);
	counts = tls_server_counts(server);
	rig_list(&rig, NULL, 0);
	assert_int_equal(counts->connections, 1);
	assert_int_equal(counts->handshakes, 1);
	assert_int_equal(counts->requests, 1);
	assert_true(counts->bytes > 100);
	close_rig(&rig, server);
}

/* The right authority stands in it, too. */
static void
a_damaged_file_of_authorities_has_no_byte_sent(void **state)
{
	static const char damaged[] =
	    "-----BEGIN CERTIFICATE-----\n"
	    "MIIBMIIBMIIBMIIBMIIBMIIBMIIBMIIBMIIBMIIBMIIBMIIBMIIBMIIBMIIBMIIB\n"
	    "-----END CERTIFICATE-----\n";
	const struct tls_server_options options = { .serve = answer_all };
	struct tls_server *server;
	struct tls_counts *counts;
	struct buf text;
	struct err err;
	struct rig rig;

	open_rig(&rig, state, &server, &options);
	counts = tls_server_counts(server);
	buf_init(&text, TEXT_MAX * TEXT_MAX);
	assert_true(file_read(rig.sim.cacert, &text, &err));
	buf_put_text(&text, damaged);
	home_write(rig.home, "damaged.pem", text.data, text.len);
	buf_release(&text);
	home_path(rig.home, "damaged.pem", rig.sim.cacert);
	rig_list(&rig, NULL, 4);
	rig_check_said(&rig, "the file of trusted certificates is not usable");
	assert_true(counts->connections > 0);
	assert_int_equal(counts->bytes, 0);
	close_rig(&rig, server);
}

/* One authority more is for the service, and for no proxy on the way. */
static void
a_proxy_is_not_trusted_for_the_file_of_authorities(void **state)
{
	static const char *const profile[] = { "--profile", "behind", NULL };
	const struct tls_server_options options = { .serve = answer_all };
	struct tls_server *server;
	struct tls_counts *counts;
	char text[TEXT_MAX];
	struct rig rig;

	open_rig(&rig, state, &server, &options);
	counts = tls_server_counts(server);
	(void)snprintf(text, sizeof text,
	    "profile behind { proxy = \"https://127.0.0.1:%d\" }\n",
	    tls_server_port(server));
	home_write_text(rig.home, "config/bantop/bantop.conf", text);
	rig_list(&rig, profile, 4);
	rig_check_said(&rig, "certificate of 127.0.0.1 refused");
	assert_true(counts->connections > 0);
	assert_int_equal(counts->bytes, 0);
	close_rig(&rig, server);
}

/* -- where an answer points ------------------------------------------------ */

/* An answer whose head holds the other server's port between these two. */
struct pointer {
	bool is_answer; /* status 200: what it says counts */
	const char *before;
	const char *behind;
};

static const struct pointer pointers[] = {
	{ false, "301 Moved\r\nLocation: https://127.0.0.1:", "/v4/x" },
	{ false, "302 Found\r\nLocation: https://127.0.0.1:", "/v4/x" },
	{ false, "303 See\r\nLocation: https://127.0.0.1:", "/v4/x" },
	{ false, "307 Temporary\r\nLocation: https://127.0.0.1:", "/v4/x" },
	{ false, "308 Permanent\r\nLocation: https://127.0.0.1:", "/v4/x" },
	{ false, "300 Choices\r\nLocation: https://127.0.0.1:", "/v4/x" },
	{ false, "302 Found\r\nX-Port: ", "\r\nLocation: /v4/elsewhere" },
	{ false, "302 Found\r\nLocation: //127.0.0.1:", "/v4/x" },
	{ false, "302 Found\r\nLocation: http://127.0.0.1:", "/v4/x" },
	{ false, "302 Found\r\nLocation: https://localhost:", "/v4/x" },
	{ true, "200 OK\r\nRefresh: 0; url=https://127.0.0.1:", "/v4/x" },
	{ true, "200 OK\r\nLocation: https://127.0.0.1:", "/v4/x" },
	{ false, "201 Made\r\nLocation: https://127.0.0.1:", "/v4/x" },
	{ true, "200 OK\r\nAlt-Svc: h2=\":", "\"; ma=3600" },
	{ false, "401 No\r\nWWW-Authenticate: Basic realm=\"", "\"" },
	{ false, "407 No\r\nProxy-Authenticate: Basic realm=\"", "\"" },
};

static void
point_elsewhere(struct tls_conn *conn, void *user)
{
	static const char body[] =
	    "{\"ActionStatus\":\"OK\",\"ErrorInfo\":\"\",\"ErrorCode\":0,"
	    "\"BannedAccountList\":[],\"NextOffset\":0}";
	char answer[TEXT_MAX];

	(void)snprintf(answer, sizeof answer,
	    "HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n%s", (const char *)user,
	    sizeof body - 1, body);
	while (tls_conn_read(conn) && tls_conn_send(conn, answer))
		;
}

static void
an_answer_that_points_elsewhere_is_not_followed(void **state)
{
	struct tls_server_options options = { .serve = point_elsewhere };
	const struct tls_server_options quiet = { .serve = answer_all };
	struct tls_server *server, *other;
	struct tls_counts *counts;
	char head[TEXT_MAX], want[16];
	struct rig rig;
	size_t i;

	for (i = 0; i < sizeof pointers / sizeof pointers[0]; i++) {
		other = tls_server_start(*state, &quiet);
		(void)snprintf(head, sizeof head, "%s%d%s", pointers[i].before,
		    tls_server_port(other), pointers[i].behind);
		options.user = head;
		open_rig(&rig, state, &server, &options);
		counts = tls_server_counts(server);
		rig_list(&rig, NULL, pointers[i].is_answer ? 0 : 4);
		if (!pointers[i].is_answer) {
			(void)snprintf(want, sizeof want, "HTTP %.3s", head);
			rig_check_said(&rig, want);
		}
		assert_string_equal(run_output(&rig.run), header);
		assert_int_equal(counts->requests, 1);
		assert_int_equal(tls_server_counts(other)->connections, 0);
		close_rig(&rig, server);
		tls_server_stop(other);
	}
}

/* -- the environment ------------------------------------------------------- */

/* Keeps the heads that came, for the test to compare. */
struct heads {
	char text[2][TLS_HEAD_MAX];
	size_t count;
};

static void
keep_heads(struct tls_conn *conn, void *user)
{
	struct heads *heads = user;

	while (tls_conn_read(conn)) {
		if (heads->count < 2)
			(void)snprintf(heads->text[heads->count++],
			    TLS_HEAD_MAX, "%s", tls_conn_head(conn));
		/* A cookie, to see whether it comes back. */
		if (!tls_conn_send_page(conn, 5, 0,
		        "Set-Cookie: left=behind; Path=/\r\n"))
			return;
	}
}

/* What differs from call to call is what follows these words. */
static void
mask(char *head)
{
	static const char *const names[] = { "usersig=", "random=" };
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		char *at = strstr(head, names[i]);
		size_t len;

		assert_non_null(at);
		at += strlen(names[i]);
		len = strcspn(at, "& ");
		memmove(at, at + len, strlen(at + len) + 1);
	}
}

static const char *
setting(char room[TEXT_MAX], const char *name, const char *value)
{
	(void)snprintf(room, TEXT_MAX, "%s=%.511s", name, value);
	return room;
}

/* In DIR under the name by which OpenSSL looks for it. */
static void
write_hashed(const struct home *home, const char *dir, const char *pem)
{
	char name[TEXT_MAX], path[HOME_PATH_MAX], text[16384];
	FILE *file = fopen(pem, "r");
	X509 *certificate;
	size_t len;

	assert_non_null(file);
	certificate = PEM_read_X509(file, NULL, NULL, NULL);
	assert_non_null(certificate);
	(void)snprintf(name, sizeof name, "%s/%08lx.0", dir,
	    X509_subject_name_hash(certificate));
	X509_free(certificate);
	rewind(file);
	len = fread(text, 1, sizeof text, file);
	assert_int_equal(fclose(file), 0);
	home_write(home, name, text, len);
	home_path(home, name, path);
	assert_int_equal(access(path, R_OK), 0);
}

/* Each would show: in the request, in a connection that comes to nobody, in a
 * run that fails, in a file. */
static const char *const proxies[] = { "http_proxy", "HTTP_PROXY",
	"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" };

enum { PROXIES = sizeof proxies / sizeof proxies[0], OTHERS = 8 };

struct hostile {
	char room[PROXIES + OTHERS][TEXT_MAX];
	const char *list[PROXIES + OTHERS + 1];
};

static void
fill_hostile(struct hostile *hostile, const struct home *home, int proxy_port)
{
	static const char curlrc[] = "insecure\nuser = \"spy:secret\"\n"
	                             "header = \"X-Curlrc: read\"\n"
	                             "user-agent = \"curlrc\"\n";
	static const char netrc[] = "machine 127.0.0.1 login spy password x\n"
	                            "default login spy password x\n";
	static const char *const names[OTHERS] = { "SSLKEYLOGFILE",
		"OPENSSL_CONF", "SSL_CERT_FILE", "SSL_CERT_DIR",
		"CURL_CA_BUNDLE", "CURL_HOME", "NETRC", "no_proxy" };
	char paths[OTHERS][HOME_PATH_MAX], proxy[64];
	size_t i, n = 0;

	memset(hostile, 0, sizeof *hostile);
	(void)snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", proxy_port);
	for (i = 0; i < PROXIES; i++, n++)
		hostile->list[n] = setting(hostile->room[n], proxies[i], proxy);
	home_write_text(home, ".curlrc", curlrc);
	home_write_text(home, "curl/.curlrc", curlrc);
	home_write_text(home, "curl/.netrc", netrc);
	home_write_text(home, ".netrc", netrc);
	home_path(home, "keys.log", paths[0]);
	for (i = 1; i < OTHERS; i++)
		home_path(home, "absent", paths[i]);
	home_path(home, "curl", paths[5]);
	home_path(home, ".netrc", paths[6]);
	(void)snprintf(paths[7], sizeof paths[7], "nowhere.invalid");
	for (i = 0; i < OTHERS; i++, n++)
		hostile->list[n] =
		    setting(hostile->room[n], names[i], paths[i]);
}

static void
the_environment_changes_no_byte_of_the_request(void **state)
{
	struct hostile hostile;
	struct heads heads = { .count = 0 };
	const struct tls_server_options options = { .serve = keep_heads,
		.user = &heads };
	const struct tls_server_options quiet = { .serve = answer_all };
	struct tls_server *server, *proxy;
	char path[HOME_PATH_MAX];
	struct args args;
	struct rig rig;

	proxy = tls_server_start(*state, &quiet);
	open_rig(&rig, state, &server, &options);
	rig_list(&rig, NULL, 0);
	fill_hostile(&hostile, rig.home, tls_server_port(proxy));
	run_release(&rig.run);
	rig_begin_args(&rig, &args);
	assert_int_equal(run_program(&rig.run, rig.home, args.list,
	                     hostile.list),
	    0);
	assert_int_equal(heads.count, 2);
	mask(heads.text[0]);
	mask(heads.text[1]);
	assert_string_equal(heads.text[0], heads.text[1]);
	assert_null(strstr(heads.text[1], "Authorization"));
	assert_null(strstr(heads.text[1], "Cookie"));
	assert_null(strstr(heads.text[1], "Accept-Encoding"));
	assert_null(strstr(heads.text[1], "Expect"));
	assert_int_equal(tls_server_counts(proxy)->connections, 0);
	home_path(rig.home, "keys.log", path);
	assert_int_not_equal(access(path, F_OK), 0);
	close_rig(&rig, server);
	tls_server_stop(proxy);
}

static void
no_directory_of_authorities_is_taken_from_the_environment(void **state)
{
	const struct tls_server_options options = { .serve = answer_all };
	char place[HOME_PATH_MAX], room[TEXT_MAX];
	const char *environment[2] = { NULL };
	struct tls_server *server;
	struct args args;
	struct rig rig;

	open_rig(&rig, state, &server, &options);
	write_hashed(rig.home, "authorities", rig.sim.cacert);
	home_path(rig.home, "authorities", place);
	environment[0] = setting(room, "SSL_CERT_DIR", place);
	args_init(&args, "bantop");
	args_add(&args, "list");
	args_add_two(&args, "--group", LISTING_GROUP);
	sim_add_untrusted_args(&rig.sim, &args);
	assert_int_equal(run_program(&rig.run, rig.home, args.list,
	                     environment),
	    4);
	rig_check_said(&rig, "issuer is unknown");
	assert_int_equal(tls_server_counts(server)->bytes, 0);
	close_rig(&rig, server);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wrong_server_gets_no_byte_of_a_request),
		cmocka_unit_test(the_right_server_gets_one_request),
		cmocka_unit_test(
		    a_damaged_file_of_authorities_has_no_byte_sent),
		cmocka_unit_test(
		    a_proxy_is_not_trusted_for_the_file_of_authorities),
		cmocka_unit_test(
		    an_answer_that_points_elsewhere_is_not_followed),
		cmocka_unit_test(
		    the_environment_changes_no_byte_of_the_request),
		cmocka_unit_test(
		    no_directory_of_authorities_is_taken_from_the_environment),
	};

	return cmocka_run_group_tests(tests, home_set_up, home_tear_down);
}
