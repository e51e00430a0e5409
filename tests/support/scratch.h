/*
 * A folder of its own for each test that needs files: as set-up and tear-down
 * of cmocka.
 */
#ifndef BANTOP_TESTS_SCRATCH_H
#define BANTOP_TESTS_SCRATCH_H

/** Makes an empty folder and goes there. @return 0, or -1. *state is taken. */
int scratch_enter(void **state);
/** Leaves the folder and removes it with what is in it. @return 0, or -1. */
int scratch_leave(void **state);

#endif
