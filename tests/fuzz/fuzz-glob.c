/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A pattern and a text with NUL between them: whether they match is what the
 * plainest of algorithms says, and the text of the first star is as short as
 * can be.
 */
#include "libcx/base/glob.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 64 };

/* known[i][j]: whether the rest of pattern from i matches that of text from j,
 * filled from the end. */
static bool matches(struct cx_str pattern, struct cx_str text)
{
	bool known[MOST + 1][MOST + 1];

	for (size_t i = pattern.n + 1; i-- > 0;)
		for (size_t j = text.n + 1; j-- > 0;) {
			if (i == pattern.n)
				known[i][j] = j == text.n;
			else if (pattern.p[i] == '*')
				known[i][j] = known[i + 1][j] ||
				              (j < text.n && known[i][j + 1]);
			else
				known[i][j] = j < text.n &&
				              pattern.p[i] == text.p[j] &&
				              known[i + 1][j + 1];
		}
	return known[0][0];
}

/* How few bytes the first star can stand for. */
static size_t least(struct cx_str pattern, struct cx_str text)
{
	const char *star = memchr(pattern.p, '*', pattern.n);
	size_t at = (size_t)(star - pattern.p), n = 0;

	pattern = cx_str_skip(pattern, at + 1);
	text = cx_str_skip(text, at);
	while (!matches(pattern, cx_str_skip(text, n)))
		n++;
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cx_str text = { (const char *)data, size }, star;
	struct cx_str pattern = cx_str_next(&text, '\0');
	bool does;

	if (!text.p || pattern.n > MOST || text.n > MOST)
		return 0;
	does = cx_glob(pattern, text, &star);
	if (does != matches(pattern, text))
		abort();
	if (does && cx_is_glob(pattern) && star.n != least(pattern, text))
		abort();
	return 0;
}
