/*
 * A frame against the text that it had when somebody last looked at it:
 * tests/data/frames/NAME.txt. With BANTOP_SNAPSHOTS=write the files are made
 * anew, to be read before they are committed.
 */
#ifndef BANTOP_TESTS_SNAPSHOT_H
#define BANTOP_TESTS_SNAPSHOT_H

#include "bantop/view/frame.h"

/** Fails the test with both texts where they differ. */
void snapshot_expect(const struct frame *frame, const char *name);
/** @return owned (free): row @p row without blanks at its end. */
char *snapshot_row(const struct frame *frame, int row);

#endif
