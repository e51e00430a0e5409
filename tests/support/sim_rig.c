/*
 * The rig signs with a vector of the format's, whose key and moment are known:
 * nothing of the checker is needed to make it.
 */
#include "sim_rig.h"

#include <string.h>

/* A genuine signature, from the file of vectors: its key, its application, and
 * a moment at which it holds. */
static const char SIG[] =
    "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwokpuZl5mcUlRYkl*UVQBcUp2YkFBZk"
    "pSlaGJgZQAJFJrSjILEoFipuamhrBRUsyc0Fi5qhqizPTgeZ7OVdVJOa5WfiFhEQklprkah"
    "tlWJaXmadHeuVV*mUX5xpU5Br6uUaEGpmb2CrVAgBObjSn";
static const char KEY[] =
    "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
enum { NOW = 1700000010 };

const char SIM_RIG_BANS[] = "/v4/group_open_http_svc/get_group_ban_member";
const char SIM_RIG_GROUPS[] = "/v4/group_open_http_svc/get_appid_group_list";
const char SIM_RIG_INFO[] = "/v4/group_open_http_svc/get_group_info";
const char SIM_RIG_PROFILE[] = "/v4/profile/portrait_get";

void
sim_rig_init(struct sim_rig *rig)
{
	*rig = (struct sim_rig){
		.service = {
			.world = {
				.seed = 1,
				.members = 250,
				.groups = 12,
				.start_s = NOW,
			},
			.admin = "administrator",
			.app_id = 1400000000,
			.key = KEY,
			.random = 1,
		},
		.request = {
			.method = SIM_METHOD_POST,
			.path = SIM_RIG_BANS,
			.app_id = "1400000000",
			.account = "administrator",
			.usersig = SIG,
			.random = "4294967295",
			.content_type = "json",
		},
	};
	sim_guard_init(&rig->service.guard, 1000);
}

void
sim_rig_release(struct sim_rig *rig)
{
	cJSON_Delete(rig->json);
	sim_reply_release(&rig->reply);
	sim_service_release(&rig->service);
}

int
sim_rig_ask(struct sim_rig *rig, const char *path, const char *body)
{
	const cJSON *code;

	cJSON_Delete(rig->json);
	sim_reply_release(&rig->reply);
	rig->request.path = path;
	rig->request.body = body;
	rig->request.body_len = strlen(body);
	sim_service_answer(&rig->service, &rig->request, rig->mono_ms, NOW,
	    &rig->reply, &rig->note);
	rig->json = cJSON_ParseWithLength(buf_text(&rig->reply.body),
	    rig->reply.body.len);
	code = cJSON_GetObjectItemCaseSensitive(rig->json, "ErrorCode");
	return cJSON_IsNumber(code) ? code->valueint : -1;
}

int
sim_rig_ask_bans(struct sim_rig *rig)
{
	return sim_rig_ask(rig, SIM_RIG_BANS,
	    "{\"GroupId\":\"@TGS#aDEMO00001\",\"Limit\":100,\"Offset\":0}");
}

int
sim_rig_rows(const struct sim_rig *rig)
{
	return cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(rig->json,
	    "BannedAccountList"));
}
