/*
 * The service of the screen's fuzz target: right pages, damaged ones, refusals,
 * faults, floods and answers that come late or never, as the script says. It
 * reads its own answers with another eye than the program's, and knows from
 * them which lists have been told to their end.
 */
#ifndef BANTOP_TESTS_UI_SERVICE_H
#define BANTOP_TESTS_UI_SERVICE_H

#include "fake_clock.h"
#include "scripted_transport.h"

enum { UI_HOSTILE_MAX = 255, UI_STEPS_MAX = 1024, UI_GROUP_MAX = 128 };

/* What is answered to a call for bans; the first six to any other call too. */
enum ui_answer {
	UI_RIGHT,
	UI_REFUSED,
	UI_HTTP,
	UI_FAULT,
	UI_CUT,
	UI_FLIPPED,
	UI_NO_NEXT,
	UI_NEXT_QUOTED,
	UI_NEXT_SAME,
	UI_NEXT_BACK,
	UI_EMPTY,
	UI_ENDLESS,
	UI_FLOOD,
	UI_TWICE,
	UI_LARGE,
	UI_NULL_LIST,
	UI_SHORT,
	UI_ANSWERS,
};

/* One step of a walk that a good answer has allowed. */
struct ui_step {
	char group[UI_GROUP_MAX];
	int64_t offset;
	int64_t next;
	int64_t due_ms; /* when the answer is there */
};

struct ui_service {
	const struct fake_clock *clock;
	size_t rows; /* of each list */
	int64_t delay_ms;
	enum ui_answer answer;
	unsigned parameter;
	int left; /* so many answers are of that kind; below 0: all */
	char hostile[UI_HOSTILE_MAX]; /* behind each name; any bytes */
	size_t hostile_len;
	const char *body; /* borrowed: the next answer; NULL for none */
	size_t body_len;

	struct ui_step *steps;
	size_t count;
};

void ui_service_init(struct ui_service *service,
    const struct fake_clock *clock);
void ui_service_release(struct ui_service *service);

/** A scripted_answer_fn; @p user is the service. */
void ui_service_answer(const struct transport_request *request,
    struct scripted_reply *reply, struct buf *body, void *user);

/** Forgets all walks but those of @p group; NULL: all. */
void ui_service_forget(struct ui_service *service, const char *group);
/** Has an unbroken walk of @p group, from 0 on, been told its end by now? */
bool ui_service_has_ended(const struct ui_service *service, const char *group);

#endif
