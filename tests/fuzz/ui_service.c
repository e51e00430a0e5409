/*
 * The service of the screen's fuzz target. What it has said is read back by
 * cJSON and kept as steps from offset to offset, whatever the script has done
 * to the answer; it may find a step where the program must not, never the
 * other way round.
 */
#include "fuzz/ui_service.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "bantop/api/ban_reply.h"
#include "bantop/base/mem.h"
#include "fuzz/fuzz.h"

enum { FLOOD_ROWS = 1001, LARGE_BYTES = 500 * 1024, DAY_S = 86400 };

/* A call as the service reads it. */
struct call {
	cJSON *json;
	const char *group; /* "" where there is none */
	size_t offset;
	size_t limit;
};

void
ui_service_init(struct ui_service *service, const struct fake_clock *clock)
{
	*service = (struct ui_service){
		.clock = clock,
		.rows = 250,
		.delay_ms = 100,
		.steps = mem_alloc(UI_STEPS_MAX * sizeof(struct ui_step)),
	};
}

void
ui_service_release(struct ui_service *service)
{
	free(service->steps);
}

/* -- texts ----------------------------------------------------------------- */

/* Bytes that are no UTF-8 go out as they are. */
static void
put_text(struct buf *body, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		unsigned byte = (unsigned char)text[i];

		if (byte < ' ' || byte == '"' || byte == '\\')
			buf_put_format(body, "\\u%04x", byte);
		else
			buf_put(body, text + i, 1);
	}
}

static void
put_hostile(const struct ui_service *service, struct buf *body)
{
	put_text(body, service->hostile, service->hostile_len);
}

/* Ends of every kind: soon, over, permanent, no moment at all. */
static int64_t
until_of(const struct ui_service *service, size_t row)
{
	int64_t now_s = service->clock->wall_ms / 1000;

	switch (row % 11) {
	case 3:
		return now_s - (int64_t)row;
	case 5:
		return now_s + INT64_C(200) * 365 * DAY_S;
	case 7:
		return INT64_C(300000000000) + (int64_t)row;
	case 9:
		return -5;
	default:
		return now_s + 20 + (int64_t)(row * row) * 60;
	}
}

static void
put_rows(const struct ui_service *service, const struct call *call,
    size_t begin, size_t end, size_t times, struct buf *body)
{
	size_t row;

	for (row = begin; row < end; row++) {
		buf_put_format(body, "%s{\"Member_Account\":\"",
		    row > begin ? "," : "");
		put_text(body, call->group, strlen(call->group));
		buf_put_format(body, "-%03zu", row / times);
		put_hostile(service, body);
		buf_put_format(body, "\",\"BannedUntil\":%" PRId64 "}",
		    until_of(service, row));
	}
}

/* -- pages ----------------------------------------------------------------- */

static void
put_next(enum ui_answer answer, const struct call *call, size_t next,
    struct buf *body)
{
	switch ((int)answer) {
	case UI_NO_NEXT:
		return;
	case UI_NEXT_QUOTED:
		buf_put_format(body, ",\"NextOffset\":\"%zu\"", next);
		return;
	case UI_NEXT_SAME:
		next = call->offset;
		break;
	case UI_NEXT_BACK:
		next = call->offset / 2;
		break;
	case UI_EMPTY:
		next = call->offset + 1;
		break;
	case UI_ENDLESS:
		next = call->offset + call->limit;
		break;
	default:
		break;
	}
	buf_put_format(body, ",\"NextOffset\":%zu", next);
}

static void
put_page(const struct ui_service *service, enum ui_answer answer,
    const struct call *call, struct buf *body)
{
	size_t end = call->offset + call->limit, begin = call->offset;
	size_t next = end < service->rows ? end : 0;

	if (answer == UI_SHORT && call->limit > 1 && next > 0)
		next = --end;
	end = end < service->rows ? end : service->rows;
	begin = begin < end ? begin : end;
	if (answer == UI_EMPTY)
		begin = end;
	if (answer == UI_ENDLESS || answer == UI_FLOOD) {
		begin = 0;
		end = answer == UI_FLOOD ? FLOOD_ROWS : call->limit;
	}
	buf_put_text(body, "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,");
	if (answer == UI_LARGE) {
		buf_put_text(body, "\"ErrorInfo\":\"");
		while (body->len < LARGE_BYTES)
			buf_put_text(body, "0123456789abcdef");
		buf_put_text(body, "\",");
	}
	buf_put_text(body, "\"BannedAccountList\":");
	buf_put_text(body, answer == UI_NULL_LIST ? "null" : "[");
	if (answer != UI_NULL_LIST) {
		put_rows(service, call, begin, end, answer == UI_TWICE ? 2 : 1,
		    body);
		buf_put_text(body, "]");
	}
	put_next(answer, call, next, body);
	buf_put_text(body, "}");
}

