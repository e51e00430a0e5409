/*
 * The host and the port in a URL, which is all of it that may be shown: the
 * query holds the UserSig. Stricter than libcurl where it can be, so that
 * both never disagree about who is meant.
 */
#include <string.h>
#include <strings.h>

#include "bantop/base/num.h"
#include "net_priv.h"

enum { HTTPS_PORT = 443, PORT_MAX = 65535 };

static bool
is_host_byte(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	    (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' ||
	    byte == '_' || byte == ':' || (byte & 0x80) != 0;
}

static bool
copy_host(const char *host, size_t len, struct http_place *place)
{
	size_t i;

	if (len == 0 || len >= sizeof(place->host))
		return false;
	for (i = 0; i < len; i++) {
		if (!is_host_byte(host[i]))
			return false;
	}
	memcpy(place->host, host, len);
	place->host[len] = '\0';
	return true;
}

/* ":8443" or nothing. */
static bool
parse_port(const char *text, size_t len, int *port)
{
	int64_t number = HTTPS_PORT;

	if (len > 0 &&
	    (text[0] != ':' ||
	        !num_parse(text + 1, len - 1, 1, PORT_MAX, &number)))
		return false;
	*port = (int)number;
	return true;
}

bool
http_place_parse(const char *url, struct http_place *place)
{
	static const char scheme[] = "https://";
	const char *host, *end, *tail;
	size_t len;

	if (strncmp(url, scheme, sizeof(scheme) - 1) != 0)
		return false;
	host = url + sizeof(scheme) - 1;
	end = host + strcspn(host, "/?#");
	if (*host == '[') {
		host++;
		tail = memchr(host, ']', (size_t)(end - host));
		if (tail == NULL)
			return false;
		len = (size_t)(tail - host);
		tail++;
	} else {
		tail = memchr(host, ':', (size_t)(end - host));
		if (tail == NULL)
			tail = end;
		len = (size_t)(tail - host);
	}
	return copy_host(host, len, place) &&
	    parse_port(tail, (size_t)(end - tail), &place->port);
}

bool
http_proxy_speaks_tls(const char *proxy)
{
	static const char scheme[] = "https:";

	return proxy != NULL &&
	    strncasecmp(proxy, scheme, sizeof(scheme) - 1) == 0;
}
