/*
 * get_group_ban_member: reads what is asked for, and writes the page row by
 * row. Which rows they are is the walk's business.
 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "bantop/sim/answers.h"
#include "bantop/sim/json_out.h"
#include "bantop/sim/walk.h"

enum { LIMIT_MAX = 100, OFFSET_EVERY = 5 };

bool
sim_question_int(const struct sim_question *question, const char *name,
    int64_t *out)
{
	const cJSON *item =
	    cJSON_GetObjectItemCaseSensitive(question->object, name);

	if (!cJSON_IsNumber(item) || fabs(item->valuedouble) > 9.0e15 ||
	    floor(item->valuedouble) != item->valuedouble)
		return false;
	*out = (int64_t)item->valuedouble;
	return true;
}

static const char *
group_id_of(const struct sim_question *question)
{
	return cJSON_GetStringValue(
	    cJSON_GetObjectItemCaseSensitive(question->object, "GroupId"));
}

static bool
is_absent(const struct sim_question *question, const char *name)
{
	return !cJSON_HasObjectItem(question->object, name);
}

void
sim_bans_read(const struct sim_question *question,
    const struct sim_stage *stage, struct sim_note *note)
{
	const char *id = group_id_of(question);
	struct sim_group group;

	if (is_absent(question, "Limit"))
		note->limit = LIMIT_MAX;
	else if (!sim_question_int(question, "Limit", &note->limit))
		note->limit = -1;
	if (!sim_question_int(question, "Offset", &note->offset))
		note->offset = -1;
	if (id == NULL)
		return;
	note->has_group = true;
	note->group_len = strlen(id);
	if (note->group_len > sizeof(note->group))
		note->group_len = sizeof(note->group);
	memcpy(note->group, id, note->group_len);
	if (note->offset < 0 || note->limit < 1)
		return;
	if (sim_group_find(stage->world, id, strlen(id), &group))
		note->page = sim_pages_find(stage->pages, group.index,
		    note->offset, note->limit);
}

/* Rows of types that no row may have. */
static bool
put_wrong_row(struct buf *out, int64_t row, const struct sim_member *member)
{
	static const char *const untils[] = { "\"1767225600\"", "true", "null",
		"{}", "1767225600.5", "1e400", "-5", "[]" };
	static const char *const rows[] = { "17", "null", "\"row\"", "[]", "{}",
		"{\"Member_Account\":17,\"BannedUntil\":1767225600}",
		"{\"Member_Account\":null,\"BannedUntil\":1767225600}",
		"{\"Member_Account\":[\"a\"],\"BannedUntil\":1767225600}" };

	if (row >= 16)
		return false;
	if (row >= 8) {
		buf_put_text(out, rows[row - 8]);
		return true;
	}
	buf_put_text(out, "{\"BannedUntil\":");
	buf_put_text(out, untils[row]);
	buf_put_text(out, ",\"Member_Account\":");
	sim_json_text(out, member->account, member->account_len);
	buf_put(out, "}", 1);
	return true;
}

static void
put_row(struct buf *out, const struct sim_strike *strike, int64_t row,
    const struct sim_member *member)
{
	bool fifth = row % OFFSET_EVERY == OFFSET_EVERY - 1;
	bool no_until = fifth && strike->by[SIM_FAULT_NOUNTIL] != NULL;
	bool no_account = fifth && strike->by[SIM_FAULT_NOACCOUNT] != NULL;

	if (strike->by[SIM_FAULT_TYPES] != NULL &&
	    put_wrong_row(out, row, member))
		return;
	buf_put(out, "{", 1);
	if (!no_until) {
		buf_put_text(out, "\"BannedUntil\":");
		sim_json_int(out, member->until_s);
	}
	if (!no_until && !no_account)
		buf_put(out, ",", 1);
	if (!no_account) {
		buf_put_text(out, "\"Member_Account\":");
		sim_json_text(out, member->account, member->account_len);
	}
	if (strike->by[SIM_FAULT_EXTRA] != NULL)
		buf_put_text(out, ",\"Reason\":\"advertising\",\"New\":[{}]");
	buf_put(out, "}", 1);
}

static void
put_rows(struct buf *out, const struct sim_walk *walk,
    const struct sim_slice *slice)
{
	struct sim_member member;
	int64_t row;

	if (walk->strike->by[SIM_FAULT_NOROWS] != NULL)
		return;
	buf_put_text(out, ",\"BannedAccountList\":");
	if (walk->strike->by[SIM_FAULT_NULLROWS] != NULL) {
		buf_put_text(out, "null");
		return;
	}
	buf_put(out, "[", 1);
	for (row = 0; row < slice->rows; row++) {
		if (row > 0)
			buf_put(out, ",", 1);
		sim_slice_member(walk, slice, row, &member);
		put_row(out, walk->strike, row, &member);
	}
	buf_put(out, "]", 1);
}

static void
put_next(struct buf *out, const struct sim_strike *strike, int64_t next)
{
	bool quoted = strike->by[SIM_FAULT_STRNEXT] != NULL;

	if (strike->by[SIM_FAULT_NONEXT] != NULL)
		return;
	buf_put_text(out, ",\"NextOffset\":");
	if (quoted)
		buf_put(out, "\"", 1);
	sim_json_int(out, next);
	if (strike->by[SIM_FAULT_FLOATNEXT] != NULL)
		buf_put_text(out, ".5");
	if (quoted)
		buf_put(out, "\"", 1);
}

static int
check(const struct sim_question *question, const struct sim_stage *stage,
    const struct sim_note *note, struct sim_group *group)
{
	const char *id = group_id_of(question);

	if (id == NULL)
		return 10004;
	if (!sim_group_find(stage->world, id, strlen(id), group))
		return sim_group_id_is_valid(id, strlen(id)) ? 10010 : 10015;
	if (note->limit < 1 || note->limit > LIMIT_MAX || note->offset < 0)
		return 10004;
	return 0;
}

int
sim_bans_answer(const struct sim_question *question,
    const struct sim_stage *stage, struct buf *out, struct sim_note *note)
{
	struct sim_group group;
	struct sim_walk walk;
	struct sim_slice slice;
	int code = check(question, stage, note, &group);

	if (code != 0)
		return code;
	walk = (struct sim_walk){
		.set = &group.bans,
		.strike = stage->strike,
		.offset = note->offset,
		.limit = note->limit,
		.page = note->page,
		.changes = sim_pages_changes(stage->pages, group.index),
	};
	if (!sim_walk_slice(&walk, &slice))
		return 10004;
	sim_envelope_open(out, stage->strike);
	put_rows(out, &walk, &slice);
	put_next(out, stage->strike, slice.next);
	sim_envelope_close(out, stage->strike);
	if (slice.next > note->offset)
		sim_pages_note(stage->pages, group.index, slice.next,
		    note->page + 1);
	if (stage->strike->by[SIM_FAULT_MUTATE] != NULL)
		sim_pages_note_change(stage->pages, group.index);
	note->rows = slice.rows;
	note->next = slice.next;
	return 0;
}
