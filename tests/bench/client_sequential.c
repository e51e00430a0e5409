/*
 * What a careful C programmer writes in an afternoon: libcurl, one page after
 * the other over one connection, cJSON, rows to standard output. Stands beside
 * `bantop list` in the comparisons.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <curl/curl.h>

struct text {
	char *data;
	size_t len;
};

static size_t
take(char *data, size_t size, size_t count, void *user)
{
	struct text *text = user;
	char *grown = realloc(text->data, text->len + size * count + 1);

	if (grown == NULL)
		return 0;
	text->data = grown;
	memcpy(text->data + text->len, data, size * count);
	text->len += size * count;
	text->data[text->len] = '\0';
	return size * count;
}

/* @return the next offset; 0 at the end; -1 when it is no page. */
static long
print_page(const char *text)
{
	cJSON *root = cJSON_Parse(text);
	const cJSON *row;
	const cJSON *next = cJSON_GetObjectItem(root, "NextOffset");
	long offset = cJSON_IsNumber(next) ? (long)next->valuedouble : -1;

	cJSON_ArrayForEach(row, cJSON_GetObjectItem(root, "BannedAccountList"))
	{
		const cJSON *account =
		    cJSON_GetObjectItem(row, "Member_Account");
		const cJSON *until = cJSON_GetObjectItem(row, "BannedUntil");

		if (cJSON_IsString(account) && cJSON_IsNumber(until))
			(void)printf("%s\t%.0f\n", account->valuestring,
			    until->valuedouble);
	}
	cJSON_Delete(root);
	return offset;
}

static long
ask(CURL *curl, const char *group, long offset)
{
	struct text text = { .data = NULL };
	char body[256];
	long next = -1;

	(void)snprintf(body, sizeof body,
	    "{\"GroupId\":\"%s\",\"Limit\":100,\"Offset\":%ld}", group, offset);
	(void)curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	(void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, &text);
	if (curl_easy_perform(curl) == CURLE_OK && text.data != NULL)
		next = print_page(text.data);
	free(text.data);
	return next;
}

int
main(int argc, char **argv)
{
	CURL *curl;
	long offset = 0;
	long left;

	if (argc != 5) {
		(void)fprintf(stderr,
		    "usage: client_sequential URL CACERT GROUP PAGES\n");
		return 2;
	}
	left = strtol(argv[4], NULL, 10);
	(void)curl_global_init(CURL_GLOBAL_DEFAULT);
	curl = curl_easy_init();
	(void)curl_easy_setopt(curl, CURLOPT_URL, argv[1]);
	(void)curl_easy_setopt(curl, CURLOPT_CAINFO, argv[2]);
	(void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	do {
		offset = ask(curl, argv[3], offset);
		left--;
	} while (offset > 0 && left > 0);
	curl_easy_cleanup(curl);
	curl_global_cleanup();
	return offset < 0 ? 1 : 0;
}
