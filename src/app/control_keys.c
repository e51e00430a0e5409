/*
 * What a key does: first the question, then the prompt, then the screen on
 * top, then what works everywhere.
 */
#include "app/control_priv.h"

#include <string.h>

#include "bantop/app/restricted_rules.h"

static void
narrow(struct control *control, const char *text)
{
	switch (control_screen(control)) {
	case CONTROL_REGION:
		region_screen_narrow(&control->region, text);
		return;
	case CONTROL_GROUP:
		group_screen_narrow(&control->group, text);
		return;
	case CONTROL_HELP:
		help_screen_narrow(&control->help, text);
		return;
	case CONTROL_BANS:
	case CONTROL_ERRORS:
	case CONTROL_REQUESTS:
	case CONTROL_PLAIN:
		return;
	}
}

/* The pane over the bans has a key of its own. */
static unsigned
details_place(const struct control *control)
{
	if (control_screen(control) == CONTROL_BANS &&
	    control->bans.pane == BANS_PANE_DETAILS)
		return KEYMAP_DETAILS;
	return 0;
}

static bool
is_digit(const char *text)
{
	return text[0] >= '0' && text[0] <= '9' && text[1] == '\0';
}

/* An action by its name; the pinned groups have a digit behind theirs. */
static enum control_request
run_command(struct control *control, const char *name, bool *ok,
    struct err *err)
{
	const struct keymap *keymap = control->context->keymap;
	struct key key = { .code = KEY_CODE_NONE };
	size_t len = strcspn(name, " ");
	const char *rest = name + len + strspn(name + len, " ");
	enum action action;

	action = keymap_find_name(keymap, name, len,
	    control_place(control) | details_place(control));
	*ok = action == ACTION_PINNED ? is_digit(rest)
	                              : action != ACTION_NONE && *rest == '\0';
	if (!*ok) {
		(void)err_set(err, ERR_USAGE, 0, NULL,
		    action == ACTION_PINNED
		        ? "which one? such as: pinned 1"
		        : "no such command here: ? lists them");
		return CONTROL_NOTHING;
	}
	key.code = (unsigned char)*rest;
	prompt_close(&control->context->prompt);
	return control_act(control, action, key);
}

/* Enter in a prompt: the text goes to whom it is for; what is wrong with it
 * stays in sight beside it. */
static enum control_request
accept(struct control *control)
{
	struct ui_context *context = control->context;
	struct prompt *prompt = &context->prompt;
	enum control_request request = CONTROL_NOTHING;
	enum ui_prompt kind = context->prompt_kind;
	struct err err = { .kind = ERR_NONE };
	char text[PROMPT_TEXT_MAX];
	bool ok = true;

	memcpy(text, prompt->text, sizeof text);
	switch (kind) {
	case UI_PROMPT_NARROW:
		break;
	case UI_PROMPT_COMMAND:
		request = run_command(control, text, &ok, &err);
		break;
	case UI_PROMPT_GROUP_ID:
		ok = group_screen_answer(&control->group, text, &err);
		if (ok)
			request = control_follow(control, UI_OPEN_GROUP);
		break;
	case UI_PROMPT_FIND:
	case UI_PROMPT_KEEP_ONLY:
	case UI_PROMPT_WRITE:
		ok = bans_screen_answer(&control->bans, kind, text, &err);
		break;
	case UI_PROMPT_COUNT:
		break;
	}
	context->dirty = true;
	if (!ok) {
		memcpy(prompt->note, err.text, sizeof err.text);
		return request;
	}
	prompt_remember(&context->histories[kind], text);
	if (kind != UI_PROMPT_COMMAND)
		prompt_close(prompt);
	return request;
}

