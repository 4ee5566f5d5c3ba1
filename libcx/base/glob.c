/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/glob.h"

static bool ends(struct cx_str text, struct cx_str with)
{
	return text.n >= with.n &&
	       memcmp(text.p + text.n - with.n, with.p, with.n) == 0;
}

/* Moves *text behind the first place of part; false when there is none. */
static bool find(struct cx_str *text, struct cx_str part, size_t *before)
{
	for (size_t i = 0; i + part.n <= text->n; i++) {
		if (!cx_str_starts(cx_str_skip(*text, i), part))
			continue;
		*before = i;
		*text = cx_str_skip(*text, i + part.n);
		return true;
	}
	return false;
}

/*
 * The first part stands in front and the last one at the end; those between
 * may be taken at the first place each, as nothing is gained by a later one.
 */
bool cx_glob(struct cx_str pattern, struct cx_str text, struct cx_str *star)
{
	struct cx_str rest = pattern, part = cx_str_next(&rest, '*');
	bool first = true;

	if (star)
		*star = (struct cx_str){ text.p, 0 };
	if (!rest.p)
		return cx_str_eq(pattern, text);
	if (!cx_str_starts(text, part))
		return false;
	text = cx_str_skip(text, part.n);
	while (rest.p) {
		struct cx_str from = text;
		size_t before = 0;
		bool found;

		part = cx_str_next(&rest, '*');
		if (rest.p) {
			found = find(&text, part, &before);
		} else {
			found = ends(text, part);
			before = found ? text.n - part.n : 0;
		}
		if (!found)
			return false;
		if (first && star)
			*star = (struct cx_str){ from.p, before };
		first = false;
	}
	return true;
}
