/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each part of a condition is: types go up from literals and from the
 * columns that cx-stream(5) knows, and down to the columns that are open.
 */
#include "libcx/base/mem.h"
#include "libcx/table/moment.h"
#include "libcx/table/predicate-impl.h"
#include "libcx/table/value.h"

struct typer {
	struct cx_predicate *predicate;
	const struct cx_lexer *lexer;
};

static struct cx_node *node_at(const struct typer *t, uint32_t i)
{
	return &t->predicate->nodes[i];
}

static const char *word_of(enum cx_type type)
{
	static const char *const words[] = {
		[CX_TYPE_OPEN] = "a column",
		[CX_TYPE_TRUTH] = "a condition",
		[CX_TYPE_NUMBER] = "a number",
		[CX_TYPE_TEXT] = "a text",
		[CX_TYPE_TIME] = "a time",
		[CX_TYPE_DURATION] = "a length of time",
	};

	return words[type];
}

static int clash(const struct typer *t, uint32_t at, enum cx_type left,
    enum cx_type right, struct cx_err *err)
{
	return cx_lexer_fail(t->lexer, node_at(t, at)->at, err,
	    "%s and %s do not go together", word_of(left), word_of(right));
}

/* Columns whose names have a meaning everywhere: cx-stream(5). */
static enum cx_type type_of_column(struct cx_str name)
{
	static const char *const numbers[] = { "nps", "csat", "ces", "emotion",
		"amount", "weight" };

	if (cx_str_eq(name, cx_str("time")))
		return CX_TYPE_TIME;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (cx_str_eq(name, cx_str(numbers[i])))
			return CX_TYPE_NUMBER;
	return CX_TYPE_OPEN;
}

/* ---- down ---- */

/* Gives an open node a type, and with it what is open below. */
static int settle(
    struct typer *t, uint32_t i, enum cx_type type, struct cx_err *err)
{
	struct cx_node *node = node_at(t, i);
	enum cx_type below = type;

	if (node->op == CX_OP_COLUMN && type == CX_TYPE_DURATION)
		return cx_lexer_fail(t->lexer, node->at, err,
		    "no column holds a length of time: subtract two times, or "
		    "leave off the unit");
	node->type = type;
	if (node->op == CX_OP_COLUMN)
		return 0;
	if (type != CX_TYPE_NUMBER && type != CX_TYPE_DURATION)
		return cx_lexer_fail(t->lexer, node->at, err,
		    "a difference is not %s", word_of(type));
	if (node->op == CX_OP_SUBTRACT && type == CX_TYPE_DURATION)
		below = CX_TYPE_TIME;
	for (uint32_t c = node->first; c != CX_NO_NODE; c = node_at(t, c)->next)
		if (settle(t, c, below, err) < 0)
			return -1;
	return 0;
}

/* The same for a node that is open; another type than wanted is left. */
static int settle_open(
    struct typer *t, uint32_t i, enum cx_type type, struct cx_err *err)
{
	return node_at(t, i)->type == CX_TYPE_OPEN ? settle(t, i, type, err)
	                                           : 0;
}

/* A string in the place of a number or a time is read as one. */
static int read_string(
    struct typer *t, uint32_t i, enum cx_type type, struct cx_err *err)
{
	struct cx_node *node = node_at(t, i);
	struct cx_str text = cx_predicate_text(t->predicate, node);
	struct cx_moment moment;
	bool ok;

	if (node->op != CX_OP_LITERAL || node->type != CX_TYPE_TEXT ||
	    (type != CX_TYPE_NUMBER && type != CX_TYPE_TIME))
		return 0;
	ok = type == CX_TYPE_NUMBER
	         ? cx_value_number(text, &node->number, err) == 0
	         : cx_moment_parse(text, CX_ORDER_YMD, &moment, err) == 0;
	if (!ok)
		return cx_lexer_fail(t->lexer, node->at, err,
		    "this text is not %s, which it is compared with",
		    word_of(type));
	if (type == CX_TYPE_TIME)
		node->number = (double)(cx_civil_to_seconds(&moment.civil) -
		                        moment.offset);
	node->type = type;
	return 0;
}

/* ---- arithmetic ---- */

