/*
 * The service's codes, from the table that the build makes of error_codes.tsv,
 * and what follows from a code. Which codes a read repeats is a list of its
 * own, not the table's column: the table speaks of all calls, and for some of
 * its rows a repeat by itself would only make things worse.
 */
#include "bantop/api/error_code.h"

static const struct error_code codes[] = {
#include "error_codes_table.h"
};

/* For the error line, where the table's meaning is too long for one. */
static const struct {
	int code;
	const char *words;
} shorts[] = {
	{ 10001, "UserSig absent or wrong" },
	{ 10002, "server fault" },
	{ 10003, "wrong command in the path" },
	{ 10004, "invalid parameter" },
	{ 10005, "too many accounts in one request" },
	{ 10006, "too many group calls" },
	{ 10007, "not permitted" },
	{ 10008, "illegal request, perhaps the UserSig" },
	{ 10010, "no such group" },
	{ 10015, "group id not valid" },
	{ 10016, "refused by the application's webhook" },
	{ 10018, "answer too large" },
	{ 10023, "too many messages in the group" },
	{ 10025, "group id taken by a group of one's own" },
	{ 10035, "group type keeps its messages" },
	{ 10059, "plan does not include this" },
	{ 40006, "server fault" },
	{ 60002, "request not understood" },
	{ 60003, "request body is not valid JSON" },
	{ 60004, "account check failed" },
	{ 60005, "account check failed" },
	{ 60006, "application not valid, or wrong region" },
	{ 60007, "too many calls" },
	{ 60008, "the service timed out" },
	{ 60009, "wrong service or command in the path" },
	{ 60010, "account is not an administrator" },
	{ 60011, "the application calls too often" },
	{ 60013, "the service failed on its own answer" },
	{ 60018, "too many requests" },
	{ 60019, "too many requests" },
	{ 60020, "no plan, plan ended or money owed" },
	{ 60021, "this address is not allowed" },
	{ 60025, "wrong value in the URL" },
	{ 60026, "wrong region for this application" },
	{ 60027, "not an application of the Chat product" },
	{ 60028, "trial quota of 24 hours used up" },
	{ 70001, "UserSig expired" },
	{ 70003, "UserSig malformed" },
	{ 70005, "UserSig not valid" },
	{ 70009, "secret key does not fit" },
	{ 70013, "UserSig is for another account" },
	{ 70014, "UserSig is for another application" },
	{ 70016, "no key here: wrong region?" },
	{ 70020, "application unknown here: wrong region?" },
	{ 70050, "too many failed signature checks" },
	{ 70107, "account was never imported" },
	{ 70114, "restricted for security reasons" },
	{ 70206, "wrong number of accounts" },
	{ 70346, "UserSig not valid" },
	{ 70399, "deleted account, not to be imported again" },
	{ 70403, "account is not an administrator" },
	{ 71000, "deleting accounts is switched off" },
	{ 72010, "too many requests of one account" },
	{ 80002, "message too long" },
	{ 80003, "the application's webhook failed" },
	{ 80005, "service switched off: plan or payment" },
	{ 80101, "content refused by the filter" },
	{ 90992, "server fault or webhook failed" },
};

/* What a call that only reads may do by itself; every other code: nothing. */
static const struct {
	int code;
	enum retry_rule rule;
} retries[] = {
	{ 10002, RETRY_YES },
	{ 20004, RETRY_YES },
	{ 20005, RETRY_YES },
	{ 40006, RETRY_YES },
	{ 60008, RETRY_YES },
	{ 60013, RETRY_YES },
	{ 60014, RETRY_YES },
	{ 70169, RETRY_YES },
	{ 70202, RETRY_YES },
	{ 70500, RETRY_YES },
	{ 90992, RETRY_YES },
	{ 90994, RETRY_YES },
	{ 90995, RETRY_YES },
	{ 91000, RETRY_YES },
	{ 10006, RETRY_AFTER_WAIT },
	{ 60007, RETRY_AFTER_WAIT },
	{ 60011, RETRY_AFTER_WAIT },
	{ 60018, RETRY_AFTER_WAIT },
	{ 60019, RETRY_AFTER_WAIT },
	{ 10001, RETRY_AFTER_REFRESH_USERSIG },
	{ 10008, RETRY_AFTER_REFRESH_USERSIG },
	{ 20002, RETRY_AFTER_REFRESH_USERSIG },
	{ 60004, RETRY_AFTER_REFRESH_USERSIG },
	{ 60005, RETRY_AFTER_REFRESH_USERSIG },
	{ 70001, RETRY_AFTER_REFRESH_USERSIG },
	{ 70002, RETRY_AFTER_REFRESH_USERSIG },
	{ 70003, RETRY_AFTER_REFRESH_USERSIG },
	{ 70005, RETRY_AFTER_REFRESH_USERSIG },
	{ 70013, RETRY_AFTER_REFRESH_USERSIG },
	{ 70014, RETRY_AFTER_REFRESH_USERSIG },
	{ 70052, RETRY_AFTER_REFRESH_USERSIG },
};

size_t
error_code_count(void)
{
	return sizeof codes / sizeof codes[0];
}

const struct error_code *
error_code_at(size_t index)
{
	return &codes[index];
}

const struct error_code *
error_code_find(int code)
{
	size_t i;

	for (i = 0; i < error_code_count(); i++) {
		if (codes[i].code == code)
			return &codes[i];
	}
	return NULL;
}

enum retry_rule
error_code_retry(int code)
{
	size_t i;

	for (i = 0; i < sizeof retries / sizeof retries[0]; i++) {
		if (retries[i].code == code)
			return retries[i].rule;
	}
	return RETRY_NO;
}

bool
error_code_is_credential(int code)
{
	return (code >= 70000 && code <= 70999) || code == 60004 ||
	    code == 60005;
}

bool
error_code_is_frequency(int code)
{
	return error_code_retry(code) == RETRY_AFTER_WAIT;
}

bool
error_code_is_region(int code)
{
	return code == 60006 || code == 60026 || code == 70016 || code == 70020;
}

bool
error_code_is_custom(int code)
{
	return (code >= 120001 && code <= 130000) ||
	    (code >= 38000 && code <= 39000);
}

const char *
error_code_short(int code)
{
	const struct error_code *row = error_code_find(code);
	size_t i;

	for (i = 0; i < sizeof shorts / sizeof shorts[0]; i++) {
		if (shorts[i].code == code)
			return shorts[i].words;
	}
	if (row != NULL)
		return row->meaning;
	if (error_code_is_custom(code))
		return "code of the application's own webhook";
	return "unknown code";
}
