/*
 * What is done to a finished reply: another status, another body, or the right
 * one broken. What concerns the connection (cut, drip, drop) is the server's.
 */
#include <string.h>

#include <zlib.h>

#include "bantop/base/file.h"
#include "bantop/sim/service.h"

enum { HUGE_BYTES = 600 * 1024, FILE_MAX = 16 << 20 };

static const char page[] =
    "<html>\r\n<head><title>Gateway</title></head>\r\n<body>\r\n"
    "<h1>The gateway could not serve this request</h1>\r\n"
    "<hr>nginx</body>\r\n</html>\r\n";

static bool
has(const struct sim_reply *reply, enum sim_fault fault)
{
	return reply->strike.by[fault] != NULL;
}

static void
set_page(struct sim_reply *reply, int http)
{
	reply->http = http;
	reply->type = "text/html";
	buf_reset(&reply->body);
	buf_put(&reply->body, page, sizeof(page) - 1);
}

/* The file was there at the start; if it is gone now the body is empty. */
static void
set_file(struct sim_reply *reply)
{
	struct buf data;
	struct err err;

	buf_init(&data, FILE_MAX);
	buf_reset(&reply->body);
	if (file_read(reply->strike.by[SIM_FAULT_BODY]->text, &data, &err))
		buf_put(&reply->body, data.data, data.len);
	buf_release(&data);
}

/* Replaces @p count bytes at @p at by @p text. */
static void
splice(struct buf *body, size_t at, size_t count, const char *text, size_t len)
{
	struct buf whole;

	if (at + count > body->len)
		return;
	buf_init(&whole, body->max);
	buf_put(&whole, body->data, at);
	buf_put(&whole, text, len);
	buf_put(&whole, body->data + at + count, body->len - at - count);
	buf_release(body);
	*body = whole;
}

static void
pad(struct buf *body)
{
	static const char line[] = "0123456789abcdef0123456789abcdef";
	struct buf field;
	size_t i;

	buf_init(&field, HUGE_BYTES * 2);
	buf_put_text(&field, "{\"Pad\":\"");
	for (i = 0; i < HUGE_BYTES / (sizeof(line) - 1); i++)
		buf_put(&field, line, sizeof(line) - 1);
	buf_put_text(&field, "\",");
	splice(body, 0, 1, buf_text(&field), field.len);
	buf_release(&field);
}

static void
break_json(struct buf *body)
{
	const char *comma = memchr(buf_text(body), ',', body->len);

	if (comma != NULL)
		splice(body, (size_t)(comma - body->data), 1, " ", 1);
	else
		buf_put_text(body, "}");
}

static void
squeeze(struct buf *body)
{
	unsigned char piece[16384];
	z_stream stream = { .next_in = Z_NULL };
	struct buf packed;
	int status;

	if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8,
	        Z_DEFAULT_STRATEGY) != Z_OK)
		return;
	buf_init(&packed, body->max);
	stream.next_in = (unsigned char *)body->data;
	stream.avail_in = (unsigned)body->len;
	do {
		stream.next_out = piece;
		stream.avail_out = sizeof(piece);
		status = deflate(&stream, Z_FINISH);
		buf_put(&packed, (const char *)piece,
		    sizeof(piece) - stream.avail_out);
	} while (status == Z_OK);
	deflateEnd(&stream);
	buf_release(body);
	*body = packed;
}

void
sim_damage_apply(struct sim_reply *reply)
{
	if (has(reply, SIM_FAULT_HUGE) && reply->body.len > 0)
		pad(&reply->body);
	if (has(reply, SIM_FAULT_BADJSON))
		break_json(&reply->body);
	if (has(reply, SIM_FAULT_CUTJSON))
		splice(&reply->body, reply->body.len / 2,
		    reply->body.len - reply->body.len / 2, "", 0);
	if (has(reply, SIM_FAULT_TRAILING))
		buf_put_text(&reply->body, "\n{\"ActionStatus\":\"OK\"} tail");
	if (has(reply, SIM_FAULT_BOM))
		splice(&reply->body, 0, 0, "\xEF\xBB\xBF", 3);
	if (has(reply, SIM_FAULT_BODY))
		set_file(reply);
	if (has(reply, SIM_FAULT_HTML))
		set_page(reply, 200);
	if (has(reply, SIM_FAULT_REDIRECT))
		set_page(reply, 302);
	if (has(reply, SIM_FAULT_HTTP))
		set_page(reply, (int)reply->strike.by[SIM_FAULT_HTTP]->number);
	if (has(reply, SIM_FAULT_GZIP))
		squeeze(&reply->body);
}
