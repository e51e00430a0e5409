/*
 * The three fields around every answer decide whether it is a success:
 * ActionStatus "OK" and ErrorCode 0; anything else is the service's refusal or
 * no answer of the service at all.
 */
#ifndef BANTOP_API_ENVELOPE_H
#define BANTOP_API_ENVELOPE_H

#include "bantop/api/json.h"

/**
 * @return true on success. false with ERR_SERVICE (code, ErrorInfo made
 *         harmless, or the pair when the two disagree), or ERR_DATA that
 *         names the field: absent, repeated, of a wrong type.
 */
MUST_CHECK bool envelope_check(const struct json *root, struct err *err);

/** A data field: at the top level, else inside "Response". Repeated at its
 *  level is ERR_DATA. @return false then; *out is NULL when absent. */
MUST_CHECK bool envelope_field(const struct json *root, const char *name,
    const struct json **out, struct err *err);

/** RequestId made harmless into @p out ("" when absent). */
void envelope_request_id(const struct json *root, char *out, size_t out_size);

/** @return borrowed literal for a body that is no JSON: "HTML", "empty", ... */
const char *envelope_guess(const char *body, size_t len);

#endif
