/*
 * Memory that is never NULL: when the system has none left the last words are
 * said, the program ends with status 2 and nothing is left half done.
 */
#ifndef BANTOP_BASE_MEM_H
#define BANTOP_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/** @return zeroed, owned (free). @p size 0 is taken as 1. */
void *mem_alloc(size_t size);

/**
 * @return owned: @p old moved to @p count items of @p item bytes; new bytes
 *         are not zeroed. An overflow of the product ends the program too.
 */
void *mem_grow(void *old, size_t count, size_t item);

/** @return owned copy of @p len bytes of @p text, NUL-terminated. */
char *mem_copy_text(const char *text, size_t len);

/** Ends the program as above: for a library that found no memory. */
_Noreturn void mem_give_up(void);

/** Overwrites @p size bytes in a way that the compiler keeps. */
void mem_wipe(void *secret, size_t size);

/**
 * From now on the system has a large block again as soon as it is freed; an
 * allocator may otherwise learn to keep those. Once, before any is made.
 */
void mem_return_freed(void);

/**
 * Sets what runs before the program ends for want of memory, or NULL: it may
 * only restore the terminal (no allocation, no stdio).
 */
void mem_set_last_words(void (*hook)(void));

/**
 * From now on an exit() is a library's that found no memory (curses and the
 * scanner of libconfuse do this): the program ends as above. Takes it back
 * with false, before the program itself ends.
 */
void mem_watch_exit(bool watch);

#endif
