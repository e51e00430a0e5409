/*
 * Texts that try to drive a terminal, a spreadsheet or a shell, or to break
 * whoever reads them: one table, for accounts, nicknames and group names.
 */
#ifndef BANTOP_SIM_HOSTILE_H
#define BANTOP_SIM_HOSTILE_H

#include <stddef.h>
#include <stdint.h>

/** How many kinds there are; from this index on they repeat with a number. */
int64_t sim_hostile_count(void);

/**
 * Writes the text number @p index, cut at @p out_size; no NUL is added.
 * Lone surrogates stand as three bytes (ED A0 80), see sim_json_text(). They
 * come after the first 100.
 * @return bytes written. Texts differ for different indexes.
 */
size_t sim_hostile_text(int64_t index, char *out_text, size_t out_size);

#endif
