/*
 * Random numbers from the system. getentropy() stands in <sys/random.h> or in
 * <unistd.h>, as the C library has it: in POSIX it is since 2024 alone. Should
 * a kernel or a sandbox refuse it, the clock must do, which is why nothing
 * secret may be made here.
 */
#define _DEFAULT_SOURCE /* some of them show it only so */

#include "bantop/base/random.h"

#include <sys/random.h>
#include <unistd.h>

#include "bantop/base/clock.h"

uint64_t
random_u64(void)
{
	uint64_t value;

	if (getentropy(&value, sizeof value) == 0)
		return value;
	value = (uint64_t)clock_wall_ms(clock_system());
	value = value << 32 ^ (uint64_t)clock_mono_ms(clock_system());
	return (value ^ (uintptr_t)&value) * UINT64_C(0x9e3779b97f4a7c15);
}
