/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions against rows, in the logic of three values (Kleene 1938). */
#include "libcx/base/mem.h"
#include "libcx/table/instant.h"
#include "libcx/table/moment.h"
#include "libcx/table/predicate-impl.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

/* Steps that a regular expression may take on a cell. */
enum { MOST_STEPS = 1000000, JIT_STACK = 32 << 10, JIT_STACK_MOST = 1 << 20 };

/* FALSE and TRUE are those of C. */
enum truth { BAD = -1, FALSE, TRUE, UNKNOWN };

/* A column's cell in the row at hand, read once however often it is asked. */
struct slot {
	size_t at;
	struct cx_str cell;
	double number, seconds;
	uint64_t cell_row, number_row, seconds_row; /* rows they are of */
};

struct cx_test {
	const struct cx_predicate *predicate;
	const struct cx_node *nodes;
	struct slot *slots;
	const struct cx_row *row;
	uint64_t n_rows;
	pcre2_match_data *match;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
};

/* ---- making ---- */

static int find_columns(
    struct cx_test *test, const struct cx_header *header, struct cx_err *err)
{
	const struct cx_predicate *p = test->predicate;

	for (size_t i = 0; i < p->columns.n; i++)
		if (cx_header_find(header, cx_map_key(&p->columns, i),
		        &test->slots[i].at, err) < 0)
			return cx_predicate_point(p, i, err);
	return 0;
}

static bool has_jit(void)
{
	uint32_t jit = 0;

	pcre2_config(PCRE2_CONFIG_JIT, &jit);
	return jit;
}

/* What is matched with belongs to one thread. */
static void prepare_matching(struct cx_test *test)
{
	test->match = cx_mem_need(pcre2_match_data_create(1, NULL));
	test->context = cx_mem_need(pcre2_match_context_create(NULL));
	test->stack = pcre2_jit_stack_create(JIT_STACK, JIT_STACK_MOST, NULL);
	if (!test->stack && has_jit())
		cx_mem_lacking();
	pcre2_set_match_limit(test->context, MOST_STEPS);
	pcre2_jit_stack_assign(test->context, NULL, test->stack);
}

struct cx_test *cx_test_new(const struct cx_predicate *predicate,
    const struct cx_header *header, struct cx_err *err)
{
	struct cx_test *test = cx_calloc(1, sizeof(*test));

	test->predicate = predicate;
	test->nodes = predicate->nodes;
	test->slots = cx_calloc(predicate->columns.n, sizeof(*test->slots));
	if (find_columns(test, header, err) < 0) {
		cx_test_free(test);
		return NULL;
	}
	if (predicate->n_patterns)
		prepare_matching(test);
	return test;
}

void cx_test_free(struct cx_test *test)
{
	if (!test)
		return;
	pcre2_match_data_free(test->match);
	pcre2_match_context_free(test->context);
	pcre2_jit_stack_free(test->stack);
	free(test->slots);
	free(test);
}

void cx_test_row(struct cx_test *test, const struct cx_row *row)
{
	test->row = row;
	test->n_rows++;
}

/* ---- cells ---- */

static struct slot *slot_of(struct cx_test *test, const struct cx_node *column)
{
	struct slot *slot = &test->slots[column->number_of];

	if (slot->cell_row != test->n_rows) {
		slot->cell = cx_row_cell(test->row, slot->at);
		slot->cell_row = test->n_rows;
	}
	return slot;
}

static struct cx_str text_of(struct cx_test *test, const struct cx_node *node)
{
	return node->op == CX_OP_COLUMN
	           ? slot_of(test, node)->cell
	           : cx_predicate_text(test->predicate, node);
}

static int bad_cell(
    const struct cx_test *test, const struct cx_node *node, struct cx_err *err)
{
	const struct cx_predicate *p = test->predicate;

	if (p->hidden && p->hidden[node->number_of])
		cx_err_hide(err);
	cx_err_column(err, cx_map_key(&p->columns, node->number_of));
	return BAD;
}

