/*
 * How a request is addressed: API.md section 2.
 */
#include "api/api_priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *
write_url(struct buf *url, const struct client_address *address)
{
	buf_init(url, CLIENT_URL_MAX);
	client_url_write(address, url);
	return buf_text(url);
}

static void
the_address_has_path_and_all_five_parameters(void **state)
{
	struct client_address address = { .host = "host.example:8443",
		.command = CLIENT_BAN_LIST,
		.app_id = 4294967295u,
		.admin = "administrator",
		.usersig = "eJx-a*b_C",
		.random = 4294967295u };
	struct buf url;

	(void)state;
	assert_string_equal(write_url(&url, &address),
	    "https://host.example:8443/v4/group_open_http_svc/"
	    "get_group_ban_member?sdkappid=4294967295"
	    "&identifier=administrator&usersig=eJx-a*b_C"
	    "&random=4294967295&contenttype=json");
	buf_release(&url);
}

static void
each_command_has_its_path(void **state)
{
	static const struct {
		enum client_command command;
		const char *name;
		const char *path;
	} cases[] = {
		{ CLIENT_BAN_LIST, "get_group_ban_member",
		    "/v4/group_open_http_svc/get_group_ban_member?" },
		{ CLIENT_GROUP_LIST, "get_appid_group_list",
		    "/v4/group_open_http_svc/get_appid_group_list?" },
		{ CLIENT_GROUP_INFO, "get_group_info",
		    "/v4/group_open_http_svc/get_group_info?" },
		{ CLIENT_PORTRAIT, "portrait_get",
		    "/v4/profile/portrait_get?" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct client_address address = { .host = "h",
			.command = cases[i].command,
			.admin = "a",
			.usersig = "s" };
		struct buf url;

		assert_string_equal(client_command_name(cases[i].command),
		    cases[i].name);
		assert_non_null(strstr(write_url(&url, &address),
		    cases[i].path));
		buf_release(&url);
	}
}

static void
what_means_something_in_a_url_is_encoded(void **state)
{
	struct client_address address = { .host = "h",
		.command = CLIENT_BAN_LIST,
		.admin = "a b&c=d/e?f#g%h+i\xC3\xA9~j",
		.usersig = "s&x=#" };
	struct buf url;
	const char *text = write_url(&url, &address);

	(void)state;
	assert_non_null(strstr(text,
	    "&identifier=a%20b%26c%3Dd%2Fe%3Ff%23g%25h%2Bi%C3%A9~j&"));
	assert_non_null(strstr(text, "&usersig=s%26x%3D%23&"));
	buf_release(&url);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_address_has_path_and_all_five_parameters),
		cmocka_unit_test(each_command_has_its_path),
		cmocka_unit_test(what_means_something_in_a_url_is_encoded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
