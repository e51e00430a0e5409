#define _GNU_SOURCE /* O_TMPFILE, system calls by number */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#ifdef __linux__
#include <endian.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#endif
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/file.h"

#include "scratch.h"

static int
count_files(void)
{
	DIR *folder = opendir(".");
	int count = 0;

	assert_non_null(folder);
	while (readdir(folder) != NULL)
		count++;
	closedir(folder);
	return count - 2; /* "." and ".." */
}

static void
assert_content(const char *path, const char *want)
{
	struct err err = { 0 };
	struct buf buf;

	buf_init(&buf, 1000);
	assert_true(file_read(path, &buf, &err));
	assert_string_equal(buf_text(&buf), want);
	buf_release(&buf);
}

static void
write_new(struct file_new *file, const char *path, bool replace,
    const char *text)
{
	struct err err = { 0 };

	assert_true(file_new_open(file, path, replace, &err));
	assert_true(file_new_write(file, text, strlen(text), &err));
}

static void
commit_new(const char *path, bool replace, const char *text)
{
	struct file_new file;
	struct err err = { 0 };

	write_new(&file, path, replace, text);
	assert_true(file_new_commit(&file, &err));
}

static void
assert_refused(const char *path, bool replace, int code, const char *why)
{
	struct file_new file;
	struct err err = { 0 };

	assert_false(file_new_open(&file, path, replace, &err));
	assert_int_equal(err.kind, ERR_FILE);
	assert_int_equal(err.code, code);
	assert_non_null(strstr(err.text, why));
	file_new_release(&file);
}

static void
a_file_has_its_name_only_when_done(void **state)
{
	struct file_new file;
	struct err err = { 0 };
	struct stat info;

	(void)state;
	write_new(&file, "out.csv", false, "one,");
	assert_int_equal(access("out.csv", F_OK), -1);
	assert_true(count_files() <= 1); /* a temporary name, or none */
	assert_true(file_new_write(&file, "two", 3, &err));
	assert_true(file_new_commit(&file, &err));
	assert_content("out.csv", "one,two");
	assert_int_equal(count_files(), 1);
	assert_int_equal(stat("out.csv", &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(file.fd, -1);
	assert_null(file.path);
	file_new_release(&file);
}

static void
an_existing_file_needs_leave(void **state)
{
	(void)state;
	commit_new("out", false, "old");
	assert_refused("out", false, EEXIST, "out exists; --force replaces it");
	assert_content("out", "old");
	commit_new("out", true, "new");
	assert_content("out", "new");
	assert_int_equal(count_files(), 1);
}

static void
readers_see_the_old_or_the_new_file(void **state)
{
	struct file_new file;
	struct err err = { 0 };

	(void)state;
	commit_new("out", false, "old");
	write_new(&file, "out", true, "ne");
	assert_content("out", "old");
	assert_true(file_new_write(&file, "w", 1, &err));
	assert_content("out", "old");
	assert_true(file_new_commit(&file, &err));
	assert_content("out", "new");
}

static void
links_folders_and_devices_are_refused(void **state)
{
	(void)state;
	commit_new("real", false, "untouched");
	assert_int_equal(symlink("real", "link"), 0);
	assert_int_equal(symlink("nowhere", "dangling"), 0);
	assert_int_equal(mkdir("folder", 0700), 0);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_refused("link", false, ELOOP, "link is a link; not followed");
	assert_refused("link", true, ELOOP, "link is a link; not followed");
	assert_refused("dangling", true, ELOOP, "is a link");
	assert_refused("folder", true, EISDIR, "folder is a directory");
	assert_refused("fifo", true, EINVAL, "fifo is not a regular file");
	assert_refused("/dev/null", true, EINVAL, "is not a regular file");
	assert_refused("absent/out", true, ENOENT, "absent/out");
	assert_content("real", "untouched");
	assert_int_equal(access("nowhere", F_OK), -1);
	assert_int_equal(count_files(), 5);
}

static void
a_file_made_meanwhile_is_not_replaced(void **state)
{
	struct file_new file;
	struct err err = { 0 };

	(void)state;
	write_new(&file, "out", false, "ours");
	commit_new("out", false, "theirs");
	assert_false(file_new_commit(&file, &err));
	assert_int_equal(err.kind, ERR_FILE);
	assert_int_equal(err.code, EEXIST);
	assert_content("out", "theirs");
	assert_int_equal(count_files(), 1);
	assert_int_equal(file.fd, -1);
}

static void
a_link_made_meanwhile_is_not_followed(void **state)
{
	struct file_new file;
	struct err err = { 0 };

	(void)state;
	commit_new("real", false, "untouched");
	write_new(&file, "out", true, "ours");
	assert_int_equal(symlink("real", "out"), 0);
	assert_false(file_new_commit(&file, &err));
	assert_int_equal(err.code, ELOOP);
	assert_content("real", "untouched");
	assert_int_equal(count_files(), 2);
}

static void
what_was_written_is_kept_as_partial(void **state)
{
	struct file_new file;
	struct err err = { 0 };
	int round;

	(void)state;
	for (round = 0; round < 2; round++) {
		write_new(&file, "out", false, round == 0 ? "a" : "ab");
		assert_true(file_new_keep_partial(&file, &err));
		assert_content("out.partial", round == 0 ? "a" : "ab");
		assert_int_equal(access("out", F_OK), -1);
		assert_int_equal(count_files(), 1);
	}
	assert_int_equal(unlink("out.partial"), 0);
	assert_int_equal(symlink("elsewhere", "out.partial"), 0);
	write_new(&file, "out", false, "abc");
	assert_false(file_new_keep_partial(&file, &err));
	assert_int_equal(err.code, ELOOP);
	assert_int_equal(access("elsewhere", F_OK), -1);
	assert_int_equal(count_files(), 1);
}

static void
an_abandoned_file_leaves_nothing(void **state)
{
	struct file_new file;
	struct file_new zeroed = { 0 };

	(void)state;
	write_new(&file, "out", false, "half");
	file_new_release(&file);
	file_new_release(&file);
	assert_int_equal(count_files(), 0);
	file_new_release(&zeroed);
	assert_int_equal(zeroed.fd, -1);
}

static void
a_zeroed_file_does_not_close_standard_input(void **state)
{
	struct file_new zeroed = { 0 };
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(dup2(fds[0], 0), 0);
	file_new_release(&zeroed);
	assert_true(fcntl(0, F_GETFD) >= 0);
	close(fds[0]);
	close(fds[1]);
}

static void
the_longest_name_works_in_any_folder(void **state)
{
	char path[300] = "folder/";

	(void)state;
	assert_int_equal(mkdir("folder", 0700), 0);
	memset(path + 7, 'n', 255);
	commit_new(path, false, "x");
	assert_content(path, "x");
	assert_int_equal(count_files(), 1);
}

#ifdef __linux__

/* A kill at the one moment where a whole file stands beside the one that it is
 * to replace. */
static _Noreturn void
die_at_renaming(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, nr)),
#ifdef SYS_rename
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rename, 3, 0),
#endif
#ifdef SYS_renameat
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat, 2, 0),
#endif
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat2, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL),
	};
	const struct sock_fprog program = {
		.len = sizeof filter / sizeof filter[0],
		.filter = filter,
	};
	struct file_new file;
	struct err err = { 0 };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0 &&
	    file_new_open(&file, "out", true, &err) &&
	    file_new_write(&file, "dead", 4, &err) &&
	    file_new_commit(&file, &err))
		_exit(1);
	_exit(0);
}

