/*
 * The program as a process: whichever signal comes, and whatever the program
 * is at, the terminal is given back.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/deadline.h"
#include "e2e/support/modes.h"
#include "e2e/support/own_system.h"

enum { TEXT_MAX = 4096 };

/* One that has the form of a key. */
static const char some_key[] =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

static const int endings[] = { SIGTERM, SIGHUP, SIGQUIT };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void
expect_death(struct story *story, int number)
{
	int fd = modes_keep(story);

	child_signal(&story->term.child, number);
	assert_int_equal(term_wait_exit(&story->term), -1);
	assert_int_equal(story->term.child.signal, number);
	modes_assert_given_back(story, fd);
}

/* -- while the network hangs ----------------------------------------------- */

/* Somewhere that takes connections and says nothing. */
static int
open_silence(char url[64])
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, len), 0);
	assert_int_equal(listen(fd, 0), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
	(void)snprintf(url, 64, "https://127.0.0.1:%d",
	    (int)ntohs(address.sin_port));
	return fd;
}

/* With its queue full it does not even take connections. */
static int
fill_queue(int silence)
{
	struct sockaddr_in address;
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	assert_true(fd >= 0);
	assert_int_equal(getsockname(silence, (struct sockaddr *)&address,
	                     &len),
	    0);
	(void)connect(fd, (const struct sockaddr *)&address, len);
	return fd;
}

/* Behind the words all the time that there may be: only the signal ends it. */
static void
begin_at(struct story *story, const char *url)
{
	struct term_options term = { .rows = 24, .cols = 80 };
	struct args *args = &story->args;

	home_write_text(&story->home, "key", some_key);
	home_path(&story->home, "key", story->sim.key_file);
	args_init(args, "bantop");
	args_add_two(args, "--endpoint", url);
	args_add_two(args, "--app-id", "1400000001");
	args_add_two(args, "--admin", "administrator");
	args_add_two(args, "--secret-key-file", story->sim.key_file);
	args_add_two(args, "--connect-timeout", "300");
	args_add_two(args, "--timeout", "300");
	args_add_two(args, "--no-state", "--group=" STORY_GROUP);
	term.argv = args->list;
	term_release(&story->term);
	term_start(&story->term, &story->home, &term);
	story_wait(story, "loading page 1, Esc stop");
}

static void
a_signal_ends_it_while_a_handshake_hangs(void **state)
{
	struct story *story = *state;
	char url[64];
	int fd = open_silence(url);

	for (size_t i = 0; i < COUNT(endings); i++) {
		begin_at(story, url);
		expect_death(story, endings[i]);
	}
	(void)close(fd);
}

static void
a_signal_ends_it_while_a_connect_hangs(void **state)
{
	struct story *story = *state;
	int fds[3];
	char url[64];

	fds[0] = open_silence(url);
	fds[1] = fill_queue(fds[0]);
	fds[2] = fill_queue(fds[0]);
	for (size_t i = 0; i < COUNT(endings); i++) {
		begin_at(story, url);
		expect_death(story, endings[i]);
	}
	for (size_t i = 0; i < COUNT(fds); i++)
		(void)close(fds[i]);
}

/* A nameserver that never answers. @return -1 where there can be none. */
static int
open_nameserver(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons(53) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(inet_pton(AF_INET, "127.83.17.5", &address.sin_addr),
	    1);
	if (bind(fd, (const struct sockaddr *)&address, sizeof(address)) != 0) {
		(void)close(fd);
		return -1;
	}
	own_system_write_etc("resolv.conf",
	    "nameserver 127.83.17.5\noptions timeout:30 attempts:5\n");
	own_system_write_etc("nsswitch.conf", "hosts: files dns\n");
	return fd;
}

