/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/json.h"

#include "libcx/base/utf8.h"

#include <utf8proc.h>

enum { DEEPEST = 64 };

struct walk {
	struct cx_str rest;
	cx_json_take *take;
	void *context;
	struct cx_buf path, string;
	unsigned long line;
	int depth;
};

static int bad(const struct walk *w, const char *what, struct cx_err *err)
{
	cx_err_set(err, CX_DATA, "this is no JSON: %s", what);
	err->line = w->line;
	return -1;
}

static void step(struct walk *w, size_t n)
{
	w->rest.p += n;
	w->rest.n -= n;
}

static void skip_blanks(struct walk *w)
{
	while (w->rest.n && memchr(" \t\r\n", w->rest.p[0], 4)) {
		w->line += w->rest.p[0] == '\n';
		step(w, 1);
	}
}

/* Whether the next character is this one, which is then behind us. */
static bool eat(struct walk *w, char c)
{
	skip_blanks(w);
	if (w->rest.n == 0 || w->rest.p[0] != c)
		return false;
	step(w, 1);
	return true;
}

/* ---- strings ---- */

/* Four hexadecimal digits; -1 when they are none. */
static int32_t hex(struct walk *w)
{
	int32_t x = 0;

	if (w->rest.n < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		char c = w->rest.p[i];

		if (c >= '0' && c <= '9')
			x = x * 16 + (c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			x = x * 16 + ((c | 32) - 'a' + 10);
		else
			return -1;
	}
	step(w, 4);
	return x;
}

static int add_code(struct walk *w, struct cx_err *err)
{
	utf8proc_uint8_t bytes[4];
	int32_t low, code = hex(w);

	if (code >= 0xD800 && code < 0xDC00 && w->rest.n > 2 &&
	    w->rest.p[0] == '\\' && w->rest.p[1] == 'u') {
		step(w, 2);
		low = hex(w);
		if (low < 0xDC00 || low > 0xDFFF)
			return bad(w, "half a surrogate pair", err);
		code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
	}
	if (code < 0 || (code >= 0xD800 && code < 0xE000))
		return bad(w, "a \\u that is no character", err);
	cx_buf_add(&w->string, (char *)bytes,
	    (size_t)utf8proc_encode_char(code, bytes));
	return 0;
}

static int add_escape(struct walk *w, struct cx_err *err)
{
	static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
	const char *at;
	char c;

	if (w->rest.n == 0)
		return bad(w, "it ends in a string", err);
	c = w->rest.p[0];
	step(w, 1);
	if (c == 'u')
		return add_code(w, err);
	at = c ? strchr(letters, c) : NULL;
	if (!at)
		return bad(w, "an unknown escape", err);
	cx_buf_addc(&w->string, means[at - letters]);
	return 0;
}

/* Behind the first quote; into w->string. */
static int read_string(struct walk *w, struct cx_err *err)
{
	cx_buf_clear(&w->string);
	while (w->rest.n) {
		size_t n = cx_utf8_step(w->rest);
		char c = w->rest.p[0];

		if (n == 0 || (unsigned char)c < ' ')
			return bad(w, "a control or no UTF-8 in a string", err);
		if (c != '\\' && c != '"')
			cx_buf_add(&w->string, w->rest.p, n);
		step(w, n);
		if (c == '"')
			return 0;
		if (c == '\\' && add_escape(w, err) < 0)
			return -1;
	}
	return bad(w, "it ends in a string", err);
}

/* ---- values ---- */

static int walk_value(struct walk *w, struct cx_err *err);

/* The name of a member, or the place of an item, behind the path. */
static void enter(struct walk *w, struct cx_str name)
{
	cx_buf_addc(&w->path, '\t');
	cx_buf_adds(&w->path, name);
}

static int walk_member(struct walk *w, struct cx_err *err)
{
	size_t length = w->path.len;

	if (!eat(w, '"'))
		return bad(w, "a name was expected", err);
	if (read_string(w, err) < 0)
		return -1;
	enter(w, cx_buf_str(&w->string));
	if (!eat(w, ':'))
		return bad(w, "a colon was expected", err);
	if (walk_value(w, err) < 0)
		return -1;
	w->path.len = length;
	return 0;
}

static int walk_item(struct walk *w, uint64_t place, struct cx_err *err)
{
	size_t length = w->path.len;

	cx_buf_addc(&w->path, '\t');
	cx_buf_addu(&w->path, place);
	if (walk_value(w, err) < 0)
		return -1;
	w->path.len = length;
	return 0;
}

/* Behind the bracket, up to the one that closes. */
static int walk_all(struct walk *w, char close, struct cx_err *err)
{
	uint64_t place = 0;

	if (++w->depth > DEEPEST)
		return bad(w, "it is nested too deep", err);
	if (eat(w, close)) {
		w->depth--;
		return 0;
	}
	do {
		if ((close == '}' ? walk_member(w, err)
		                  : walk_item(w, place++, err)) < 0)
			return -1;
	} while (eat(w, ','));
	w->depth--;
	return eat(w, close) ? 0 : bad(w, "a bracket is not closed", err);
}

static bool is_word(struct cx_str s)
{
	return cx_str_eq(s, cx_str("true")) || cx_str_eq(s, cx_str("false")) ||
	       cx_str_eq(s, cx_str("null"));
}

static size_t digits(struct cx_str s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
		n++;
	return n;
}

/* [-] digits [. digits] [e [+-] digits], without zeros in front. */
static bool is_number(struct cx_str s)
{
	size_t at = s.n && s.p[0] == '-', n = digits(s, at);

	if (n == 0 || (n > 1 && s.p[at] == '0'))
		return false;
	at += n;
	if (at < s.n && s.p[at] == '.') {
		n = digits(s, at + 1);
		at += n ? n + 1 : 0;
	}
	if (at < s.n && (s.p[at] | 32) == 'e') {
		at += 1 + (at + 1 < s.n && memchr("+-", s.p[at + 1], 2));
		n = digits(s, at);
		at += n;
	}
	return n > 0 && at == s.n;
}

static int walk_plain(struct walk *w, struct cx_err *err)
{
	struct cx_str word = { w->rest.p, 0 };

	while (word.n < w->rest.n && !memchr(" \t\r\n,]}", word.p[word.n], 7))
		word.n++;
	if (!is_word(word) && !is_number(word))
		return bad(w, "a value was expected", err);
	step(w, word.n);
	return w->take(w->context, cx_buf_str(&w->path), word, err);
}

static int walk_value(struct walk *w, struct cx_err *err)
{
	if (eat(w, '{'))
		return walk_all(w, '}', err);
	if (eat(w, '['))
		return walk_all(w, ']', err);
	if (!eat(w, '"'))
		return walk_plain(w, err);
	if (read_string(w, err) < 0)
		return -1;
	return w->take(
	    w->context, cx_buf_str(&w->path), cx_buf_str(&w->string), err);
}

int cx_json_walk(
    struct cx_str text, cx_json_take *take, void *context, struct cx_err *err)
{
	struct walk w = {
		.rest = text, .take = take, .context = context, .line = 1
	};
	int code = walk_value(&w, err);

	skip_blanks(&w);
	if (code == 0 && w.rest.n)
		code = bad(&w, "there is more behind it", err);
	cx_buf_release(&w.path);
	cx_buf_release(&w.string);
	return code;
}
