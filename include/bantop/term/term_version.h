/* The version of the library beneath, for --version. */
#ifndef BANTOP_TERM_TERM_VERSION_H
#define BANTOP_TERM_TERM_VERSION_H

/** @return static: name and version. */
const char *term_version(void);

#endif
