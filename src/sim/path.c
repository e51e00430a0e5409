/*
 * From the path of a request to the call it means, or to the code that the
 * service has for a wrong one.
 */
#include <stddef.h>
#include <string.h>

#include "bantop/sim/service.h"

static const struct {
	const char *path;
	enum sim_call call;
} calls[] = {
	{ "/v4/group_open_http_svc/get_group_ban_member", SIM_CALL_BANS },
	{ "/v4/group_open_http_svc/get_appid_group_list", SIM_CALL_GROUPS },
	{ "/v4/group_open_http_svc/get_group_info", SIM_CALL_INFO },
	{ "/v4/profile/portrait_get", SIM_CALL_PROFILE },
};

static const char *const services[] = { "/v4/group_open_http_svc/",
	"/v4/profile/" };

const char *
sim_path_command(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

enum sim_call
sim_path_call(const char *path, int *code)
{
	size_t i;

	*code = 0;
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (strcmp(calls[i].path, path) == 0)
			return calls[i].call;
	}
	*code = strncmp(path, "/v4/", 4) == 0 ? 60009 : 60002;
	for (i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
		if (strncmp(services[i], path, strlen(services[i])) == 0)
			*code = 10003;
	}
	return SIM_CALL_OTHER;
}
