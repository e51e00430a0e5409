/*
 * What a process holds, from /proc.
 */
#include "soak/process_size.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { LINE_BYTES = 256, TARGET_BYTES = 64 };

static void
read_line(const char *line, struct process_size *size)
{
	const struct {
		const char *name;
		size_t *value;
	} table[] = {
		{ "VmRSS:", &size->resident },
		{ "VmHWM:", &size->highest },
		{ "RssAnon:", &size->own },
		{ "RssFile:", &size->files },
	};
	size_t i, len;

	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		len = strlen(table[i].name);
		if (strncmp(line, table[i].name, len) == 0)
			*table[i].value = strtoul(line + len, NULL, 10);
	}
}

void
process_size_read(pid_t pid, struct process_size *size)
{
	char path[64], line[LINE_BYTES];
	FILE *file;

	*size = (struct process_size){ .resident = 0 };
	(void)snprintf(path, sizeof path, "/proc/%ld/status",
	    (long)(pid == 0 ? getpid() : pid));
	file = fopen(path, "r");
	if (file == NULL)
		fail_msg("%s cannot be read", path);
	while (fgets(line, sizeof line, file) != NULL)
		read_line(line, size);
	(void)fclose(file);
	assert_true(size->resident > 0 && size->highest >= size->resident);
}

void
process_files_read(struct process_files *files)
{
	DIR *dir = opendir("/proc/self/fd");
	const struct dirent *entry;
	char target[TARGET_BYTES];
	ssize_t len;

	assert_non_null(dir);
	*files = (struct process_files){ .others = 0 };
	for (;;) {
		entry = readdir(dir);
		if (entry == NULL)
			break;
		if (entry->d_name[0] == '.')
			continue;
		len = readlinkat(dirfd(dir), entry->d_name, target,
		    sizeof target);
		if (len > 7 && memcmp(target, "socket:", 7) == 0)
			files->sockets++;
		else
			files->others++;
	}
	(void)closedir(dir);
}
