/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/rule.h"

#include "libcx/base/glob.h"
#include "libcx/base/mem.h"

#include <stdlib.h>

static const char *const words[] = { "title", "has", "first", "every", "most",
	"lacks", "header", "names", "join", "literal", "zone", "drop", "known",
	"group" };

enum { N_WORDS = sizeof(words) / sizeof(*words) };

static int set_word(
    struct cx_rule *rule, struct cx_str word, struct cx_err *err)
{
	struct cx_str names[N_WORDS];
	int near;

	for (int i = 0; i < N_WORDS; i++) {
		names[i] = cx_str(words[i]);
		if (cx_str_eq(word, names[i])) {
			rule->word = (enum cx_rule_word)i;
			return 0;
		}
	}
	near = cx_str_nearest(word, names, N_WORDS);
	return cx_err_set(err, CX_USAGE, "%s is not a rule%s%s", cx_quote(word),
	    near < 0 ? "" : "; did you mean ", near < 0 ? "" : words[near]);
}

static int set_row(struct cx_rule *rule, struct cx_str row, struct cx_err *err)
{
	rule->row = 1;
	if (row.n == 0)
		return 0;
	if (row.n == 1 && row.p[0] >= '1' &&
	    row.p[0] <= '0' + CX_HEADER_ROWS_MOST) {
		rule->row = (unsigned)(row.p[0] - '0');
		return 0;
	}
	return cx_err_set(err, CX_USAGE, "%s is not a row from 1 to %d",
	    cx_quote(row), CX_HEADER_ROWS_MOST);
}

/* What the others cannot be without. */
static int check(const struct cx_rule *rule, struct cx_err *err)
{
	bool drops = rule->word == CX_RULE_DROP;

	if ((drops || rule->word == CX_RULE_ZONE ||
	        rule->word == CX_RULE_KNOWN || rule->word == CX_RULE_GROUP) &&
	    !rule->header[0])
		return cx_err_set(err, CX_USAGE, "the rule needs a header");
	if (drops && !rule->note[0])
		return cx_err_set(err, CX_USAGE,
		    "the rule needs a note: what it drops, in a word");
	return 0;
}

int cx_rule_read(struct cx_rule *rule, struct cx_str word, struct cx_str row,
    struct cx_str header, struct cx_str cells, struct cx_str note,
    struct cx_err *err)
{
	*rule = (struct cx_rule){ .header = cx_memdup(header.p, header.n),
		.note = cx_memdup(note.p, note.n) };
	if (set_word(rule, word, err) < 0 || set_row(rule, row, err) < 0)
		return -1;
	do
		cx_map_put(&rule->cells, cx_str_trim(cx_str_next(&cells, '|')));
	while (cells.p);
	return check(rule, err);
}

void cx_rule_release(struct cx_rule *rule)
{
	free(rule->header);
	free(rule->note);
	cx_map_release(&rule->cells);
	*rule = (struct cx_rule){ 0 };
}

bool cx_rule_matches(const struct cx_rule *rule, struct cx_str text)
{
	struct cx_str rest = cx_str(rule->header);

	do
		if (cx_glob(cx_str_trim(cx_str_next(&rest, '|')), text, NULL))
			return true;
	while (rest.p);
	return false;
}