static bool
has_nameless_files(void)
{
	int fd = open(".", O_TMPFILE | O_WRONLY, 0600);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static void
kills_leave_one_file_that_the_next_takes_away(void **state)
{
	int status = 0;
	int round;

	(void)state;
	commit_new("out", false, "old");
	for (round = 0; round < 5; round++) {
		pid_t pid = fork();

		if (pid == 0)
			die_at_renaming();
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), SIGSYS);
		assert_content("out", "old");
		if (has_nameless_files())
			assert_int_equal(count_files(), 2);
	}
	commit_new("out", true, "new");
	assert_content("out", "new");
	if (has_nameless_files())
		assert_int_equal(count_files(), 1);
}

/* From now on as on a file system that knows no files without a name. */
static void
forbid_nameless_files(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, args[2]) +
		        (BYTE_ORDER == BIG_ENDIAN ? 4 : 0)),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, O_TMPFILE),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, O_TMPFILE, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EOPNOTSUPP),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = {
		.len = sizeof filter / sizeof filter[0],
		.filter = filter,
	};

	assert_int_equal(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	assert_int_equal(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program),
	    0);
}

static void
there_are_no_nameless_files_any_more(void **state)
{
	(void)state;
	forbid_nameless_files();
	assert_false(has_nameless_files());
}

#endif

#define FILE_TEST(test) \
	cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FILE_TEST(a_file_has_its_name_only_when_done),
		FILE_TEST(an_existing_file_needs_leave),
		FILE_TEST(readers_see_the_old_or_the_new_file),
		FILE_TEST(links_folders_and_devices_are_refused),
		FILE_TEST(a_file_made_meanwhile_is_not_replaced),
		FILE_TEST(a_link_made_meanwhile_is_not_followed),
		FILE_TEST(what_was_written_is_kept_as_partial),
		FILE_TEST(an_abandoned_file_leaves_nothing),
		FILE_TEST(a_zeroed_file_does_not_close_standard_input),
		FILE_TEST(the_longest_name_works_in_any_folder),
#ifdef __linux__
		FILE_TEST(kills_leave_one_file_that_the_next_takes_away),
#endif
	};
#ifdef __linux__
	const struct CMUnitTest turn[] = {
		FILE_TEST(there_are_no_nameless_files_any_more),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	failed += cmocka_run_group_tests(turn, NULL, NULL);
	return failed + cmocka_run_group_tests(tests, NULL, NULL);
#else
	return cmocka_run_group_tests(tests, NULL, NULL);
#endif
}
