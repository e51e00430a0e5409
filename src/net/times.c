/*
 * What each part of a call took, from the moments at which libcurl saw it
 * end. A kept connection has no lookup, connect or handshake of its own.
 */
#include "net_priv.h"

static int32_t
span_ms(int64_t from_us, int64_t to_us)
{
	if (to_us <= 0 || to_us < from_us)
		return -1;
	return (int32_t)((to_us - from_us + 500) / 1000);
}

void
http_times_fill(const struct http_times *times, struct transport_timing *timing)
{
	bool kept = times->sent_us > 0 && times->connects == 0;

	timing->lookup_ms = kept ? -1 : span_ms(0, times->lookup_us);
	timing->connect_ms =
	    kept ? -1 : span_ms(times->lookup_us, times->connect_us);
	timing->tls_ms = kept ? -1 : span_ms(times->connect_us, times->tls_us);
	timing->wait_ms =
	    times->sent_us <= 0 ? -1 : span_ms(times->sent_us, times->first_us);
	timing->total_ms = span_ms(0, times->total_us);
}

enum http_step
http_times_step(const struct http_times *times)
{
	if (times->first_us > 0)
		return HTTP_STEP_ANSWER;
	if (times->sent_us > 0)
		return HTTP_STEP_REQUEST;
	if (times->tls_begun || times->connect_us > 0)
		return HTTP_STEP_TLS;
	if (times->lookup_us > 0)
		return HTTP_STEP_CONNECT;
	return HTTP_STEP_LOOKUP;
}
