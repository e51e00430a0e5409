/*
 * Between the table of keys and those who look things up in it.
 */
#ifndef BANTOP_APP_KEYMAP_PRIV_H
#define BANTOP_APP_KEYMAP_PRIV_H

#include "bantop/app/keymap.h"

/** @return static: the table as it stands, of *count rows. */
const struct binding *keymap_rows(size_t *count);

#endif
