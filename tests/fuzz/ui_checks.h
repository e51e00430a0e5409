/*
 * What must hold of every frame, and of every byte that a terminal was sent,
 * whatever was typed and answered.
 */
#ifndef BANTOP_TESTS_UI_CHECKS_H
#define BANTOP_TESTS_UI_CHECKS_H

#include "control_rig.h"
#include "fuzz/ui_service.h"

/** Cells add up, none drives a terminal; with TEXT_ASCII all are ASCII. */
void ui_check_frame(const struct frame *frame, enum text_mode mode);
/** The list is never called complete that the service has not ended; one that
 *  is ordered or filtered and not complete is labelled. */
void ui_check_claims(const struct control_rig *rig, struct ui_service *service);
/** Nothing in @p bytes that only a payload can have put there.
 *  @param bytes NUL-ended. */
void ui_check_bytes(const char *bytes, size_t len);

#endif
