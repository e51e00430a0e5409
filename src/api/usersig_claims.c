/*
 * The claims of a UserSig as text to sign and as JSON. The order of the checks
 * is part of the interface: the first fault is told. A member that stands
 * twice is as good as absent, since nobody can know which one was signed.
 */
#include "bantop/api/usersig_claims.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bantop/api/base64.h"
#include "bantop/api/json.h"
#include "bantop/base/mem.h"
#include "bantop/base/text.h"
#include "bantop/model/moment.h"

enum {
	MAC_TEXT_SIZE = 44,
	ACCOUNT_SHOWN_MAX = 56,
	AGO_MAX = 32,
};

static const int64_t TIME_MAX = (INT64_C(1) << 53) - 1;

static bool
refuse(struct err *err, enum usersig_fault fault, const char *text)
{
	return err_set(err, ERR_CREDENTIAL, (int)fault, NULL, "%s", text);
}

const char *
usersig_fault_name(int code)
{
	static const char *const names[] = {
		[USERSIG_EMPTY] = "empty",
		[USERSIG_ALPHABET] = "alphabet",
		[USERSIG_BASE64] = "base64",
		[USERSIG_ZLIB] = "zlib",
		[USERSIG_JSON] = "json",
		[USERSIG_VERSION] = "version",
		[USERSIG_IDENTIFIER] = "identifier",
		[USERSIG_SDKAPPID] = "sdkappid",
		[USERSIG_USERBUF] = "userbuf",
		[USERSIG_MAC] = "mac",
		[USERSIG_EXPIRED] = "expired",
	};

	if (code < USERSIG_EMPTY || code > USERSIG_EXPIRED)
		return "other";
	return names[code];
}

/* A line feed in an account could pass for the next line of what is signed. */
bool
usersig_claims_check_account(const char *account, size_t len, struct err *err)
{
	size_t i;

	if (len == 0)
		return refuse(err, USERSIG_IDENTIFIER,
		    "no account to sign for");
	if (len > USERSIG_ACCOUNT_MAX)
		return err_set(err, ERR_CREDENTIAL, USERSIG_IDENTIFIER, NULL,
		    "the account has %zu bytes, more than %d", len,
		    USERSIG_ACCOUNT_MAX);
	for (i = 0; i < len; i++) {
		if ((unsigned char)account[i] < 0x20 || account[i] == 0x7f)
			return refuse(err, USERSIG_IDENTIFIER,
			    "the account holds a control character");
	}
	if (!text_is_utf8(account, len))
		return refuse(err, USERSIG_IDENTIFIER,
		    "the account is not UTF-8");
	return true;
}

bool
usersig_claims_check_owner(const struct usersig_claims *claims,
    const char *account, uint32_t app_id, struct err *err)
{
	char theirs[ACCOUNT_SHOWN_MAX];
	char ours[ACCOUNT_SHOWN_MAX];

	if (account[0] != '\0' && strcmp(claims->account, account) != 0) {
		text_make_safe(claims->account, strlen(claims->account),
		    TEXT_UTF8, theirs, sizeof theirs);
		text_make_safe(account, strlen(account), TEXT_UTF8, ours,
		    sizeof ours);
		return err_set(err, ERR_CREDENTIAL, USERSIG_IDENTIFIER, NULL,
		    "UserSig is for account \"%s\", not \"%s\"", theirs, ours);
	}
	if (app_id != 0 && claims->app_id != app_id)
		return err_set(err, ERR_CREDENTIAL, USERSIG_SDKAPPID, NULL,
		    "UserSig is for application %" PRIu32 ", not %" PRIu32,
		    claims->app_id, app_id);
	return true;
}

static void
write_ago(int64_t ago_s, char out[AGO_MAX])
{
	static const struct {
		int64_t unit_s;
		const char *name;
	} units[] = {
		{ 86400, "d" },
		{ 3600, "h" },
		{ 60, "min" },
		{ 1, "s" },
	};
	size_t i = 0;

	while (units[i].unit_s > 1 && ago_s < units[i].unit_s)
		i++;
	(void)snprintf(out, AGO_MAX, "%" PRId64 " %s", ago_s / units[i].unit_s,
	    units[i].name);
}

bool
usersig_claims_check_end(const struct usersig_claims *claims, int64_t now_s,
    struct err *err)
{
	int64_t end = claims->made_at + claims->life_s;
	char when[MOMENT_TEXT_MAX];
	char ago[AGO_MAX];

	if (now_s <= end)
		return true;
	write_ago(now_s - end, ago);
	if (moment_write(end, MOMENT_UTC, when) == 0)
		return refuse(err, USERSIG_EXPIRED,
		    "UserSig has ended: make a new one");
	return err_set(err, ERR_CREDENTIAL, USERSIG_EXPIRED, NULL,
	    "UserSig ended %s UTC, %s ago: make a new one", when, ago);
}

void
usersig_claims_put_content(const struct usersig_claims *claims, struct buf *out)
{
	buf_put_format(out,
	    "TLS.identifier:%s\nTLS.sdkappid:%" PRIu32 "\nTLS.time:%" PRId64
	    "\nTLS.expire:%" PRId64 "\n",
	    claims->account, claims->app_id, claims->made_at, claims->life_s);
	if (claims->userbuf[0] != '\0')
		buf_put_format(out, "TLS.userbuf:%s\n", claims->userbuf);
}

