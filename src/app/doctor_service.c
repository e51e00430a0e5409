/*
 * The doctor's questions: can the hosts be reached, what time is it there, is
 * the credential good, and may it do what bantop needs. At most three calls.
 */
#include "bantop/app/doctor.h"

#include <stdio.h>
#include <string.h>

#include "bantop/api/ban_reply.h"
#include "bantop/api/group_reply.h"
#include "bantop/app/secret.h"
#include "bantop/app/settings_check.h"
#include "bantop/model/duration.h"

enum { URL_MAX = 300, CLOCK_WARN_S = SERVICE_CLOCK_WARNED_S };

/* What a question came to. */
struct answer {
	bool done;
	struct transport_reply reply; /* its body is gone */
	struct err err;
};

/* -- hosts --------------------------------------------------------------- */

static void
take_reply(const struct transport_reply *reply, void *user)
{
	struct answer *answer = user;

	answer->reply = *reply;
	answer->reply.body = NULL;
	answer->err = reply->err;
	answer->done = true;
}

/* A call without signature: any answer at all proves name, way and TLS. */
static bool
reach(struct doctor *doctor, const char *host, struct answer *answer)
{
	struct transport transport = http_transport(doctor->pump.http);
	char url[URL_MAX];
	const struct transport_request request = {
		.url = url,
		.body = "{}",
		.body_len = 2,
		.connect_timeout_s = doctor->settings->connect_timeout_s,
		.timeout_s = doctor->settings->timeout_s,
	};
	uint64_t id;

	memset(answer, 0, sizeof(*answer));
	snprintf(url, sizeof(url), "https://%s/", host);
	id = transport.ops->start(transport.self, &request, take_reply, answer);
	while (!answer->done) {
		if (pump_turn(&doctor->pump, INT64_MAX))
			continue;
		transport.ops->cancel(transport.self, id);
		return false;
	}
	return true;
}

static void
put_part(char *out, size_t size, const char *name, int32_t ms)
{
	size_t len = strlen(out);

	if (ms >= 0)
		snprintf(out + len, size - len, ", %s %ld ms", name, (long)ms);
}

static void
say_host(struct doctor *doctor, const char *check, const char *host,
    const struct answer *answer)
{
	const struct transport_timing *timing = &answer->reply.timing;
	char parts[128] = "";

	if (answer->err.kind != ERR_NONE) {
		doctor_say_err(doctor, check, &answer->err);
		return;
	}
	put_part(parts, sizeof(parts), "lookup", timing->lookup_ms);
	put_part(parts, sizeof(parts), "connect", timing->connect_ms);
	put_part(parts, sizeof(parts), "TLS", timing->tls_ms);
	put_part(parts, sizeof(parts), "answer", timing->wait_ms);
	doctor_say(doctor, check, DOCTOR_OK, "", "%s at %s%s", host,
	    answer->reply.peer, parts);
}

static void
say_clock(struct doctor *doctor, const struct answer *answer)
{
	struct service_clock clock;
	int64_t offset_s;

	if (answer->err.kind != ERR_NONE)
		return;
	service_clock_init(&clock);
	service_clock_observe(&clock, answer->reply.date_s,
	    answer->reply.sent_wall_ms, answer->reply.done_wall_ms);
	offset_s = service_clock_offset_s(&clock);
	if (!service_clock_is_known(&clock))
		doctor_say(doctor, "clock", DOCTOR_WARN, "",
		    "the host does not tell its time");
	else if (offset_s > CLOCK_WARN_S || offset_s < -CLOCK_WARN_S)
		doctor_say(doctor, "clock", DOCTOR_WARN,
		    "set this machine's clock: a UserSig is checked against "
		    "the service's",
		    "the service is %+lld s from this machine",
		    (long long)offset_s);
	else
		doctor_say(doctor, "clock", DOCTOR_OK, "",
		    "the service is %+lld s from this machine",
		    (long long)offset_s);
}

static bool
ask_hosts(struct doctor *doctor)
{
	const struct region *region = doctor->settings->region;
	struct answer answer;
	struct err worst;
	size_t before;

	if (region == NULL) {
		doctor_say(doctor, "host", DOCTOR_WARN,
		    "give --region KEY or --endpoint URL",
		    "no region: nothing to reach");
		return true;
	}
	if (!reach(doctor, region->host, &answer))
		return false;
	say_host(doctor, "host", region->host, &answer);
	say_clock(doctor, &answer);
	if (region->backup[0] == '\0')
		return true;
	worst = doctor->worst;
	before = doctor->count;
	if (!reach(doctor, region->backup, &answer))
		return false;
	say_host(doctor, "backup host", region->backup, &answer);
	/* Without it everything still works. */
	doctor->worst = worst;
	if (doctor->findings[before].result == DOCTOR_FAIL)
		doctor->findings[before].result = DOCTOR_WARN;
	return true;
}