/* As in a stream, or a date alone: its midnight in UTC. */
static int read_time(struct cx_str cell, double *seconds, struct cx_err *err)
{
	enum { DATE = 10 };
	struct cx_moment moment;
	struct cx_err ignored;
	int64_t whole;

	if (cell.n == DATE && cell.p[4] == '-' && cell.p[7] == '-' &&
	    cx_moment_parse(cell, CX_ORDER_YMD, &moment, &ignored) == 0) {
		*seconds = (double)cx_civil_to_seconds(&moment.civil);
		return 0;
	}
	if (cx_instant_parse(cell, &whole, err) < 0)
		return -1;
	*seconds = (double)whole;
	return 0;
}

/* UNKNOWN where the cell is missing. */
static enum truth column_number(struct cx_test *test,
    const struct cx_node *node, double *number, struct cx_err *err)
{
	struct slot *slot = slot_of(test, node);

	if (slot->cell.n == 0)
		return UNKNOWN;
	if (node->type == CX_TYPE_TIME) {
		if (slot->seconds_row != test->n_rows &&
		    read_time(slot->cell, &slot->seconds, err) < 0)
			return bad_cell(test, node, err);
		slot->seconds_row = test->n_rows;
		*number = slot->seconds;
		return TRUE;
	}
	if (slot->number_row != test->n_rows &&
	    cx_value_number(slot->cell, &slot->number, err) < 0)
		return bad_cell(test, node, err);
	slot->number_row = test->n_rows;
	*number = slot->number;
	return TRUE;
}

/* ---- numbers, times and lengths of time ---- */

static double calculate(enum cx_op op, double a, double b)
{
	switch (op) {
	case CX_OP_ADD:
		return a + b;
	case CX_OP_SUBTRACT:
		return a - b;
	case CX_OP_MULTIPLY:
		return a * b;
	default:
		return a / b;
	}
}

static enum truth number_of(struct cx_test *test, const struct cx_node *node,
    double *number, struct cx_err *err)
{
	const struct cx_node *left;
	enum truth known;
	double right;

	if (node->op == CX_OP_LITERAL) {
		*number = node->number;
		return TRUE;
	}
	if (node->op == CX_OP_COLUMN)
		return column_number(test, node, number, err);
	left = &test->nodes[node->first];
	known = number_of(test, left, number, err);
	if (known != TRUE)
		return known;
	if (node->op == CX_OP_NEGATE) {
		*number = -*number;
		return TRUE;
	}
	known = number_of(test, &test->nodes[left->next], &right, err);
	if (known != TRUE)
		return known;
	*number = calculate(node->op, *number, right);
	/* What has no value, such as 1 / 0, is missing. */
	return isfinite(*number) ? TRUE : UNKNOWN;
}

/* ---- comparisons ---- */

static int order_numbers(double a, double b)
{
	return (a > b) - (a < b);
}

static enum truth decide(enum cx_op op, int order)
{
	switch (op) {
	case CX_OP_EQ:
		return order == 0;
	case CX_OP_NE:
		return order != 0;
	case CX_OP_LT:
		return order < 0;
	case CX_OP_LE:
		return order <= 0;
	case CX_OP_GT:
		return order > 0;
	default:
		return order >= 0;
	}
}

static enum truth compare_texts(struct cx_test *test, enum cx_op op,
    const struct cx_node *left, const struct cx_node *right)
{
	struct cx_str a = text_of(test, left), b = text_of(test, right);

	if (a.n == 0 || b.n == 0)
		return UNKNOWN;
	if (op == CX_OP_EQ || op == CX_OP_NE)
		return cx_str_eq(a, b) == (op == CX_OP_EQ);
	return decide(op, cx_str_order(a, b));
}

static enum truth compare(
    struct cx_test *test, const struct cx_node *node, struct cx_err *err)
{
	const struct cx_node *left = &test->nodes[node->first];
	const struct cx_node *right = &test->nodes[left->next];
	double a, b;
	enum truth known;

	if (left->type == CX_TYPE_TEXT)
		return compare_texts(test, node->op, left, right);
	known = number_of(test, left, &a, err);
	if (known == TRUE)
		known = number_of(test, right, &b, err);
	return known == TRUE ? decide(node->op, order_numbers(a, b)) : known;
}

