/*
 * portrait_get: nicknames for accounts. Any account has a profile but those
 * whose name begins with "nobody", and one in sixteen, chosen by the seed,
 * who was never imported.
 */
#include <stddef.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "bantop/sim/answers.h"
#include "bantop/sim/hostile.h"
#include "bantop/sim/json_out.h"
#include "bantop/sim/random.h"

enum { ACCOUNTS_MAX = 100, NICK_MAX = 2048 };

static const char *const known_tags[] = { "Tag_Profile_IM_Nick",
	"Tag_Profile_IM_Image", "Tag_Profile_IM_Gender",
	"Tag_Profile_IM_BirthDay", "Tag_Profile_IM_Location",
	"Tag_Profile_IM_SelfSignature", "Tag_Profile_IM_AllowType",
	"Tag_Profile_IM_AdminForbidType", "Tag_Profile_IM_Language",
	"Tag_Profile_IM_Level", "Tag_Profile_IM_Role",
	"Tag_Profile_IM_MsgSettings" };
static const char *const first_names[] = { "Robin", "Alex", "Sasha", "Kim",
	"Mika", "Charlie", "Noor", "Jo", "小雨", "Zoë", "Андрей", "Yuki 🌸" };
static const char *const last_names[] = { "", " of the North", " (official)",
	" 2", ", late again", " ☕", " 대박", "" };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static uint64_t
mix_text(uint64_t seed, const char *text)
{
	for (; *text != '\0'; text++)
		seed = sim_random_mix(seed, (unsigned char)*text);
	return seed;
}

static bool
tag_exists(const char *tag)
{
	size_t i;

	for (i = 0; i < COUNT(known_tags); i++) {
		if (strcmp(known_tags[i], tag) == 0)
			return true;
	}
	return strncmp(tag, "Tag_Profile_Custom_", 19) == 0;
}

static bool
is_imported(const struct sim_stage *stage, const char *account)
{
	if (strncmp(account, "nobody", 6) == 0)
		return false;
	return mix_text(stage->world->seed, account) % 16 != 5;
}

static void
put_nick(struct buf *out, const struct sim_stage *stage, const char *account)
{
	uint64_t mixed = mix_text(stage->world->seed + 1, account);
	char nick[NICK_MAX];
	struct buf text;
	size_t len;

	if (stage->world->hostile) {
		len =
		    sim_hostile_text((int64_t)(mixed % 90), nick, sizeof(nick));
		sim_json_text(out, nick, len);
		return;
	}
	buf_init(&text, NICK_MAX);
	buf_put_text(&text, first_names[mixed % COUNT(first_names)]);
	buf_put_text(&text, last_names[mixed / 64 % COUNT(last_names)]);
	sim_json_text(out, buf_text(&text), text.len);
	buf_release(&text);
}

/* Fields that were never set are left out: all but the nickname here. */
static void
put_profile(struct buf *out, const struct sim_stage *stage, const cJSON *tags,
    const char *account)
{
	const cJSON *tag;

	buf_put_text(out, "{\"To_Account\":");
	sim_json_text(out, account, strlen(account));
	if (!is_imported(stage, account)) {
		buf_put_text(out,
		    ",\"ResultCode\":40003,"
		    "\"ResultInfo\":\"account not imported\"}");
		return;
	}
	buf_put_text(out, ",\"ProfileItem\":[");
	cJSON_ArrayForEach(tag, tags)
	{
		if (strcmp(tag->valuestring, "Tag_Profile_IM_Nick") != 0)
			continue;
		buf_put_text(out,
		    "{\"Tag\":\"Tag_Profile_IM_Nick\",\"Value\":");
		put_nick(out, stage, account);
		buf_put(out, "}", 1);
		break;
	}
	buf_put_text(out, "],\"ResultCode\":0,\"ResultInfo\":\"\"}");
}

static void
put_failed(struct buf *out, const struct sim_stage *stage,
    const cJSON *accounts)
{
	const cJSON *item;
	bool any = false;

	cJSON_ArrayForEach(item, accounts)
	{
		if (is_imported(stage, item->valuestring))
			continue;
		buf_put_text(out, any ? "," : ",\"Fail_Account\":[");
		sim_json_text(out, item->valuestring,
		    strlen(item->valuestring));
		any = true;
	}
	if (any)
		buf_put(out, "]", 1);
}

static int
check(const cJSON *accounts, const cJSON *tags)
{
	const cJSON *item;

	if (accounts == NULL || cJSON_GetArraySize(accounts) == 0)
		return 40002;
	if (cJSON_GetArraySize(accounts) > ACCOUNTS_MAX ||
	    !cJSON_IsArray(tags) || cJSON_GetArraySize(tags) == 0)
		return 40001;
	cJSON_ArrayForEach(item, accounts)
	{
		if (!cJSON_IsString(item))
			return 60015;
	}
	cJSON_ArrayForEach(item, tags)
	{
		if (!cJSON_IsString(item) || !tag_exists(item->valuestring))
			return 40009;
	}
	return 0;
}

int
sim_profile_answer(const struct sim_question *question,
    const struct sim_stage *stage, struct buf *out, struct sim_note *note)
{
	const cJSON *accounts =
	    cJSON_GetObjectItemCaseSensitive(question->object, "To_Account");
	const cJSON *tags =
	    cJSON_GetObjectItemCaseSensitive(question->object, "TagList");
	int code = check(accounts, tags);
	const cJSON *item;

	if (code != 0)
		return code;
	/* Here the three status fields come last, as the service has it. */
	buf_put_text(out, "{\"UserProfileItem\":[");
	cJSON_ArrayForEach(item, accounts)
	{
		if (item != accounts->child)
			buf_put(out, ",", 1);
		put_profile(out, stage, tags, item->valuestring);
	}
	buf_put(out, "]", 1);
	put_failed(out, stage, accounts);
	buf_put(out, ",", 1);
	sim_envelope_status(out, stage->strike, 0);
	buf_put_text(out, ",\"ErrorDisplay\":\"\"}");
	note->rows = cJSON_GetArraySize(accounts);
	return 0;
}
