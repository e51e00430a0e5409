/*
 * Groups by number and by id, each id once. Owns them; grows by doubling.
 */
#ifndef BANTOP_API_GROUP_TABLE_H
#define BANTOP_API_GROUP_TABLE_H

#include "bantop/api/group_reply.h"

struct group_table;

struct group_table *group_table_create(void);
void group_table_destroy(struct group_table *table);

size_t group_table_count(const struct group_table *table);
/** @return borrowed until a group is added; its id must stay as it is. */
struct group *group_table_at(struct group_table *table, size_t index);
const struct group *group_table_see(const struct group_table *table,
    size_t index);

/** @param id at most GROUP_ID_SEEN_MAX bytes; copied. A new group is unknown
 *  but for its id. @return its number, also if it was there. */
size_t group_table_add(struct group_table *table, const char *id);

/** Marks a group as met in @p run. @return false if it was so already. */
bool group_table_meet(struct group_table *table, size_t index, unsigned run);

#endif
