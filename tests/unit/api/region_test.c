#include "bantop/api/region.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct region_set
built_in(void)
{
	struct region_set set;

	region_set_init(&set);
	return set;
}

static bool
found_as(const char *word, const char *key)
{
	struct region_set set = built_in();
	struct err err = { 0 };
	const struct region *region = region_find(&set, word, &err);

	return region != NULL && strcmp(region->key, key) == 0 &&
	    err.kind == ERR_NONE;
}

static void
nine_regions_are_built_in_and_in_order(void **state)
{
	static const char *const keys[] = { "cn", "sgp", "kr", "jpn", "ger",
		"usa", "idn", "ind", "ksa" };
	struct region_set set = built_in();
	size_t i;

	(void)state;
	assert_int_equal(set.count, 9);
	for (i = 0; i < 9; i++) {
		const struct region *region = &set.regions[i];

		assert_string_equal(region->key, keys[i]);
		assert_true(region_host_is_valid(region->host));
		assert_true(region_host_is_valid(region->backup));
		assert_true(region->name[0] != '\0');
	}
}

static void
hosts_are_those_of_the_service(void **state)
{
	struct region_set set = built_in();

	(void)state;
	assert_string_equal(set.regions[0].host, "console.tim.qq.com");
	assert_string_equal(set.regions[0].backup, "adminapi.my-imcloud.com");
	assert_string_equal(set.regions[1].host, "adminapisgp.im.qcloud.com");
	assert_string_equal(set.regions[1].backup,
	    "adminapisgp.my-imcloud.com");
	assert_string_equal(set.regions[8].host, "adminapiksa.im.qcloud.com");
}

static void
only_the_old_and_the_unproven_are_marked(void **state)
{
	struct region_set set = built_in();
	size_t i;

	(void)state;
	for (i = 0; i < 7; i++)
		assert_int_equal(set.regions[i].state, REGION_CURRENT);
	assert_int_equal(set.regions[7].state, REGION_LEGACY);
	assert_int_equal(set.regions[8].state, REGION_UNVERIFIED);
}

static void
a_region_is_found_by_key_alias_or_name(void **state)
{
	static const char *const words[][2] = { { "cn", "cn" },
		{ "china", "cn" }, { "mainland", "cn" }, { "sgp", "sgp" },
		{ "SG", "sgp" }, { "Singapore", "sgp" }, { "kr", "kr" },
		{ "korea", "kr" }, { "Seoul", "kr" }, { "jp", "jpn" },
		{ "JAPAN", "jpn" }, { "tokyo", "jpn" }, { "de", "ger" },
		{ "germany", "ger" }, { "frankfurt", "ger" }, { "us", "usa" },
		{ "silicon-valley", "usa" }, { "Silicon Valley", "usa" },
		{ "id", "idn" }, { "indonesia", "idn" }, { "jakarta", "idn" },
		{ "in", "ind" }, { "india", "ind" }, { "mumbai", "ind" },
		{ "sa", "ksa" }, { "saudi", "ksa" }, { "riyadh", "ksa" },
		{ "Saudi Arabia", "ksa" } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (!found_as(words[i][0], words[i][1]))
			fail_msg("%s is not %s", words[i][0], words[i][1]);
	}
}

