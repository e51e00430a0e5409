/*
 * The modes of a terminal's line: whoever takes them gives them back as they
 * are on a terminal that nobody has touched.
 */
#ifndef BANTOP_TESTS_E2E_MODES_H
#define BANTOP_TESTS_E2E_MODES_H

#include <termios.h>

#include "e2e/support/story.h"

void modes_read(int fd, struct termios *modes);
/** @return a second handle on the story's terminal, for after the program; the
 *          program has it, or there would be nothing to give back. */
int modes_keep(const struct story *story);
/** Fails the test unless the modes at @p fd are the usual ones. */
void modes_assert_usual(int fd);
/** The program has ended: modes, screen and cursor are as it found them. Takes
 *  @p fd. */
void modes_assert_given_back(const struct story *story, int fd);

#endif
