/*
 * A file of assignments and sections as a list of entries with their lines:
 * configuration, keys and themes are read this way. What an entry means is
 * its reader's to say.
 */
#ifndef BANTOP_APP_CONFIG_FILE_H
#define BANTOP_APP_CONFIG_FILE_H

#include <stddef.h>

#include "bantop/app/config_grammar.h"
#include "bantop/base/err.h"

enum { CONFIG_FILE_MAX = 256 * 1024 };

struct config_entry {
	char *section; /* "" at the top level */
	char *title;   /* "" for none */
	char *key;     /* "" tells only that the section is there */
	char *value;
	size_t index; /* in its list; 0 is the first */
	int line;
};

/* A syntax error ends the file; an unknown key is only warned of. */
struct config_problem {
	bool is_warning;
	int line;
	char text[ERR_TEXT_MAX];
};

struct config_file;

/**
 * Reads @p path whole. Problems are in the file afterwards.
 * @return owned; NULL with ERR_FILE or ERR_LIMIT if it cannot be read.
 */
MUST_CHECK struct config_file *config_file_read(const char *path,
    const struct config_section *sections, size_t section_count,
    struct err *err);
/** Takes NULL. */
void config_file_destroy(struct config_file *file);

/** Entries stand by section, not by line. Borrowed as long as @p file. */
size_t config_file_count(const struct config_file *file);
const struct config_entry *config_file_at(const struct config_file *file,
    size_t index);

size_t config_file_problem_count(const struct config_file *file);
const struct config_problem *config_file_problem_at(const struct config_file
                                                        *file,
    size_t index);

/** @return static: the library's version. */
const char *config_file_library_version(void);

#endif
