#include "e2e/support/tree.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "bantop/base/buf.h"

enum { TREE_MAX = 65536 };

/* nftw() has no other way to it. */
static struct buf tree;

static int
note_entry(const char *path, const struct stat *status, int kind,
    struct FTW *walk)
{
	bool is_file = kind == FTW_F;

	(void)walk;
	buf_put_format(&tree, "%s %o %lld %lld\n", path,
	    (unsigned)status->st_mode, (long long)status->st_size,
	    is_file ? (long long)status->st_mtime : 0);
	return 0;
}

char *
tree_take(const char *folder)
{
	char *text;

	buf_init(&tree, TREE_MAX);
	assert_int_equal(nftw(folder, note_entry, 16, FTW_PHYS), 0);
	text = strdup(buf_text(&tree));
	buf_release(&tree);
	assert_non_null(text);
	return text;
}

void
tree_expect(const char *folder, char *before)
{
	char *now = tree_take(folder);

	assert_string_equal(now, before);
	free(now);
	free(before);
}
