/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/mem.h"
#include "libcx/table/predicate-impl.h"

#include <stdlib.h>

/* A longer one is a mistake. */
enum { LONGEST = 1 << 20 };

struct cx_predicate *cx_predicate_new(void)
{
	struct cx_predicate *predicate = cx_calloc(1, sizeof(*predicate));

	/* So that an empty text too lies somewhere. */
	cx_buf_reserve(&predicate->bytes, 1);
	return predicate;
}

void cx_predicate_free(struct cx_predicate *predicate)
{
	if (!predicate)
		return;
	for (size_t i = 0; i < predicate->n_patterns; i++)
		pcre2_code_free(predicate->patterns[i]);
	for (size_t i = 0; i < predicate->n_lists; i++)
		cx_map_release(&predicate->lists[i]);
	cx_map_release(&predicate->columns);
	cx_buf_release(&predicate->bytes);
	free(predicate->hidden);
	free(predicate->patterns);
	free(predicate->lists);
	free(predicate->nodes);
	for (size_t i = 0; i < predicate->n; i++) {
		free((void *)(uintptr_t)predicate->conditions[i].lexer.text.p);
		free((void *)(uintptr_t)predicate->conditions[i].lexer.origin);
	}
	free(predicate->conditions);
	free(predicate);
}

/* The text and the origin, which the caller may change from now on. */
static struct cx_lexer keep(const struct cx_lexer *lexer)
{
	struct cx_lexer kept = *lexer;

	kept.text.p = cx_memdup(lexer->text.p, lexer->text.n);
	kept.origin = cx_strdup(lexer->origin);
	return kept;
}

int cx_predicate_add(struct cx_predicate *predicate, struct cx_str text,
    const char *origin, unsigned long line, size_t character,
    struct cx_err *err)
{
	struct cx_lexer lexer = { .text = text,
		.bytes = &predicate->bytes,
		.origin = origin,
		.line = line,
		.character = character };
	size_t first_node = predicate->n_nodes;
	uint32_t root;

	if (text.n > LONGEST)
		return cx_lexer_fail(
		    &lexer, 0, err, "a condition of more than 1 MiB");
	if (cx_predicate_parse(predicate, &lexer, &root, err) < 0 ||
	    cx_predicate_type(predicate, &lexer, root, err) < 0)
		return -1;
	if (predicate->n == predicate->cap) {
		predicate->cap = predicate->cap ? cx_mul(predicate->cap, 2) : 4;
		predicate->conditions = cx_realloc(predicate->conditions,
		    cx_mul(predicate->cap, sizeof(*predicate->conditions)));
	}
	predicate->conditions[predicate->n++] =
	    (struct cx_condition){ root, first_node, keep(&lexer) };
	return 0;
}

int cx_predicate_point(
    const struct cx_predicate *predicate, size_t column, struct cx_err *err)
{
	size_t node = 0, i = predicate->n - 1;

	while (predicate->nodes[node].op != CX_OP_COLUMN ||
	       predicate->nodes[node].number_of != column)
		node++;
	while (predicate->conditions[i].first_node > node)
		i--;
	return cx_lexer_point(
	    &predicate->conditions[i].lexer, predicate->nodes[node].at, err);
}

size_t cx_predicate_n(const struct cx_predicate *predicate)
{
	return predicate->n;
}

size_t cx_predicate_n_columns(const struct cx_predicate *predicate)
{
	return predicate->columns.n;
}

struct cx_str cx_predicate_column(
    const struct cx_predicate *predicate, size_t i)
{
	return cx_map_key(&predicate->columns, i);
}

void cx_predicate_hide(struct cx_predicate *predicate, size_t i)
{
	if (!predicate->hidden)
		predicate->hidden =
		    cx_calloc(predicate->columns.n, sizeof(*predicate->hidden));
	predicate->hidden[i] = true;
}

/* ---- regular expressions ---- */

int cx_predicate_pattern(struct cx_predicate *predicate,
    const struct cx_lexer *lexer, uint32_t node, struct cx_err *err)
{
	const struct cx_node *literal = &predicate->nodes[node];
	struct cx_str text = cx_predicate_text(predicate, literal);
	unsigned char why[128] = "";
	PCRE2_SIZE at;
	int code;
	/* In any row of UTF-8 \C may stop inside of a character. */
	pcre2_code *pattern = pcre2_compile((PCRE2_SPTR)text.p, text.n,
	    PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_AUTO_CAPTURE, &code,
	    &at, NULL);

	if (!pattern && code == PCRE2_ERROR_HEAP_FAILED)
		cx_mem_lacking();
	if (!pattern) {
		pcre2_get_error_message(code, why, sizeof(why));
		/* Behind the quote; doubled ones before it are not counted. */
		return cx_lexer_fail(lexer, literal->at + 1 + at, err,
		    "not a regular expression: %s", (const char *)why);
	}
	(void)pcre2_jit_compile(pattern, PCRE2_JIT_COMPLETE);
	predicate->patterns = cx_realloc(predicate->patterns,
	    cx_mul(predicate->n_patterns + 1, sizeof(*predicate->patterns)));
	predicate->patterns[predicate->n_patterns++] = pattern;
	return 0;
}
