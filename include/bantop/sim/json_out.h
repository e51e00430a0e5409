/*
 * Writes JSON straight into a buf: no tree is built, so that a page of a
 * thousand rows costs no more than its bytes.
 */
#ifndef BANTOP_SIM_JSON_OUT_H
#define BANTOP_SIM_JSON_OUT_H

#include <stddef.h>
#include <stdint.h>

#include "bantop/base/buf.h"

/**
 * Writes @p text in quotes. Control bytes and NUL are escaped, a surrogate
 * that stands in @p text as three bytes (ED A0 80 and up) is written as \uD800;
 * any other byte goes out as it is, valid UTF-8 or not.
 */
void sim_json_text(struct buf *out, const char *text, size_t len);

void sim_json_int(struct buf *out, int64_t value);
void sim_json_uint(struct buf *out, uint64_t value);

/**
 * Writes @p text as one field of a line: \t \n \r \\ by letter, other control
 * bytes (C0, DEL, C1) and bytes that are no UTF-8 as \xNN.
 */
void sim_tsv_text(struct buf *out, const char *text, size_t len);

#endif
