/*
 * The table of data centres, the words by which they may be called, and what
 * makes a host. A key is asked for before an alias, so that configuration may
 * take any word for its own. Whether a host answers is not known here.
 */
#include "bantop/api/region.h"

#include <arpa/inet.h>
#include <string.h>

#include "bantop/base/num.h"
#include "bantop/base/text.h"

enum {
	LABEL_MAX = 63,
	NAME_BYTES_MAX = 253, /* of a host name without its port */
	KEYS_SHOWN_MAX = 96,
	WORD_SHOWN_MAX = 40,
};

static const struct region built_in[] = {
	{ "cn", "China", "console.tim.qq.com", "adminapi.my-imcloud.com",
	    REGION_CURRENT },
	{ "sgp", "Singapore", "adminapisgp.im.qcloud.com",
	    "adminapisgp.my-imcloud.com", REGION_CURRENT },
	{ "kr", "Seoul", "adminapikr.im.qcloud.com",
	    "adminapikr.my-imcloud.com", REGION_CURRENT },
	{ "jpn", "Tokyo", "adminapijpn.im.qcloud.com",
	    "adminapijpn.my-imcloud.com", REGION_CURRENT },
	{ "ger", "Frankfurt", "adminapiger.im.qcloud.com",
	    "adminapiger.my-imcloud.com", REGION_CURRENT },
	{ "usa", "Silicon Valley", "adminapiusa.im.qcloud.com",
	    "adminapiusa.my-imcloud.com", REGION_CURRENT },
	{ "idn", "Jakarta", "adminapiidn.im.qcloud.com",
	    "adminapiidn.my-imcloud.com", REGION_CURRENT },
	{ "ind", "Mumbai", "adminapiind.im.qcloud.com",
	    "adminapiind.my-imcloud.com", REGION_LEGACY },
	{ "ksa", "Saudi Arabia", "adminapiksa.im.qcloud.com",
	    "adminapiksa.my-imcloud.com", REGION_UNVERIFIED },
};

/* Country codes of two and three letters, countries, cities. */
static const struct {
	const char *word;
	const char *key;
} aliases[] = {
	{ "china", "cn" },
	{ "chn", "cn" },
	{ "mainland", "cn" },
	{ "sg", "sgp" },
	{ "singapore", "sgp" },
	{ "kor", "kr" },
	{ "korea", "kr" },
	{ "seoul", "kr" },
	{ "jp", "jpn" },
	{ "japan", "jpn" },
	{ "tokyo", "jpn" },
	{ "de", "ger" },
	{ "deu", "ger" },
	{ "germany", "ger" },
	{ "frankfurt", "ger" },
	{ "us", "usa" },
	{ "silicon-valley", "usa" },
	{ "siliconvalley", "usa" },
	{ "silicon valley", "usa" },
	{ "california", "usa" },
	{ "id", "idn" },
	{ "indonesia", "idn" },
	{ "jakarta", "idn" },
	{ "in", "ind" },
	{ "india", "ind" },
	{ "mumbai", "ind" },
	{ "sa", "ksa" },
	{ "sau", "ksa" },
	{ "saudi", "ksa" },
	{ "saudi-arabia", "ksa" },
	{ "riyadh", "ksa" },
};

