/*
 * get_appid_group_list and get_group_info. The marks that lead from page to
 * page of the list are above 2^63: a reader that keeps them as anything but
 * unsigned 64-bit numbers sends back another one and is refused.
 */
#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "bantop/base/num.h"
#include "bantop/sim/answers.h"
#include "bantop/sim/json_in.h"
#include "bantop/sim/json_out.h"

enum { LIST_LIMIT_MAX = 10000, INFO_MAX = 50 };

static const uint64_t MARK_FROM = UINT64_C(11529215046068469761);
static const uint64_t MARK_STEP = 1009;

/* @return false if the mark is none of ours. */
static bool
read_mark(const struct sim_question *question, int64_t *index)
{
	const char *text;
	uint64_t mark;
	size_t len;

	*index = 0;
	if (!sim_json_find(question->json, question->len, "Next", &text, &len))
		return true;
	if (!num_parse_u64(text, len, &mark))
		return false;
	if (mark == 0)
		return true;
	if (mark < MARK_FROM || (mark - MARK_FROM) % MARK_STEP != 0)
		return false;
	mark = (mark - MARK_FROM) / MARK_STEP;
	if (mark > INT32_MAX)
		return false;
	*index = (int64_t)mark;
	return true;
}

static bool
is_wanted(const struct sim_group *group, const char *type)
{
	return type == NULL || strcmp(group->type, type) == 0;
}

static void
put_id(struct buf *out, const struct sim_group *group)
{
	buf_put_text(out, "{\"GroupId\":");
	sim_json_text(out, group->id, group->id_len);
	buf_put(out, "}", 1);
}

/* Writes up to limit ids from *index on, which is left at the next one. */
static int64_t
put_ids(struct buf *out, const struct sim_stage *stage, const char *type,
    int64_t limit, int64_t *index)
{
	struct sim_group group;
	int64_t rows = 0;

	for (; *index < stage->world->groups; (*index)++) {
		sim_group_at(stage->world, *index, &group);
		if (!is_wanted(&group, type))
			continue;
		if (rows == limit)
			break;
		if (rows > 0)
			buf_put(out, ",", 1);
		put_id(out, &group);
		rows++;
	}
	return rows;
}

static int64_t
count_groups(const struct sim_stage *stage, const char *type)
{
	struct sim_group group;
	int64_t i, count = 0;

	if (type == NULL)
		return stage->world->groups;
	for (i = 0; i < stage->world->groups; i++) {
		sim_group_at(stage->world, i, &group);
		if (is_wanted(&group, type))
			count++;
	}
	return count;
}

int
sim_groups_answer(const struct sim_question *question,
    const struct sim_stage *stage, struct buf *out, struct sim_note *note)
{
	const cJSON *type_item =
	    cJSON_GetObjectItemCaseSensitive(question->object, "GroupType");
	const char *type = cJSON_GetStringValue(type_item);
	int64_t limit = LIST_LIMIT_MAX, index;

	if (type_item != NULL && (type == NULL || !sim_group_type_exists(type)))
		return 10004;
	if (cJSON_HasObjectItem(question->object, "Limit") &&
	    (!sim_question_int(question, "Limit", &limit) || limit < 1 ||
	        limit > LIST_LIMIT_MAX))
		return 10004;
	if (!read_mark(question, &index))
		return 10004;
	note->limit = limit;
	sim_envelope_open(out, stage->strike);
	buf_put_format(out, ",\"TotalCount\":%" PRId64 ",\"GroupIdList\":[",
	    count_groups(stage, type));
	note->rows = put_ids(out, stage, type, limit, &index);
	buf_put_text(out, "],\"Next\":");
	sim_json_uint(out,
	    index < stage->world->groups
	        ? MARK_FROM + (uint64_t)index * MARK_STEP
	        : 0);
	sim_envelope_close(out, stage->strike);
	return 0;
}

/* The names of base fields that are asked for; NULL: all. */
static bool
wants(const cJSON *filter, const char *name)
{
	const cJSON *item;

	if (filter == NULL)
		return true;
	cJSON_ArrayForEach(item, filter)
	{
		if (cJSON_IsString(item) &&
		    strcmp(item->valuestring, name) == 0)
			return true;
	}
	return false;
}