static int type_sum(struct typer *t, uint32_t i, uint32_t left, uint32_t right,
    struct cx_err *err)
{
	bool minus = node_at(t, i)->op == CX_OP_SUBTRACT;
	enum cx_type l = node_at(t, left)->type, r = node_at(t, right)->type;
	enum cx_type *out = &node_at(t, i)->type;

	if (l == CX_TYPE_OPEN && r == CX_TYPE_OPEN && minus)
		return 0; /* of numbers or of times */
	/* A column beside a length of time is a time, a difference is one. */
	if (l == CX_TYPE_OPEN)
		l = r == CX_TYPE_DURATION
		        ? (node_at(t, left)->op == CX_OP_COLUMN
		                  ? CX_TYPE_TIME
		                  : CX_TYPE_DURATION)
		    : r == CX_TYPE_OPEN ? CX_TYPE_NUMBER
		                        : r;
	if (r == CX_TYPE_OPEN)
		r = node_at(t, right)->op == CX_OP_COLUMN &&
		            l == CX_TYPE_DURATION
		        ? CX_TYPE_TIME
		    : node_at(t, right)->op != CX_OP_COLUMN && l == CX_TYPE_TIME
		        ? CX_TYPE_DURATION
		        : l;
	if (settle_open(t, left, l, err) < 0 ||
	    settle_open(t, right, r, err) < 0)
		return -1;
	if (l == r && (l == CX_TYPE_NUMBER || l == CX_TYPE_DURATION))
		*out = l;
	else if (minus && l == CX_TYPE_TIME && r == CX_TYPE_TIME)
		*out = CX_TYPE_DURATION;
	else if ((l == CX_TYPE_TIME && r == CX_TYPE_DURATION) ||
	         (!minus && l == CX_TYPE_DURATION && r == CX_TYPE_TIME))
		*out = CX_TYPE_TIME;
	else
		return clash(t, i, l, r, err);
	return 0;
}

static int type_product(struct typer *t, uint32_t i, uint32_t left,
    uint32_t right, struct cx_err *err)
{
	bool over = node_at(t, i)->op == CX_OP_DIVIDE;
	enum cx_type r = node_at(t, right)->type, l;
	enum cx_type *out = &node_at(t, i)->type;

	l = over && r == CX_TYPE_DURATION ? CX_TYPE_DURATION : CX_TYPE_NUMBER;
	if (settle_open(t, left, l, err) < 0 ||
	    settle_open(t, right, CX_TYPE_NUMBER, err) < 0)
		return -1;
	l = node_at(t, left)->type;
	r = node_at(t, right)->type;
	if (l == CX_TYPE_NUMBER && r == CX_TYPE_NUMBER)
		*out = CX_TYPE_NUMBER;
	else if (l == CX_TYPE_DURATION && r == CX_TYPE_NUMBER)
		*out = CX_TYPE_DURATION;
	else if (!over && l == CX_TYPE_NUMBER && r == CX_TYPE_DURATION)
		*out = CX_TYPE_DURATION;
	else if (over && l == CX_TYPE_DURATION && r == CX_TYPE_DURATION)
		*out = CX_TYPE_NUMBER;
	else
		return clash(t, i, l, r, err);
	return 0;
}

static int type_negative(
    struct typer *t, uint32_t i, uint32_t child, struct cx_err *err)
{
	enum cx_type type = node_at(t, child)->type;

	if (type == CX_TYPE_OPEN && node_at(t, child)->op == CX_OP_COLUMN) {
		type = CX_TYPE_NUMBER;
		if (settle(t, child, type, err) < 0)
			return -1;
	}
	if (type == CX_TYPE_TIME || type == CX_TYPE_TEXT ||
	    type == CX_TYPE_TRUTH)
		return cx_lexer_fail(t->lexer, node_at(t, i)->at, err,
		    "%s has no negative", word_of(type));
	node_at(t, i)->type = type;
	return 0;
}

/* ---- comparisons ---- */

