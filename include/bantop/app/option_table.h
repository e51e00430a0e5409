/*
 * The one table of options. The command line, the environment, configuration
 * files, --help and --print-config all read it; manual and completions are
 * checked against it.
 */
#ifndef BANTOP_APP_OPTION_TABLE_H
#define BANTOP_APP_OPTION_TABLE_H

#include "bantop/app/settings.h"

enum option_kind {
	OPTION_ACTION, /* in place of the command; min is the action */
	OPTION_FLAG,   /* bool */
	OPTION_TEXT,   /* const char * */
	OPTION_INT,    /* int */
	OPTION_SIZE,   /* size_t */
	OPTION_INT64,  /* int64_t */
	OPTION_UINT32, /* uint32_t */
	OPTION_CUSTOM, /* set() says */
};

enum option_where {
	OPTION_IN_FILE = 1u << 0,    /* at the top level of a file */
	OPTION_IN_PROFILE = 1u << 1, /* in a profile too */
	OPTION_VALUE_OPTIONAL = 1u << 2,
	OPTION_NO_FLAG = 1u << 3, /* files only */
};

struct option_row {
	const char *name;        /* "page-size" */
	const char *argument;    /* "N"; NULL: takes none */
	const char *environment; /* variable that gives it, or NULL */
	const char *allowed;     /* what would be right; NULL: the range says */
	const char *help;
	bool (*set)(struct settings *settings, const char *value,
	    struct err *err); /* of OPTION_CUSTOM */
	/** Writes the value now, for --print-config; "" for none. Of
	 *  OPTION_CUSTOM. */
	void (*show)(const struct settings *settings, struct buf *out);
	int64_t min;
	int64_t max;
	size_t at; /* offset of the member in struct settings */
	enum option_kind kind;
	unsigned where;    /* enum option_where */
	unsigned commands; /* bit by enum command; 0: any */
	char short_name;   /* 0 for none */
};

size_t option_count(void);
/** @return static. */
const struct option_row *option_at(size_t index);
/** By the name in files: "page_size". @return SIZE_MAX for none. */
size_t option_find_key(const char *key);
/** Writes the name in files: "page-size" is "page_size". */
void option_write_key(const struct option_row *row, char out[32]);

/**
 * Gives option @p index the value @p value ("" or NULL where it takes none)
 * in the layer that was begun.
 * @return false with ERR_USAGE whose text is what would be right: "a number
 *         from 1 to 200"; the caller puts before it what was given and where.
 */
MUST_CHECK bool option_set(struct settings *settings, size_t index,
    const char *value, struct err *err);

/** Appends the value now, as it would stand in a file. */
void option_show(const struct settings *settings, size_t index,
    struct buf *out);

/** @return a bit by the command, for option_row.commands. */
unsigned option_command_bit(enum command command);
/** @return static: "list"; "" for the UI. */
const char *option_command_name(enum command command);

#endif
