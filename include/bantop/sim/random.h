/*
 * Numbers that look random and are the same for the same seed, on any machine.
 * Good enough for made-up people, never for a secret.
 */
#ifndef BANTOP_SIM_RANDOM_H
#define BANTOP_SIM_RANDOM_H

#include <stdint.h>

/** @return a number that @p a and @p b alone decide. */
uint64_t sim_random_mix(uint64_t a, uint64_t b);

/** @return the next number of the run that @p state stands in. */
uint64_t sim_random_next(uint64_t *state);

#endif
