/*
 * Files written beside their name and renamed when done. The temporary one is
 * new by O_EXCL, so that nobody can have prepared it; without leave to replace
 * the last step fails if the name was taken meanwhile.
 */
#include "bantop/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bantop/base/mem.h"
#include "bantop/base/random.h"

#include "base_priv.h"

static const char PARTIAL[] = ".partial";
enum { TRIES = 16, MODE = S_IRUSR | S_IWUSR, SUFFIX_MAX = 32 };

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

/* @return owned: a name in the folder of @p path that nobody can guess, and
 * that is no longer than a file system takes, however long that of @p path. */
static char *
temporary_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0;
	char *name = mem_alloc(folder + SUFFIX_MAX);

	memcpy(name, path, folder);
	(void)snprintf(name + folder, SUFFIX_MAX, ".bantop-%012llx",
	    (unsigned long long)(random_u64() >> 16));
	return name;
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
	/* Some file systems know no fsync; that is no reason to lose data. */
	return fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
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
take_name(const struct file_new *file, const char *path, bool replace)
{
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