bool
usersig_claims_write(const struct usersig_claims *claims,
    const unsigned char mac[USERSIG_MAC_SIZE], struct buf *out, struct err *err)
{
	char text[MAC_TEXT_SIZE + 1];
	bool ok = false;

	base64_write(mac, USERSIG_MAC_SIZE, BASE64_USUAL, text);
	if (!buf_add_text(out,
	        "{\"TLS.ver\":\"2.0\",\"TLS.identifier\":", err) ||
	    !json_add_ascii(out, claims->account, strlen(claims->account), err))
		goto done;
	if (!buf_add_format(out, err,
	        ",\"TLS.sdkappid\":%" PRIu32 ",\"TLS.expire\":%" PRId64
	        ",\"TLS.time\":%" PRId64,
	        claims->app_id, claims->life_s, claims->made_at))
		goto done;
	if (claims->userbuf[0] != '\0' &&
	    !buf_add_format(out, err, ",\"TLS.userbuf\":\"%s\"",
	        claims->userbuf))
		goto done;
	if (!buf_add_format(out, err, ",\"TLS.sig\":\"%s\"}", text))
		goto done;
	ok = true;
done:
	mem_wipe(text, sizeof text);
	return ok;
}

static bool
read_text(const struct json *root, const char *name, char *out, size_t out_size)
{
	const char *text;
	size_t len;

	if (json_member_count(root, name) != 1 ||
	    !json_text(json_member(root, name), &text, &len) || len >= out_size)
		return false;
	memcpy(out, text, len + 1);
	return true;
}

static bool
read_number(const struct json *root, const char *name, int64_t max,
    int64_t *out)
{
	return json_member_count(root, name) == 1 &&
	    json_whole(json_member(root, name), 0, max, out);
}

static bool
read_version(const struct json *root, struct err *err)
{
	char version[16];

	if (!read_text(root, "TLS.ver", version, sizeof version))
		return refuse(err, USERSIG_VERSION, "UserSig names no version");
	if (strcmp(version, "2.0") != 0)
		return refuse(err, USERSIG_VERSION,
		    "UserSig is of another version than 2.0: make a new one "
		    "with the secret key of 64 digits");
	return true;
}

static bool
read_owner(const struct json *root, struct usersig_claims *claims,
    struct err *err)
{
	int64_t app_id;

	if (!read_text(root, "TLS.identifier", claims->account,
	        sizeof claims->account) ||
	    !usersig_claims_check_account(claims->account,
	        strlen(claims->account), err))
		return refuse(err, USERSIG_IDENTIFIER,
		    "UserSig names no usable account");
	if (!read_number(root, "TLS.sdkappid", UINT32_MAX, &app_id) ||
	    app_id == 0)
		return refuse(err, USERSIG_SDKAPPID,
		    "UserSig names no usable application");
	claims->app_id = (uint32_t)app_id;
	return true;
}

static bool
read_userbuf(const struct json *root, struct usersig_claims *claims,
    struct err *err)
{
	unsigned char bytes[USERSIG_USERBUF_MAX];
	size_t len;

	claims->userbuf[0] = '\0';
	if (json_member(root, "TLS.userbuf") == NULL)
		return true;
	if (!read_text(root, "TLS.userbuf", claims->userbuf,
	        sizeof claims->userbuf) ||
	    !base64_read(claims->userbuf, strlen(claims->userbuf), BASE64_USUAL,
	        bytes, sizeof bytes, &len))
		return refuse(err, USERSIG_USERBUF,
		    "UserSig carries a userbuf that is no base64");
	return true;
}

static bool
read_mac(const struct json *root, unsigned char mac[USERSIG_MAC_SIZE],
    struct err *err)
{
	char text[MAC_TEXT_SIZE + 1];
	size_t len = 0;
	bool ok;

	ok = read_text(root, "TLS.sig", text, sizeof text) &&
	    base64_read(text, strlen(text), BASE64_USUAL, mac, USERSIG_MAC_SIZE,
	        &len) &&
	    len == USERSIG_MAC_SIZE;
	mem_wipe(text, sizeof text);
	return ok || refuse(err, USERSIG_MAC, "UserSig carries no signature");
}

static bool
read_object(const struct json *root, struct usersig_claims *claims,
    unsigned char mac[USERSIG_MAC_SIZE], struct err *err)
{
	if (json_type_of(root) != JSON_OBJECT)
		return refuse(err, USERSIG_JSON,
		    "UserSig holds no JSON object");
	if (!read_version(root, err) || !read_owner(root, claims, err))
		return false;
	if (!read_number(root, "TLS.time", TIME_MAX, &claims->made_at) ||
	    !read_number(root, "TLS.expire", TIME_MAX, &claims->life_s))
		return refuse(err, USERSIG_JSON,
		    "UserSig names no start or no life");
	return read_userbuf(root, claims, err) && read_mac(root, mac, err);
}

bool
usersig_claims_read(const char *text, size_t len, struct usersig_claims *claims,
    unsigned char mac[USERSIG_MAC_SIZE], struct err *err)
{
	struct err fault = { 0 };
	struct json_document *document = json_parse(text, len, &fault);
	bool ok;

	if (document == NULL)
		return refuse(err, USERSIG_JSON, "UserSig holds no JSON");
	ok = read_object(json_root(document), claims, mac, err);
	json_destroy(document);
	return ok;
}
