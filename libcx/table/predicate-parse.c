/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From words to a tree; the grammar is in cx-predicate(5). */
#include "libcx/base/mem.h"
#include "libcx/table/predicate-impl.h"

struct parser {
	struct cx_predicate *predicate;
	struct cx_lexer *lexer;
	struct cx_token token; /* the next one */
	unsigned depth;        /* of what is being read */
};

static int parse_or(struct parser *p, uint32_t *node, struct cx_err *err);
static int parse_unary(struct parser *p, uint32_t *node, struct cx_err *err);

/* ---- tokens ---- */

static int advance(struct parser *p, struct cx_err *err)
{
	return cx_lexer_next(p->lexer, &p->token, err);
}

static struct cx_str token_text(const struct parser *p)
{
	return (struct cx_str){ p->lexer->text.p + p->token.start,
		p->token.end - p->token.start };
}

static bool is(const struct parser *p, enum cx_token_kind kind, const char *s)
{
	return p->token.kind == kind && cx_str_eq(token_text(p), cx_str(s));
}

static bool is_sign(const struct parser *p, const char *sign)
{
	return is(p, CX_TOKEN_SIGN, sign);
}

static bool is_word(const struct parser *p, const char *word)
{
	return is(p, CX_TOKEN_WORD, word);
}

static int unexpected(
    const struct parser *p, const char *wanted, struct cx_err *err)
{
	size_t at = p->token.start;

	if (p->token.kind == CX_TOKEN_END)
		return cx_lexer_fail(
		    p->lexer, at, err, "it ends where %s is wanted", wanted);
	return cx_lexer_fail(p->lexer, at, err, "%s, where %s is wanted",
	    cx_quote(token_text(p)), wanted);
}

static int too_deep(const struct parser *p, size_t at, struct cx_err *err)
{
	return cx_lexer_fail(p->lexer, at, err,
	    "this lies more than %d levels deep", CX_PREDICATE_DEPTH);
}

static int enter(struct parser *p, struct cx_err *err)
{
	return ++p->depth > CX_PREDICATE_DEPTH
	           ? too_deep(p, p->token.start, err)
	           : 0;
}

/* ---- nodes ---- */

static uint32_t add_node(struct parser *p, enum cx_op op, size_t at)
{
	struct cx_predicate *predicate = p->predicate;

	if (predicate->n_nodes == predicate->nodes_cap) {
		predicate->nodes_cap =
		    predicate->nodes_cap ? cx_mul(predicate->nodes_cap, 2) : 32;
		predicate->nodes = cx_realloc(predicate->nodes,
		    cx_mul(predicate->nodes_cap, sizeof(*predicate->nodes)));
	}
	predicate->nodes[predicate->n_nodes] = (struct cx_node){ .op = op,
		.first = CX_NO_NODE,
		.next = CX_NO_NODE,
		.depth = 1,
		.at = at };
	return (uint32_t)predicate->n_nodes++;
}

/* Makes child the first of parent's, or the one behind last. */
static int adopt(struct parser *p, uint32_t parent, uint32_t *last,
    uint32_t child, struct cx_err *err)
{
	struct cx_node *nodes = p->predicate->nodes;

	if (*last == CX_NO_NODE)
		nodes[parent].first = child;
	else
		nodes[*last].next = child;
	*last = child;
	if (nodes[parent].depth <= nodes[child].depth)
		nodes[parent].depth = nodes[child].depth + 1;
	if (nodes[parent].depth > CX_PREDICATE_DEPTH)
		return too_deep(p, nodes[parent].at, err);
	return 0;
}

static uint32_t add_literal(struct parser *p, enum cx_type type)
{
	uint32_t node = add_node(p, CX_OP_LITERAL, p->token.start);
	struct cx_node *literal = &p->predicate->nodes[node];

	literal->type = type;
	literal->bytes = p->token.bytes;
	literal->n = p->token.n;
	literal->number = p->token.number;
	return node;
}

static uint32_t add_column(struct parser *p)
{
	uint32_t node = add_node(p, CX_OP_COLUMN, p->token.start);
	struct cx_str name = { p->predicate->bytes.data + p->token.bytes,
		p->token.n };

	p->predicate->nodes[node].number_of =
	    (uint32_t)cx_map_put(&p->predicate->columns, name);
	return node;
}

/* ---- values ---- */

