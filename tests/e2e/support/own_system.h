/*
 * A system of one's own for a test program: what it and its children see as
 * /etc and /dev is private, so that there can be a configuration of the system
 * and a syslog to read, and nothing outside notices.
 */
#ifndef BANTOP_TESTS_E2E_OWN_SYSTEM_H
#define BANTOP_TESTS_E2E_OWN_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>

/** First thing in main(), before any thread. @return false where the kernel or
 *  the machine does not allow it; everything is then as it was. */
bool own_system_enter(void);

/** Writes /etc/bantop/bantop.conf; NULL takes it away. Fails the test if it
 *  cannot. */
void own_system_configure(const char *text);

/** Writes a file of that name below /etc. Fails the test if it cannot. */
void own_system_write_etc(const char *name, const char *text);

/** @return a descriptor that gets what is told to syslog; close it. */
int own_system_open_log(void);
/** Waits for a line that holds @p text; fails the test if none comes. Lines
 *  before it are dropped. */
void own_system_wait_log(int fd, const char *text);

/** A network with nothing in it but the loopback interface, and a nameserver
 *  there that takes every question and answers none. After
 *  own_system_enter(). @return false where that is not allowed. */
bool own_system_silence_names(void);

#endif
