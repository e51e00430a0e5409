/*
 * What all screens share while the terminal program runs: the settings, the
 * service, the logs, the looks, and the few things that a screen may ask of the
 * whole (say something, open a prompt, be painted). Screens borrow it.
 */
#ifndef BANTOP_APP_UI_CONTEXT_H
#define BANTOP_APP_UI_CONTEXT_H

#include "bantop/api/group_reply.h"
#include "bantop/app/error_log.h"
#include "bantop/app/keymap.h"
#include "bantop/app/prompt.h"
#include "bantop/app/request_log.h"
#include "bantop/app/session.h"
#include "bantop/app/state.h"
#include "bantop/view/chrome.h"

enum { UI_NOTICE_MS = 5000 };

/* What a prompt is for: who gets its text. */
enum ui_prompt {
	UI_PROMPT_NARROW,
	UI_PROMPT_GROUP_ID,
	UI_PROMPT_FIND,
	UI_PROMPT_KEEP_ONLY,
	UI_PROMPT_WRITE,
	UI_PROMPT_COMMAND,
	UI_PROMPT_COUNT,
};

/* What a question is about. */
enum ui_question {
	UI_QUESTION_NONE,
	UI_QUESTION_FORGET,
	UI_QUESTION_REPLACE,
};

/* Which time zone is shown. */
enum ui_zone { UI_ZONE_LOCAL, UI_ZONE_UTC, UI_ZONE_CONFIGURED };

/* What a screen asks of the program with its answer to an action. */
enum ui_move {
	UI_STAY,       /* it was dealt with */
	UI_PASS,       /* not for this screen */
	UI_BACK,       /* one screen back */
	UI_OPEN_GROUP, /* ui_context.wanted_group is set */
	UI_TO_GROUPS,  /* ui_context.region was chosen */
	UI_PLAIN,      /* the rows as plain text, until a key */
	UI_COPY,       /* ui_context.copy is for the clipboard */
};

struct ui_context {
	const struct settings *settings; /* borrowed */
	const struct clock *clock;       /* borrowed */
	struct keymap *keymap;           /* owned by the ui, as all below */
	struct transport transport; /* empty until the first frame stands */
	struct credential *credential;
	struct client *client;       /* NULL until a region is chosen */
	const struct region *region; /* borrowed from settings; NULL: none */
	struct state state;
	bool state_changed; /* it is to be saved when the frame stands */
	struct error_log errors;
	struct request_log *requests;

	struct view_look look;
	enum ui_zone zone;

	struct prompt prompt;
	enum ui_prompt prompt_kind;
	struct prompt_history histories[UI_PROMPT_COUNT];
	enum ui_question question;
	char question_text[PROMPT_TEXT_MAX];

	char wanted_group[GROUP_ID_SEEN_MAX + 1];
	struct buf copy; /* for the terminal's clipboard */
	char copied[64]; /* what it is, in words */
	char notice[VIEW_LINE_MAX];
	bool notice_is_bad;
	int64_t notice_until_ms; /* monotonic */
	bool dirty;              /* paint at the end of the turn */
	bool flush_input;        /* forget what was typed ahead */
};

/** Says what was just done, for a few seconds. The text is made safe. */
void ui_context_say(struct ui_context *context, bool is_bad, const char *format,
    ...) PRINTF_LIKE(3, 4);
/** Takes back what was said: something newer is to be seen in its place. */
void ui_context_hush(struct ui_context *context);
/** Puts an error of ours on the screen and into the log of errors. */
void ui_context_fail(struct ui_context *context, const struct err *err);
void ui_context_ask_text(struct ui_context *context, enum ui_prompt kind,
    const char *label, const char *text);
/** No is the default; what was typed ahead does not answer. */
void ui_context_ask(struct ui_context *context, enum ui_question question,
    const char *format, ...) PRINTF_LIKE(3, 4);

/** The service's clock, as far as it is known; else ours. */
int64_t ui_context_service_now_s(const struct ui_context *context);
/** Writes the state if it has changed and the settings allow it; a failure is
 *  said once. Waits for the disk: no frame should wait for it. */
void ui_context_save_state(struct ui_context *context);

/** Moves an index in a list of @p count rows as the action says.
 *  @param window rows of a screen. @param top first row shown.
 *  @return false if the action moves nothing. */
bool ui_context_move(enum action action, size_t count, size_t window,
    size_t top, size_t *cursor);

#endif
