/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/screen.h"

#include "libcx/base/glob.h"
#include "libcx/base/mem.h"
#include "libcx/table/export.h"
#include "libcx/table/value.h"

#include <stdlib.h>

/* ---- making ---- */

/* To a list, the first column that a rule is about. */
static void add_first(struct cx_screen_drop **list, size_t *n,
    const struct cx_rule *rule, const struct cx_header *header)
{
	for (size_t i = 0; i < cx_header_n(header); i++) {
		if (!cx_rule_matches(
		        rule, cx_str_trim(cx_header_name(header, i))))
			continue;
		*list = cx_realloc(*list, cx_mul(*n + 1, sizeof(**list)));
		(*list)[(*n)++] = (struct cx_screen_drop){ i, rule };
		return;
	}
}

static void add_drop(struct cx_screen *screen, const struct cx_rule *rule,
    const struct cx_map *keep, const struct cx_header *header)
{
	bool kept = keep && cx_map_get(keep, cx_str(rule->note)) >= 0;

	if (kept)
		add_first(&screen->knowns, &screen->n_knowns, rule, header);
	else
		add_first(&screen->drops, &screen->n_drops, rule, header);
}

/* A column such as "Q2_NPS_GROUP" is about the one called "Q2". */
static void add_groups(struct cx_screen *screen, const struct cx_rule *rule,
    const struct cx_header *header)
{
	for (size_t i = 0; i < cx_header_n(header); i++) {
		struct cx_str of;
		ptrdiff_t score;

		if (!cx_glob(cx_str(rule->header),
		        cx_str_trim(cx_header_name(header, i)), &of))
			continue;
		score = cx_header_look(header, of);
		if (score < 0)
			continue;
		screen->groups = cx_realloc(screen->groups,
		    cx_mul(screen->n_groups + 1, sizeof(*screen->groups)));
		screen->groups[screen->n_groups++] =
		    (struct cx_screen_group){ (size_t)score, i };
	}
}

static void add_rules(struct cx_screen *screen, const struct cx_codebook *book,
    const struct cx_map *keep, const struct cx_header *header)
{
	for (size_t i = 0; i < book->n_rules; i++) {
		if (book->rules[i].word == CX_RULE_DROP)
			add_drop(screen, &book->rules[i], keep, header);
		if (book->rules[i].word == CX_RULE_KNOWN)
			add_first(&screen->knowns, &screen->n_knowns,
			    &book->rules[i], header);
		if (book->rules[i].word == CX_RULE_GROUP)
			add_groups(screen, &book->rules[i], header);
	}
}

void cx_screen_make(struct cx_screen *screen, const struct cx_codebook *book,
    const struct cx_map *keep, const struct cx_header *header)
{
	*screen = (struct cx_screen){ 0 };
	add_rules(screen, book, keep, header);
	if (header->export)
		add_rules(screen, &header->export->book, keep, header);
}

void cx_screen_release(struct cx_screen *screen)
{
	free(screen->drops);
	free(screen->knowns);
	free(screen->groups);
	*screen = (struct cx_screen){ 0 };
}

/* ---- using ---- */

const char *cx_screen_drop(
    const struct cx_screen *screen, const struct cx_row *row)
{
	for (size_t i = 0; i < screen->n_drops; i++) {
		const struct cx_screen_drop *drop = &screen->drops[i];
		struct cx_str cell =
		    cx_str_trim(cx_row_cell(row, drop->column));

		if (cx_map_get(&drop->rule->cells, cell) >= 0)
			return drop->rule->note;
	}
	return NULL;
}

/* Whether a rule of the column, of those that drop too, has the cell. */
static bool is_known(
    const struct cx_screen *screen, size_t column, struct cx_str cell)
{
	for (size_t i = 0; i < screen->n_knowns + screen->n_drops; i++) {
		const struct cx_screen_drop *rule =
		    i < screen->n_knowns ? &screen->knowns[i]
		                         : &screen->drops[i - screen->n_knowns];

		if (rule->column == column &&
		    cx_map_get(&rule->rule->cells, cell) >= 0)
			return true;
	}
	return false;
}

void cx_screen_unknown(const struct cx_screen *screen, const struct cx_row *row,
    struct cx_tally *unknown)
{
	for (size_t i = 0; i < screen->n_knowns; i++) {
		const struct cx_screen_drop *known = &screen->knowns[i];
		struct cx_str cell;

		if (known->rule->word != CX_RULE_KNOWN)
			continue;
		cell = cx_str_trim(cx_row_cell(row, known->column));
		if (cell.n && !is_known(screen, known->column, cell))
			cx_tally_add(unknown, cx_str(known->rule->header), 1);
	}
}

enum {
	DETRACTOR = 1,
	PASSIVE,
	PROMOTER,
	FIRST_PASSIVE = 7,
	FIRST_PROMOTER = 9
};

/* 0 for what is no group. */
static int group_of_word(struct cx_str cell)
{
	static const char *const words[][2] = { { "1", "Detractor" },
		{ "2", "Passive" }, { "3", "Promoter" } };

	for (int i = 0; i < PROMOTER; i++)
		if (cx_str_eq(cell, cx_str(words[i][0])) ||
		    cx_str_eq(cell, cx_str(words[i][1])))
			return i + 1;
	return 0;
}

static bool is_wrong(struct cx_str score, struct cx_str group)
{
	struct cx_err ignored;
	int value, right;

	if (score.n == 0 || group.n == 0 ||
	    cx_value_score(score, 0, 10, &value, &ignored) < 0)
		return false;
	right = value >= FIRST_PROMOTER  ? PROMOTER
	        : value >= FIRST_PASSIVE ? PASSIVE
	                                 : DETRACTOR;
	return group_of_word(group) != right;
}

unsigned cx_screen_wrong_groups(
    const struct cx_screen *screen, const struct cx_row *row)
{
	unsigned n = 0;

	for (size_t i = 0; i < screen->n_groups; i++)
		n += is_wrong(
		    cx_str_trim(cx_row_cell(row, screen->groups[i].score)),
		    cx_str_trim(cx_row_cell(row, screen->groups[i].group)));
	return n;
}
