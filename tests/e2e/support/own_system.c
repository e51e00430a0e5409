/*
 * A mount namespace with an overlay on /etc, and a /dev of its own. An ordinary
 * user gets it by way of a user namespace.
 */
#define _GNU_SOURCE
#include "e2e/support/own_system.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "e2e/support/deadline.h"

enum { LINE_MAX_BYTES = 4096 };

static const char folder[] = "/etc/bantop";
static const char conf[] = "/etc/bantop/bantop.conf";
static const char log_path[] = "/dev/log";

static bool
put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	size_t len = strlen(text);
	bool ok = fd >= 0 && write(fd, text, len) == (ssize_t)len;

	if (fd >= 0)
		close(fd);
	return ok;
}

static bool
unshare_all(void)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();
	char map[64];

	if (uid == 0)
		return unshare(CLONE_NEWNS) == 0;
	if (unshare(CLONE_NEWNS | CLONE_NEWUSER) != 0)
		return false;
	snprintf(map, sizeof map, "%lu %lu 1", (unsigned long)uid,
	    (unsigned long)uid);
	if (!put("/proc/self/uid_map", map))
		return false;
	snprintf(map, sizeof map, "%lu %lu 1", (unsigned long)gid,
	    (unsigned long)gid);
	return put("/proc/self/setgroups", "deny") &&
	    put("/proc/self/gid_map", map);
}

/* What is written there goes to @p room. */
static bool
lay_over_etc(const char *room)
{
	char upper[128], work[128], options[512];

	snprintf(upper, sizeof upper, "%s/upper", room);
	snprintf(work, sizeof work, "%s/work", room);
	snprintf(options, sizeof options,
	    "lowerdir=/etc,upperdir=%s,workdir=%s", upper, work);
	return mkdir(upper, 0755) == 0 && mkdir(work, 0755) == 0 &&
	    mount("overlay", "/etc", "overlay", 0, options) == 0;
}

static bool
bind_into(const char *dev, const char *name)
{
	char from[64], to[160];

	snprintf(from, sizeof from, "/dev/%s", name);
	snprintf(to, sizeof to, "%s/%s", dev, name);
	return put(to, "") && mount(from, to, NULL, MS_BIND, NULL) == 0;
}

/* Terminals of its own, too: those of the machine are found by /dev alone. */
static bool
replace_dev(const char *room)
{
	static const char *const files[] = { "null", "zero", "full", "tty",
		"random", "urandom" };
	char dev[128], path[160];

	snprintf(dev, sizeof dev, "%s/dev", room);
	snprintf(path, sizeof path, "%s/pts", dev);
	if (mkdir(dev, 0755) != 0 || mkdir(path, 0755) != 0 ||
	    mount("devpts", path, "devpts", 0,
	        "newinstance,ptmxmode=0666,mode=0620") != 0)
		return false;
	snprintf(path, sizeof path, "%s/ptmx", dev);
	if (symlink("pts/ptmx", path) != 0)
		return false;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		if (!bind_into(dev, files[i]))
			return false;
	}
	return mount(dev, "/dev", NULL, MS_BIND | MS_REC, NULL) == 0;
}

static bool
enter(void)
{
	char room[] = "/tmp/bantop-system-XXXXXX";
	bool ok;

	if (mkdtemp(room) == NULL)
		return false;
	ok = unshare_all() &&
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount("tmpfs", room, "tmpfs", 0, NULL) == 0;
	if (ok) {
		ok = lay_over_etc(room) && replace_dev(room);
		(void)umount2(room, MNT_DETACH);
	}
	(void)rmdir(room);
	return ok;
}

/* What has been done half cannot be undone, so a child tries it first. */
bool
own_system_enter(void)
{
	pid_t pid = fork();
	int status = -1;

	if (pid == 0)
		_exit(enter() ? 0 : 1);
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0 &&
	    enter();
}

void
own_system_configure(const char *text)
{
	if (text == NULL) {
		assert_true(unlink(conf) == 0 || errno == ENOENT);
		return;
	}
	assert_true(mkdir(folder, 0755) == 0 || errno == EEXIST);
	assert_true(put(conf, text));
}

void
own_system_write_etc(const char *name, const char *text)
{
	char path[128];

	snprintf(path, sizeof path, "/etc/%s", name);
	assert_true(unlink(path) == 0 || errno == ENOENT);
	assert_true(put(path, text));
}

int
own_system_open_log(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	(void)unlink(log_path);
	memcpy(address.sun_path, log_path, sizeof log_path);
	assert_int_equal(bind(fd, (const struct sockaddr *)&address,
	                     sizeof address),
	    0);
	return fd;
}

void
own_system_wait_log(int fd, const char *text)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	int64_t until_ms = deadline_in_s(DEADLINE_USUAL_S);
	char line[LINE_MAX_BYTES];
	ssize_t len;

	for (;;) {
		if (poll(&wait, 1, deadline_left_ms(until_ms)) <= 0)
			fail_msg("syslog was not told \"%s\"", text);
		len = recv(fd, line, sizeof line - 1, 0);
		assert_true(len > 0);
		line[len] = '\0';
		print_message("%s\n", line);
		if (strstr(line, text) != NULL)
			return;
	}
}

/* -- names ----------------------------------------------------------------- */

static bool
raise_loopback(int fd)
{
	struct ifreq request = { .ifr_name = "lo" };

	if (ioctl(fd, SIOCGIFFLAGS, &request) != 0)
		return false;
	request.ifr_flags = (short)(request.ifr_flags | IFF_UP);
	return ioctl(fd, SIOCSIFFLAGS, &request) == 0;
}

/* The nameserver is a socket that nobody reads; it lives as long as we. */
bool
own_system_silence_names(void)
{
	static const char resolver[] = "nameserver 127.0.0.1\n"
	                               "options timeout:30 attempts:5\n";
	struct sockaddr_in place = { .sin_family = AF_INET,
		.sin_port = htons(53) };
	int fd;

	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (unshare(CLONE_NEWNET) != 0)
		return false;
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return false;
	if (raise_loopback(fd) &&
	    bind(fd, (const struct sockaddr *)&place, sizeof place) == 0 &&
	    put("/etc/resolv.conf", resolver) &&
	    put("/etc/nsswitch.conf", "hosts: files dns\n"))
		return true;
	(void)close(fd);
	return false;
}
