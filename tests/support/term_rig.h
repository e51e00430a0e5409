/*
 * A terminal that is a pair of pseudo-terminal ends: the program's end is
 * opened as a struct term, the other is drained by a thread, so that no write
 * ever waits, into a libvterm screen.
 */
#ifndef BANTOP_TESTS_TERM_RIG_H
#define BANTOP_TESTS_TERM_RIG_H

#include <pthread.h>

#include "bantop/term/term.h"

enum { TERM_RIG_BYTES_MAX = 4 * 1024 * 1024 };

struct VTerm;

struct term_rig {
	int master;
	int slave;
	struct term *term;
	struct frame *frame;
	struct VTerm *vterm;
	pthread_t reader;
	bool is_reading;
	bool has_looks; /* of 256 colours: attributes are compared too */
	int wake[2];    /* a pipe: closed, it ends the reader */
	pthread_mutex_t mutex;
	pthread_cond_t came;
	char *bytes; /* all that came, TERM_RIG_BYTES_MAX at most */
	size_t len;
	size_t fed; /* of them, to libvterm */
};

/** @return false if the terminal was refused, which is then in @p err. */
bool term_rig_open(struct term_rig *rig, const char *type, int rows, int cols,
    enum text_mode mode, struct err *err);
void term_rig_close(struct term_rig *rig);

/** Closes the terminal and waits for its last bytes; they stay in the rig. */
void term_rig_finish(struct term_rig *rig);
/** The other end goes away, as with a lost connection. */
void term_rig_hang_up(struct term_rig *rig);

/** Another size, as a window manager sets it. The frame is blank then. */
void term_rig_resize(struct term_rig *rig, int rows, int cols);

/** Paints the frame and waits until all of it has come.
 *  @return bytes of it, and its writes if not NULL. */
size_t term_rig_paint(struct term_rig *rig, size_t *writes);
/** Waits until all that the terminal has written has come. */
void term_rig_settle(struct term_rig *rig);

/** Fails the test unless libvterm shows the frame, cell by cell, with the looks
 *  of the default theme, and its cursor where the frame's is. */
void term_rig_expect(struct term_rig *rig);

#endif
