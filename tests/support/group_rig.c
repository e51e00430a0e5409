/*
 * A group_fetch on a scripted service.
 */
#include "group_rig.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define OK "\"ActionStatus\":\"OK\",\"ErrorCode\":0"

/* Answers for every id in the request with the name "N-id". */
static void
write_info(const char *request, struct buf *body)
{
	const char *at = strstr(request, "\"GroupIdList\":[");
	const char *sep = "";

	assert(at != NULL);
	at += strlen("\"GroupIdList\":[");
	buf_put_text(body, "{" OK ",\"GroupInfo\":[");
	while (*at == '"' || *at == ',') {
		int len;

		if (*at == ',')
			at++;
		len = (int)strcspn(at + 1, "\"");
		buf_put_format(body,
		    "%s{\"GroupId\":\"%.*s\",\"ErrorCode\":%d,"
		    "\"ErrorInfo\":\"\",\"Type\":\"Public\","
		    "\"Name\":\"N-%.*s\",\"MemberNum\":7}",
		    sep, len, at + 1, at[1] == 'x' ? 10010 : 0, len, at + 1);
		sep = ",";
		at += len + 2;
	}
	buf_put_text(body, "]}");
}

static void
answer(const struct transport_request *request, struct scripted_reply *reply,
    struct buf *body, void *user)
{
	struct group_rig *groups = user;

	(void)reply;
	if (strstr(request->url, "get_group_info") != NULL) {
		if (groups->too_large-- > 0)
			buf_put_text(body,
			    "{\"ActionStatus\":\"FAIL\",\"ErrorCode\":10018,"
			    "\"ErrorInfo\":\"too large\"}");
		else
			write_info(request->body, body);
		return;
	}
	assert(groups->list_count < GROUP_RIG_LISTS_MAX);
	assert(groups->lists[groups->list_count] != NULL);
	buf_put_text(body, groups->lists[groups->list_count++]);
}

static void
see_change(void *user)
{
	struct group_rig *groups = user;

	groups->changes++;
}

void
group_rig_init(struct group_rig *groups)
{
	*groups = (struct group_rig){ .changes = 0 };
	rig_init(&groups->rig);
	groups->rig.config.rate = 200;
	scripted_answer_by(groups->rig.scripted, answer, groups);
	rig_open(&groups->rig);
	groups->fetch = group_fetch_create(groups->rig.client,
	    &groups->rig.clock.clock, "", see_change, groups);
}

void
group_rig_release(struct group_rig *groups)
{
	group_fetch_destroy(groups->fetch);
	rig_release(&groups->rig);
}

const char *
group_rig_list(size_t first, size_t count, const char *rest)
{
	static char text[4][16384];
	static size_t turn;
	char *out = text[turn++ % 4];
	size_t used =
	    (size_t)snprintf(out, sizeof text[0], "{" OK ",\"GroupIdList\":[");
	size_t i;

	for (i = 0; i < count; i++)
		used += (size_t)snprintf(out + used, sizeof text[0] - used,
		    "%s{\"GroupId\":\"g%zu\"}", i > 0 ? "," : "", first + i);
	(void)snprintf(out + used, sizeof text[0] - used, "]%s}", rest);
	return out;
}