/* -- the other calls ------------------------------------------------------- */

static void
put_groups(const struct ui_service *service, struct buf *body)
{
	size_t i;

	buf_put_text(body,
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,"
	    "\"TotalCount\":60,\"GroupIdList\":[");
	for (i = 0; i < 60; i++) {
		buf_put_format(body, "%s{\"GroupId\":\"live-%zu",
		    i > 0 ? "," : "", i);
		if (i % 5 == 4)
			put_hostile(service, body);
		buf_put_text(body, "\"}");
	}
	buf_put_text(body, "],\"Next\":0}");
}

static void
put_infos(const struct ui_service *service, const cJSON *ids, struct buf *body)
{
	const char *before = "";
	const cJSON *id;

	buf_put_text(body,
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,"
	    "\"GroupInfo\":[");
	cJSON_ArrayForEach(id, ids)
	{
		if (!cJSON_IsString(id))
			continue;
		buf_put_format(body, "%s{\"ErrorCode\":0,\"GroupId\":\"",
		    before);
		put_text(body, id->valuestring, strlen(id->valuestring));
		buf_put_text(body,
		    "\",\"Type\":\"AVChatRoom\",\"MemberNum\":3,"
		    "\"Name\":\"show");
		put_hostile(service, body);
		buf_put_text(body, "\"}");
		before = ",";
	}
	buf_put_text(body, "]}");
}

static void
put_portrait(const struct ui_service *service, const cJSON *accounts,
    struct buf *body)
{
	const cJSON *account = cJSON_GetArrayItem(accounts, 0);

	buf_put_text(body,
	    "{\"ActionStatus\":\"OK\",\"ErrorCode\":0,"
	    "\"UserProfileItem\":[{\"To_Account\":\"");
	if (cJSON_IsString(account))
		put_text(body, account->valuestring,
		    strlen(account->valuestring));
	buf_put_text(body,
	    "\",\"ResultCode\":0,\"ProfileItem\":"
	    "[{\"Tag\":\"Tag_Profile_IM_Nick\",\"Value\":\"nick");
	put_hostile(service, body);
	buf_put_text(body, "\"}]}]}");
}

/* -- the answer ------------------------------------------------------------ */

static void
put_refusal(const struct ui_service *service, struct buf *body)
{
	static const int codes[] = { 60007, 10007, 10010, 70001, 70003, 70050,
		10002, 10018, 99999, -1, 10004, 60020 };
	size_t at = service->parameter % (sizeof codes / sizeof codes[0]);

	buf_put_format(body,
	    "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":%d,"
	    "\"ErrorInfo\":\"as told ",
	    codes[at]);
	put_hostile(service, body);
	buf_put_text(body, "\"}");
}

static void
put_status(const struct ui_service *service, struct scripted_reply *reply,
    struct buf *body)
{
	static const int statuses[] = { 503, 429, 404, 302, 500, 204, 206 };

	reply->status = statuses[service->parameter %
	    (sizeof statuses / sizeof statuses[0])];
	reply->retry_after_s = service->parameter % 2 == 0
	    ? -1
	    : (int64_t)(service->parameter % 100);
	buf_put_text(body, "<html>");
	buf_put(body, service->hostile, service->hostile_len);
}

static void
put_fault(const struct ui_service *service, struct scripted_reply *reply)
{
	static const enum err_kind kinds[] = { ERR_LOOKUP, ERR_CONNECT, ERR_TLS,
		ERR_NETWORK, ERR_TIMEOUT, ERR_LIMIT, ERR_DATA };

	reply->fault =
	    kinds[service->parameter % (sizeof kinds / sizeof kinds[0])];
	reply->fault_code = (int)(service->parameter % 99);
	reply->status = 0;
}

static void
put_right(const struct ui_service *service, const char *url,
    enum ui_answer answer, const struct call *call, struct buf *body)
{
	if (strstr(url, "/get_group_ban_member?") != NULL)
		put_page(service, answer, call, body);
	else if (strstr(url, "/get_appid_group_list?") != NULL)
		put_groups(service, body);
	else if (strstr(url, "/get_group_info?") != NULL)
		put_infos(service,
		    cJSON_GetObjectItemCaseSensitive(call->json, "GroupIdList"),
		    body);
	else
		put_portrait(service,
		    cJSON_GetObjectItemCaseSensitive(call->json, "To_Account"),
		    body);
}

static void
put_answer(struct ui_service *service, const char *url, const struct call *call,
    struct scripted_reply *reply, struct buf *body)
{
	enum ui_answer answer = service->left != 0 ? service->answer : UI_RIGHT;
	size_t at;

