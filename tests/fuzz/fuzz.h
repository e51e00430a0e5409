/*
 * What every fuzz target has: the one function that takes the bytes, and a way
 * to say what must hold whatever they are. The same target is driven by
 * libFuzzer (make fuzz) and, over its corpus, by replay.c in every test run.
 */
#ifndef BANTOP_TESTS_FUZZ_H
#define BANTOP_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/** Before the first input: the locale that the program runs in. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

/** Ends the process, naming @p what did not hold, and where. */
_Noreturn void fuzz_fail(const char *what, const char *file, int line);
#define REQUIRE(holds) \
	((holds) ? (void)0 : fuzz_fail(#holds, __FILE__, __LINE__))

/** The next byte of the input; 0 when there is none left. */
unsigned fuzz_take_byte(const uint8_t **data, size_t *size);
/** Up to @p want bytes of the input. @return how many; *part is borrowed. */
size_t fuzz_take(const uint8_t **data, size_t *size, size_t want,
    const char **part);

/** A file without a name that holds the bytes; its path is in @p path.
 *  @return its descriptor (close). */
int fuzz_make_file(const char *text, size_t len, char path[32]);

#endif