static int parse_primary(struct parser *p, uint32_t *node, struct cx_err *err)
{
	switch (p->token.kind) {
	case CX_TOKEN_NUMBER:
		*node = add_literal(p, CX_TYPE_NUMBER);
		return advance(p, err);
	case CX_TOKEN_TIME:
		*node = add_literal(p, CX_TYPE_TIME);
		return advance(p, err);
	case CX_TOKEN_DURATION:
		*node = add_literal(p, CX_TYPE_DURATION);
		return advance(p, err);
	case CX_TOKEN_STRING:
		*node = add_literal(p, CX_TYPE_TEXT);
		return advance(p, err);
	case CX_TOKEN_COLUMN:
		*node = add_column(p);
		return advance(p, err);
	default:
		break;
	}
	if (!is_sign(p, "("))
		return unexpected(p, "a column or a value", err);
	if (advance(p, err) < 0 || parse_or(p, node, err) < 0)
		return -1;
	return is_sign(p, ")") ? advance(p, err) : unexpected(p, "\")\"", err);
}

static int parse_minus(struct parser *p, uint32_t *node, struct cx_err *err)
{
	uint32_t child, last = CX_NO_NODE;

	*node = add_node(p, CX_OP_NEGATE, p->token.start);
	if (advance(p, err) < 0 || parse_unary(p, &child, err) < 0)
		return -1;
	return adopt(p, *node, &last, child, err);
}

static int parse_unary(struct parser *p, uint32_t *node, struct cx_err *err)
{
	int code = enter(p, err);

	if (code == 0)
		code = is_sign(p, "-") ? parse_minus(p, node, err)
		                       : parse_primary(p, node, err);
	p->depth--;
	return code;
}

/* left OP right, the token of which is the next; left becomes the whole. */
static int parse_right(struct parser *p, enum cx_op op,
    int (*side)(struct parser *, uint32_t *, struct cx_err *), uint32_t *left,
    struct cx_err *err)
{
	uint32_t node = add_node(p, op, p->token.start), last = CX_NO_NODE;
	uint32_t right;

	if (advance(p, err) < 0 || side(p, &right, err) < 0 ||
	    adopt(p, node, &last, *left, err) < 0 ||
	    adopt(p, node, &last, right, err) < 0)
		return -1;
	*left = node;
	return 0;
}

static int parse_product(struct parser *p, uint32_t *node, struct cx_err *err)
{
	int code = parse_unary(p, node, err);

	while (code == 0 && (is_sign(p, "*") || is_sign(p, "/")))
		code = parse_right(p,
		    is_sign(p, "*") ? CX_OP_MULTIPLY : CX_OP_DIVIDE,
		    parse_unary, node, err);
	return code;
}

static int parse_sum(struct parser *p, uint32_t *node, struct cx_err *err)
{
	int code = parse_product(p, node, err);

	while (code == 0 && (is_sign(p, "+") || is_sign(p, "-")))
		code =
		    parse_right(p, is_sign(p, "+") ? CX_OP_ADD : CX_OP_SUBTRACT,
		        parse_product, node, err);
	return code;
}

/* ---- comparisons ---- */

static bool is_comparison(const struct parser *p, enum cx_op *op)
{
	static const struct {
		const char *sign;
		enum cx_op op;
	} signs[] = { { "==", CX_OP_EQ }, { "!=", CX_OP_NE }, { "<", CX_OP_LT },
		{ "<=", CX_OP_LE }, { ">", CX_OP_GT }, { ">=", CX_OP_GE },
		{ "~", CX_OP_MATCH }, { "!~", CX_OP_NO_MATCH } };

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		if (!is_sign(p, signs[i].sign))
			continue;
		*op = signs[i].op;
		return true;
	}
	return false;
}

static int parse_literal(struct parser *p, uint32_t *node, struct cx_err *err)
{
	bool minus = is_sign(p, "-");

	if (minus && advance(p, err) < 0)
		return -1;
	if (p->token.kind != CX_TOKEN_NUMBER &&
	    p->token.kind != CX_TOKEN_DURATION &&
	    (minus || (p->token.kind != CX_TOKEN_STRING &&
	                  p->token.kind != CX_TOKEN_TIME)))
		return unexpected(p, "a number, a \"string\" or a time", err);
	if (minus)
		p->token.number = -p->token.number;
	return parse_primary(p, node, err);
}

/* value in (literal, …), from the bracket on */
static int parse_list(
    struct parser *p, uint32_t in, uint32_t last, struct cx_err *err)
{
	uint32_t literal;

	if (!is_sign(p, "("))
		return unexpected(p, "\"(\" and a list", err);
	do {
		if (advance(p, err) < 0 ||
		    parse_literal(p, &literal, err) < 0 ||
		    adopt(p, in, &last, literal, err) < 0)
			return -1;
	} while (is_sign(p, ","));
	return is_sign(p, ")") ? advance(p, err)
	                       : unexpected(p, "\",\" or \")\"", err);
}

static int parse_in(
    struct parser *p, bool negated, uint32_t *node, struct cx_err *err)
{
	uint32_t last = CX_NO_NODE;
	uint32_t in =
	    add_node(p, negated ? CX_OP_NOT_IN : CX_OP_IN, p->token.start);

