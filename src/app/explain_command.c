/*
 * bantop explain: what a code of the service means and what to do, from the
 * built-in table. Asks nobody.
 */
#include "bantop/app/commands.h"

#include <string.h>
#include <unistd.h>

#include "bantop/api/error_code.h"
#include "bantop/app/message.h"
#include "bantop/base/file.h"
#include "bantop/base/num.h"

enum { PAGE_MAX = 256 * 1024 };

/* "60007", "E60007" and "e60007" are the same code. */
static bool
parse_code(const char *text, int64_t *code)
{
	if (text[0] == 'E' || text[0] == 'e')
		text++;
	return num_parse(text, strlen(text), 0, INT32_MAX, code);
}

static const char *
retry_words(int code)
{
	switch (error_code_retry(code)) {
	case RETRY_NO:
		return "no";
	case RETRY_YES:
		return "yes, at most twice";
	case RETRY_AFTER_WAIT:
		return "yes, at most twice, after a wait";
	case RETRY_AFTER_REFRESH_USERSIG:
		return "once, with a new UserSig";
	}
	return "no";
}

static void
put_card(int code, struct buf *out)
{
	const struct error_code *row = error_code_find(code);

	if (row == NULL) {
		buf_put_format(out,
		    "E%d  not in the table\n"
		    "  next step: look at the text that came with it; an "
		    "application's own\n"
		    "    webhooks choose codes too\n"
		    "  repeated by itself: no\n",
		    code);
		return;
	}
	buf_put_format(out,
	    "E%d  %s\n"
	    "  meaning: %s\n"
	    "  next step: %s\n"
	    "  repeated by itself: %s\n"
	    "  source: %s\n",
	    code, row->name, row->meaning, row->action, retry_words(code),
	    row->source);
}

int
explain_command_run(const struct settings *settings)
{
	struct buf page;
	struct err err;
	int64_t code;
	int status = EXIT_USAGE;

	buf_init(&page, PAGE_MAX);
	for (size_t i = 0; i < settings->operand_count; i++) {
		if (!parse_code(settings->operands[i], &code)) {
			message_print("explain: %.40s: a code is a number, "
			              "such as 60007",
			    settings->operands[i]);
			goto done;
		}
		buf_put_text(&page, i == 0 ? "" : "\n");
		put_card((int)code, &page);
	}
	if (!file_write_all(STDOUT_FILENO, "standard output", buf_text(&page),
	        page.len, &err)) {
		message_error(&err);
		goto done;
	}
	status = EXIT_COMPLETE;
done:
	buf_release(&page);
	return status;
}