static void
put_field_text(struct buf *out, const cJSON *filter, const char *name,
    const char *text, size_t len)
{
	if (!wants(filter, name))
		return;
	buf_put_format(out, ",\"%s\":", name);
	sim_json_text(out, text, len);
}

static void
put_field_int(struct buf *out, const cJSON *filter, const char *name,
    int64_t value)
{
	if (wants(filter, name))
		buf_put_format(out, ",\"%s\":%" PRId64, name, value);
}

static void
put_fields(struct buf *out, const cJSON *filter, const struct sim_stage *stage,
    const struct sim_group *group)
{
	static const char notice[] = "Be kind.\nNo links.";
	bool community = strcmp(group->type, "Community") == 0;

	put_field_text(out, filter, "Type", group->type, strlen(group->type));
	put_field_text(out, filter, "Name", group->name, group->name_len);
	put_field_text(out, filter, "Owner_Account", group->owner,
	    strlen(group->owner));
	put_field_text(out, filter, "Introduction", "", 0);
	put_field_text(out, filter, "Notification", notice, sizeof(notice) - 1);
	put_field_text(out, filter, "FaceUrl", "", 0);
	put_field_text(out, filter, "ApplyJoinOption", "FreeAccess", 10);
	put_field_text(out, filter, "MuteAllMember", "Off", 3);
	put_field_int(out, filter, "Appid", stage->app_id);
	put_field_int(out, filter, "CreateTime", group->created_s);
	put_field_int(out, filter, "LastInfoTime", group->created_s + 60);
	put_field_int(out, filter, "LastMsgTime", stage->world->start_s - 5);
	put_field_int(out, filter, "InfoSeq", 3);
	put_field_int(out, filter, "NextMsgSeq", 3000000000);
	put_field_int(out, filter, "MemberNum", group->member_num);
	put_field_int(out, filter, "MaxMemberNum", group->member_max);
	put_field_int(out, filter, "SupportTopic", community ? 1 : 0);
}

static void
put_group(struct buf *out, const cJSON *filter, const struct sim_stage *stage,
    const char *id)
{
	size_t len = strlen(id);
	struct sim_group group;

	buf_put_text(out, "{\"GroupId\":");
	sim_json_text(out, id, len);
	if (sim_group_find(stage->world, id, len, &group)) {
		buf_put_text(out, ",\"ErrorCode\":0,\"ErrorInfo\":\"\"");
		put_fields(out, filter, stage, &group);
	} else if (sim_group_id_is_valid(id, len)) {
		buf_put_text(out,
		    ",\"ErrorCode\":10010,"
		    "\"ErrorInfo\":\"group not exist\"");
	} else {
		buf_put_text(out,
		    ",\"ErrorCode\":10015,"
		    "\"ErrorInfo\":\"invalid group id\"");
	}
	buf_put(out, "}", 1);
}

static bool
are_texts(const cJSON *list)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		if (!cJSON_IsString(item))
			return false;
	}
	return cJSON_IsArray(list);
}

int
sim_info_answer(const struct sim_question *question,
    const struct sim_stage *stage, struct buf *out, struct sim_note *note)
{
	const cJSON *ids =
	    cJSON_GetObjectItemCaseSensitive(question->object, "GroupIdList");
	const cJSON *filter = cJSON_GetObjectItemCaseSensitive(
	    cJSON_GetObjectItemCaseSensitive(question->object,
	        "ResponseFilter"),
	    "GroupBaseInfoFilter");
	int count = cJSON_GetArraySize(ids);
	const cJSON *item;

	if (!are_texts(ids) || count < 1 || count > INFO_MAX)
		return 10004;
	if (filter != NULL && !are_texts(filter))
		return 10004;
	sim_envelope_open(out, stage->strike);
	buf_put_text(out, ",\"GroupInfo\":[");
	cJSON_ArrayForEach(item, ids)
	{
		if (item != ids->child)
			buf_put(out, ",", 1);
		put_group(out, filter, stage, item->valuestring);
	}
	buf_put(out, "]", 1);
	sim_envelope_close(out, stage->strike);
	note->rows = count;
	return 0;
}
