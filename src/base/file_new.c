/*
 * Files written beside their name and renamed when done. Where the system can,
 * the temporary one has no name at all until it is whole: whoever is killed
 * leaves nothing behind, and of a file that replaces another at most one, the
 * whole one, whose name the next writer of that file takes over. Elsewhere it
 * is new by O_EXCL, so that nobody can have prepared it. Without leave to
 * replace the last step fails if the name was taken meanwhile.
 */
#if defined(__linux__)
#define _GNU_SOURCE /* O_TMPFILE */
#endif
#include "bantop/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bantop/base/mem.h"
#include "bantop/base/random.h"

#include "base_priv.h"

static const char PARTIAL[] = ".partial";
enum { TRIES = 16, MODE = S_IRUSR | S_IWUSR, SUFFIX_MAX = 32, SOURCE_MAX = 64 };

static bool
refuse(const char *path, int code, const char *why, struct err *err)
{
	return err_set(err, ERR_FILE, code, NULL, "%s%s %s",
	    strlen(path) > FILE_NAME_SHOWN ? "..." : "", file_short_name(path),
	    why);
}

/* Is the name free, or may what stands there be replaced? */
static bool
check_name(const char *path, bool replace, struct err *err)
{
	struct stat info;

	if (lstat(path, &info) != 0)
		return errno == ENOENT ||
		    file_fail(err, errno, "look at", path);
	if (S_ISLNK(info.st_mode))
		return refuse(path, ELOOP, "is a link; not followed", err);
	if (S_ISDIR(info.st_mode))
		return refuse(path, EISDIR, "is a directory", err);
	if (!S_ISREG(info.st_mode))
		return refuse(path, EINVAL, "is not a regular file", err);
	if (!replace)
		return refuse(path, EEXIST, "exists; --force replaces it", err);
	return true;
}

/* @return owned: a name in the folder of @p path, that is no longer than a file
 * system takes, however long that of @p path. */
static char *
hidden_name(const char *path, uint64_t number)
{
	const char *slash = strrchr(path, '/');
	size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0;
	char *name = mem_alloc(folder + SUFFIX_MAX);

	memcpy(name, path, folder);
	(void)snprintf(name + folder, SUFFIX_MAX, ".bantop-%012llx",
	    (unsigned long long)(number >> 16));
	return name;
}

/* @return owned: a name that nobody can guess. */
static char *
temporary_name(const char *path)
{
	return hidden_name(path, random_u64());
}

#if defined(O_TMPFILE)

static const char *
source_of(int fd, char out[SOURCE_MAX])
{
	(void)snprintf(out, SOURCE_MAX, "/proc/self/fd/%d", fd);
	return out;
}

/* @return a file without a name in the folder of @p path; -1 where there is
 * no such thing. */
static int
open_nameless(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash != NULL ? (size_t)(slash - path) + 1 : 0;
	char *folder =
	    slash != NULL ? mem_copy_text(path, len) : mem_copy_text(".", 1);
	int fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, MODE);
	char source[SOURCE_MAX];

	free(folder);
	if (fd >= 0 && access(source_of(fd, source), F_OK) != 0) {
		close(fd); /* without /proc it could not be named */
		fd = -1;
	}
	return fd;
}

/* @return false with errno. */
static bool
link_nameless(int fd, const char *path)
{
	char source[SOURCE_MAX];

	(void)source_of(fd, source);
	return linkat(AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
}

#else

static int
open_nameless(const char *path)
{
	(void)path;
	return -1;
}

static bool
link_nameless(int fd, const char *path)
{
	(void)fd;
	(void)path;
	errno = ENOTSUP;
	return false;
}

#endif

/* @return owned: the one name of this kind that belongs to @p path. */
static char *
standing_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *at = slash != NULL ? slash + 1 : path;
	uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */

	for (; *at != '\0'; at++)
		hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
	return hidden_name(path, hash);
}

/* Takes a name away that was left by somebody who was killed before the
 * renaming: whoever lives holds a lock on what the name stands for. */
static bool
clear_standing(const char *name)
{
	struct stat locked, named;
	int fd = open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	bool ok = false;

	if (fd < 0)
		return false;
	/* Another may have cleared it, and named a file of its own, before
	 * the lock was ours. */
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &locked) == 0 &&
	    lstat(name, &named) == 0 && locked.st_ino == named.st_ino &&
	    locked.st_dev == named.st_dev)
		ok = unlink(name) == 0;
	close(fd);
	return ok;
}