static int no_empty_string(
    const struct typer *t, uint32_t i, struct cx_err *err)
{
	const struct cx_node *node = node_at(t, i);

	if (node->op != CX_OP_LITERAL || node->type != CX_TYPE_TEXT || node->n)
		return 0;
	return cx_lexer_fail(t->lexer, node->at, err,
	    "no cell equals an empty text: such a cell is missing; say "
	    "\"is missing\"");
}

/* "10" < "9", as texts go: that is hardly meant. */
static int no_digits(const struct typer *t, uint32_t i, struct cx_err *err)
{
	const struct cx_node *node = node_at(t, i);
	double number;

	if (node->op != CX_OP_LITERAL || node->type != CX_TYPE_TEXT ||
	    cx_value_number(
	        cx_predicate_text(t->predicate, node), &number, err) < 0)
		return 0;
	return cx_lexer_fail(t->lexer, node->at, err,
	    "this would compare texts, letter by letter; a number has no "
	    "quotes");
}

/* Both sides open: texts are equal or not, numbers have an order. */
static enum cx_type type_of_open(
    const struct typer *t, enum cx_op op, uint32_t left, uint32_t right)
{
	bool plain = node_at(t, left)->op == CX_OP_COLUMN &&
	             node_at(t, right)->op == CX_OP_COLUMN;

	return plain && (op == CX_OP_EQ || op == CX_OP_NE) ? CX_TYPE_TEXT
	                                                   : CX_TYPE_NUMBER;
}

/* Makes two values of one type, or says that they are not. */
static int agree(struct typer *t, uint32_t i, uint32_t left, uint32_t right,
    struct cx_err *err)
{
	enum cx_type l = node_at(t, left)->type, r = node_at(t, right)->type;

	if (l == CX_TYPE_OPEN && r == CX_TYPE_OPEN)
		l = r = type_of_open(t, node_at(t, i)->op, left, right);
	if (l == CX_TYPE_TRUTH || r == CX_TYPE_TRUTH)
		return cx_lexer_fail(t->lexer, node_at(t, i)->at, err,
		    "a condition cannot be compared");
	if (settle_open(t, left, r, err) < 0 ||
	    settle_open(t, right, l, err) < 0 ||
	    read_string(t, left, r, err) < 0 ||
	    read_string(t, right, l, err) < 0)
		return -1;
	l = node_at(t, left)->type;
	r = node_at(t, right)->type;
	return l == r ? 0 : clash(t, i, l, r, err);
}

static int type_comparison(struct typer *t, uint32_t i, uint32_t left,
    uint32_t right, struct cx_err *err)
{
	enum cx_op op = node_at(t, i)->op;

	if (no_empty_string(t, left, err) < 0 ||
	    no_empty_string(t, right, err) < 0 || agree(t, i, left, right, err))
		return -1;
	if (op != CX_OP_EQ && op != CX_OP_NE &&
	    (no_digits(t, left, err) < 0 || no_digits(t, right, err) < 0))
		return -1;
	node_at(t, i)->type = CX_TYPE_TRUTH;
	return 0;
}

static int type_match(struct typer *t, uint32_t i, uint32_t left,
    uint32_t right, struct cx_err *err)
{
	const struct cx_node *pattern = node_at(t, right);

	if (node_at(t, left)->op != CX_OP_COLUMN)
		return cx_lexer_fail(t->lexer, node_at(t, i)->at, err,
		    "a column is wanted before this");
	if (pattern->op != CX_OP_LITERAL || pattern->type != CX_TYPE_TEXT)
		return cx_lexer_fail(t->lexer, pattern->at, err,
		    "a \"regular expression\" is wanted here");
	node_at(t, left)->type = CX_TYPE_TEXT;
	node_at(t, i)->type = CX_TYPE_TRUTH;
	node_at(t, i)->number_of = (uint32_t)t->predicate->n_patterns;
	return cx_predicate_pattern(t->predicate, t->lexer, right, err);
}

/* The literals of a list as a set. */
static void make_list(struct typer *t, uint32_t i, uint32_t literal)
{
	struct cx_predicate *p = t->predicate;
	struct cx_map list = { 0 };

	for (; literal != CX_NO_NODE; literal = node_at(t, literal)->next) {
		const struct cx_node *node = node_at(t, literal);
		double number = node->number;

		cx_map_put(&list, node->type == CX_TYPE_TEXT
		                      ? cx_predicate_text(p, node)
		                      : cx_predicate_number(&number));
	}
	p->lists =
	    cx_realloc(p->lists, cx_mul(p->n_lists + 1, sizeof(*p->lists)));
	p->lists[p->n_lists] = list;
	node_at(t, i)->number_of = (uint32_t)p->n_lists++;
}

