/*
 * What must hold of every frame. The claims are looked for where the header
 * makes them, and in the screen that it describes; the script cannot spell
 * them there, since it has no comma.
 */
#include "fuzz/ui_checks.h"

#include <stdio.h>
#include <string.h>

#include "app/control_priv.h"
#include "fuzz/fuzz.h"
#include "raw_bytes.h"

enum { HEADER_ROWS = 2, LABELLED_COLS = 80, ROW_BYTES_MAX = 16 * 1024 };

/* -- cells ----------------------------------------------------------------- */

static void
check_point(uint32_t point, enum text_mode mode)
{
	REQUIRE(point >= ' ' && point != 0x7f);
	REQUIRE(point < 0x80 || point >= 0xa0);
	REQUIRE(mode == TEXT_UTF8 || point < 0x7f);
	REQUIRE(!text_is_control(point));
}

static void
check_cell(const struct frame_cell *cell, int left, enum text_mode mode)
{
	size_t i;

	REQUIRE(cell->width_cols <= 2 && cell->width_cols <= left);
	REQUIRE(cell->point_count <= TEXT_CLUSTER_POINTS);
	REQUIRE((cell->width_cols == 0) == (cell->point_count == 0));
	REQUIRE(cell->role < STYLE_ROLE_COUNT);
	REQUIRE((cell->flags & ~(unsigned)FRAME_FLAGS_ALL) == 0);
	for (i = 0; i < cell->point_count; i++)
		check_point(cell->points[i], mode);
	for (; i < TEXT_CLUSTER_POINTS; i++)
		REQUIRE(cell->points[i] == 0);
}

static void
check_row(const struct frame_cell *cells, int cols, enum text_mode mode)
{
	int col, sum = 0;

	for (col = 0; col < cols; col++) {
		check_cell(&cells[col], cols - col, mode);
		/* Half a wide one stands behind the other, and nowhere else. */
		REQUIRE((cells[col].width_cols == 0) ==
		    (col > 0 && cells[col - 1].width_cols == 2));
		sum += cells[col].width_cols;
	}
	REQUIRE(sum == cols);
}

void
ui_check_frame(const struct frame *frame, enum text_mode mode)
{
	int row, col;

	REQUIRE(frame_rows(frame) > 0 && frame_cols(frame) > 0);
	for (row = 0; row < frame_rows(frame); row++)
		check_row(frame_row(frame, row), frame_cols(frame), mode);
	if (frame_cursor(frame, &row, &col))
		REQUIRE(row >= 0 && row < frame_rows(frame) && col >= 0 &&
		    col < frame_cols(frame));
}

/* -- claims ---------------------------------------------------------------- */

static bool
row_says(const struct frame *frame, int row, const char *text)
{
	const struct frame_cell *cells = frame_row(frame, row);
	char line[ROW_BYTES_MAX];
	size_t len = 0;
	int col;

	for (col = 0; col < frame_cols(frame); col++)
		if (cells[col].point_count > 0)
			len += text_encode(cells[col].points[0], line + len);
	line[len] = '\0';
	return strstr(line, text) != NULL;
}

static bool
header_says(const struct frame *frame, const char *text)
{
	int row;

	for (row = 0; row < HEADER_ROWS && row < frame_rows(frame); row++)
		if (row_says(frame, row, text))
			return true;
	return false;
}

static bool
is_labelled_list(const struct control_rig *rig)
{
	const struct bans_screen *bans = &rig->control->bans;

	return control_screen(rig->control) == CONTROL_BANS &&
	    bans_load_is_partial(bans) && ban_list_count(bans->load.list) > 0 &&
	    frame_cols(rig->frame) >= LABELLED_COLS &&
	    frame_rows(rig->frame) >= 24;
}

void
ui_check_claims(const struct control_rig *rig, struct ui_service *service)
{
	const struct bans_screen *bans = &rig->control->bans;
	bool claimed = header_says(rig->frame, " loaded, complete") ||
	    header_says(rig->frame, " rows, complete, as of ");

	/* What ended is forgotten with the screen that showed it. */
	ui_service_forget(service,
	    bans->load.list != NULL ? bans->group : NULL);
	if (claimed || bans_load_is_complete(bans))
		REQUIRE(bans->load.list != NULL &&
		    ui_service_has_ended(service, bans->group));
	if (is_labelled_list(rig))
		REQUIRE(header_says(rig->frame, "PARTIAL"));
}

/* -- bytes ----------------------------------------------------------------- */

void
ui_check_bytes(const char *bytes, size_t len)
{
	size_t at = raw_bytes_harmful(bytes, len);

	if (at < len)
		fprintf(stderr, "byte %zu is %02x, before \"%.40s\"\n", at,
		    (unsigned)(unsigned char)bytes[at], bytes + at + 1);
	REQUIRE(at == len);
}
