/*
 * Unpredictable numbers for what is no secret: the seed of a hash, the random
 * half of a wait, the name of a temporary file. Keys and signatures take
 * theirs from their own library.
 */
#ifndef BANTOP_BASE_RANDOM_H
#define BANTOP_BASE_RANDOM_H

#include <stdint.h>

/** Never fails: without the system's generator it makes do with the time. */
uint64_t random_u64(void);

#endif
