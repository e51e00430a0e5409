/*
 * The stack of screens and what moves between them: choosing a region makes a
 * client, choosing a group opens its list, going back closes what was opened.
 */
#include "app/control_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bantop/app/audit.h"
#include "bantop/base/mem.h"

enum {
	INTERRUPT_AGAIN_MS = 2000,
	RATE_SHOWN_MS = 1000, /* the rate is that of the last second */
};

enum control_screen
control_screen(const struct control *control)
{
	return control->stack[control->depth - 1];
}

unsigned
control_place(const struct control *control)
{
	switch (control_screen(control)) {
	case CONTROL_REGION:
		return KEYMAP_REGION;
	case CONTROL_GROUP:
		return KEYMAP_GROUP;
	case CONTROL_BANS:
		return KEYMAP_BANS;
	case CONTROL_ERRORS:
		return KEYMAP_ERRORS;
	case CONTROL_REQUESTS:
		return KEYMAP_REQUESTS;
	case CONTROL_HELP:
		return KEYMAP_HELP;
	case CONTROL_PLAIN:
		return KEYMAP_BANS;
	}
	return 0;
}

void
control_push(struct control *control, enum control_screen screen)
{
	size_t i;

	control->context->dirty = true;
	for (i = 0; i < control->depth; i++)
		if (control->stack[i] == screen) {
			control->depth = i + 1;
			return;
		}
	if (control->depth < CONTROL_STACK_MAX)
		control->stack[control->depth++] = screen;
}

bool
control_pop(struct control *control)
{
	if (control->depth == 1)
		return false;
	if (control_screen(control) == CONTROL_BANS)
		bans_screen_close(&control->bans);
	ui_context_hush(control->context);
	control->depth--;
	if (control_screen(control) == CONTROL_GROUP &&
	    control->bans.group[0] != '\0')
		group_screen_select(&control->group, control->bans.group);
	if (control_screen(control) == CONTROL_REGION &&
	    control->context->region != NULL)
		region_screen_select(&control->region,
		    control->context->region->key);
	control->context->dirty = true;
	return true;
}

static void
leave_region(struct control *control)
{
	struct ui_context *context = control->context;

	bans_screen_close(&control->bans);
	control->bans.group[0] = '\0';
	control->bans.previous_group[0] = '\0';
	group_screen_close(&control->group);
	client_destroy(context->client);
	context->client = NULL;
}

static void
enter_region(struct control *control)
{
	struct ui_context *context = control->context;

	leave_region(control);
	context->client = session_open_client(context->settings, context->clock,
	    &context->transport, context->credential, context->region,
	    control_observe, control);
	state_use_region(&context->state, context->region->key,
	    clock_wall_s(context->clock));
	context->state_changed = true;
	group_screen_open(&control->group);
	control_push(control, CONTROL_GROUP);
}

static void
open_group(struct control *control)
{
	struct ui_context *context = control->context;
	const struct group *info;

	audit_group(context->settings, context->region->key,
	    context->wanted_group);
	/* The error line is about what is on the screen, not about the
	 * group before. */
	if (control->bans.group[0] != '\0')
		control->errors.seen = context->errors.total;
	bans_screen_open(&control->bans, context->wanted_group);
	info = group_screen_info(&control->group, control->bans.group);
	if (info != NULL)
		(void)snprintf(control->bans.group_name,
		    sizeof control->bans.group_name, "%s", info->name);
	control_push(control, CONTROL_BANS);
}

enum control_request
control_follow(struct control *control, enum ui_move move)
{
	switch (move) {
	case UI_STAY:
	case UI_PASS:
		break;
	case UI_BACK:
		if (!control_pop(control))
			return CONTROL_LEAVE;
		break;
	case UI_OPEN_GROUP:
		open_group(control);
		break;
	case UI_TO_GROUPS:
		enter_region(control);
		break;
	case UI_PLAIN:
		control_push(control, CONTROL_PLAIN);
		break;
	case UI_COPY:
		return CONTROL_COPY;
	}
	return CONTROL_NOTHING;
}

/* What the settings ask for; where they leave a choice it is the user's. */
static void
open_first(struct control *control)
{
	struct ui_context *context = control->context;
	const struct settings *settings = context->settings;

	context->region = settings->region;
	if (context->region == NULL)
		return;
	if (settings->regions.count == 1 && settings->group == NULL)
		return;
	enter_region(control);
	if (settings->group == NULL)
		return;
	(void)snprintf(context->wanted_group, sizeof context->wanted_group,
	    "%s", settings->group);
	open_group(control);
}

