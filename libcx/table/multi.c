/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/multi.h"

static const char between = '|';

/* ---- adding ---- */

/* The answers of one cell. */
struct answers {
	struct cx_buf *out;
	size_t n;
	struct cx_map seen; /* once they are many */
};

enum { MANY = 32 };

static bool is_among(struct cx_str items, struct cx_str item)
{
	while (items.n)
		if (cx_str_eq(cx_str_next(&items, between), item))
			return true;
	return false;
}

/* Whether an answer is there; if not, it is from now on. */
static bool is_there(struct answers *a, struct cx_str item)
{
	struct cx_str items = cx_buf_str(a->out);
	size_t before;

	if (a->n < MANY && is_among(items, item))
		return true;
	while (a->n == MANY && a->seen.n < MANY && items.n)
		cx_map_put(&a->seen, cx_str_next(&items, between));
	before = a->seen.n;
	if (a->n >= MANY && cx_map_put(&a->seen, item) < before)
		return true;
	a->n++;
	return false;
}

static int add_item(const struct cx_entry *entry, struct cx_str item,
    struct answers *a, struct cx_err *err)
{
	item = cx_str_trim(item);
	if (item.n == 0 || cx_map_get(&entry->missing, item) >= 0)
		return 0;
	(void)cx_lookup_find(&entry->labels, item, &item);
	if (memchr(item.p, between, item.n))
		return cx_err_record(err, "answer with a |",
		    "an answer has a |, which parts answers in the stream");
	if (is_there(a, item))
		return 0;
	if (a->out->len)
		cx_buf_addc(a->out, between);
	cx_buf_adds(a->out, item);
	return 0;
}

/* ---- one column ---- */

static const char *separators_of(const struct cx_entry *entry)
{
	if (!entry->separators)
		return ";\n";
	return strcmp(entry->separators, "\\n") == 0 ? "\n" : entry->separators;
}

/* The longest label that is the next item as a whole; 0: none is. */
static size_t known_item(
    const struct cx_entry *entry, struct cx_str rest, const char *separators)
{
	const struct cx_map *labels = &entry->labels.keys;
	size_t longest = 0;

	for (size_t i = 0; i < labels->n; i++) {
		struct cx_str label = cx_map_key(labels, i), after;

		if (label.n <= longest || label.n > rest.n ||
		    memcmp(label.p, rest.p, label.n) != 0)
			continue;
		after = cx_str_skip(rest, label.n);
		while (after.n && after.p[0] == ' ')
			after = cx_str_skip(after, 1);
		if (after.n == 0 || strchr(separators, after.p[0]))
			longest = label.n;
	}
	return longest;
}

static int split(const struct cx_entry *entry, struct cx_str rest,
    struct answers *a, struct cx_err *err)
{
	const char *separators = separators_of(entry);
	int code = 0;

	while (rest.n && code == 0) {
		size_t n;

		rest = cx_str_trim(rest);
		n = known_item(entry, rest, separators);
		while (n < rest.n &&
		       (!rest.p[n] || !strchr(separators, rest.p[n])))
			n++;
		code = add_item(entry, (struct cx_str){ rest.p, n }, a, err);
		rest = cx_str_skip(rest, n < rest.n ? n + 1 : n);
	}
	return code;
}

/* ---- a column for each option ---- */

static bool is_one_of(struct cx_str cell, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (cx_str_eq(cell, cx_str(words[i])))
			return true;
	return false;
}

static int add_option(const struct cx_entry *entry, struct cx_str cell,
    struct cx_str option, struct answers *a, struct cx_err *err)
{
	static const char *const yes[] = { "1", "Yes", "Y", "TRUE", "True",
		"true", "yes", "Checked", "Selected", "はい", "○" };
	static const char *const no[] = { "0", "No", "N", "FALSE", "False",
		"false", "no", "Not Selected", "Not selected", "Unchecked",
		"いいえ" };

	if (is_one_of(cell, no, sizeof(no) / sizeof(*no)))
		return 0;
	if (is_one_of(cell, yes, sizeof(yes) / sizeof(*yes)))
		cell = option;
	return add_item(entry, cell, a, err);
}

int cx_multi_join(const struct cx_entry *entry, const struct cx_row *row,
    const size_t *columns, const struct cx_str *options, size_t n,
    struct cx_buf *out, struct cx_err *err)
{
	struct answers a = { .out = out };
	int code = 0;

	cx_buf_clear(out);
	if (n == 1)
		code = split(
		    entry, cx_str_trim(cx_row_cell(row, columns[0])), &a, err);
	for (size_t i = 0; n > 1 && i < n && code == 0; i++)
		code =
		    add_option(entry, cx_str_trim(cx_row_cell(row, columns[i])),
		        options[i], &a, err);
	cx_map_release(&a.seen);
	return code;
}