void
region_set_init(struct region_set *set)
{
	*set = (struct region_set){ 0 };
	set->count = sizeof built_in / sizeof built_in[0];
	memcpy(set->regions, built_in, sizeof built_in);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Case-blind in ASCII alone: a locale must not change what a key is. */
static bool
same_word(const char *a, const char *b)
{
	while (*a != '\0' && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) == lower(*b);
}

static struct region *
find_key(struct region_set *set, const char *key)
{
	size_t i;

	for (i = 0; i < set->count; i++) {
		if (same_word(set->regions[i].key, key))
			return &set->regions[i];
	}
	return NULL;
}

static bool
key_is_valid(const char key[REGION_KEY_MAX])
{
	size_t i;

	if (key[0] == '\0' || memchr(key, '\0', REGION_KEY_MAX) == NULL)
		return false;
	for (i = 0; key[i] != '\0'; i++) {
		if (!is_letter(key[i]) && !is_digit(key[i]) && key[i] != '-' &&
		    key[i] != '_')
			return false;
	}
	return true;
}

static bool
label_is_valid(const char *label, size_t len)
{
	size_t i;

	if (len == 0 || len > LABEL_MAX)
		return false;
	if (label[0] == '-' || label[len - 1] == '-')
		return false;
	for (i = 0; i < len; i++) {
		if (!is_letter(label[i]) && !is_digit(label[i]) &&
		    label[i] != '-' && label[i] != '_')
			return false;
	}
	return true;
}

static bool
name_is_valid(const char *name, size_t len)
{
	size_t start = 0;
	size_t i;

	if (len > NAME_BYTES_MAX)
		return false;
	for (i = 0; i <= len; i++) {
		if (i < len && name[i] != '.')
			continue;
		if (!label_is_valid(name + start, i - start))
			return false;
		start = i + 1;
	}
	return true;
}

static bool
port_is_valid(const char *port)
{
	int64_t number;

	return num_parse(port, strlen(port), 1, 65535, &number);
}

/* "[" IPV6 "]", then nothing or ":" PORT. */
static bool
bracketed_is_valid(const char *host)
{
	char address[INET6_ADDRSTRLEN];
	unsigned char parsed[16];
	const char *end = strchr(host, ']');
	size_t len;

	if (end == NULL)
		return false;
	len = (size_t)(end - host - 1);
	if (len == 0 || len >= sizeof address)
		return false;
	memcpy(address, host + 1, len);
	address[len] = '\0';
	if (inet_pton(AF_INET6, address, parsed) != 1)
		return false;
	return end[1] == '\0' || (end[1] == ':' && port_is_valid(end + 2));
}

bool
region_host_is_valid(const char *host)
{
	const char *colon;

	if (strlen(host) >= REGION_HOST_MAX)
		return false;
	if (host[0] == '[')
		return bracketed_is_valid(host);
	colon = strchr(host, ':');
	if (colon == NULL)
		return name_is_valid(host, strlen(host));
	return name_is_valid(host, (size_t)(colon - host)) &&
	    port_is_valid(colon + 1);
}

static bool
field_is_host(const char field[REGION_HOST_MAX])
{
	return memchr(field, '\0', REGION_HOST_MAX) != NULL &&
	    region_host_is_valid(field);
}

bool
region_set_put(struct region_set *set, const struct region *region,
    struct err *err)
{
	struct region *place;

	if (!key_is_valid(region->key))
		return err_set(err, ERR_CONFIG, 0, NULL,
		    "a region's key is 1 to %d letters, digits, - and _",
		    REGION_KEY_MAX - 1);
	if (!field_is_host(region->host))
		return err_set(err, ERR_CONFIG, 0, NULL,
		    "region %s: host must be HOST or HOST:PORT, without "
		    "https:// or a path",
		    region->key);
	if (region->backup[0] != '\0' && !field_is_host(region->backup))
		return err_set(err, ERR_CONFIG, 0, NULL,
		    "region %s: backup must be HOST or HOST:PORT, without "
		    "https:// or a path",
		    region->key);
	place = find_key(set, region->key);
	if (place == NULL && set->count == REGION_COUNT_MAX)
		return err_set(err, ERR_CONFIG, 0, NULL,
		    "region %s: more than %d regions", region->key,
		    REGION_COUNT_MAX);
	if (place == NULL)
		place = &set->regions[set->count++];
	*place = *region;
	if (place->name[0] == '\0')
		memcpy(place->name, place->key, sizeof place->key);
	place->name[REGION_NAME_MAX - 1] = '\0';
	return true;
}

static const char *
alias_key(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
		if (same_word(aliases[i].word, word))
			return aliases[i].key;
	}
	return NULL;
}

