/*
 * The header fields of a reply. Date follows the service's clock, which may be
 * far from ours.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "sim_priv.h"

enum { PAD_FIELDS = 80, PAD_BYTES = 1000 };

static bool
has(const struct sim_reply *reply, enum sim_fault fault)
{
	return reply->strike.by[fault] != NULL;
}

static void
add(struct MHD_Response *response, const char *name, const char *value)
{
	/* It fails for a value that is no header, or without memory: the reply
	 * then goes out without it. */
	(void)MHD_add_response_header(response, name, value);
}

/* The locale is never set, so the names of days are English. */
static void
add_date(struct MHD_Response *response, int64_t now_s)
{
	time_t moment = (time_t)now_s;
	struct tm parts;
	char text[64];

	if (gmtime_r(&moment, &parts) == NULL)
		return;
	if (strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &parts) >
	    0)
		add(response, "Date", text);
}

static void
add_padding(struct MHD_Response *response)
{
	char name[32], value[PAD_BYTES + 1];
	int i;

	memset(value, 'p', PAD_BYTES);
	value[PAD_BYTES] = '\0';
	for (i = 0; i < PAD_FIELDS; i++) {
		snprintf(name, sizeof(name), "X-Pad-%d", i);
		add(response, name, value);
	}
}

void
sim_headers_add(struct MHD_Response *response, const struct sim_reply *reply,
    int64_t now_s)
{
	char number[24];

	add(response, "Server", "nginx");
	add(response, "Content-Type", reply->type);
	add(response, "Access-Control-Allow-Origin", "*");
	if (!has(reply, SIM_FAULT_NODATE))
		add_date(response, now_s);
	if (has(reply, SIM_FAULT_CLOSE))
		add(response, "Connection", "close");
	if (has(reply, SIM_FAULT_GZIP))
		add(response, "Content-Encoding", "gzip");
	if (has(reply, SIM_FAULT_REDIRECT))
		add(response, "Location",
		    reply->strike.by[SIM_FAULT_REDIRECT]->text);
	if (has(reply, SIM_FAULT_RETRY_AFTER)) {
		snprintf(number, sizeof(number), "%" PRId64,
		    reply->strike.by[SIM_FAULT_RETRY_AFTER]->number);
		add(response, "Retry-After", number);
	}
	if (has(reply, SIM_FAULT_HEADERS))
		add_padding(response);
}