/* What Tab would put behind the typed text. */
static void
offer(struct control *control)
{
	struct ui_context *context = control->context;
	struct prompt *prompt = &context->prompt;
	const char *whole = NULL;

	if (prompt->len > 0 && context->prompt_kind == UI_PROMPT_COMMAND)
		whole =
		    keymap_complete(context->keymap, prompt->text, prompt->len,
		        control_place(control) | details_place(control));
	else if (prompt->len > 0 && context->prompt_kind == UI_PROMPT_GROUP_ID)
		whole = group_screen_complete(&control->group, prompt->text,
		    prompt->len);
	prompt_offer(prompt, whole);
}

static enum control_request
after_edit(struct control *control, enum prompt_outcome outcome)
{
	struct ui_context *context = control->context;

	context->dirty = true;
	switch (outcome) {
	case PROMPT_OPEN:
		break;
	case PROMPT_CHANGED:
		if (context->prompt_kind == UI_PROMPT_NARROW)
			narrow(control, context->prompt.text);
		offer(control);
		break;
	case PROMPT_ACCEPTED:
		return accept(control);
	case PROMPT_CLOSED:
		if (context->prompt_kind == UI_PROMPT_NARROW)
			narrow(control, "");
		prompt_close(&context->prompt);
		break;
	}
	return CONTROL_NOTHING;
}

/* Anything but a yes is a no. */
static void
answer_question(struct control *control, struct key key)
{
	struct ui_context *context = control->context;
	enum ui_question question = context->question;

	context->question = UI_QUESTION_NONE;
	context->dirty = true;
	if (key.modifiers != 0 || (key.code != 'y' && key.code != 'Y'))
		return;
	switch (question) {
	case UI_QUESTION_FORGET:
		group_screen_forget(&control->group);
		return;
	case UI_QUESTION_REPLACE:
		bans_file_replace(&control->bans);
		return;
	case UI_QUESTION_NONE:
		return;
	}
}

static enum ui_move
act_on_screen(struct control *control, enum action action, struct key key)
{
	switch (control_screen(control)) {
	case CONTROL_REGION:
		return region_screen_act(&control->region, action);
	case CONTROL_GROUP:
		return group_screen_act(&control->group, action, key);
	case CONTROL_BANS:
		if (action == ACTION_PINNED)
			return group_screen_act(&control->group, action, key);
		return bans_screen_act(&control->bans, action, key);
	case CONTROL_ERRORS:
		return errors_screen_act(&control->errors, action);
	case CONTROL_REQUESTS:
		return requests_screen_act(&control->requests, action);
	case CONTROL_HELP:
		return help_screen_act(&control->help, action);
	case CONTROL_PLAIN:
		break;
	}
	return UI_PASS;
}

static bool
clear_narrow(struct control *control)
{
	bool had = (control_screen(control) == CONTROL_REGION &&
	               control->region.picker.narrow[0] != '\0') ||
	    (control_screen(control) == CONTROL_GROUP &&
	        control->group.picker.narrow[0] != '\0') ||
	    (control_screen(control) == CONTROL_HELP &&
	        control->help.narrow[0] != '\0');

	if (had)
		narrow(control, "");
	return had;
}

/* One step a press; it never leaves the program. */
static void
escape(struct control *control)
{
	if (control_screen(control) == CONTROL_BANS &&
	    bans_screen_escape(&control->bans))
		return;
	if (control_screen(control) == CONTROL_ERRORS &&
	    errors_screen_escape(&control->errors))
		return;
	if (control_screen(control) == CONTROL_REQUESTS &&
	    requests_screen_escape(&control->requests))
		return;
	if (control_screen(control) == CONTROL_GROUP &&
	    group_screen_stop(&control->group))
		return;
	if (!clear_narrow(control))
		(void)control_pop(control);
}

static enum control_request
back(struct control *control)
{
	if (control_screen(control) == CONTROL_BANS &&
	    control->bans.pane != BANS_PANE_NONE) {
		(void)bans_screen_escape(&control->bans);
		return CONTROL_NOTHING;
	}
	if (control_screen(control) == CONTROL_ERRORS &&
	    errors_screen_escape(&control->errors))
		return CONTROL_NOTHING;
	if (control_screen(control) == CONTROL_REQUESTS &&
	    requests_screen_escape(&control->requests))
		return CONTROL_NOTHING;
	return control_follow(control, UI_BACK);
}