	if (adopt(p, in, &last, *node, err) < 0 || advance(p, err) < 0)
		return -1;
	*node = in;
	return parse_list(p, in, last, err);
}

static int parse_is(struct parser *p, uint32_t *node, struct cx_err *err)
{
	uint32_t last = CX_NO_NODE;
	uint32_t is = add_node(p, CX_OP_MISSING, p->token.start);

	if (adopt(p, is, &last, *node, err) < 0 || advance(p, err) < 0)
		return -1;
	*node = is;
	if (is_word(p, "not")) {
		p->predicate->nodes[is].op = CX_OP_NOT_MISSING;
		if (advance(p, err) < 0)
			return -1;
	}
	return is_word(p, "missing")
	           ? advance(p, err)
	           : unexpected(p, "\"missing\" or \"not missing\"", err);
}

static int parse_comparison(
    struct parser *p, uint32_t *node, struct cx_err *err)
{
	enum cx_op op;

	if (parse_sum(p, node, err) < 0)
		return -1;
	if (is_word(p, "is"))
		return parse_is(p, node, err);
	if (is_word(p, "in"))
		return parse_in(p, false, node, err);
	if (is_word(p, "not")) {
		if (advance(p, err) < 0)
			return -1;
		return is_word(p, "in") ? parse_in(p, true, node, err)
		                        : unexpected(p, "\"in\"", err);
	}
	if (!is_comparison(p, &op))
		return 0;
	if (parse_right(p, op, parse_sum, node, err) < 0)
		return -1;
	if (is_comparison(p, &op))
		return cx_lexer_fail(p->lexer, p->token.start, err,
		    "a second comparison; join two with \"and\"");
	return 0;
}

/* ---- and, or, not ---- */

static int parse_not(struct parser *p, uint32_t *node, struct cx_err *err)
{
	uint32_t child, last = CX_NO_NODE;
	int code;

	if (!is_word(p, "not"))
		return parse_comparison(p, node, err);
	*node = add_node(p, CX_OP_NOT, p->token.start);
	code = enter(p, err);
	if (code == 0)
		code = advance(p, err);
	if (code == 0)
		code = parse_not(p, &child, err);
	if (code == 0)
		code = adopt(p, *node, &last, child, err);
	p->depth--;
	return code;
}

/* One or more of `part` with word between them. */
static int parse_chain(struct parser *p, const char *word, enum cx_op op,
    int (*part)(struct parser *, uint32_t *, struct cx_err *), uint32_t *node,
    struct cx_err *err)
{
	uint32_t whole, last = CX_NO_NODE, child;

	if (part(p, node, err) < 0)
		return -1;
	if (!is_word(p, word))
		return 0;
	whole = add_node(p, op, p->token.start);
	if (adopt(p, whole, &last, *node, err) < 0)
		return -1;
	*node = whole;
	while (is_word(p, word))
		if (advance(p, err) < 0 || part(p, &child, err) < 0 ||
		    adopt(p, whole, &last, child, err) < 0)
			return -1;
	return 0;
}

static int parse_and(struct parser *p, uint32_t *node, struct cx_err *err)
{
	return parse_chain(p, "and", CX_OP_AND, parse_not, node, err);
}

static int parse_or(struct parser *p, uint32_t *node, struct cx_err *err)
{
	return parse_chain(p, "or", CX_OP_OR, parse_and, node, err);
}

/* Words of other languages in the place of an operator. */
static int unknown_operator(const struct parser *p, struct cx_err *err)
{
	static const char *const words[] = { "and", "or", "not", "in", "is" };
	struct cx_str candidates[sizeof(words) / sizeof(*words)];
	size_t n = sizeof(words) / sizeof(*words);
	int near = -1;

	for (size_t i = 0; i < n; i++)
		candidates[i] = cx_str(words[i]);
	if (p->token.kind == CX_TOKEN_COLUMN)
		near = cx_str_nearest(token_text(p), candidates, n);
	if (near < 0)
		return unexpected(p, "an operator or the end", err);
	return cx_lexer_fail(p->lexer, p->token.start, err,
	    "%s, where an operator is wanted; did you mean \"%s\"?",
	    cx_quote(token_text(p)), words[near]);
}

int cx_predicate_parse(struct cx_predicate *predicate, struct cx_lexer *lexer,
    uint32_t *root, struct cx_err *err)
{
	struct parser p = { .predicate = predicate, .lexer = lexer };

	if (advance(&p, err) < 0 || parse_or(&p, root, err) < 0)
		return -1;
	if (p.token.kind != CX_TOKEN_END)
		return unknown_operator(&p, err);
	return 0;
}
