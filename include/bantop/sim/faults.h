/*
 * The faults that a simulator can be told to have: one table of names, what
 * they do and where they strike. A rule is a fault with its argument, the call
 * or page it is for, and how often it still strikes.
 */
#ifndef BANTOP_SIM_FAULTS_H
#define BANTOP_SIM_FAULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bantop/base/buf.h"
#include "bantop/base/err.h"

/* What was asked for, as far as faults and limits tell calls apart. */
enum sim_call {
	SIM_CALL_OTHER, /* HEAD, GET, a wrong path */
	SIM_CALL_BANS,
	SIM_CALL_GROUPS,
	SIM_CALL_INFO,
	SIM_CALL_PROFILE,
};

enum sim_fault {
	/* on the wire, for every call */
	SIM_FAULT_CODE,
	SIM_FAULT_HTTP,
	SIM_FAULT_RETRY_AFTER,
	SIM_FAULT_REDIRECT,
	SIM_FAULT_HTML,
	SIM_FAULT_BODY,
	SIM_FAULT_DROP,
	SIM_FAULT_HANG,
	SIM_FAULT_SLOW,
	SIM_FAULT_DRIP,
	SIM_FAULT_CUT,
	SIM_FAULT_CLOSE,
	SIM_FAULT_HEADERS,
	SIM_FAULT_NODATE,
	SIM_FAULT_GZIP,
	SIM_FAULT_RATE,
	/* in the JSON, for every call */
	SIM_FAULT_BADJSON,
	SIM_FAULT_CUTJSON,
	SIM_FAULT_TRAILING,
	SIM_FAULT_BOM,
	SIM_FAULT_HUGE,
	SIM_FAULT_NOINFO,
	SIM_FAULT_DUPKEY,
	SIM_FAULT_ODDPAIR,
	SIM_FAULT_EXTRA,
	SIM_FAULT_RESPONSE,
	/* in the list of bans */
	SIM_FAULT_NOROWS,
	SIM_FAULT_NULLROWS,
	SIM_FAULT_NONEXT,
	SIM_FAULT_STRNEXT,
	SIM_FAULT_FLOATNEXT,
	SIM_FAULT_TYPES,
	SIM_FAULT_NOUNTIL,
	SIM_FAULT_NOACCOUNT,
	SIM_FAULT_LOOP,
	SIM_FAULT_BACK,
	SIM_FAULT_EMPTY,
	SIM_FAULT_ENDLESS,
	SIM_FAULT_DUP,
	SIM_FAULT_MUTATE,
	SIM_FAULT_OPAQUE,
	SIM_FAULT_SHORT,
	SIM_FAULT_BIG,
	/* from the start on */
	SIM_FAULT_HOSTILE,
	SIM_FAULT_CERT,
	SIM_FAULT_TLS11,
	SIM_FAULT_COUNT,
};

enum { SIM_FAULT_RULES_MAX = 64, SIM_FAULT_ARGUMENT_MAX = 1024 };

struct sim_fault_rule {
	enum sim_fault fault;
	int64_t number;     /* the argument, where it is a number */
	const char *spec;   /* borrowed: as it was given */
	enum sim_call call; /* SIM_CALL_OTHER: any */
	int64_t page;       /* of the list of bans, from 1; 0: any */
	int64_t left;       /* strikes left; -1: no end */
	char text[SIM_FAULT_ARGUMENT_MAX]; /* the argument, where it is text */
};

struct sim_faults {
	struct sim_fault_rule rules[SIM_FAULT_RULES_MAX];
	size_t count;
};

/* The rules that strike one request: NULL where a fault does not. */
struct sim_strike {
	const struct sim_fault_rule *by[SIM_FAULT_COUNT];
};

/**
 * Adds NAME[:ARGUMENT][@WHERE[xTIMES]].
 *
 * @param spec borrowed for as long as @p faults lives.
 * @return false with one line in @p why; an unknown name is answered with all
 *         names.
 */
MUST_CHECK bool sim_faults_add(struct sim_faults *faults, const char *spec,
    struct buf *why);

/** @return the first rule for @p fault, or NULL; counts no strike. */
const struct sim_fault_rule *sim_faults_find(const struct sim_faults *faults,
    enum sim_fault fault);

/**
 * Collects what strikes a request for @p call, and counts it.
 * @param page of the list of bans, from 1; 0 for every other call.
 */
void sim_faults_strike(struct sim_faults *faults, enum sim_call call,
    int64_t page, struct sim_strike *out);

/** Writes the specifications that struck, with commas between; "" if none. */
void sim_strike_write(const struct sim_strike *strike, struct buf *out);

/** Writes a line of help for each fault. */
void sim_faults_write_help(struct buf *out);

#endif
