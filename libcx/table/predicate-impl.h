/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files predicate*.c share; nothing else includes it. */
#ifndef CX_TABLE_PREDICATE_IMPL_H
#define CX_TABLE_PREDICATE_IMPL_H

#include "libcx/table/predicate.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* ---- words of a condition ---- */

enum cx_token_kind {
	CX_TOKEN_END,
	CX_TOKEN_NUMBER,
	CX_TOKEN_TIME,
	CX_TOKEN_DURATION,
	CX_TOKEN_STRING,
	CX_TOKEN_COLUMN,
	CX_TOKEN_WORD, /* and or not in is missing */
	CX_TOKEN_SIGN, /* == != < <= > >= ~ !~ + - * / ( ) , */
};

struct cx_token {
	enum cx_token_kind kind;
	size_t start, end; /* bytes of the text */
	double number;     /* or seconds, since 1970 or long */
	size_t bytes, n;   /* string, name: where in the predicate's bytes */
};

/* A condition as it is read. */
struct cx_lexer {
	struct cx_str text;
	size_t at;
	struct cx_buf *bytes; /* where strings and names go, unquoted */
	/* where it stands */
	const char *origin;
	unsigned long line;
	size_t character;
};

/* The next token: 0, or -1 and err. */
int cx_lexer_next(
    struct cx_lexer *lexer, struct cx_token *token, struct cx_err *err);

/*
 * Puts the place of a byte of the text before what err says, and the line
 * with a caret below it. Returns -1.
 */
int cx_lexer_point(const struct cx_lexer *lexer, size_t at, struct cx_err *err);

/* The same with a usage error to be said. */
int cx_lexer_fail(const struct cx_lexer *lexer, size_t at, struct cx_err *err,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* ---- a condition as a tree ---- */

/* What a node is worth. A column is text, a number or a time by its use. */
enum cx_type {
	CX_TYPE_OPEN, /* not known yet */
	CX_TYPE_TRUTH,
	CX_TYPE_NUMBER,
	CX_TYPE_TEXT,
	CX_TYPE_TIME,
	CX_TYPE_DURATION,
};

enum cx_op {
	CX_OP_LITERAL,
	CX_OP_COLUMN,
	CX_OP_OR, /* any number of children */
	CX_OP_AND,
	CX_OP_NOT,
	CX_OP_EQ,
	CX_OP_NE,
	CX_OP_LT,
	CX_OP_LE,
	CX_OP_GT,
	CX_OP_GE,
	CX_OP_MATCH, /* a column and a literal */
	CX_OP_NO_MATCH,
	CX_OP_IN, /* a value, then literals */
	CX_OP_NOT_IN,
	CX_OP_MISSING,
	CX_OP_NOT_MISSING,
	CX_OP_ADD,
	CX_OP_SUBTRACT,
	CX_OP_MULTIPLY,
	CX_OP_DIVIDE,
	CX_OP_NEGATE,
};

enum { CX_NO_NODE = UINT32_MAX };

struct cx_node {
	enum cx_op op;
	enum cx_type type;
	uint32_t first, next; /* child, sibling */
	uint32_t depth;       /* levels below and with it */
	uint32_t number_of;   /* of a column, a pattern, a list */
	size_t at;            /* byte of the condition's text */
	size_t bytes, n;      /* of a literal's text */
	double number;        /* of a literal */
};

/* How deep parentheses and operators may lie in each other. */
enum { CX_PREDICATE_DEPTH = 200 };

struct cx_condition {
	uint32_t root;
	size_t first_node;     /* its nodes are those up to the next one's */
	struct cx_lexer lexer; /* whose text and origin are its own */
};

struct cx_predicate {
	struct cx_map columns;
	bool *hidden; /* by column; NULL: none is */
	struct cx_node *nodes;
	size_t n_nodes, nodes_cap;
	struct cx_condition *conditions;
	size_t n, cap;
	pcre2_code **patterns;
	size_t n_patterns;
	struct cx_map *lists; /* of text, or of numbers' bytes, for in */
	size_t n_lists;
	struct cx_buf bytes; /* of literals and names */
};

static inline struct cx_str cx_predicate_text(
    const struct cx_predicate *predicate, const struct cx_node *literal)
{
	return (struct cx_str){ predicate->bytes.data + literal->bytes,
		literal->n };
}

/* The bytes that numbers which are equal have in common. */
static inline struct cx_str cx_predicate_number(double *number)
{
	*number += 0.0; /* -0 is 0 */
	return (struct cx_str){ (const char *)number, sizeof(*number) };
}

/* Points at where a column is named first. Returns -1. */
int cx_predicate_point(
    const struct cx_predicate *predicate, size_t column, struct cx_err *err);

/* Reads a condition into nodes: 0 with its root, or -1 and err. */
int cx_predicate_parse(struct cx_predicate *predicate, struct cx_lexer *lexer,
    uint32_t *root, struct cx_err *err);

/* Gives all nodes below root a type, or says which do not go together. */
int cx_predicate_type(struct cx_predicate *predicate,
    const struct cx_lexer *lexer, uint32_t root, struct cx_err *err);

/* Compiles a regular expression, which stands at this node. */
int cx_predicate_pattern(struct cx_predicate *predicate,
    const struct cx_lexer *lexer, uint32_t node, struct cx_err *err);

#endif
