/*
 * What stands around every screen: two header lines, the activity line, the
 * error line and the line of hints. Texts are borrowed for the call; those
 * from outside may be anything, they are made safe here.
 */
#ifndef BANTOP_VIEW_CHROME_H
#define BANTOP_VIEW_CHROME_H

#include "bantop/view/view.h"

enum { CHROME_CLOCK_SHOWN_S = 3, CHROME_CLOCK_WARNED_S = 60 };

/* What the second header line says of a list. */
struct chrome_list {
	const struct view_fetch *fetch; /* borrowed; of the list that is shown,
	                                   not of a refresh beside it */
	size_t rows;                    /* loaded */
	bool filtered;
	size_t shown; /* of them, with a filter */
	size_t marked;
	int64_t as_of; /* of the last page in the list, wall clock; 0: none */
	bool partial;  /* sorted, filtered or searched over a part */
	bool stale;
	bool paused;
};

struct chrome {
	const char *marker;      /* "" for none */
	const char *region_key;  /* "" before one is chosen, or an endpoint */
	const char *region_name; /* or the endpoint's host */
	uint32_t app_id;         /* 0: not known */
	bool clock_known;
	int64_t clock_offset_s; /* the service's clock minus ours */
	int64_t now_s;          /* wall clock: for the zone's offset */
	int rate_in_use;        /* calls in the last second; 0: not shown */
	int rate_max;

	const char *group; /* exact bytes; group_len 0 for none */
	size_t group_len;
	const char *group_name;
	size_t group_name_len;
	const char *title; /* of the screen or pane, when it is not bans: "" */
	const struct chrome_list *list; /* NULL: no list on this screen */
};

/**
 * Two lines; where there is one row it is the second of them. Where it is
 * narrow items leave in this order. Line 1: the rate, read-only, the
 * application, the program's name, the region's name, the zone, the clock;
 * marker and region stay. Line 2: the group's name, the number marked, "as
 * of"; then the group is cut in the middle, and the count leaves. PARTIAL,
 * STALE and PAUSED stay.
 */
void chrome_draw_header(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct chrome *chrome);

/* What the activity line can say; the first of these that is there is said:
 * notice, what goes over the rows, fetch, the error; else what holds (narrowed,
 * keep only, find) and the repeated and unusable rows. */
struct chrome_activity {
	const char *notice; /* what was just done: "sent 1 account"; "" none */
	bool notice_is_bad;
	const char *work; /* "arranging": what the rows are gone over for */
	bool work_stops;  /* by Esc */
	size_t rows;
	const struct view_fetch *fetch; /* NULL for none */
	size_t repeated; /* "list changed while loading: 3 repeated" */
	size_t unusable; /* "1 row unusable" */
	/* Patterns that hold, as typed; NULL or "" for none. */
	const char *narrow;
	const char *keep;
	const char *find;
	/* Where the layout has no row for errors. */
	const struct err *err; /* or NULL */
};
void chrome_draw_activity(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct chrome_activity *activity);

/** The last error and how many there are: "E10007 …     e: all 3".
 *  @param err NULL or ERR_NONE: the line stays blank. */
void chrome_draw_error(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct err *err, size_t error_count);

struct chrome_hint {
	const char *keys;  /* "Enter", "< >" */
	const char *label; /* "details" */
	bool stays;        /* "? help" and "q back" */
};
/** In the order given; those that do not stay leave from the right end. */
void chrome_draw_hints(struct frame *frame, struct frame_area area,
    const struct view_look *look, const struct chrome_hint *hints,
    size_t count);

#endif
