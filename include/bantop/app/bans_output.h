/*
 * What leaves the screen of bans as text: the copied accounts, the ticket, the
 * written file. Always the marked rows, or else the one under the cursor (of a
 * file: all rows in view).
 */
#ifndef BANTOP_APP_BANS_OUTPUT_H
#define BANTOP_APP_BANS_OUTPUT_H

#include "bantop/app/bans_screen.h"

enum ui_move bans_output_act(struct bans_screen *screen, enum action action);
/** The name of the file to write. @return false with what is wrong. */
MUST_CHECK bool bans_output_answer(struct bans_screen *screen, const char *path,
    struct err *err);
/** The question about the existing file was answered with yes. */
void bans_output_replace(struct bans_screen *screen);

/** Draws the rows in sight as nothing but text, for a reader or a mouse. */
void bans_output_draw_plain(struct bans_screen *screen, struct frame *frame);

#endif