struct control *
control_create(struct ui_context *context)
{
	struct control *control = mem_alloc(sizeof *control);

	control->context = context;
	control->stack[0] = CONTROL_REGION;
	control->depth = 1;
	control->interrupted_ms = INT64_MIN / 2;
	region_screen_init(&control->region, context);
	group_screen_init(&control->group, context);
	bans_screen_init(&control->bans, context);
	errors_screen_init(&control->errors, context);
	requests_screen_init(&control->requests, context);
	help_screen_init(&control->help, context);
	open_first(control);
	context->dirty = true;
	return control;
}

void
control_destroy(struct control *control)
{
	if (control == NULL)
		return;
	/* Who leaves by a key has waited for it already. */
	(void)bans_file_stop(&control->bans);
	leave_region(control);
	bans_screen_release(&control->bans);
	group_screen_release(&control->group);
	requests_screen_release(&control->requests);
	errors_screen_release(&control->errors);
	free(control);
}

enum control_request
control_interrupt(struct control *control)
{
	struct ui_context *context = control->context;
	int64_t now_ms = clock_mono_ms(context->clock);
	bool stopped;

	if (now_ms - control->interrupted_ms < INTERRUPT_AGAIN_MS)
		return CONTROL_INTERRUPTED;
	control->interrupted_ms = now_ms;
	prompt_close(&context->prompt);
	context->question = UI_QUESTION_NONE;
	stopped = bans_screen_stop(&control->bans) ||
	    group_screen_stop(&control->group);
	ui_context_say(context, false, "%sCtrl-C again leaves",
	    stopped ? "stopped; " : "");
	context->notice_until_ms = now_ms + INTERRUPT_AGAIN_MS;
	return CONTROL_NOTHING;
}

void
control_wake(struct control *control)
{
	if (control->context->client != NULL)
		client_clock_jumped(control->context->client);
	bans_screen_wake(&control->bans);
	control->context->dirty = true;
}

enum control_request
control_run(struct control *control)
{
	struct ui_context *context = control->context;
	enum ui_move move;

	group_screen_run(&control->group);
	move = bans_screen_run(&control->bans);
	if (context->client != NULL)
		client_run(context->client);
	if (context->notice[0] != '\0' &&
	    clock_mono_ms(context->clock) >= context->notice_until_ms) {
		context->notice[0] = '\0';
		context->dirty = true;
	}
	return control_follow(control, move);
}

static int64_t
earlier(int64_t one, int64_t other)
{
	return one < other ? one : other;
}

int64_t
control_timeout_ms(struct control *control)
{
	const struct ui_context *context = control->context;
	int64_t now_ms = clock_mono_ms(context->clock);
	int64_t deadline_ms, left_ms;

	deadline_ms = earlier(bans_screen_deadline_ms(&control->bans),
	    group_screen_deadline_ms(&control->group));
	if (context->client != NULL)
		deadline_ms =
		    earlier(deadline_ms, client_deadline_ms(context->client));
	if (context->notice[0] != '\0')
		deadline_ms = earlier(deadline_ms, context->notice_until_ms);
	left_ms = INT64_MAX;
	if (deadline_ms != INT64_MAX)
		left_ms = deadline_ms > now_ms ? deadline_ms - now_ms : 0;
	if (context->client != NULL && !context->look.reader &&
	    client_rate_in_use(context->client) > 0)
		left_ms = earlier(left_ms, RATE_SHOWN_MS);
	if (control_screen(control) == CONTROL_BANS)
		left_ms = earlier(left_ms,
		    bans_screen_next_change_ms(&control->bans));
	return left_ms == INT64_MAX ? -1 : left_ms;
}

void
control_observe(const struct client_attempt *attempt, void *user)
{
	struct control *control = user;
	struct ui_context *context = control->context;
	char subject[GROUP_ID_SEEN_MAX + 1];
	char request[ERROR_LOG_CONTEXT_MAX];

	request_log_observe(attempt, context->requests);
	context->dirty = true;
	if (attempt->quiet || attempt->err.kind == ERR_NONE)
		return;
	(void)text_make_safe(attempt->subject, strlen(attempt->subject),
	    context->look.mode, subject, sizeof subject);
	(void)snprintf(request, sizeof request, "%s %s offset %lld",
	    client_command_name(attempt->command), subject,
	    (long long)attempt->offset);
	error_log_add(&context->errors, &attempt->err,
	    clock_wall_s(context->clock), request, attempt->attempt);
	region_screen_note(&control->region, context->region->key,
	    &attempt->err);
}
