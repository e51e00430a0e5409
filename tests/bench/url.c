/*
 * Prints what another client needs to ask for pages of bans: the whole URL,
 * with a UserSig made from the simulator's key. For the comparisons alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bantop/api/credential.h"
#include "bantop/base/file.h"

int
main(int argc, char **argv)
{
	struct credential *credential = NULL;
	const char *usersig = NULL;
	struct buf key;
	struct err err = { .kind = ERR_NONE };
	char app_id[16];

	if (argc != 5) {
		(void)fprintf(stderr,
		    "usage: url ENDPOINT APP ADMIN KEYFILE\n");
		return 2;
	}
	buf_init(&key, USERSIG_KEY_MAX);
	(void)snprintf(app_id, sizeof app_id, "%s", argv[2]);
	if (file_read(argv[4], &key, &err))
		credential =
		    credential_create_key((uint32_t)strtoul(app_id, NULL, 10),
		        argv[3], buf_text(&key), strcspn(buf_text(&key), "\n"),
		        &err);
	if (credential != NULL)
		usersig = credential_usersig(credential, time(NULL), &err);
	if (usersig == NULL)
		(void)fprintf(stderr, "url: %s\n", err.text);
	else
		(void)printf("%s/v4/group_open_http_svc/get_group_ban_member"
		             "?sdkappid=%s&identifier=%s&usersig=%s"
		             "&random=1&contenttype=json\n",
		    argv[1], app_id, argv[3], usersig);
	credential_destroy(credential);
	buf_release(&key);
	return usersig == NULL ? 1 : 0;
}
