/*
 * The program behind the screen: which screen and pane is open, what a key
 * does there, and the frame that shows it all. Knows no terminal: keys come in
 * as values, frames go out.
 */
#ifndef BANTOP_APP_CONTROL_H
#define BANTOP_APP_CONTROL_H

#include "bantop/app/ui_context.h"
#include "bantop/term/keys.h"

enum control_request {
	CONTROL_NOTHING,
	CONTROL_REPAINT,
	CONTROL_SUSPEND,
	CONTROL_THEME,       /* the next theme */
	CONTROL_COPY,        /* ui_context.copy to the clipboard */
	CONTROL_LEAVE,       /* status 0 */
	CONTROL_INTERRUPTED, /* Ctrl-C twice: status 130 */
};

struct control;

/** Opens what the settings ask for; calls wait for the first control_run().
 *  @param context borrowed, filled but for transport and client.
 *  @return owned. */
struct control *control_create(struct ui_context *context);
void control_destroy(struct control *control);

/** One key, paste or click. @return what the terminal must do. */
enum control_request control_event(struct control *control,
    const struct keys_event *event);
/** Ctrl-C, also as a signal. */
enum control_request control_interrupt(struct control *control);
/** After a suspend, or when the clock has jumped. */
void control_wake(struct control *control);

/** Work of the turn, before drawing. It needs the transport.
 *  @return as of a key: what one that had to wait asks for. */
enum control_request control_run(struct control *control);
/** How long the program may sleep, milliseconds; -1: until something comes. */
int64_t control_timeout_ms(struct control *control);

void control_draw(struct control *control, struct frame *frame);

/** The observer of every client: logs the request and its error. */
void control_observe(const struct client_attempt *attempt, void *user);

#endif
