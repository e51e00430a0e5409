/*
 * A folder of its own for each test that needs files.
 */
#include "scratch.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDERS_OPEN = 16 };

int
scratch_enter(void **state)
{
	char name[] = "/tmp/bantop-test-XXXXXX";

	if (mkdtemp(name) == NULL || chdir(name) != 0)
		return -1;
	*state = strdup(name);
	return *state != NULL ? 0 : -1;
}

static int
remove_one(const char *path, const struct stat *info, int type,
    struct FTW *where)
{
	(void)info;
	(void)type;
	(void)where;
	return remove(path);
}

int
scratch_leave(void **state)
{
	char *name = *state;
	int status = -1;

	if (chdir("/") == 0)
		status =
		    nftw(name, remove_one, FOLDERS_OPEN, FTW_DEPTH | FTW_PHYS);
	free(name);
	return status;
}
