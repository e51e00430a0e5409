/*
 * A box between the program and a server: passes bytes on, and can forget the
 * connections that it has, as a box with a table of addresses does. What comes
 * over one that is forgotten vanishes, and neither side is told.
 */
#ifndef BANTOP_TESTS_E2E_RELAY_H
#define BANTOP_TESTS_E2E_RELAY_H

#include <stddef.h>

struct relay;

/** Passes on to that port of the loopback interface. */
struct relay *relay_start(int to_port);
int relay_port(const struct relay *relay);
/** Of the connections so far none will bring anything any more. */
void relay_forget(struct relay *relay);
/** @return how many connections it has had. */
size_t relay_connections(const struct relay *relay);
/** Takes NULL. */
void relay_stop(struct relay *relay);

#endif