/* A name for what has none, so that it can be renamed. */
static bool
name_nameless(struct file_new *file, const char *path)
{
	char *name = standing_name(path);
	bool ok = flock(file->fd, LOCK_EX | LOCK_NB) == 0 &&
	    (link_nameless(file->fd, name) ||
	        (errno == EEXIST && clear_standing(name) &&
	            link_nameless(file->fd, name)));

	if (!ok) {
		free(name);
		name = temporary_name(path);
		ok = link_nameless(file->fd, name);
	}
	if (ok)
		file->temporary = name;
	else
		free(name);
	return ok;
}

bool
file_new_open(struct file_new *file, const char *path, bool replace,
    struct err *err)
{
	int code = EEXIST;
	int tries;

	*file = (struct file_new){ .fd = -1, .replace = replace };
	if (!check_name(path, replace, err))
		return false;
	file->fd = open_nameless(path);
	if (file->fd >= 0) {
		file->path = mem_copy_text(path, strlen(path));
		return true;
	}
	for (tries = 0; tries < TRIES && code == EEXIST; tries++) {
		char *name = temporary_name(path);
		int fd = open(name,
		    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, MODE);

		if (fd >= 0) {
			file->fd = fd;
			file->temporary = name;
			file->path = mem_copy_text(path, strlen(path));
			return true;
		}
		code = errno;
		free(name);
	}
	return file_fail(err, code, "create", path);
}

bool
file_new_write(struct file_new *file, const char *data, size_t len,
    struct err *err)
{
	return file_write_all(file->fd, file->path, data, len, err);
}

/* @return false with errno. */
static bool
store(int fd)
{
	int status;

	do {
		status = fsync(fd);
	} while (status != 0 && errno == EINTR);
	/* Some file systems know no fsync; that is no reason to lose data. */
	return status == 0 || errno == EINVAL || errno == ENOTSUP;
}

/* Gives the temporary file its name, unless that is taken by now. @return
 * false with errno. */
static bool
take_free_name(const char *temporary, const char *path)
{
	int fd;

	if (link(temporary, path) == 0) {
		(void)unlink(temporary); /* its other name is good */
		return true;
	}
	if (errno == EEXIST)
		return false;
	/* A file system without hard links: claim the name, then replace. */
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    MODE);
	if (fd < 0)
		return false;
	close(fd);
	return rename(temporary, path) == 0;
}

static bool
take_name(struct file_new *file, const char *path, bool replace)
{
	if (file->temporary == NULL) {
		if (link_nameless(file->fd, path))
			return true;
		if (!replace || errno != EEXIST || !name_nameless(file, path))
			return false;
	}
	if (replace)
		return rename(file->temporary, path) == 0;
	return take_free_name(file->temporary, path);
}

/* Stores and renames; releases the file whatever comes. */
static bool
finish(struct file_new *file, const char *path, bool replace, struct err *err)
{
	bool ok = false;

	if (!store(file->fd)) {
		(void)file_fail(err, errno, "write", path);
		goto done;
	}
	if (!check_name(path, replace, err))
		goto done;
	if (!take_name(file, path, replace)) {
		(void)file_fail(err, errno, "create", path);
		goto done;
	}
	free(file->temporary);
	file->temporary = NULL;
	ok = true;
done:
	file_new_release(file);
	return ok;
}

bool
file_new_commit(struct file_new *file, struct err *err)
{
	return finish(file, file->path, file->replace, err);
}

bool
file_new_keep_partial(struct file_new *file, struct err *err)
{
	size_t len = strlen(file->path);
	char *path = mem_alloc(len + sizeof PARTIAL);
	bool ok;

	memcpy(path, file->path, len);
	memcpy(path + len, PARTIAL, sizeof PARTIAL);
	/* What an earlier try left there is out of date. */
	ok = finish(file, path, true, err);
	free(path);
	return ok;
}

void
file_new_release(struct file_new *file)
{
	/* A zeroed one has no path; its descriptor 0 is not ours. */
	if (file->path != NULL && file->fd >= 0)
		close(file->fd);
	if (file->temporary != NULL)
		(void)unlink(file->temporary);
	free(file->temporary);
	free(file->path);
	*file = (struct file_new){ .fd = -1 };
}