static enum truth is_listed(
    struct cx_test *test, const struct cx_node *node, struct cx_err *err)
{
	const struct cx_node *left = &test->nodes[node->first];
	const struct cx_map *list = &test->predicate->lists[node->number_of];
	struct cx_str text;
	double number;
	enum truth known;

	if (left->type == CX_TYPE_TEXT) {
		text = text_of(test, left);
		return text.n ? cx_map_get(list, text) >= 0 : UNKNOWN;
	}
	known = number_of(test, left, &number, err);
	if (known != TRUE)
		return known;
	return cx_map_get(list, cx_predicate_number(&number)) >= 0;
}

static enum truth matches(
    struct cx_test *test, const struct cx_node *node, struct cx_err *err)
{
	const struct cx_node *column = &test->nodes[node->first];
	struct cx_str text = text_of(test, column);
	int code;

	if (text.n == 0)
		return UNKNOWN;
	/* The reader has seen to it that cells are UTF-8. */
	code = pcre2_match(test->predicate->patterns[node->number_of],
	    (PCRE2_SPTR)text.p, text.n, 0, PCRE2_NO_UTF_CHECK, test->match,
	    test->context);
	if (code >= 0)
		return TRUE;
	if (code == PCRE2_ERROR_NOMATCH)
		return FALSE;
	if (code == PCRE2_ERROR_NOMEMORY)
		cx_mem_lacking();
	cx_err_record(err, "too hard to match",
	    "this cell takes the regular expression too many steps");
	return bad_cell(test, column, err);
}

static enum truth is_missing(
    struct cx_test *test, const struct cx_node *node, struct cx_err *err)
{
	const struct cx_node *value = &test->nodes[node->first];
	double number;
	enum truth known;

	if (value->type == CX_TYPE_TEXT)
		return text_of(test, value).n == 0;
	known = number_of(test, value, &number, err);
	return known < 0 ? BAD : known == UNKNOWN;
}

/* ---- truth ---- */

static enum truth opposite(enum truth value)
{
	return value == TRUE ? FALSE : value == FALSE ? TRUE : value;
}

static enum truth truth_of(
    struct cx_test *test, const struct cx_node *node, struct cx_err *err);

/* Stops at the first part that is `enough`: TRUE for or, FALSE for and. */
static enum truth join(struct cx_test *test, const struct cx_node *node,
    enum truth enough, struct cx_err *err)
{
	enum truth all = opposite(enough);

	for (uint32_t c = node->first; c != CX_NO_NODE;
	     c = test->nodes[c].next) {
		enum truth part = truth_of(test, &test->nodes[c], err);

		if (part == BAD || part == enough)
			return part;
		if (part == UNKNOWN)
			all = UNKNOWN;
	}
	return all;
}

static enum truth truth_of(
    struct cx_test *test, const struct cx_node *node, struct cx_err *err)
{
	switch (node->op) {
	case CX_OP_OR:
		return join(test, node, TRUE, err);
	case CX_OP_AND:
		return join(test, node, FALSE, err);
	case CX_OP_NOT:
		return opposite(truth_of(test, &test->nodes[node->first], err));
	case CX_OP_MATCH:
		return matches(test, node, err);
	case CX_OP_NO_MATCH:
		return opposite(matches(test, node, err));
	case CX_OP_IN:
		return is_listed(test, node, err);
	case CX_OP_NOT_IN:
		return opposite(is_listed(test, node, err));
	case CX_OP_MISSING:
		return is_missing(test, node, err);
	case CX_OP_NOT_MISSING:
		return opposite(is_missing(test, node, err));
	default:
		return compare(test, node, err);
	}
}

int cx_test_holds(struct cx_test *test, size_t condition, struct cx_err *err)
{
	const struct cx_node *root =
	    &test->nodes[test->predicate->conditions[condition].root];
	enum truth value = truth_of(test, root, err);

	return value == BAD ? -1 : value == TRUE;
}
