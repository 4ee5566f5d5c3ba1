/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/sniff.h"

/* What may follow the closing quote of a cell in a header. */
static bool ends_cell(struct cx_str text, size_t at)
{
	return at == text.n || memchr("\t,;\r\n", text.p[at], 5);
}

/*
 * The place behind the closing quote of a cell that opens at `at`, or `at`
 * when no quote closes it in front of a cell's end: such a quote is part of
 * the text.
 */
static size_t skip_quoted(struct cx_str text, size_t at)
{
	for (size_t i = at + 1; i < text.n; i++) {
		if (text.p[i] != '"')
			continue;
		if (i + 1 < text.n && text.p[i + 1] == '"')
			i++;
		else
			return ends_cell(text, i + 1) ? i + 1 : at;
	}
	return at;
}

static struct cx_dialect decide(size_t tabs, size_t commas, size_t semicolons)
{
	if (tabs)
		return (struct cx_dialect){ '\t', true };
	return (struct cx_dialect){ semicolons > commas ? ';' : ',', false };
}

bool cx_sniff(struct cx_str text, bool at_end, struct cx_dialect *dialect)
{
	size_t tabs = 0, commas = 0, semicolons = 0, i = 0;
	bool at_start = true, ended = at_end;

	while (i < text.n) {
		char c = text.p[i];

		if (c == '"' && at_start) {
			size_t behind = skip_quoted(text, i);

			at_start = false;
			i = behind > i ? behind : i + 1;
			continue;
		}
		if (c == '\n') {
			ended = true;
			break;
		}
		tabs += c == '\t';
		commas += c == ',';
		semicolons += c == ';';
		at_start = c == '\t' || c == ',' || c == ';';
		i++;
	}
	if (ended)
		*dialect = decide(tabs, commas, semicolons);
	return ended;
}
