/*
 * What the files of control share: its parts and its stack of screens. Nobody
 * else includes it.
 */
#ifndef BANTOP_APP_CONTROL_PRIV_H
#define BANTOP_APP_CONTROL_PRIV_H

#include "bantop/app/bans_screen.h"
#include "bantop/app/control.h"
#include "bantop/app/errors_screen.h"
#include "bantop/app/group_screen.h"
#include "bantop/app/help_screen.h"
#include "bantop/app/region_screen.h"
#include "bantop/app/requests_screen.h"

enum control_screen {
	CONTROL_REGION,
	CONTROL_GROUP,
	CONTROL_BANS,
	CONTROL_ERRORS,
	CONTROL_REQUESTS,
	CONTROL_HELP,
	CONTROL_PLAIN, /* rows as text; any key goes back */
};

enum { CONTROL_STACK_MAX = 8 };

struct control {
	struct ui_context *context; /* borrowed */
	size_t depth;               /* at least 1 */
	enum control_screen stack[CONTROL_STACK_MAX];
	struct region_screen region;
	struct group_screen group;
	struct bans_screen bans;
	struct errors_screen errors;
	struct requests_screen requests;
	struct help_screen help;
	int64_t interrupted_ms; /* monotonic: the last Ctrl-C */
};

/** The screen on top. */
enum control_screen control_screen(const struct control *control);
/** Where keys are looked up first: a set of enum keymap_place. */
unsigned control_place(const struct control *control);

void control_push(struct control *control, enum control_screen screen);
/** @return false on the first screen. */
bool control_pop(struct control *control);
/** Does what a screen's answer asks for. */
enum control_request control_follow(struct control *control, enum ui_move move);
/** Carries out an action on the screen on top. */
enum control_request control_act(struct control *control, enum action action,
    struct key key);
/** A click or the wheel; a question or a prompt takes neither. */
void control_mouse(struct control *control, const struct keys_event *event);

#endif