	service->left -= service->left > 0 ? 1 : 0;
	if (service->body != NULL) {
		buf_put(body, service->body, service->body_len);
		service->body = NULL;
		return;
	}
	if (answer == UI_REFUSED)
		put_refusal(service, body);
	else if (answer == UI_HTTP)
		put_status(service, reply, body);
	else if (answer == UI_FAULT)
		put_fault(service, reply);
	else
		put_right(service, url, answer, call, body);
	at = body->len * (service->parameter % 256) / 256;
	if (answer == UI_CUT)
		body->len = at;
	if (answer == UI_FLIPPED && at < body->len)
		body->data[at] = (char)(body->data[at] ^
		    (char)(1 + service->parameter % 127));
}

/* -- what it has said ------------------------------------------------------ */

static bool
read_next(const struct buf *body, int64_t *next)
{
	cJSON *json = cJSON_ParseWithLength(buf_text(body), body->len);
	const cJSON *inside =
	    cJSON_GetObjectItemCaseSensitive(json, "Response");
	const cJSON *root = cJSON_IsObject(inside) ? inside : json;
	const cJSON *code = cJSON_GetObjectItemCaseSensitive(root, "ErrorCode");
	const cJSON *offset =
	    cJSON_GetObjectItemCaseSensitive(root, "NextOffset");
	bool ok = cJSON_IsNumber(code) && code->valuedouble == 0 &&
	    cJSON_IsNumber(offset) && offset->valuedouble >= 0 &&
	    offset->valuedouble <= (double)BAN_OFFSET_MAX;

	if (ok)
		*next = (int64_t)offset->valuedouble;
	cJSON_Delete(json);
	return ok;
}

static void
note_step(struct ui_service *service, const struct call *call,
    const struct scripted_reply *reply, const struct buf *body)
{
	struct ui_step *step = &service->steps[service->count];
	size_t len = strlen(call->group);
	int64_t next;

	if (reply->fault != ERR_NONE || reply->status != 200 ||
	    reply->delay_ms == SCRIPTED_NEVER_MS || !read_next(body, &next))
		return;
	REQUIRE(service->count < UI_STEPS_MAX && len < UI_GROUP_MAX);
	memcpy(step->group, call->group, len + 1);
	step->offset = (int64_t)call->offset;
	step->next = next;
	step->due_ms = service->clock->mono_ms + reply->delay_ms;
	service->count++;
}

static size_t
number_in(const cJSON *object, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsNumber(item) ? (size_t)item->valuedouble : 0;
}

void
ui_service_answer(const struct transport_request *request,
    struct scripted_reply *reply, struct buf *body, void *user)
{
	struct ui_service *service = user;
	cJSON *json = cJSON_ParseWithLength(request->body, request->body_len);
	const cJSON *group = cJSON_GetObjectItemCaseSensitive(json, "GroupId");
	struct call call = {
		.json = json,
		.group = cJSON_IsString(group) ? group->valuestring : "",
		.offset = number_in(json, "Offset"),
		.limit = number_in(json, "Limit"),
	};

	REQUIRE(json != NULL);
	reply->delay_ms = service->delay_ms;
	reply->date_s = service->clock->wall_ms / 1000;
	put_answer(service, request->url, &call, reply, body);
	if (strstr(request->url, "/get_group_ban_member?") != NULL)
		note_step(service, &call, reply, body);
	cJSON_Delete(json);
}

void
ui_service_forget(struct ui_service *service, const char *group)
{
	size_t i, kept = 0;

	for (i = 0; i < service->count; i++)
		if (group != NULL &&
		    strcmp(service->steps[i].group, group) == 0)
			service->steps[kept++] = service->steps[i];
	service->count = kept;
}

/* Is there a good answer by now that leads from one offset to the other? */
static bool
has_step(const struct ui_service *service, const char *group, int64_t from,
    int64_t *to, size_t *at)
{
	for (; *at < service->count; (*at)++) {
		const struct ui_step *step = &service->steps[*at];

		if (step->offset == from &&
		    step->due_ms <= service->clock->mono_ms &&
		    strcmp(step->group, group) == 0) {
			*to = step->next;
			(*at)++;
			return true;
		}
	}
	return false;
}

bool
ui_service_has_ended(const struct ui_service *service, const char *group)
{
	int64_t *reached = mem_alloc((service->count + 1) * sizeof reached[0]);
	size_t count = 1, i, j, at;
	bool ended = false;
	int64_t next;

	/* Offsets that a walk can have come to; the first is 0. */
	for (i = 0; i < count && !ended; i++) {
		at = 0;
		while (!ended &&
		    has_step(service, group, reached[i], &next, &at)) {
			ended = next == 0;
			for (j = 0; j < count && reached[j] != next; j++)
				;
			if (j == count && next > reached[i])
				reached[count++] = next;
		}
	}
	free(reached);
	return ended;
}
