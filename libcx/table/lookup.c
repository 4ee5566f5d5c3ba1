/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/lookup.h"

#include "libcx/base/key.h"
#include "libcx/base/mem.h"
#include "libcx/table/settings.h"

#include <stdlib.h>

int cx_lookup_add(
    struct cx_lookup *lookup, struct cx_str key, struct cx_str value)
{
	size_t before = lookup->keys.n;
	size_t k = cx_map_put(&lookup->keys, key);
	size_t v = cx_map_put(&lookup->values, value);

	if (k < before)
		return lookup->value_of[k] == v ? 0 : -1;
	if (k == lookup->cap) {
		lookup->cap = lookup->cap ? cx_mul(lookup->cap, 2) : 16;
		lookup->value_of = cx_realloc(lookup->value_of,
		    cx_mul(lookup->cap, sizeof(*lookup->value_of)));
	}
	lookup->value_of[k] = v;
	return 0;
}

static ptrdiff_t find_loosely(
    const struct cx_lookup *lookup, struct cx_str text)
{
	struct cx_buf room = { 0 };
	ptrdiff_t k = cx_map_get(&lookup->keys, cx_key(&room, text));

	cx_buf_release(&room);
	return k;
}

bool cx_lookup_find(
    const struct cx_lookup *lookup, struct cx_str key, struct cx_str *value)
{
	ptrdiff_t k = cx_map_get(&lookup->keys, key);

	if (k < 0 && lookup->loose)
		k = find_loosely(lookup, key);
	if (k < 0)
		return false;
	*value = cx_map_key(&lookup->values, lookup->value_of[k]);
	return true;
}

static int add_rows(struct cx_lookup *lookup, struct cx_reader *reader,
    size_t key, size_t value, struct cx_err *err)
{
	struct cx_buf room = { 0 };
	const struct cx_row *row;
	int more;

	while ((more = cx_reader_next(reader, &row, err)) > 0) {
		struct cx_str k = cx_str_trim(cx_row_cell(row, key));
		struct cx_str v = cx_str_trim(cx_row_cell(row, value));

		if (lookup->loose)
			k = cx_key(&room, k);
		if (cx_lookup_add(lookup, k, v) < 0) {
			cx_err_set(err, CX_DATA,
			    "this key stood before with another value");
			err->line = cx_reader_line(reader);
			cx_buf_release(&room);
			return -1;
		}
	}
	cx_buf_release(&room);
	if (more < 0)
		cx_reader_explain(reader, err);
	return more;
}

struct reading {
	struct cx_lookup *lookup;
	struct cx_str key, value; /* columns */
};

static int read_rows(void *state, struct cx_reader *reader, struct cx_err *err)
{
	const struct reading *r = state;
	const struct cx_header *header = cx_reader_header(reader);
	size_t k, v;

	if (cx_header_find(header, r->key, &k, err) < 0 ||
	    cx_header_find(header, r->value, &v, err) < 0)
		return -1;
	return add_rows(r->lookup, reader, k, v, err);
}

int cx_lookup_read(struct cx_lookup *lookup, const char *path,
    struct cx_str key, struct cx_str value, struct cx_err *err)
{
	struct reading reading = { lookup, key, value };

	return cx_settings_read(path, read_rows, &reading, err);
}

/* The number of the key that a key's value is; or its own: it is the last. */
static size_t next_key(const struct cx_lookup *lookup, size_t k)
{
	ptrdiff_t next = cx_map_get(
	    &lookup->keys, cx_map_key(&lookup->values, lookup->value_of[k]));

	return next < 0 ? k : (size_t)next;
}

int cx_lookup_follow(struct cx_lookup *lookup, struct cx_err *err)
{
	for (size_t k = 0; k < lookup->keys.n; k++) {
		size_t last = k, steps = 0, next;

		while ((next = next_key(lookup, last)) != last) {
			if (steps++ == lookup->keys.n)
				return cx_err_set(err, CX_DATA,
				    "there are names that stand for each "
				    "other, in a circle");
			last = next;
		}
		/* From here on it is one step from each of them. */
		for (size_t i = k; i != last; i = next) {
			next = next_key(lookup, i);
			lookup->value_of[i] = lookup->value_of[last];
		}
	}
	return 0;
}

void cx_lookup_release(struct cx_lookup *lookup)
{
	cx_map_release(&lookup->keys);
	cx_map_release(&lookup->values);
	free(lookup->value_of);
	*lookup = (struct cx_lookup){ 0 };
}
