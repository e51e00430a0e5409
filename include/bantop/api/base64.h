/*
 * Base64 in two alphabets: the usual one and the one of a UserSig, where
 * * - _ stand for + / =. Reading is strict: whole groups, padding in its place
 * and no bits left over, so that every text has one reading and every run of
 * bytes one text.
 */
#ifndef BANTOP_API_BASE64_H
#define BANTOP_API_BASE64_H

#include <stdbool.h>
#include <stddef.h>

enum base64_alphabet { BASE64_USUAL, BASE64_USERSIG };

/** @return characters that @p len bytes become, without a NUL. */
size_t base64_size(size_t len);

/** Writes base64_size(len) characters and a NUL, which @p out must hold. */
void base64_write(const unsigned char *data, size_t len,
    enum base64_alphabet alphabet, char *out);

/** @return index of the first character outside the alphabet (its padding is
 *          inside); @p len if there is none. */
size_t base64_span(const char *text, size_t len, enum base64_alphabet alphabet);

/** @return false if it is no base64 or holds more than @p out_size bytes. */
bool base64_read(const char *text, size_t len, enum base64_alphabet alphabet,
    unsigned char *out, size_t out_size, size_t *out_len);

#endif
