/*
 * A directory that nobody else can read, under a name that nobody can guess.
 */
#include "bantop/sim/home.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bantop/base/file.h"

/* Room for the names of the files behind that of the directory. */
enum { NAME_ROOM = 32 };

bool
sim_home_make(struct sim_home *home, struct err *err)
{
	const char *parent = getenv("TMPDIR");
	int len;

	*home = (struct sim_home){ .dir = "" };
	if (parent == NULL || parent[0] != '/')
		parent = "/tmp";
	len = snprintf(home->dir, sizeof(home->dir), "%s/bantop-sim-XXXXXX",
	    parent);
	if (len < 0 || (size_t)len + NAME_ROOM > sizeof(home->dir)) {
		home->dir[0] = '\0';
		return err_set(err, ERR_FILE, ENAMETOOLONG, NULL,
		    "TMPDIR is too long");
	}
	if (mkdtemp(home->dir) == NULL) {
		home->dir[0] = '\0';
		return err_set(err, ERR_FILE, errno, NULL,
		    "cannot make a directory in %.100s: %s", parent,
		    strerror(errno));
	}
	return true;
}

static bool
write_file(const char *dir, const char *name, char path[SIM_PATH_MAX],
    const char *data, size_t len, struct err *err)
{
	bool ok;
	int fd;

	snprintf(path, SIM_PATH_MAX, "%.*s/%s", SIM_PATH_MAX - NAME_ROOM, dir,
	    name);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
	    S_IRUSR | S_IWUSR);
	if (fd < 0)
		return err_set(err, ERR_FILE, errno, NULL,
		    "cannot create %.100s: %s", path, strerror(errno));
	ok = file_write_all(fd, name, data, len, err);
	close(fd);
	return ok;
}

bool
sim_home_write_cacert(struct sim_home *home, const char *pem, size_t len,
    struct err *err)
{
	return write_file(home->dir, "ca.pem", home->cacert, pem, len, err);
}

bool
sim_home_write_secret(struct sim_home *home, const char *key, size_t len,
    struct err *err)
{
	return write_file(home->dir, "secret.key", home->secret, key, len, err);
}

void
sim_home_release(struct sim_home *home)
{
	if (home->cacert[0] != '\0')
		unlink(home->cacert);
	if (home->secret[0] != '\0')
		unlink(home->secret);
	if (home->dir[0] != '\0')
		rmdir(home->dir);
	*home = (struct sim_home){ .dir = "" };
}