static void
list_keys(const struct region_set *set, char out[KEYS_SHOWN_MAX])
{
	size_t used = 0;
	size_t i;

	out[0] = '\0';
	for (i = 0; i < set->count; i++) {
		const char *key = set->regions[i].key;
		size_t len = strlen(key);

		if (used + 1 + len + sizeof " ..." > KEYS_SHOWN_MAX) {
			memcpy(out + used, " ...", sizeof " ...");
			return;
		}
		out[used++] = ' ';
		memcpy(out + used, key, len + 1);
		used += len;
	}
}

const struct region *
region_find(const struct region_set *set, const char *name, struct err *err)
{
	const char *key = alias_key(name);
	char shown[WORD_SHOWN_MAX];
	char keys[KEYS_SHOWN_MAX];
	size_t i;

	for (i = 0; i < set->count; i++) {
		if (same_word(set->regions[i].key, name))
			return &set->regions[i];
	}
	for (i = 0; key != NULL && i < set->count; i++) {
		if (same_word(set->regions[i].key, key))
			return &set->regions[i];
	}
	for (i = 0; i < set->count; i++) {
		if (same_word(set->regions[i].name, name))
			return &set->regions[i];
	}
	text_make_safe(name, strlen(name), TEXT_UTF8, shown, sizeof shown);
	list_keys(set, keys);
	(void)err_set(err, ERR_USAGE, 0, NULL,
	    "unknown region \"%s\"; known:%s", shown, keys);
	return NULL;
}

static bool
has_prefix(const char *text, const char *prefix)
{
	while (*prefix != '\0' && lower(*text) == *prefix) {
		text++;
		prefix++;
	}
	return *prefix == '\0';
}

/* Why what follows "https://" is no host; the user may have pasted a secret
 * into it, so it is never shown. */
static bool
refuse_endpoint(const char *rest, struct err *err)
{
	if (rest[0] == '\0' || rest[0] == '/')
		return err_set(err, ERR_USAGE, 0, NULL,
		    "the endpoint names no host: use https://HOST[:PORT]");
	if (strchr(rest, '@') != NULL)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "the endpoint may not carry a user: use "
		    "https://HOST[:PORT]");
	if (strpbrk(rest, "/?#") != NULL)
		return err_set(err, ERR_USAGE, 0, NULL,
		    "the endpoint may not carry a path or a query: use "
		    "https://HOST[:PORT]");
	return err_set(err, ERR_USAGE, 0, NULL,
	    "the endpoint's host or port (1 to 65535) is not valid: use "
	    "https://HOST[:PORT]");
}

bool
region_from_endpoint(const char *url, struct region *out, struct err *err)
{
	char host[REGION_HOST_MAX];
	const char *rest;
	size_t len;

	if (has_prefix(url, "http:"))
		return err_set(err, ERR_USAGE, 0, NULL,
		    "http: is refused, the UserSig would travel in the clear: "
		    "use https://HOST[:PORT]");
	if (!has_prefix(url, "https://"))
		return err_set(err, ERR_USAGE, 0, NULL,
		    "the endpoint must be https://HOST[:PORT]");
	rest = url + strlen("https://");
	len = strlen(rest);
	if (len > 0 && rest[len - 1] == '/')
		len--;
	if (len == 0 || len >= sizeof host)
		return refuse_endpoint(rest, err);
	memcpy(host, rest, len);
	host[len] = '\0';
	if (!region_host_is_valid(host))
		return refuse_endpoint(host, err);
	*out = (struct region){ .key = "endpoint", .state = REGION_ENDPOINT };
	memcpy(out->host, host, len + 1);
	memcpy(out->name, host,
	    len < REGION_NAME_MAX ? len : REGION_NAME_MAX - 1);
	return true;
}

const char *
region_state_name(enum region_state state)
{
	static const char *const names[] = {
		[REGION_CURRENT] = "current",
		[REGION_LEGACY] = "legacy",
		[REGION_UNVERIFIED] = "unverified",
		[REGION_CONFIGURED] = "configured",
		[REGION_ENDPOINT] = "endpoint",
	};

	return names[state];
}
