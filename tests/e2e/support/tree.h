/*
 * What lies in a folder, as text, to be compared before and after.
 */
#ifndef BANTOP_TESTS_E2E_TREE_H
#define BANTOP_TESTS_E2E_TREE_H

/** Every file below @p folder with its mode, size and time, and the folders
 *  without their times (a test makes files in them that it removes again).
 *  @return owned (free). */
char *tree_take(const char *folder);
/** Fails the test unless all is as it was. Takes @p before. */
void tree_expect(const char *folder, char *before);

#endif
