/*
 * The four calls that the simulator knows, each from the body of a request to
 * the body of a reply, without HTTP and without the signature. And the
 * envelope that all replies share.
 */
#ifndef BANTOP_SIM_ANSWERS_H
#define BANTOP_SIM_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bantop/base/buf.h"
#include "bantop/sim/faults.h"
#include "bantop/sim/groups.h"
#include "bantop/sim/pages.h"

enum { SIM_NOTE_GROUP_MAX = 160, SIM_BODY_MAX = 64 << 20 };

/* A request's body, read. */
struct sim_question {
	enum sim_call call;
	const char *json; /* borrowed: the text itself */
	size_t len;
	const struct cJSON *object; /* borrowed: the same, parsed */
};

/* What an answer is made from. */
struct sim_stage {
	const struct sim_world *world;
	const struct sim_strike *strike;
	struct sim_pages *pages;
	int64_t app_id;
};

/* What the request log tells of an answer; -1 where there is nothing. */
struct sim_note {
	char group[SIM_NOTE_GROUP_MAX];
	size_t group_len;
	bool has_group;
	int64_t offset;
	int64_t limit;
	int64_t page;
	int64_t rows;
	int64_t next;
	int code;
};

/** Nothing known yet. */
void sim_note_init(struct sim_note *note);

/** Writes the three status fields, without braces or a comma at the ends. */
void sim_envelope_status(struct buf *out, const struct sim_strike *strike,
    int code);

/** Begins a reply that succeeds: more fields begin with a comma. */
void sim_envelope_open(struct buf *out, const struct sim_strike *strike);
void sim_envelope_close(struct buf *out, const struct sim_strike *strike);

/** A whole reply that fails. */
void sim_envelope_fail(struct buf *out, const struct sim_strike *strike,
    int code);

/**
 * A whole number that is in the body as a number.
 * @return false if it is absent or anything else.
 */
bool sim_question_int(const struct sim_question *question, const char *name,
    int64_t *out);

/** Fills in what a request for a list of bans asks for, as far as it can be
 *  read: the group, the offset, the limit, the page. */
void sim_bans_read(const struct sim_question *question,
    const struct sim_stage *stage, struct sim_note *note);

/**
 * Each writes its reply to @p out.
 * @return 0, or the ErrorCode to refuse with: @p out is then as it was.
 */
int sim_bans_answer(const struct sim_question *question,
    const struct sim_stage *stage, struct buf *out, struct sim_note *note);
int sim_groups_answer(const struct sim_question *question,
    const struct sim_stage *stage, struct buf *out, struct sim_note *note);
int sim_info_answer(const struct sim_question *question,
    const struct sim_stage *stage, struct buf *out, struct sim_note *note);
int sim_profile_answer(const struct sim_question *question,
    const struct sim_stage *stage, struct buf *out, struct sim_note *note);

#endif
