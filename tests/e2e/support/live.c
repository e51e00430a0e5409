#include "e2e/support/live.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "e2e/support/own_system.h"

enum { CONF_MAX = 4096 };

const char *const live_hostile_environment[] = {
	"BANTOP_CONFIG=/nowhere/bantop.conf",
	"BANTOP_PROFILE=none",
	"BANTOP_REGION=nowhere",
	"BANTOP_ENDPOINT=https://elsewhere.invalid",
	"BANTOP_CACERT=/nowhere",
	"BANTOP_APP_ID=none",
	"BANTOP_THEME=none",
	"BANTOP_SECRET_KEY=canary-of-the-environment",
	"BANTOP_USERSIG=canary-of-the-environment",
	"SSH_ORIGINAL_COMMAND=bantop list --demo",
	"https_proxy=http://127.0.0.1:1",
	"SSLKEYLOGFILE=keys",
	"OPENSSL_CONF=/nowhere",
	"TERMINFO=/nowhere",
	"LOCPATH=/nowhere",
	"TZ=:/etc/passwd",
	NULL,
};

void
live_configure(const struct story *story, const char *top, const char *profile)
{
	const struct sim *sim = &story->sim;
	char text[CONF_MAX];

	snprintf(text, sizeof text,
	    "%s\nprofile live {\n endpoint = \"%s\"\n cacert = \"%s\"\n"
	    " app_id = %s\n admin = \"%s\"\n secret_key_file = \"%s\"\n"
	    "%s\n}\n",
	    top, sim->url, sim->cacert, sim->app_id, sim->admin, sim->key_file,
	    profile);
	own_system_configure(text);
}

void
live_begin(struct story *story, const char *const *more,
    const char *const *environment)
{
	struct term_options term = {
		.rows = 24,
		.cols = 80,
		.environment = environment,
	};

	args_init(&story->args, "bantop");
	args_add_two(&story->args, "-p", "live");
	args_add_all(&story->args, more);
	term.argv = story->args.list;
	term_start(&story->term, &story->home, &term);
}

int
live_set_up(void **state)
{
	static const char *const sim[] = { "--members", "30", "--groups", "3",
		"--now", STORY_FAR, NULL };
	struct story *story;

	if (story_set_up(state) != 0)
		return -1;
	story = *state;
	sim_start(&story->sim, &story->home, sim);
	return 0;
}

int
live_tear_down(void **state)
{
	own_system_configure(NULL);
	return story_tear_down(state);
}