static void
an_unknown_region_is_refused_with_the_keys_that_are_known(void **state)
{
	struct region_set set = built_in();
	struct err err = { 0 };

	(void)state;
	assert_null(region_find(&set, "mars", &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_string_equal(err.text,
	    "unknown region \"mars\"; known: cn sgp kr jpn ger usa idn ind "
	    "ksa");
	assert_null(region_find(&set, "", &err));
	assert_null(region_find(&set, "sg\x1b[2J", &err));
	assert_null(strchr(err.text, 0x1b));
	assert_non_null(strstr(err.text, "<U+001B>"));
}

static struct region
configured(const char *key, const char *host)
{
	struct region region = { .state = REGION_CONFIGURED };

	snprintf(region.key, sizeof region.key, "%s", key);
	snprintf(region.host, sizeof region.host, "%s", host);
	return region;
}

static void
a_configured_region_is_added_behind_the_others(void **state)
{
	struct region_set set = built_in();
	struct region region = configured("hk", "im.example.org:8443");
	const struct region *found;
	struct err err = { 0 };

	(void)state;
	assert_true(region_set_put(&set, &region, &err));
	assert_int_equal(set.count, 10);
	found = region_find(&set, "HK", &err);
	assert_ptr_equal(found, &set.regions[9]);
	assert_string_equal(found->name, "hk");
	assert_int_equal(found->state, REGION_CONFIGURED);
}

static void
a_configured_region_takes_the_place_of_its_key(void **state)
{
	struct region_set set = built_in();
	struct region region = configured("SGP", "im.example.org");
	struct err err = { 0 };

	(void)state;
	assert_true(region_set_put(&set, &region, &err));
	assert_int_equal(set.count, 9);
	assert_string_equal(set.regions[1].host, "im.example.org");
	assert_string_equal(region_find(&set, "singapore", &err)->host,
	    "im.example.org");
}

static void
a_configured_key_wins_over_an_alias(void **state)
{
	struct region_set set = built_in();
	struct region region = configured("de", "im.example.org");
	struct err err = { 0 };

	(void)state;
	assert_true(region_set_put(&set, &region, &err));
	assert_string_equal(region_find(&set, "de", &err)->key, "de");
	assert_string_equal(region_find(&set, "frankfurt", &err)->key, "ger");
}

static void
bad_keys_and_hosts_are_refused(void **state)
{
	struct region_set set = built_in();
	struct region region;
	struct err err = { 0 };

	(void)state;
	region = configured("", "im.example.org");
	assert_false(region_set_put(&set, &region, &err));
	assert_int_equal(err.kind, ERR_CONFIG);
	region = configured("h k", "im.example.org");
	assert_false(region_set_put(&set, &region, &err));
	region = configured("hk", "");
	assert_false(region_set_put(&set, &region, &err));
	region = configured("hk", "https://im.example.org");
	assert_false(region_set_put(&set, &region, &err));
	assert_non_null(strstr(err.text, "region hk: host"));
	region = configured("hk", "im.example.org");
	snprintf(region.backup, sizeof region.backup, "a b");
	assert_false(region_set_put(&set, &region, &err));
	assert_non_null(strstr(err.text, "backup"));
	memset(region.key, 'a', sizeof region.key);
	assert_false(region_set_put(&set, &region, &err));
	assert_int_equal(set.count, 9);
}

static void
a_full_set_refuses_one_more(void **state)
{
	struct region_set set = built_in();
	struct region region = configured("hk", "im.example.org");
	struct err err = { 0 };
	char shown[512];

	(void)state;
	while (set.count < REGION_COUNT_MAX) {
		snprintf(region.key, sizeof region.key, "hk%zu", set.count);
		assert_true(region_set_put(&set, &region, &err));
	}
	snprintf(region.key, sizeof region.key, "one-more");
	assert_false(region_set_put(&set, &region, &err));
	assert_int_equal(err.kind, ERR_CONFIG);
	assert_null(region_find(&set, "mars", &err));
	snprintf(shown, sizeof shown, "%s", err.text);
	assert_non_null(strstr(shown, "ksa hk9"));
	assert_string_equal(shown + strlen(shown) - 4, " ...");
}

static void
hosts_are_names_or_addresses_with_or_without_a_port(void **state)
{
	static const char *const good[] = { "localhost", "127.0.0.1",
		"127.0.0.1:1", "im.example.org:65535", "[::1]", "[::1]:8443",
		"[2001:db8::a]:443", "A-b_c.org", "1.example" };
	static const char *const bad[] = { "", ":", ":443", "host:", "host:0",
		"host:65536", "host:-1", "host:+1", "host:1a", "host: 1",
		"host:1:2", "::1", "[::1", "[]", "[::g]:1", "[::1]x",
		"[::1]:", "[127.0.0.1]", "[fe80::1%lo]", "a..b", ".a", "a.",
		"-a.org", "a-.org", "a b", "a/b", "a@b", "a?b", "a#b", "a%b",
		"\xe4.org", "a\n" };
	char name[300];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof good / sizeof good[0]; i++) {
		if (!region_host_is_valid(good[i]))
			fail_msg("%s is refused", good[i]);
	}
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (region_host_is_valid(bad[i]))
			fail_msg("%s is taken", bad[i]);
	}
	memset(name, 'a', sizeof name);
	name[63] = '\0';
	assert_true(region_host_is_valid(name));
	name[63] = 'a';
	name[64] = '\0';
	assert_false(region_host_is_valid(name));
	for (i = 0; i < sizeof name - 1; i++)
		name[i] = i % 10 == 9 ? '.' : 'a';
	name[sizeof name - 1] = '\0';
	assert_false(region_host_is_valid(name));
}

