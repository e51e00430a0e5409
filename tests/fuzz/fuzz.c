/*
 * The small things that fuzz targets share.
 */
#include "fuzz/fuzz.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return setlocale(LC_CTYPE, "C.UTF-8") == NULL;
}

_Noreturn void
fuzz_fail(const char *what, const char *file, int line)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}

unsigned
fuzz_take_byte(const uint8_t **data, size_t *size)
{
	unsigned byte;

	if (*size == 0)
		return 0;
	byte = **data;
	(*data)++;
	(*size)--;
	return byte;
}

size_t
fuzz_take(const uint8_t **data, size_t *size, size_t want, const char **part)
{
	size_t len = want < *size ? want : *size;

	*part = (const char *)*data;
	*data += len;
	*size -= len;
	return len;
}

int
fuzz_make_file(const char *text, size_t len, char path[32])
{
	FILE *file = tmpfile();
	int fd;

	REQUIRE(file != NULL);
	fd = dup(fileno(file));
	fclose(file);
	REQUIRE(fd >= 0);
	REQUIRE(write(fd, text, len) == (ssize_t)len);
	REQUIRE(lseek(fd, 0, SEEK_SET) == 0);
	snprintf(path, 32, "/proc/self/fd/%d", fd);
	return fd;
}
