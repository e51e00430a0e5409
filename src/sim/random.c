/*
 * Pseudo-random numbers by mixing a counter (the finalizer of splitmix64):
 * any number of a run can be had by its index, without the ones before it.
 */
#include "bantop/sim/random.h"

static const uint64_t STEP = 0x9E3779B97F4A7C15U;

static uint64_t
scramble(uint64_t value)
{
	value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
	value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
	return value ^ (value >> 31);
}

uint64_t
sim_random_mix(uint64_t a, uint64_t b)
{
	return scramble(scramble(a + STEP) + (b + 1) * STEP);
}

uint64_t
sim_random_next(uint64_t *state)
{
	*state += STEP;
	return scramble(*state);
}