static int type_in(
    struct typer *t, uint32_t i, uint32_t value, struct cx_err *err)
{
	uint32_t first = node_at(t, value)->next;

	for (uint32_t c = first; c != CX_NO_NODE; c = node_at(t, c)->next)
		if (no_empty_string(t, c, err) < 0 ||
		    agree(t, i, value, c, err) < 0)
			return -1;
	make_list(t, i, first);
	node_at(t, i)->type = CX_TYPE_TRUTH;
	return 0;
}

static int type_missing(
    struct typer *t, uint32_t i, uint32_t value, struct cx_err *err)
{
	struct cx_node *node = node_at(t, value);

	node_at(t, i)->type = CX_TYPE_TRUTH;
	if (node->type == CX_TYPE_TRUTH)
		return cx_lexer_fail(t->lexer, node_at(t, i)->at, err,
		    "a condition is never missing, only a value is");
	/* Whatever it holds, a cell is there or not. */
	if (node->op == CX_OP_COLUMN)
		node->type = CX_TYPE_TEXT;
	return settle_open(t, value, CX_TYPE_NUMBER, err);
}

/* ---- up ---- */

static int want_truth(const struct typer *t, uint32_t i, struct cx_err *err)
{
	const struct cx_node *node = node_at(t, i);
	const char *what = word_of(node->type);

	if (node->type == CX_TYPE_TRUTH)
		return 0;
	if (node->op == CX_OP_COLUMN)
		what = "a column";
	else if (node->type == CX_TYPE_OPEN)
		what = "a difference";
	return cx_lexer_fail(t->lexer, node->at, err,
	    "this is %s, no condition: compare it with something", what);
}

static int type_node(struct typer *t, uint32_t i, struct cx_err *err)
{
	struct cx_node *node = node_at(t, i);
	uint32_t left = node->first;
	uint32_t right =
	    left == CX_NO_NODE ? CX_NO_NODE : node_at(t, left)->next;

	switch (node->op) {
	case CX_OP_LITERAL:
		return 0;
	case CX_OP_COLUMN:
		node->type = type_of_column(
		    cx_map_key(&t->predicate->columns, node->number_of));
		return 0;
	case CX_OP_OR:
	case CX_OP_AND:
	case CX_OP_NOT:
		for (; left != CX_NO_NODE; left = node_at(t, left)->next)
			if (want_truth(t, left, err) < 0)
				return -1;
		node->type = CX_TYPE_TRUTH;
		return 0;
	case CX_OP_MATCH:
	case CX_OP_NO_MATCH:
		return type_match(t, i, left, right, err);
	case CX_OP_IN:
	case CX_OP_NOT_IN:
		return type_in(t, i, left, err);
	case CX_OP_MISSING:
	case CX_OP_NOT_MISSING:
		return type_missing(t, i, left, err);
	case CX_OP_ADD:
	case CX_OP_SUBTRACT:
		return type_sum(t, i, left, right, err);
	case CX_OP_MULTIPLY:
	case CX_OP_DIVIDE:
		return type_product(t, i, left, right, err);
	case CX_OP_NEGATE:
		return type_negative(t, i, left, err);
	default:
		return type_comparison(t, i, left, right, err);
	}
}

static int type_tree(struct typer *t, uint32_t i, struct cx_err *err)
{
	uint32_t c = node_at(t, i)->first;

	for (; c != CX_NO_NODE; c = node_at(t, c)->next)
		if (type_tree(t, c, err) < 0)
			return -1;
	return type_node(t, i, err);
}

int cx_predicate_type(struct cx_predicate *predicate,
    const struct cx_lexer *lexer, uint32_t root, struct cx_err *err)
{
	struct typer t = { predicate, lexer };

	if (type_tree(&t, root, err) < 0)
		return -1;
	return want_truth(&t, root, err);
}
