/*
 * The values of options that are more than a number or a text: each is set
 * from what the user wrote, and shown again as it would stand in a file. For
 * the table of options alone.
 */
#ifndef BANTOP_APP_VALUE_H
#define BANTOP_APP_VALUE_H

#include "bantop/app/settings.h"

/* Each set_ returns false with ERR_USAGE: what would be right. */
bool value_set_group(struct settings *settings, const char *value,
    struct err *err);
bool value_set_admin(struct settings *settings, const char *value,
    struct err *err);
bool value_set_groups(struct settings *settings, const char *value,
    struct err *err);
bool value_set_endpoint(struct settings *settings, const char *value,
    struct err *err);
bool value_set_sort(struct settings *settings, const char *value,
    struct err *err);
bool value_set_filter(struct settings *settings, const char *value,
    struct err *err);
bool value_set_format(struct settings *settings, const char *value,
    struct err *err);
bool value_set_ambiguous(struct settings *settings, const char *value,
    struct err *err);
bool value_set_sandbox(struct settings *settings, const char *value,
    struct err *err);
bool value_set_color(struct settings *settings, const char *value,
    struct err *err);
bool value_set_demo(struct settings *settings, const char *value,
    struct err *err);
bool value_set_group_type(struct settings *settings, const char *value,
    struct err *err);
bool value_set_key_file(struct settings *settings, const char *value,
    struct err *err);
bool value_set_key_fd(struct settings *settings, const char *value,
    struct err *err);
bool value_set_key_command(struct settings *settings, const char *value,
    struct err *err);
bool value_set_usersig_file(struct settings *settings, const char *value,
    struct err *err);
bool value_set_usersig_command(struct settings *settings, const char *value,
    struct err *err);

void value_show_group(const struct settings *settings, struct buf *out);
void value_show_admin(const struct settings *settings, struct buf *out);
void value_show_groups(const struct settings *settings, struct buf *out);
void value_show_endpoint(const struct settings *settings, struct buf *out);
void value_show_sort(const struct settings *settings, struct buf *out);
void value_show_filter(const struct settings *settings, struct buf *out);
void value_show_format(const struct settings *settings, struct buf *out);
void value_show_color(const struct settings *settings, struct buf *out);
void value_show_ambiguous(const struct settings *settings, struct buf *out);
void value_show_sandbox(const struct settings *settings, struct buf *out);
void value_show_demo(const struct settings *settings, struct buf *out);
void value_show_group_type(const struct settings *settings, struct buf *out);
void value_show_key_file(const struct settings *settings, struct buf *out);
void value_show_key_fd(const struct settings *settings, struct buf *out);
void value_show_key_command(const struct settings *settings, struct buf *out);
void value_show_usersig_file(const struct settings *settings, struct buf *out);
void value_show_usersig_command(const struct settings *settings,
    struct buf *out);

/** Appends @p text in quotes as libconfuse reads them; nothing for NULL. */
void value_show_quoted(const char *text, struct buf *out);

#endif