static void
an_endpoint_becomes_a_region_of_its_own(void **state)
{
	static const char *const urls[] = { "https://127.0.0.1:8443",
		"https://127.0.0.1:8443/", "HTTPS://127.0.0.1:8443" };
	struct err err = { 0 };
	struct region region;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof urls / sizeof urls[0]; i++) {
		memset(&region, 'x', sizeof region);
		assert_true(region_from_endpoint(urls[i], &region, &err));
		assert_string_equal(region.key, "endpoint");
		assert_string_equal(region.name, "127.0.0.1:8443");
		assert_string_equal(region.host, "127.0.0.1:8443");
		assert_string_equal(region.backup, "");
		assert_int_equal(region.state, REGION_ENDPOINT);
	}
	assert_true(region_from_endpoint("https://[::1]:1", &region, &err));
	assert_string_equal(region.host, "[::1]:1");
}

static void
a_long_endpoint_keeps_its_host_and_cuts_its_name(void **state)
{
	struct err err = { 0 };
	struct region region;
	char url[256] = "https://";
	size_t i;

	(void)state;
	for (i = 8; i < 200; i++)
		url[i] = i % 20 == 0 ? '.' : 'a';
	url[199] = 'z';
	assert_true(region_from_endpoint(url, &region, &err));
	assert_string_equal(region.host, url + 8);
	assert_int_equal(strlen(region.name), REGION_NAME_MAX - 1);
}

static bool
refused_for(const char *url, const char *why)
{
	struct err err = { 0 };
	struct region region;

	return !region_from_endpoint(url, &region, &err) &&
	    err.kind == ERR_USAGE && strstr(err.text, why) != NULL &&
	    strstr(err.text, "https://HOST") != NULL;
}

static void
other_endpoints_are_refused_with_the_reason(void **state)
{
	char longest[600] = "https://";

	(void)state;
	assert_true(refused_for("http://127.0.0.1", "http: is refused"));
	assert_true(refused_for("HTTP://127.0.0.1", "http: is refused"));
	assert_true(refused_for("", "must be https://"));
	assert_true(refused_for("127.0.0.1", "must be https://"));
	assert_true(refused_for("ftp://a", "must be https://"));
	assert_true(refused_for("https:/a", "must be https://"));
	assert_true(refused_for("https://", "names no host"));
	assert_true(refused_for("https:///", "names no host"));
	assert_true(refused_for("https://a/v4", "a path"));
	assert_true(refused_for("https://a//", "a path"));
	assert_true(refused_for("https://a?b=c", "a query"));
	assert_true(refused_for("https://a#b", "a path or a query"));
	assert_true(refused_for("https://me:it@a", "a user"));
	assert_true(refused_for("https://a:0", "port"));
	assert_true(refused_for("https://a:70000", "port"));
	assert_true(refused_for("https://a:", "port"));
	assert_true(refused_for("https://a b", "host or port"));
	memset(longest + 8, 'a', sizeof longest - 9);
	assert_true(refused_for(longest, "host or port"));
}

static void
a_refused_endpoint_is_not_repeated(void **state)
{
	struct err err = { 0 };
	struct region region;

	(void)state;
	assert_false(region_from_endpoint("https://me:hunter2@host", &region,
	    &err));
	assert_null(strstr(err.text, "hunter2"));
}

static void
every_state_has_a_name(void **state)
{
	(void)state;
	assert_string_equal(region_state_name(REGION_CURRENT), "current");
	assert_string_equal(region_state_name(REGION_LEGACY), "legacy");
	assert_string_equal(region_state_name(REGION_UNVERIFIED), "unverified");
	assert_string_equal(region_state_name(REGION_CONFIGURED), "configured");
	assert_string_equal(region_state_name(REGION_ENDPOINT), "endpoint");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(nine_regions_are_built_in_and_in_order),
		cmocka_unit_test(hosts_are_those_of_the_service),
		cmocka_unit_test(only_the_old_and_the_unproven_are_marked),
		cmocka_unit_test(a_region_is_found_by_key_alias_or_name),
		cmocka_unit_test(
		    an_unknown_region_is_refused_with_the_keys_that_are_known),
		cmocka_unit_test(
		    a_configured_region_is_added_behind_the_others),
		cmocka_unit_test(
		    a_configured_region_takes_the_place_of_its_key),
		cmocka_unit_test(a_configured_key_wins_over_an_alias),
		cmocka_unit_test(bad_keys_and_hosts_are_refused),
		cmocka_unit_test(a_full_set_refuses_one_more),
		cmocka_unit_test(
		    hosts_are_names_or_addresses_with_or_without_a_port),
		cmocka_unit_test(an_endpoint_becomes_a_region_of_its_own),
		cmocka_unit_test(
		    a_long_endpoint_keeps_its_host_and_cuts_its_name),
		cmocka_unit_test(other_endpoints_are_refused_with_the_reason),
		cmocka_unit_test(a_refused_endpoint_is_not_repeated),
		cmocka_unit_test(every_state_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