/* It was asked, or nothing would hang. */
static void
begin_lookup(struct story *story, int nameserver)
{
	struct pollfd question = { .fd = nameserver, .events = POLLIN };
	int64_t until_ms = deadline_in_s(DEADLINE_USUAL_S);
	char bytes[512];

	while (recv(nameserver, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
		continue;
	begin_at(story, "https://nowhere.example");
	assert_int_equal(poll(&question, 1, deadline_left_ms(until_ms)), 1);
}

static void
a_signal_ends_it_while_a_lookup_hangs(void **state)
{
	struct story *story = *state;
	int fd = open_nameserver();

	if (fd < 0) {
		print_message("no nameserver of its own here: not run\n");
		return;
	}
	for (size_t i = 0; i < COUNT(endings); i++) {
		begin_lookup(story, fd);
		expect_death(story, endings[i]);
	}
	begin_lookup(story, fd);
	story_quit(story);
	(void)close(fd);
}

static void
a_signal_ends_it_in_the_middle_of_a_load_all(void **state)
{
	static const char *const sim[] = { "--members", "60000", "--rate", "0",
		NULL };
	static const char *const more[] = { "--rate", "200", NULL };
	const struct story_options options = {
		.sim = sim,
		.more = more,
		.group = STORY_GROUP,
	};
	struct story *story = *state;

	for (size_t i = 0; i < COUNT(endings); i++) {
		story_begin(story, &options);
		story_wait(story, " loaded, ");
		story_type(story, "A");
		sim_wait_count(&story->sim, STORY_BANS, -1, 10);
		expect_death(story, endings[i]);
		assert_true(story_pages(story) < 600);
		sim_stop(&story->sim);
	}
}

/* -- before there is a screen ---------------------------------------------- */

static void
begin_with_command(struct story *story, const char *word, const char *command)
{
	struct term_options term = { .rows = 24, .cols = 80 };
	char conf[TEXT_MAX];

	(void)snprintf(conf, sizeof(conf),
	    "profile live {\n region = \"sgp\"\n app_id = 1400000001\n"
	    " admin = \"administrator\"\n secret_key_command = \"%s\"\n}\n",
	    command);
	home_write_text(&story->home, "config/bantop/bantop.conf", conf);
	args_init(&story->args, "bantop");
	args_add_two(&story->args, "--profile", "live");
	args_add_two(&story->args, "--no-state", "--group=" STORY_GROUP);
	if (word != NULL)
		args_add(&story->args, word);
	term.argv = story->args.list;
	term_release(&story->term);
	term_start(&story->term, &story->home, &term);
	story_wait(story, "asking");
}

static void
a_signal_ends_it_while_a_command_gives_the_secret(void **state)
{
	static const char *const words[] = { NULL, "list", "doctor" };
	static const char command[] = "echo asking >&2; exec tail -f /dev/null";
	struct story *story = *state;

	for (size_t i = 0; i < COUNT(endings); i++) {
		begin_with_command(story, words[i], command);
		child_signal(&story->term.child, endings[i]);
		assert_int_equal(term_wait_exit(&story->term), -1);
		assert_int_equal(story->term.child.signal, endings[i]);
	}
	for (size_t i = 0; i < 2; i++) {
		begin_with_command(story, words[i], command);
		child_signal(&story->term.child, SIGINT);
		story_expect_exit(story, 130);
	}
}

/* The terminal tells all that it runs: the command and us. */
static void
ctrl_c_ends_it_while_a_command_gives_the_secret(void **state)
{
	struct story *story = *state;

	begin_with_command(story, NULL,
	    "echo asking >&2; exec tail -f /dev/null");
	story_control(story, 'c');
	story_expect_exit(story, 130);
}

static void
begin_at_prompt(struct story *story)
{
	struct term_options term = { .rows = 24, .cols = 80 };

	args_init(&story->args, "bantop");
	args_add_two(&story->args, "--region", "sgp");
	args_add_two(&story->args, "--app-id", "1400000001");
	args_add_two(&story->args, "--admin", "administrator");
	args_add(&story->args, "--no-state");
	term.argv = story->args.list;
	term_release(&story->term);
	term_start(&story->term, &story->home, &term);
	story_wait(story, "secret key (not shown)");
}

static void
a_signal_at_the_prompt_gives_the_echo_back(void **state)
{
	struct story *story = *state;
	struct termios modes;

	for (size_t i = 0; i < COUNT(endings); i++) {
		int fd;

		begin_at_prompt(story);
		fd = fcntl(story->term.fd, F_DUPFD_CLOEXEC, 10);
		modes_read(fd, &modes);
		assert_int_equal(modes.c_lflag & ECHO, 0);
		child_signal(&story->term.child, endings[i]);
		assert_int_equal(term_wait_exit(&story->term), -1);
		assert_int_equal(story->term.child.signal, endings[i]);
		modes_assert_usual(fd);
		(void)close(fd);
	}
}

static void
another_size_does_not_end_the_prompt(void **state)
{
	struct story *story = *state;

	begin_at_prompt(story);
	term_resize(&story->term, 30, 90);
	child_signal(&story->term.child, SIGCONT);
	story_type(story, some_key);
	story_type(story, "\r");
	story_wait(story, "GROUP");
	story_quit(story);
}

/* -- what nobody expects --------------------------------------------------- */

static void
a_fault_gives_the_terminal_back_and_is_died_of(void **state)
{
	static const int faults[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL,
		SIGSYS, SIGTRAP, SIGXCPU, SIGUSR1, SIGUSR2, SIGALRM };
	struct story *story = *state;

	for (size_t i = 0; i < COUNT(faults); i++) {
		print_message("signal %d\n", faults[i]);
		story_begin_bans(story, "5");
		expect_death(story, faults[i]);
		sim_stop(&story->sim);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(a_signal_ends_it_while_a_handshake_hangs),
		STORY(a_signal_ends_it_while_a_connect_hangs),
		STORY(a_signal_ends_it_in_the_middle_of_a_load_all),
		STORY(a_signal_ends_it_while_a_command_gives_the_secret),
		STORY(ctrl_c_ends_it_while_a_command_gives_the_secret),
		STORY(a_signal_at_the_prompt_gives_the_echo_back),
		STORY(another_size_does_not_end_the_prompt),
		STORY(a_fault_gives_the_terminal_back_and_is_died_of),
	};
	const struct CMUnitTest with_etc[] = {
		STORY(a_signal_ends_it_while_a_lookup_hangs),
	};
	bool own = own_system_enter();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	if (!own) {
		print_message("no system of its own here: %zu not run\n",
		    COUNT(with_etc));
		return failed;
	}
	return failed + cmocka_run_group_tests(with_etc, NULL, NULL);
}
