/*
 * What --version prints. Each library's version is asked of its door.
 */
#include "bantop/app/version.h"

#include "bantop/api/json.h"
#include "bantop/api/usersig.h"
#include "bantop/app/config_file.h"
#include "bantop/base/text.h"
#include "bantop/net/http.h"
#include "bantop/term/term_version.h"

void
version_write(struct buf *out)
{
	buf_put_format(out, "bantop %s\n", BANTOP_VERSION);
	buf_put_format(out, "%s\n", http_library_version());
	usersig_write_versions(out);
	buf_put_format(out, "%s\n", term_version());
	buf_put_format(out, "utf8proc %s\n", text_library_version());
	buf_put_format(out, "cJSON %s\n", json_library_version());
	buf_put_format(out, "libconfuse %s\n", config_file_library_version());
}
