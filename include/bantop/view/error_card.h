/*
 * The card of one error: what it means, why, and what to do.
 */
#ifndef BANTOP_VIEW_ERROR_CARD_H
#define BANTOP_VIEW_ERROR_CARD_H

#include "bantop/view/pane.h"

/* What is known of an error. Texts are borrowed; "" where there is nothing. */
struct error_card {
	const struct err *err;
	const char *name; /* "COMM_REST_FREQ_LIMIT" */
	const char *meaning;
	const char *causes;  /* likely ones */
	const char *action;  /* next step */
	const char *repeat;  /* is it repeated by itself? in words */
	const char *request; /* the request that it came from */
	size_t count;
	int64_t at;
	int top; /* first line shown, where not all fit */
};

void error_card_draw(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct error_card *card);
/** Lines it takes when @p cols wide, with its border. */
int error_card_lines(const struct error_card *card,
    const struct view_look *look, int cols);

#endif