/* -- credential ---------------------------------------------------------- */

static void
say_credential(struct doctor *doctor)
{
	const struct credential *credential = doctor->pump.credential;
	int64_t left_s =
	    credential_ends_at(credential) - clock_wall_s(doctor->clock);
	char left[DURATION_TEXT_MAX];
	char admin[256];
	const char *account = credential_admin(credential);

	text_make_safe(account, strlen(account), TEXT_ASCII, admin,
	    sizeof(admin));
	if (credential_can_renew(credential)) {
		doctor_say(doctor, "credential", DOCTOR_OK, "",
		    "secret key of 64 digits; application %lu, account %s",
		    (unsigned long)credential_app_id(credential), admin);
		return;
	}
	duration_write(left_s, DURATION_BY_NEED, left);
	doctor_say(doctor, "credential",
	    left_s < 86400 ? DOCTOR_WARN : DOCTOR_OK,
	    left_s < 86400 ? "have a new UserSig made" : "",
	    "UserSig of account %s for application %lu, ends in %s", admin,
	    (unsigned long)credential_app_id(credential), left);
}

/* @return false if there is none to go on with. */
static bool
open_credential(struct doctor *doctor)
{
	const struct settings *settings = doctor->settings;
	struct err err;

	if (!secret_is_given(&settings->secret)) {
		doctor_say(doctor, "credential", DOCTOR_WARN,
		    "give --secret-key-file F or --usersig-file F",
		    "none given: rights are not tried");
		return false;
	}
	if (!settings_check_application(settings, &err)) {
		doctor_say(doctor, "credential", DOCTOR_WARN, "", "%s",
		    err.text);
		return false;
	}
	doctor->pump.credential =
	    session_open_credential(settings, doctor->clock, &err);
	if (doctor->pump.credential == NULL) {
		doctor_say_err(doctor, "credential", &err);
		return false;
	}
	say_credential(doctor);
	return true;
}

/* -- rights -------------------------------------------------------------- */

static void
take_answer(const struct client_reply *reply, void *user)
{
	struct answer *answer = user;

	answer->err = reply->err;
	answer->done = true;
}

static bool
write_question(const struct settings *settings, struct client_request *request,
    struct buf *body, struct err *err)
{
	request->limit = 1;
	request->subject = settings->group == NULL ? "" : settings->group;
	if (settings->group == NULL) {
		request->command = CLIENT_GROUP_LIST;
		if (!group_list_request_write(1, 0, "", body, err))
			return false;
	} else {
		request->command = CLIENT_BAN_LIST;
		if (!ban_request_write(settings->group, 1, 0, body, err))
			return false;
	}
	request->body = buf_text(body);
	request->body_len = body->len;
	return true;
}

static void
say_rights(struct doctor *doctor, const struct client_request *request,
    const struct answer *answer)
{
	const char *name = client_command_name(request->command);

	if (answer->err.kind != ERR_NONE) {
		doctor_say_err(doctor, "rights", &answer->err);
		return;
	}
	if (request->command == CLIENT_BAN_LIST)
		doctor_say(doctor, "rights", DOCTOR_OK, "", "%s answers", name);
	else
		doctor_say(doctor, "rights", DOCTOR_OK,
		    "with --group ID the ban list itself is tried",
		    "%s answers", name);
}

static bool
ask_rights(struct doctor *doctor)
{
	struct client_request request = { .offset = 0 };
	struct answer answer = { .done = false };
	struct buf body;
	bool ok = false;

	buf_init(&body, CLIENT_BODY_MAX);
	if (!write_question(doctor->settings, &request, &body, &answer.err)) {
		doctor_say_err(doctor, "rights", &answer.err);
		ok = true;
		goto done;
	}
	client_call(doctor->pump.client, &request, take_answer, &answer);
	while (!answer.done) {
		if (!pump_turn(&doctor->pump, INT64_MAX))
			goto done;
	}
	say_rights(doctor, &request, &answer);
	ok = true;
done:
	buf_release(&body);
	return ok;
}

bool
doctor_ask_service(struct doctor *doctor)
{
	struct err err;
	bool has_credential;

	if (!pump_open_network(&doctor->pump, doctor->settings, doctor->clock,
	        &err)) {
		doctor_say_err(doctor, "network", &err);
		return true;
	}
	if (!ask_hosts(doctor))
		return false;
	has_credential = open_credential(doctor);
	if (!has_credential || doctor->settings->region == NULL)
		return true;
	pump_open_client(&doctor->pump, doctor->settings);
	return ask_rights(doctor);
}
