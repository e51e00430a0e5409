/*
 * How a request of the service is addressed. The UserSig stands in the URL, so
 * whoever asks for one wipes it.
 */
#include "api_priv.h"

#include <string.h>

static const struct {
	const char *service;
	const char *command;
} commands[] = {
	[CLIENT_BAN_LIST] = { "group_open_http_svc", "get_group_ban_member" },
	[CLIENT_GROUP_LIST] = { "group_open_http_svc", "get_appid_group_list" },
	[CLIENT_GROUP_INFO] = { "group_open_http_svc", "get_group_info" },
	[CLIENT_PORTRAIT] = { "profile", "portrait_get" },
};

const char *
client_command_name(enum client_command command)
{
	return commands[command].command;
}

/* Of the reserved characters '*' alone stays: a UserSig has it, and it means
 * nothing in a query. */
static bool
is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || (c != '\0' && strchr("-_.~*", c) != NULL);
}

static void
put_encoded(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (is_plain(*text))
			buf_put(out, text, 1);
		else
			buf_put_format(out, "%%%02X",
			    (unsigned)(unsigned char)*text);
	}
}

void
client_url_write(const struct client_address *address, struct buf *out)
{
	buf_put_format(out,
	    "https://%s/v4/%s/%s?sdkappid=%u&identifier=", address->host,
	    commands[address->command].service,
	    commands[address->command].command, (unsigned)address->app_id);
	put_encoded(out, address->admin);
	buf_put_text(out, "&usersig=");
	put_encoded(out, address->usersig);
	buf_put_format(out, "&random=%u&contenttype=json",
	    (unsigned)address->random);
}
