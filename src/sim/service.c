/*
 * The way of a request: which call, which faults, may it (path, parameters,
 * signature, limits), then its answer, then the damage. The first check that
 * fails decides the code.
 */
#include "bantop/sim/service.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "bantop/base/num.h"
#include "bantop/sim/random.h"
#include "bantop/sim/usersig_check.h"

/* One request on its way through. */
struct turn {
	struct sim_service *service;
	const struct sim_request *request;
	struct sim_question question;
	struct sim_stage stage;
	int64_t mono_ms;
	int64_t now_s;
	int path_code;
	bool body_is_object;
};

void
sim_service_release(struct sim_service *service)
{
	sim_pages_release(&service->pages);
	sim_guard_release(&service->guard);
}

void
sim_reply_release(struct sim_reply *reply)
{
	buf_release(&reply->body);
}

static bool
is_number(const char *text, int64_t max, int64_t *out)
{
	return text != NULL && num_parse(text, strlen(text), 0, max, out);
}

/* All five parameters are needed, and must be of their kind. */
static int
check_parameters(const struct sim_request *request)
{
	int64_t number;

	if (request->app_id == NULL || request->app_id[0] == '\0')
		return 60012;
	if (!is_number(request->app_id, UINT32_MAX, &number))
		return 60025;
	if (request->account == NULL || request->account[0] == '\0')
		return 60025;
	if (!is_number(request->random, UINT32_MAX, &number))
		return 60025;
	if (request->content_type == NULL ||
	    strcmp(request->content_type, "json") != 0)
		return 60025;
	if (request->usersig == NULL)
		return 60025;
	return 0;
}

static int
check_signature(const struct turn *turn)
{
	struct sim_service *service = turn->service;
	const struct sim_request *request = turn->request;
	struct sim_identity identity = {
		.account = request->account,
		.app_id = service->app_id,
		.key = service->key,
	};
	int64_t app_id;
	int code;

	if (!is_number(request->app_id, UINT32_MAX, &app_id) ||
	    app_id != service->app_id)
		return 70020;
	if (sim_guard_is_locked(&service->guard, turn->mono_ms))
		return 70050;
	code = sim_sig_code(sim_usersig_check(request->usersig,
	    strlen(request->usersig), &identity, turn->now_s));
	if (code != 0) {
		sim_guard_note_bad(&service->guard, turn->mono_ms);
		return code;
	}
	return strcmp(request->account, service->admin) == 0 ? 0 : 60010;
}

static int
check_limits(const struct turn *turn)
{
	struct sim_guard *guard = &turn->service->guard;
	bool admitted = turn->question.call == SIM_CALL_GROUPS
	    ? sim_guard_admit_list(guard, turn->mono_ms)
	    : sim_guard_admit(guard, turn->mono_ms);

	return admitted ? 0 : 60007;
}

static int
check_all(const struct turn *turn)
{
	int code;

	if (turn->request->method != SIM_METHOD_POST)
		return 60002;
	if (turn->path_code != 0)
		return turn->path_code;
	code = check_parameters(turn->request);
	if (code == 0)
		code = check_signature(turn);
	if (code == 0)
		code = check_limits(turn);
	if (code == 0 && !turn->body_is_object)
		code = 60003;
	return code;
}

static int
answer_call(const struct turn *turn, struct buf *out, struct sim_note *note)
{
	switch (turn->question.call) {
	case SIM_CALL_BANS:
		return sim_bans_answer(&turn->question, &turn->stage, out,
		    note);
	case SIM_CALL_GROUPS:
		return sim_groups_answer(&turn->question, &turn->stage, out,
		    note);
	case SIM_CALL_INFO:
		return sim_info_answer(&turn->question, &turn->stage, out,
		    note);
	case SIM_CALL_PROFILE:
		return sim_profile_answer(&turn->question, &turn->stage, out,
		    note);
	case SIM_CALL_OTHER:
		break;
	}
	return 60009;
}

/* The code that a fault asks for, or 0. */
static int
struck_code(struct sim_service *service, const struct sim_strike *strike)
{
	if (strike->by[SIM_FAULT_CODE] != NULL)
		return (int)strike->by[SIM_FAULT_CODE]->number;
	if (strike->by[SIM_FAULT_RATE] != NULL &&
	    sim_random_next(&service->random) % 4 == 0)
		return 60007;
	return 0;
}

static int64_t
draw_delay_ms(struct sim_service *service, const struct sim_strike *strike)
{
	int64_t delay_ms = service->latency_ms;
	uint64_t width = (uint64_t)(2 * service->jitter_ms + 1);

	delay_ms += (int64_t)(sim_random_next(&service->random) % width) -
	    service->jitter_ms;
	if (delay_ms < 0)
		delay_ms = 0;
	if (strike->by[SIM_FAULT_SLOW] != NULL)
		delay_ms += strike->by[SIM_FAULT_SLOW]->number;
	return delay_ms;
}

static void
write_reply(struct turn *turn, struct sim_reply *reply, struct sim_note *note)
{
	int code = struck_code(turn->service, &reply->strike);

	/* The test of reachability: nothing but a status. */
	if (turn->request->method == SIM_METHOD_HEAD && code == 0)
		return;
	if (code == 0)
		code = check_all(turn);
	if (code == 0)
		code = answer_call(turn, &reply->body, note);
	if (code != 0)
		sim_envelope_fail(&reply->body, &reply->strike, code);
	note->code = code;
	if (code == 0 && reply->strike.by[SIM_FAULT_ODDPAIR] != NULL)
		note->code = 10002;
}

void
sim_service_answer(struct sim_service *service,
    const struct sim_request *request, int64_t mono_ms, int64_t now_s,
    struct sim_reply *reply, struct sim_note *note)
{
	cJSON *object = cJSON_ParseWithLength(request->body, request->body_len);
	struct turn turn = {
		.service = service,
		.request = request,
		.mono_ms = mono_ms,
		.now_s = now_s,
		.body_is_object = cJSON_IsObject(object),
	};

	sim_note_init(note);
	*reply = (struct sim_reply){
		.http = 200,
		.type = "application/json",
	};
	buf_init(&reply->body, SIM_BODY_MAX);
	turn.question = (struct sim_question){
		.call = sim_path_call(request->path, &turn.path_code),
		.json = request->body,
		.len = request->body_len,
		.object = object,
	};
	turn.stage = (struct sim_stage){
		.world = &service->world,
		.strike = &reply->strike,
		.pages = &service->pages,
		.app_id = service->app_id,
	};
	if (turn.question.call == SIM_CALL_BANS && turn.body_is_object)
		sim_bans_read(&turn.question, &turn.stage, note);
	sim_faults_strike(&service->faults, turn.question.call, note->page,
	    &reply->strike);
	write_reply(&turn, reply, note);
	sim_damage_apply(reply);
	reply->delay_ms = draw_delay_ms(service, &reply->strike);
	cJSON_Delete(object);
}
