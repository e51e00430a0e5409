/*
 * What all replies share: the three status fields, and the faults in them.
 */
#include <inttypes.h>
#include <stddef.h>

#include "bantop/sim/answers.h"
#include "bantop/sim/json_out.h"

#include <string.h>

static const struct {
	int code;
	const char *info;
} infos[] = {
	{ 0, "" },
	{ 10002, "server internal error" },
	{ 10003, "invalid command in the request path" },
	{ 10004, "invalid parameter" },
	{ 10006, "group operation too frequent" },
	{ 10007, "no permission for this operation" },
	{ 10010, "group not exist" },
	{ 10015, "invalid group id" },
	{ 10018, "response exceeds the size limit" },
	{ 10059, "please upgrade your package to use this feature" },
	{ 40001, "invalid parameters" },
	{ 40002, "To_Account is missing" },
	{ 40009, "unknown tag in TagList" },
	{ 60002, "http parse error, please check the request url" },
	{ 60003, "request json parse error" },
	{ 60007, "rest api call too frequent" },
	{ 60009, "invalid service or command" },
	{ 60010, "identifier is not an administrator" },
	{ 60012, "sdkappid is missing" },
	{ 60015, "invalid account format" },
	{ 60025, "invalid url parameter" },
	{ 70001, "usersig expired" },
	{ 70002, "usersig is empty" },
	{ 70003, "usersig check failed" },
	{ 70009, "usersig mismatches the key" },
	{ 70013, "usersig mismatches identifier" },
	{ 70014, "usersig mismatches sdkappid" },
	{ 70020, "sdkappid not found" },
	{ 70050, "usersig check too frequent, try again later" },
};

static void
put_info(struct buf *out, int code)
{
	size_t i;

	for (i = 0; i < sizeof(infos) / sizeof(infos[0]); i++) {
		if (infos[i].code == code) {
			sim_json_text(out, infos[i].info,
			    strlen(infos[i].info));
			return;
		}
	}
	buf_put_format(out, "\"request refused, code %d\"", code);
}

void
sim_note_init(struct sim_note *note)
{
	*note = (struct sim_note){
		.offset = -1,
		.limit = -1,
		.rows = -1,
		.next = -1,
	};
}

void
sim_envelope_status(struct buf *out, const struct sim_strike *strike, int code)
{
	bool odd = code == 0 && strike->by[SIM_FAULT_ODDPAIR] != NULL;

	buf_put_format(out, "\"ActionStatus\":\"%s\",",
	    code == 0 ? "OK" : "FAIL");
	if (strike->by[SIM_FAULT_NOINFO] == NULL) {
		buf_put_text(out, "\"ErrorInfo\":");
		put_info(out, code);
		buf_put(out, ",", 1);
	}
	if (strike->by[SIM_FAULT_DUPKEY] != NULL)
		buf_put_text(out, "\"ErrorCode\":10002,");
	buf_put_format(out, "\"ErrorCode\":%d", odd ? 10002 : code);
	if (strike->by[SIM_FAULT_EXTRA] != NULL)
		buf_put_text(out,
		    ",\"Extra\":{\"x\":[1,2,{\"ErrorCode\":99999}]},"
		    "\"NewField\":null,\"Offset\":-1.5e3");
}

void
sim_envelope_open(struct buf *out, const struct sim_strike *strike)
{
	buf_put(out, "{", 1);
	sim_envelope_status(out, strike, 0);
	if (strike->by[SIM_FAULT_RESPONSE] != NULL)
		buf_put_text(out,
		    ",\"RequestId\":\"sim-0001\","
		    "\"Response\":{\"Version\":4");
}

void
sim_envelope_close(struct buf *out, const struct sim_strike *strike)
{
	buf_put_text(out, strike->by[SIM_FAULT_RESPONSE] != NULL ? "}}" : "}");
}

void
sim_envelope_fail(struct buf *out, const struct sim_strike *strike, int code)
{
	buf_put(out, "{", 1);
	sim_envelope_status(out, strike, code);
	buf_put(out, "}", 1);
}