static enum control_request
act_everywhere(struct control *control, enum action action)
{
	switch ((int)action) {
	case ACTION_BACK:
		return back(control);
	case ACTION_QUIT:
		bans_file_finish(&control->bans);
		return CONTROL_LEAVE;
	case ACTION_ESCAPE:
		escape(control);
		break;
	case ACTION_STOP:
		return control_interrupt(control);
	case ACTION_THEME:
		return CONTROL_THEME;
	case ACTION_REPAINT:
		return CONTROL_REPAINT;
	case ACTION_SUSPEND:
		return CONTROL_SUSPEND;
	case ACTION_HELP:
		help_screen_narrow(&control->help, "");
		control_push(control, CONTROL_HELP);
		break;
	case ACTION_ERRORS:
		control_push(control, CONTROL_ERRORS);
		break;
	case ACTION_REQUESTS:
		control_push(control, CONTROL_REQUESTS);
		break;
	case ACTION_COMMAND:
		ui_context_ask_text(control->context, UI_PROMPT_COMMAND,
		    "command", "");
		break;
	default:
		break;
	}
	return CONTROL_NOTHING;
}

enum control_request
control_act(struct control *control, enum action action, struct key key)
{
	const char *refusal =
	    restricted_refusal(control->context->settings, action);
	enum ui_move move;

	if (refusal != NULL) {
		ui_context_say(control->context, true, "%s", refusal);
		return CONTROL_NOTHING;
	}
	move = act_on_screen(control, action, key);
	if (move != UI_PASS)
		return control_follow(control, move);
	return act_everywhere(control, action);
}

/* What is asked of the terminal holds while something is typed or asked, too:
 * by keys that are no text. */
static enum action
terminal_action(const struct control *control, struct key key)
{
	enum action action =
	    keymap_find(control->context->keymap, key, control_place(control));

	if (key_is_text(key) ||
	    (action != ACTION_REPAINT && action != ACTION_SUSPEND))
		return ACTION_NONE;
	return action;
}

static enum control_request
on_key(struct control *control, struct key key)
{
	struct ui_context *context = control->context;
	const struct key interrupt = { 'c', KEY_CTRL };
	enum action action = ACTION_NONE;

	if (key_equals(key, interrupt))
		return control_interrupt(control);
	if (control_screen(control) == CONTROL_PLAIN) {
		(void)control_pop(control);
		return CONTROL_NOTHING;
	}
	action = terminal_action(control, key);
	if (action != ACTION_NONE)
		return control_act(control, action, key);
	if (context->question != UI_QUESTION_NONE) {
		answer_question(control, key);
		return CONTROL_NOTHING;
	}
	if (prompt_is_open(&context->prompt))
		return after_edit(control, prompt_key(&context->prompt, key));
	action = keymap_find(context->keymap, key, details_place(control));
	if (action != ACTION_NICKNAME)
		action =
		    keymap_find(context->keymap, key, control_place(control));
	if (action == ACTION_NONE)
		return CONTROL_NOTHING;
	return control_act(control, action, key);
}

enum control_request
control_event(struct control *control, const struct keys_event *event)
{
	struct prompt *prompt = &control->context->prompt;

	switch (event->kind) {
	case KEYS_KEY:
		return on_key(control, event->key);
	case KEYS_PASTE:
		if (!prompt_is_open(prompt))
			return CONTROL_NOTHING;
		return after_edit(control,
		    prompt_paste(prompt, event->paste, event->paste_len));
	case KEYS_MOUSE:
		control_mouse(control, event);
		return CONTROL_NOTHING;
	case KEYS_NOTHING:
	case KEYS_HANGUP:
		return CONTROL_NOTHING;
	}
	return CONTROL_NOTHING;
}
