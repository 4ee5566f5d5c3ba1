/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/names.h"

#include "libcx/base/tally.h"

#include <inttypes.h>

/* ---- one name ---- */

static const struct cx_str bom = { "\xEF\xBB\xBF", 3 };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The length of a tag such as <br>, </p>, <span class="x">; 0: none. */
static size_t tag_length(struct cx_str s)
{
	const char *end = memchr(s.p, '>', s.n);
	size_t slash = s.n > 1 && s.p[1] == '/';

	if (s.p[0] != '<' || !end || s.n < 3 || !is_letter(s.p[1 + slash]))
		return 0;
	if (memchr(s.p + 1, '<', (size_t)(end - s.p) - 1))
		return 0;
	return (size_t)(end - s.p) + 1;
}

/* The length of a character reference of HTML, and what it stands for. */
static size_t reference(struct cx_str s, const char **text)
{
	static const char *const known[][2] = { { "&amp;", "&" },
		{ "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" },
		{ "&#39;", "'" }, { "&apos;", "'" }, { "&nbsp;", " " },
		{ "&#160;", " " }, { "&hellip;", "\xE2\x80\xA6" },
		{ "&ndash;", "\xE2\x80\x93" }, { "&mdash;", "\xE2\x80\x94" },
		{ "&rsquo;", "\xE2\x80\x99" }, { "&lsquo;", "\xE2\x80\x98" },
		{ "&ldquo;", "\xE2\x80\x9C" }, { "&rdquo;", "\xE2\x80\x9D" } };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		*text = known[i][1];
		if (cx_str_starts(s, cx_str(known[i][0])))
			return strlen(known[i][0]);
	}
	return 0;
}

/* Appends what s starts with, cleaned; how many bytes of s that was. */
static size_t clean_step(struct cx_buf *out, struct cx_str s)
{
	const char *text;
	size_t n = 0;

	if (s.p[0] == '<' && (n = tag_length(s)) > 0)
		cx_buf_addc(out, ' ');
	else if (s.p[0] == '&' && (n = reference(s, &text)) > 0)
		cx_buf_addz(out, text);
	else if (cx_str_starts(s, bom))
		n = bom.n;
	else
		cx_buf_add(out, s.p, n = 1);
	return n;
}

/* What stood around a tag must not become two blanks. */
static void squeeze(struct cx_buf *buf)
{
	size_t n = 0;

	for (size_t i = 0; i < buf->len; i++)
		if (buf->data[i] != ' ' || !n || buf->data[n - 1] != ' ')
			buf->data[n++] = buf->data[i];
	buf->len = n;
}

static void clean(struct cx_buf *out, struct cx_str text)
{
	struct cx_str trimmed;
	bool tag = false;

	cx_buf_clear(out);
	while (text.n) {
		size_t n;

		tag |= text.p[0] == '<' && tag_length(text) > 0;
		n = clean_step(out, text);
		text.p += n;
		text.n -= n;
	}
	if (tag)
		squeeze(out);
	trimmed = cx_str_trim(cx_buf_str(out));
	if (trimmed.n)
		memmove(out->data, trimmed.p, trimmed.n);
	out->len = trimmed.n;
}

/* ---- all of them ---- */

static bool is_filler(const struct cx_rule *join, struct cx_str below)
{
	return below.n == 0 || cx_map_get(&join->cells, below) >= 0;
}

/* The name of one column; *over is the last name that was not blank. */
static void join_name(struct cx_buf *out, const struct cx_first *first,
    size_t names, const struct cx_rule *join, size_t column, size_t *over)
{
	struct cx_str above = cx_first_cell(first, names, column), below;
	struct cx_buf part = { 0 };

	if (join && above.n == 0 && *over < column &&
	    cx_first_cell(first, join->row - 1, column).n)
		above = cx_first_cell(first, names, *over);
	else
		*over = column;
	clean(out, above);
	if (!join)
		return;
	below = cx_first_cell(first, join->row - 1, column);
	clean(&part, below);
	if (!is_filler(join, cx_buf_str(&part))) {
		if (out->len)
			cx_buf_addz(out, " - ");
		cx_buf_adds(out, cx_buf_str(&part));
	}
	cx_buf_release(&part);
}

/*
 * Puts the first free number behind a name that is there already. tried has
 * how many numbers are not free, so that many of one name are soon done.
 */
static void make_unique(const struct cx_header *header,
    const struct cx_map *all, struct cx_tally *tried, struct cx_buf *name)
{
	size_t length = name->len;
	uint64_t before = cx_tally_get(tried, cx_buf_str(name)), n = before;

	do {
		name->len = length;
		cx_buf_addf(name, "_%" PRIu64, ++n + 1);
	} while (cx_map_get(all, cx_buf_str(name)) >= 0 ||
	         cx_map_get(&header->names, cx_buf_str(name)) >= 0);
	cx_tally_add(tried, (struct cx_str){ name->data, length }, n - before);
}

static void add_name(struct cx_header *header, const struct cx_map *all,
    struct cx_tally *tried, struct cx_buf *name)
{
	struct cx_err never;

	if (cx_map_get(&header->names, cx_buf_str(name)) >= 0) {
		if (header->n_renamed++ == 0)
			header->renamed = header->names.n;
		make_unique(header, all, tried, name);
	}
	(void)cx_header_add(header, cx_buf_str(name), &never);
}

void cx_names_make(struct cx_header *header, const struct cx_first *first,
    size_t names, const struct cx_rule *join)
{
	size_t n = names < first->n ? first->rows[names].n : 0, over = 0;
	struct cx_map all = { 0 };
	struct cx_tally tried = { 0 };
	struct cx_buf name = { 0 };

	for (int pass = 0; pass < 2; pass++) {
		over = n;
		for (size_t i = 0; i < n; i++) {
			join_name(&name, first, names, join, i, &over);
			if (pass == 0)
				cx_map_put(&all, cx_buf_str(&name));
			else
				add_name(header, &all, &tried, &name);
		}
	}
	cx_buf_release(&name);
	cx_tally_release(&tried);
	cx_map_release(&all);
}
