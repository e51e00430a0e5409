/*
 * The head of a reply. The server wrote it, so nothing is taken for granted:
 * no NUL at the end, any bytes, any order, as many heads as it likes.
 */
#include <string.h>
#include <strings.h>

#include "bantop/base/num.h"
#include "bantop/base/text.h"
#include "net_priv.h"

enum { DATE_MAX = 64, RETRY_AFTER_MAX_S = 1000000 };

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static void
trim(const char **text, size_t *len)
{
	while (*len > 0 && is_blank(**text)) {
		(*text)++;
		(*len)--;
	}
	while (*len > 0 && is_blank((*text)[*len - 1]))
		(*len)--;
}

static bool
is_word(const char *text, size_t len, const char *word)
{
	return strlen(word) == len && strncasecmp(text, word, len) == 0;
}

/* The value of the line if its name is @p name, without blanks around. */
static const char *
field_value(const char *line, size_t len, const char *name, size_t *value_len)
{
	size_t name_len = strlen(name);
	const char *value;

	if (len <= name_len || line[name_len] != ':' ||
	    !is_word(line, name_len, name))
		return NULL;
	value = line + name_len + 1;
	*value_len = len - name_len - 1;
	trim(&value, value_len);
	return value;
}

/* "HTTP/1.1 200 OK" or "HTTP/2 200"; 0 if it is no such line. */
static int
parse_status(const char *line, size_t len)
{
	const char *blank;
	int status = 0;
	size_t i;

	if (len < 5 || memcmp(line, "HTTP/", 5) != 0)
		return 0;
	blank = memchr(line, ' ', len);
	if (blank == NULL || len - (size_t)(blank - line) < 4)
		return 0;
	for (i = 1; i <= 3; i++) {
		if (blank[i] < '0' || blank[i] > '9')
			return 0;
		status = status * 10 + (blank[i] - '0');
	}
	return status;
}

/* Is the list, as in Content-Encoding, made of these two words alone? */
static bool
is_only(const char *list, size_t len, const char *first, const char *second)
{
	const char *comma, *word;
	size_t word_len;

	while (len > 0) {
		comma = memchr(list, ',', len);
		word = list;
		word_len = comma == NULL ? len : (size_t)(comma - list);
		list += word_len;
		len -= word_len;
		if (len > 0) {
			list++;
			len--;
		}
		trim(&word, &word_len);
		if (word_len > 0 && !is_word(word, word_len, first) &&
		    !is_word(word, word_len, second))
			return false;
	}
	return true;
}

/* A new status line begins a new reply: 1xx come before the final one. */
static void
begin(struct http_head *head, int status)
{
	size_t len = head->len;

	http_head_init(head);
	head->len = len;
	head->status = status;
}

static int64_t
take_date(const char *value, size_t len,
    int64_t (*parse_date)(const char *text))
{
	char text[DATE_MAX];

	if (len >= sizeof(text) || memchr(value, '\0', len) != NULL)
		return -1;
	memcpy(text, value, len);
	text[len] = '\0';
	return parse_date(text);
}

/* Anything but what is no encoding at all is one that was not asked for. */
static void
take_encoding(struct http_head *head, const char *value, size_t len,
    const char *free)
{
	if (!is_only(value, len, "identity", free))
		(void)text_make_safe(value, len, TEXT_ASCII, head->encoding,
		    sizeof(head->encoding));
}

static void
take_field(struct http_head *head, const char *line, size_t len,
    int64_t (*parse_date)(const char *text))
{
	const char *value;
	size_t value_len;

	value = field_value(line, len, "Date", &value_len);
	if (value != NULL && head->date_s < 0)
		head->date_s = take_date(value, value_len, parse_date);
	value = field_value(line, len, "Retry-After", &value_len);
	if (value != NULL &&
	    !num_parse(value, value_len, 0, RETRY_AFTER_MAX_S,
	        &head->retry_after_s))
		head->retry_date_s = take_date(value, value_len, parse_date);
	value = field_value(line, len, "Content-Encoding", &value_len);
	if (value != NULL)
		take_encoding(head, value, value_len, "identity");
	value = field_value(line, len, "Transfer-Encoding", &value_len);
	if (value != NULL)
		take_encoding(head, value, value_len, "chunked");
}

void
http_head_init(struct http_head *head)
{
	memset(head, 0, sizeof(*head));
	head->date_s = -1;
	head->retry_after_s = -1;
	head->retry_date_s = -1;
}

bool
http_head_take(struct http_head *head, const char *line, size_t len,
    int64_t (*parse_date)(const char *text))
{
	int status = parse_status(line, len);

	if (len > TRANSPORT_HEADERS_MAX - head->len)
		return false;
	head->len += len;
	if (head->done) /* a trailer says nothing that counts */
		return true;
	if (status != 0)
		begin(head, status);
	else if (len > 0 && (line[0] == '\r' || line[0] == '\n'))
		head->done = head->status >= 200;
	else
		take_field(head, line, len, parse_date);
	return true;
}

int64_t
http_head_retry_after(const struct http_head *head, int64_t now_s)
{
	int64_t from_s = head->date_s >= 0 ? head->date_s : now_s;

	if (head->retry_after_s >= 0 || head->retry_date_s < 0)
		return head->retry_after_s;
	return head->retry_date_s > from_s ? head->retry_date_s - from_s : 0;
}
