/*
 * OpenSSL may write to a connection that is gone without MSG_NOSIGNAL, also
 * when it says good-bye, and a SIGPIPE means to this program that its reader
 * has gone.
 */
#include "net_priv.h"

void
http_sigpipe_ignore(struct sigaction *before)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };

	(void)sigaction(SIGPIPE, &ignore, before);
}

void
http_sigpipe_restore(const struct sigaction *before)
{
	(void)sigaction(SIGPIPE, before, NULL);
}
