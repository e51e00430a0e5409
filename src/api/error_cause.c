/*
 * Causes by groups of codes that share them. Source: the notes on first
 * suspects, and what the calls of this program can meet. A code without a row
 * belongs to calls that it never makes, or is one that nobody documented.
 */
#include "bantop/api/error_cause.h"

#include "bantop/api/error_code.h"

enum { CODES_MAX = 16 };

static const struct row {
	int codes[CODES_MAX]; /* the unused ones are 0 */
	const char *lines[ERROR_CAUSE_MAX];
} rows[] = {
	{ { 10007 },
	    { "banning members is switched off in the console (group "
	      "configuration, group feature configuration)",
	        "the application's plan does not include banning members",
	        "the group is of a type that has no ban list",
	        "the account is not an administrator of the application" } },
	{ { 60006, 60026, 70016, 70020 },
	    { "the region is not the one in which the application was created",
	        "the application number is mistyped",
	        "--endpoint or a configured host leads to another data "
	        "centre",
	        "the application was deleted" } },
	{ { 70009 },
	    { "the secret key belongs to another application",
	        "the key was damaged when it was copied",
	        "the key was changed in the console",
	        "the region is not the application's" } },
	{ { 70001, 10001, 10008, 20002, 70052, 70101, 70346 },
	    { "the UserSig has ended, or is an old one that was supplied",
	        "the clock of this machine is wrong: bantop doctor compares "
	        "it",
	        "the secret key was changed in the console" } },
	{ { 70002, 70003, 70005 },
	    { "a supplied UserSig was cut short or damaged when it was copied",
	        "a proxy changes the address of the request",
	        "the secret key is of another application" } },
	{ { 70013, 60004, 60005 },
	    { "the account differs from the one that the UserSig was made for",
	        "the account is mistyped: it matters to the letter",
	        "the UserSig has ended or was supplied for something else" } },
	{ { 70014 },
	    { "the application number differs from the one that the UserSig "
	      "was made for",
	        "the application number is mistyped" } },
	{ { 60025 },
	    { "the application number or the account differs from the signed "
	      "one",
	        "a supplied UserSig was cut short",
	        "a proxy changes the address of the request" } },
	{ { 60010, 40004, 70403, 90009, 10012 },
	    { "the account is not an administrator of the application",
	        "the account is mistyped: it matters to the letter",
	        "the account lost its rights in the console" } },
	{ { 60007, 60011, 60018, 60019, 10006, 72010 },
	    { "the application's own back end needs all calls of this second",
	        "another bantop or a script runs at the same time",
	        "--rate or --parallel is set too high",
	        "the limit of the plan is low: it can be raised in the "
	        "console" } },
	{ { 60028 },
	    { "the application is on trial and its calls of 24 hours are used "
	      "up",
	        "a program of the application calls in a loop" } },
	{ { 70050 },
	    { "a wrong secret key or UserSig was tried again and again",
	        "another program of the application signs with a wrong key",
	        "the clock of this machine is wrong" } },
	{ { 70051, 70114 },
	    { "the account or the application is restricted for security",
	        "many calls in a short time looked like an attack" } },
	{ { 10010, 10015 },
	    { "the group id is mistyped: it matters to the letter",
	        "the shell took a part of the id: put it in single quotes",
	        "the group was dismissed",
	        "the group belongs to another application or region" } },
	{ { 10004 },
	    { "the group is of a type that the call does not take",
	        "the group id is not one of this application",
	        "the service takes another page size or offset" } },
	{ { 10002, 40006, 60008, 60013, 60014, 70169, 70202, 70500, 20004,
	      20005, 90994, 90995, 91000 },
	    { "a passing fault inside the service",
	        "the service has trouble in this region: its status page "
	        "tells",
	        "the request takes the service too long: a smaller "
	        "--page-size helps" } },
	{ { 90992, 80003, 10016 },
	    { "a webhook of the application refused or did not answer",
	        "a passing fault inside the service" } },
	{ { 10059, 60020, 80005, 70398, 72000, 72002, 10036, 10037, 10038,
	      10058 },
	    { "the plan does not include this, or its limit is reached",
	        "the plan has ended, or money is owed",
	        "the plan was bought just now: it takes some minutes" } },
	{ { 60021 },
	    { "this machine's public address is not on the application's list",
	        "the traffic leaves by another address: VPN, NAT or proxy" } },
	{ { 60016, 60017, 10026, 60027, 11000, 71000, 72001, 72011, 72012 },
	    { "it is switched off for this application",
	        "the application is of another product",
	        "the application number is another application's" } },
	{ { 60009, 10003 },
	    { "--endpoint leads to something that is not the service",
	        "a proxy changes the path of the request",
	        "a private or very old service lacks the call" } },
	{ { 60002, 60003, 60012, 60015, 10011, 90001, 90010, 70402, 40001,
	      40002, 90003 },
	    { "a proxy changes the request on its way",
	        "--endpoint leads to something that is not the service",
	        "a fault of bantop: report it with the request log" } },
	{ { 10005, 70206, 90011, 90018, 10018, 10054 },
	    { "too much was asked for at once",
	        "a limit of the service was lowered",
	        "a fault of bantop: report it with the request log" } },
	{ { 40003, 70107, 10019, 20003, 90012, 90048 },
	    { "the account was never imported into this application",
	        "the account was deleted after it was banned",
	        "the account belongs to another application or region" } },
	{ { 40007, 40009 },
	    { "the nickname may not be read by this application",
	        "the field does not exist in this application" } },
};

static const struct row unexpected = { { 0 },
	{ "the code belongs to calls that bantop never makes",
	    "--endpoint or a proxy answers in the service's place" } };

static const struct row custom = { { 0 },
	{ "a webhook of the application chose this code",
	    "a change in the application's back end" } };

static const struct row undocumented = { { 0 },
	{ "the service has a new code that this version does not know",
	    "--endpoint or a proxy answers in the service's place" } };

static const struct row success = { { 0 }, { "there is no error" } };

static const struct row *
find_row(int code)
{
	size_t i, j;

	if (code == 0)
		return &success;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		for (j = 0; j < CODES_MAX; j++) {
			if (rows[i].codes[j] == code)
				return &rows[i];
		}
	}
	if (error_code_is_custom(code))
		return &custom;
	return error_code_find(code) != NULL ? &unexpected : &undocumented;
}

size_t
error_cause_list(int code, const char *out[ERROR_CAUSE_MAX])
{
	const struct row *row = find_row(code);
	size_t count = 0;

	while (count < ERROR_CAUSE_MAX && row->lines[count] != NULL) {
		out[count] = row->lines[count];
		count++;
	}
	return count;
}
