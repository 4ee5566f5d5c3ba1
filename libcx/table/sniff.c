/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/sniff.h"

/* What may follow the closing quote of a cell in a header. */
static bool ends_cell(struct cx_str text, size_t at)
{
	return at == text.n || memchr("\t,;\r\n", text.p[at], 5);
}

/* How a quote at the start of a header's cell goes on. */
enum quoted { CLOSED, LITERAL, UNKNOWN };

/*
 * From the quote at *at to behind the one that closes its cell. A quote that
 * none closes in front of a cell's end is part of the text. Unknown, when
 * what is to come decides.
 */
static enum quoted skip_quoted(struct cx_str text, bool at_end, size_t *at)
{
	for (size_t i = *at + 1; i < text.n; i++) {
		if (text.p[i] != '"')
			continue;
		if (i + 1 == text.n && !at_end)
			return UNKNOWN;
		if (i + 1 < text.n && text.p[i + 1] == '"') {
			i++;
			continue;
		}
		if (!ends_cell(text, i + 1))
			return LITERAL;
		*at = i + 1;
		return CLOSED;
	}
	return at_end ? LITERAL : UNKNOWN;
}

static struct cx_dialect decide(size_t tabs, size_t commas, size_t semicolons)
{
	if (tabs)
		return (struct cx_dialect){ .delimiter = '\t', .tsv = true };
	return (
	    struct cx_dialect){ .delimiter = semicolons > commas ? ';' : ',' };
}

struct counts {
	size_t tabs, commas, semicolons;
};

/* Counts up to the end of the header line; false when it is not in text. */
static bool count(struct cx_str text, bool at_end, struct counts *counts)
{
	bool at_start = true;
	size_t i = 0;

	while (i < text.n && text.p[i] != '\n') {
		char c = text.p[i];
		enum quoted quoted = LITERAL;

		if (c == '"' && at_start)
			quoted = skip_quoted(text, at_end, &i);
		if (quoted == UNKNOWN)
			return false;
		at_start = c == '\t' || c == ',' || c == ';';
		if (quoted == CLOSED)
			continue;
		counts->tabs += c == '\t';
		counts->commas += c == ',';
		counts->semicolons += c == ';';
		i++;
	}
	return at_end || i < text.n;
}

bool cx_sniff(struct cx_str text, bool at_end, struct cx_dialect *dialect)
{
	struct counts counts = { 0, 0, 0 };

	/* By these bytes alone, however many are there already. */
	if (text.n >= CX_SNIFF_MOST) {
		text.n = CX_SNIFF_MOST;
		at_end = true;
	}
	if (!count(text, at_end, &counts))
		return false;
	*dialect = decide(counts.tabs, counts.commas, counts.semicolons);
	return true;
}

bool cx_sniff_returns(struct cx_str text, bool at_end, bool *known)
{
	bool inside = false;
	size_t i = 0;

	for (; i < text.n; i++) {
		inside ^= text.p[i] == '"';
		if (!inside && (text.p[i] == '\n' || text.p[i] == '\r'))
			break;
	}
	*known = at_end || i + 1 < text.n || text.n >= CX_SNIFF_MOST;
	return *known && i < text.n && text.p[i] == '\r' &&
	       (i + 1 == text.n || text.p[i + 1] != '\n');
}
