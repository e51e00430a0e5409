/*
 * One member of a JSON object as it was written, digit by digit: the tree of
 * the JSON library keeps numbers as doubles, which a mark of 64 bits does not
 * survive.
 */
#ifndef BANTOP_SIM_JSON_IN_H
#define BANTOP_SIM_JSON_IN_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Finds the value of the member @p key of the object @p json, which must be
 * valid JSON; members of inner objects are passed over.
 *
 * @param value borrowed from @p json.
 * @return false if the object has no such member.
 */
bool sim_json_find(const char *json, size_t len, const char *key,
    const char **value, size_t *value_len);

#endif
