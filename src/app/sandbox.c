/*
 * Landlock by its system calls: rights that are handled and given to no path
 * are gone. Reading is left as it is, for certificates, zones and terminals
 * are read when they are wanted.
 */
#define _GNU_SOURCE
#include "bantop/app/sandbox.h"

#include <errno.h>
#include <string.h>

#ifdef __linux__
#include <fcntl.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#if __has_include(<linux/landlock.h>) && defined(SYS_landlock_create_ruleset)
#include <linux/landlock.h>
#define HAS_LANDLOCK 1
#endif
#endif

#ifdef HAS_LANDLOCK

/* Of later versions than the headers of an older system have. */
static const uint64_t RIGHT_REFER = UINT64_C(1) << 13;
static const uint64_t RIGHT_TRUNCATE = UINT64_C(1) << 14;

static uint64_t
rights_to_drop(const struct sandbox_request *request, long version)
{
	uint64_t rights = 0;

	if (request->no_commands)
		rights |= LANDLOCK_ACCESS_FS_EXECUTE;
	if (!request->no_files)
		return rights;
	rights |= LANDLOCK_ACCESS_FS_WRITE_FILE |
	    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
	    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
	    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
	    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
	    LANDLOCK_ACCESS_FS_MAKE_SYM;
	if (version >= 2)
		rights |= RIGHT_REFER;
	if (version >= 3)
		rights |= RIGHT_TRUNCATE;
	return rights;
}

/* One that is not there needs no right. */
static void
allow_writing(int rules, const char *path)
{
	struct landlock_path_beneath_attr beneath = {
		.allowed_access = LANDLOCK_ACCESS_FS_WRITE_FILE,
		.parent_fd = open(path, O_PATH | O_CLOEXEC),
	};

	if (beneath.parent_fd < 0)
		return;
	(void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
	    &beneath, 0);
	close(beneath.parent_fd);
}

/* @return 0, or errno. */
static int
enter_landlock(const struct sandbox_request *request)
{
	struct landlock_ruleset_attr attr = { 0 };
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	int rules;
	int code = 0;

	if (version < 1)
		return version < 0 ? errno : ENOSYS;
	attr.handled_access_fs = rights_to_drop(request, version);
	rules = (int)syscall(SYS_landlock_create_ruleset, &attr,
	    sizeof(attr.handled_access_fs), 0);
	if (rules < 0)
		return errno;
	if (request->no_files) {
		allow_writing(rules, "/dev/tty");
		allow_writing(rules, "/dev/null");
	}
	if (syscall(SYS_landlock_restrict_self, rules, 0) != 0)
		code = errno;
	close(rules);
	return code;
}

#else

static int
enter_landlock(const struct sandbox_request *request)
{
	(void)request;
	return ENOSYS;
}

#endif

static int
drop_privileges(void)
{
#ifdef PR_SET_NO_NEW_PRIVS
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : errno;
#else
	return ENOSYS;
#endif
}

bool
sandbox_enter(const struct sandbox_request *request, struct err *err)
{
	int code = 0;

	if (request->no_commands || request->no_files) {
		code = drop_privileges();
		if (code == 0)
			code = enter_landlock(request);
	} else {
		code = EBUSY;
	}
	if (code == 0 || !request->required)
		return true;
	if (code == EBUSY)
		return err_set(err, ERR_CONFIG, 0, NULL,
		    "sandbox = \"required\": not with a command that gives "
		    "the secret");
	return err_set(err, ERR_CONFIG, code, NULL,
	    "sandbox = \"required\": this kernel has no Landlock: %s",
	    strerror(code));
}
