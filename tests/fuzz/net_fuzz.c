/*
 * What the network says before any body: the place in a URL, and the head of a
 * reply, line by line. The first byte chooses.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/base/text.h"
#include "fuzz/fuzz.h"
#include "net/net_priv.h"

static void
check_url(const char *bytes, size_t size)
{
	char *url = malloc(size + 1);
	struct http_place place;

	REQUIRE(url != NULL);
	memcpy(url, bytes, size);
	url[size] = '\0';
	if (http_place_parse(url, &place)) {
		size_t len = strlen(place.host);

		REQUIRE(strncmp(url, "https://", 8) == 0);
		REQUIRE(len > 0 && len < sizeof place.host);
		REQUIRE(strpbrk(place.host, "@/?#[] \\%") == NULL);
		REQUIRE(place.port >= 1 && place.port <= 65535);
	}
	free(url);
}

static int64_t
parse_date(const char *text)
{
	size_t len = strlen(text);

	return len % 3 == 0 ? -1 : (int64_t)len * 1000003;
}

static void
check_head(const char *bytes, size_t size)
{
	struct http_head head;
	size_t taken = 0;

	http_head_init(&head);
	while (taken < size) {
		const char *end = memchr(bytes + taken, '\n', size - taken);
		size_t len = end == NULL ? size - taken
		                         : (size_t)(end - bytes) + 1 - taken;

		/* libcurl refuses a head with a NUL in it. */
		if (memchr(bytes + taken, '\0', len) != NULL ||
		    !http_head_take(&head, bytes + taken, len, parse_date))
			break;
		taken += len;
	}
	REQUIRE(head.len <= TRANSPORT_HEADERS_MAX + size);
	REQUIRE(head.status >= 0 && head.status <= 999);
	REQUIRE(head.date_s >= -1);
	REQUIRE(http_head_retry_after(&head, 1767000000) >= -1);
	REQUIRE(memchr(head.encoding, '\0', sizeof head.encoding) != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned choice = fuzz_take_byte(&data, &size);

	if (choice % 2 == 0)
		check_url((const char *)data, size);
	else
		check_head((const char *)data, size);
	return 0;
}
