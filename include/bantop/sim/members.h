/*
 * The banned members of one group, each made from its index and the seed alone:
 * a list of a million costs nothing until a page of it is asked for. The order
 * is that of no column, and always the same.
 */
#ifndef BANTOP_SIM_MEMBERS_H
#define BANTOP_SIM_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIM_ACCOUNT_MAX = 2048 };

/* Added to the base for a ban without end: the longest that can be placed. */
static const int64_t SIM_FOREVER_S = 4294967295;

/* A plain value: what a list is made from. */
struct sim_member_set {
	uint64_t seed;
	int64_t count;
	int64_t base_s;     /* ends are counted from here */
	bool hostile;       /* accounts that try to do harm */
	unsigned half_bits; /* of the numbers that are shuffled */
};

struct sim_member {
	char account[SIM_ACCOUNT_MAX]; /* any bytes, NUL too */
	size_t account_len;
	int64_t until_s;
};

/** @param salt tells the sets of one seed apart, one a group. */
void sim_member_set_init(struct sim_member_set *set, uint64_t seed,
    uint64_t salt, int64_t count, int64_t base_s, bool hostile);

/**
 * The member at @p index in the service's order. Accounts differ for different
 * indexes; an index from count on is a member who was banned later.
 */
void sim_member_at(const struct sim_member_set *set, int64_t index,
    struct sim_member *out);

#endif
