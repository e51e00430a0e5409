/*
 * bantop explain: the card of each code or word that was asked for, from the
 * built-in tables. Asks nobody.
 */
#include "bantop/app/commands.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "bantop/api/error_advice.h"
#include "bantop/app/message.h"
#include "bantop/base/file.h"

enum { PAGE_MAX = SETTINGS_ACCOUNTS_MAX * (ERROR_ADVICE_TEXT_MAX + 1) };

/* All words are looked up before any card is printed. */
static bool
put_cards(const struct settings *settings, struct buf *page, struct err *err)
{
	struct error_advice advice;

	for (size_t i = 0; i < settings->operand_count; i++) {
		if (!error_advice_parse(settings->operands[i], &advice, err))
			return false;
		buf_put_text(page, i == 0 ? "" : "\n");
		error_advice_put(&advice, page);
	}
	return true;
}

int
explain_command_run(const struct settings *settings)
{
	struct buf page;
	struct err err;
	int status = EXIT_USAGE;

	buf_init(&page, PAGE_MAX);
	if (!put_cards(settings, &page, &err)) {
		message_error(&err);
		goto done;
	}
	if (!file_write_all(STDOUT_FILENO, "standard output", buf_text(&page),
	        page.len, &err)) {
		if (err.code == EPIPE)
			status = -SIGPIPE;
		else
			message_error(&err);
		goto done;
	}
	status = EXIT_COMPLETE;
done:
	buf_release(&page);
	return status;
}
