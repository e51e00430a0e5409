#include "net/net_priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bantop/base/file.h"

/* Looks like one; nothing here decodes it. */
#define CERTIFICATE(name)                                                    \
	"-----BEGIN CERTIFICATE-----\n"                                      \
	"MIIB" name "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n" \
	"AAAAAAAAAAAAAAAA\n"                                                 \
	"-----END CERTIFICATE-----\n"

struct place {
	char dir[32];
	char system[48];
	char extra[48];
};

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int
make_place(void **state)
{
	static struct place place;

	(void)snprintf(place.dir, sizeof(place.dir), "/tmp/bantop-ca-XXXXXX");
	if (mkdtemp(place.dir) == NULL)
		return -1;
	(void)snprintf(place.system, sizeof(place.system), "%s/system",
	    place.dir);
	(void)snprintf(place.extra, sizeof(place.extra), "%s/extra", place.dir);
	*state = &place;
	return 0;
}

static int
remove_place(void **state)
{
	struct place *place = *state;

	(void)unlink(place->system);
	(void)unlink(place->extra);
	return rmdir(place->dir);
}

static void
the_file_joins_the_systems_bundle(void **state)
{
	struct place *place = *state;
	struct ca_store store;
	struct err err = { 0 };

	write_file(place->system, CERTIFICATE("SYSTEM"));
	write_file(place->extra, "about it\n" CERTIFICATE("EXTRA"));
	assert_true(ca_store_init(&store, place->system, place->extra, &err));
	assert_true(store.has_system);
	assert_string_equal(store.extra, place->extra);
	assert_non_null(strstr(buf_text(&store.pem), "MIIBSYSTEM"));
	assert_non_null(strstr(buf_text(&store.pem), "MIIBEXTRA"));
	ca_store_release(&store);
	ca_store_release(&store);
}

static void
a_system_without_a_bundle_is_no_failure(void **state)
{
	struct place *place = *state;
	struct ca_store store;
	struct err err = { 0 };

	write_file(place->extra, CERTIFICATE("EXTRA"));
	assert_true(ca_store_init(&store, "/nonexistent", place->extra, &err));
	assert_false(store.has_system);
	assert_non_null(strstr(buf_text(&store.pem), "MIIBEXTRA"));
	ca_store_release(&store);
}

static void
without_a_file_the_system_stands_alone(void **state)
{
	struct place *place = *state;
	struct ca_store store;
	struct err err = { 0 };

	write_file(place->system, CERTIFICATE("SYSTEM"));
	assert_true(ca_store_init(&store, place->system, NULL, &err));
	assert_true(store.has_system);
	assert_null(store.extra);
	assert_string_equal(buf_text(&store.pem), CERTIFICATE("SYSTEM") "\n");
	ca_store_release(&store);
}

static void
without_either_the_store_is_empty(void **state)
{
	struct place *place = *state;
	const char *const systems[] = { NULL, "/nonexistent", place->dir,
		place->system };
	struct ca_store store;
	struct err err = { 0 };
	size_t i;

	write_file(place->system, "");
	for (i = 0; i < sizeof(systems) / sizeof(systems[0]); i++) {
		assert_true(ca_store_init(&store, systems[i], NULL, &err));
		assert_int_equal(store.pem.len, 0);
		assert_false(store.has_system);
		ca_store_release(&store);
	}
}

static void
a_file_without_a_whole_certificate_is_refused(void **state)
{
	static const char *const texts[] = {
		"",
		"hello\n",
		"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----",
		"-----BEGIN CERTIFICATE-----\n",
		"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
		"-----BEGIN CERTIFICATE-----\nhello world, this is not a "
		"certificate at all, but it is long enough to be one\n"
		"-----END CERTIFICATE-----\n",
		CERTIFICATE("GOOD") "-----BEGIN CERTIFICATE-----\nMIIB",
	};
	struct place *place = *state;
	struct ca_store store;
	struct err err;
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		memset(&err, 0, sizeof(err));
		write_file(place->extra, texts[i]);
		if (ca_store_init(&store, NULL, place->extra, &err))
			fail_msg("taken: %s", texts[i]);
		assert_int_equal(err.kind, ERR_FILE);
		assert_non_null(strstr(err.text, place->extra));
		assert_non_null(strstr(err.text, "holds no certificate"));
	}
}

static void
what_cannot_be_read_is_refused(void **state)
{
	struct place *place = *state;
	struct ca_store store;
	struct err err = { 0 };

	assert_false(ca_store_init(&store, NULL, "/nonexistent/x", &err));
	assert_int_equal(err.kind, ERR_FILE);
	memset(&err, 0, sizeof(err));
	assert_false(ca_store_init(&store, NULL, place->dir, &err));
	assert_int_equal(err.kind, ERR_FILE);
	memset(&err, 0, sizeof(err));
	assert_false(ca_store_init(&store, NULL, "/dev/zero", &err));
	assert_int_equal(err.kind, ERR_FILE);
}

static void
a_file_without_end_is_a_bad_file(void **state)
{
	struct place *place = *state;
	struct ca_store store;
	struct err err = { 0 };

	write_file(place->extra, CERTIFICATE("EXTRA"));
	assert_int_equal(truncate(place->extra, CA_FILE_MAX + 1), 0);
	assert_false(ca_store_init(&store, NULL, place->extra, &err));
	assert_int_equal(err.kind, ERR_FILE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_file_joins_the_systems_bundle),
		cmocka_unit_test(a_system_without_a_bundle_is_no_failure),
		cmocka_unit_test(without_a_file_the_system_stands_alone),
		cmocka_unit_test(without_either_the_store_is_empty),
		cmocka_unit_test(a_file_without_a_whole_certificate_is_refused),
		cmocka_unit_test(what_cannot_be_read_is_refused),
		cmocka_unit_test(a_file_without_end_is_a_bad_file),
	};

	return cmocka_run_group_tests(tests, make_place, remove_place);
}
