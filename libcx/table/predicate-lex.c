/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a condition. */
#include "libcx/base/compose.h"
#include "libcx/base/utf8.h"
#include "libcx/table/duration.h"
#include "libcx/table/moment.h"
#include "libcx/table/predicate-impl.h"
#include "libcx/table/value.h"

static struct cx_str rest_of(const struct cx_lexer *lexer)
{
	return (struct cx_str){ lexer->text.p + lexer->at,
		lexer->text.n - lexer->at };
}

static bool is_digit(struct cx_str s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

static size_t digits(struct cx_str s, size_t i)
{
	size_t start = i;

	while (is_digit(s, i))
		i++;
	return i - start;
}

static bool is_one_of(struct cx_str s, size_t i, const char *any)
{
	return i < s.n && s.p[i] && strchr(any, s.p[i]);
}

/* Bytes of the blank that s starts with, or 0. */
static size_t blank(struct cx_str s)
{
	size_t n = cx_utf8_step(s);

	if (n == 0)
		return 0;
	return cx_str_trim((struct cx_str){ s.p, n }).n == 0 ? n : 0;
}

/* Bytes of the character that a bare name may go on with at i, or 0. */
static size_t name_character(struct cx_str s, size_t i)
{
	struct cx_str rest = { s.p + i, s.n - i };
	size_t n = cx_utf8_step(rest);

	if (n == 0 || blank(rest))
		return 0;
	if (n > 1)
		return n;
	return (s.p[i] >= 'a' && s.p[i] <= 'z') ||
	       (s.p[i] >= 'A' && s.p[i] <= 'Z') || is_digit(s, i) ||
	       is_one_of(s, i, "_.");
}

static size_t name_length(struct cx_str s)
{
	size_t at = 0, n;

	while (at < s.n && (n = name_character(s, at)) > 0)
		at += n;
	return at;
}

/* ---- numbers, times, durations ---- */

/* Digits, a point and digits, an exponent; 0 when s does not start so. */
static size_t number_length(struct cx_str s)
{
	size_t n = digits(s, 0), fraction = 0, exponent;

	if (is_one_of(s, n, "."))
		fraction = digits(s, n + 1);
	if (n + fraction == 0)
		return 0;
	n += is_one_of(s, n, ".") ? 1 + fraction : 0;
	if (!is_one_of(s, n, "eE"))
		return n;
	exponent = n + 1 + is_one_of(s, n + 1, "+-");
	return is_digit(s, exponent) ? exponent + digits(s, exponent) : n;
}

/* An offset from UTC; 0 where there is none. */
static size_t zone_length(struct cx_str s, size_t i)
{
	size_t hours = i + 1, minutes;

	if (is_one_of(s, i, "Z"))
		return 1;
	if (!is_one_of(s, i, "+-") || digits(s, hours) < 2)
		return 0;
	minutes = hours + 2 + is_one_of(s, hours + 2, ":");
	return digits(s, minutes) >= 2 ? minutes + 2 - i : 0;
}

/* 2026-11-21, and T and a time of day and a zone behind it; else 0. */
static size_t time_length(struct cx_str s)
{
	enum { DATE = 10 };
	size_t n = DATE;

	if (digits(s, 0) != 4 || !is_one_of(s, 4, "-") || digits(s, 5) != 2 ||
	    !is_one_of(s, 7, "-") || digits(s, 8) != 2)
		return 0;
	if (!is_one_of(s, n, "T") || !is_digit(s, n + 1))
		return n;
	for (n++; is_digit(s, n) || is_one_of(s, n, ":."); n++)
		continue;
	return n + zone_length(s, n);
}

static int lex_time(struct cx_lexer *lexer, size_t n, struct cx_token *token,
    struct cx_err *err)
{
	struct cx_str text = { rest_of(lexer).p, n };
	struct cx_moment moment;

	if (name_character(lexer->text, lexer->at + n) ||
	    cx_moment_parse(text, CX_ORDER_YMD, &moment, err) < 0)
		return cx_lexer_fail(lexer, lexer->at, err,
		    "this is not a time such as 2026-11-21 or "
		    "2026-11-21T16:54:29Z");
	token->kind = CX_TOKEN_TIME;
	token->number =
	    (double)(cx_civil_to_seconds(&moment.civil) - moment.offset);
	lexer->at += n;
	return 0;
}

static int lex_number(struct cx_lexer *lexer, size_t n, struct cx_token *token,
    struct cx_err *err)
{
	struct cx_str s = rest_of(lexer);
	size_t unit = name_length((struct cx_str){ s.p + n, s.n - n });
	double seconds;

	if (cx_value_number((struct cx_str){ s.p, n }, &token->number, err) < 0)
		return cx_lexer_fail(lexer, lexer->at, err,
		    "this number is too large, or too long");
	token->kind = unit ? CX_TOKEN_DURATION : CX_TOKEN_NUMBER;
	lexer->at += n + unit;
	if (!unit)
		return 0;
	if (cx_duration_unit((struct cx_str){ s.p + n, unit }, &seconds) < 0)
		return cx_lexer_fail(lexer, lexer->at - unit, err,
		    "%s is not a unit of time: they are s, min, h, d and w",
		    cx_quote((struct cx_str){ s.p + n, unit }));
	token->number *= seconds;
	return 0;
}

/* ---- strings and names ---- */

/* As cells are that cx-ingest wrote. */
static void compose(struct cx_lexer *lexer, struct cx_token *token)
{
	struct cx_buf made = { 0 };

	if (cx_compose(
	        &made, (struct cx_str){
	                   lexer->bytes->data + token->bytes, token->n })) {
		lexer->bytes->len = token->bytes;
		cx_buf_adds(lexer->bytes, cx_buf_str(&made));
		token->n = made.len;
	}
	cx_buf_release(&made);
}

/* In quotes, which are doubled where they are meant. */
static int lex_quoted(struct cx_lexer *lexer, enum cx_token_kind kind,
    struct cx_token *token, struct cx_err *err)
{
	struct cx_str s = rest_of(lexer);
	size_t i = 1;

	token->kind = kind;
	token->bytes = lexer->bytes->len;
	while (i < s.n &&
	       (s.p[i] != s.p[0] || (i + 1 < s.n && s.p[i + 1] == s.p[0]))) {
		i += s.p[i] == s.p[0];
		cx_buf_addc(lexer->bytes, s.p[i++]);
	}
	if (i >= s.n)
		return cx_lexer_fail(
		    lexer, lexer->at, err, "this quote is never closed");
	token->n = lexer->bytes->len - token->bytes;
	if (token->n)
		compose(lexer, token);
	if (kind == CX_TOKEN_COLUMN && token->n == 0)
		return cx_lexer_fail(
		    lexer, lexer->at, err, "a column without a name");
	lexer->at += i + 1;
	return 0;
}

static bool is_word(struct cx_str s)
{
	static const char *const words[] = { "and", "or", "not", "in", "is",
		"missing" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (cx_str_eq(s, cx_str(words[i])))
			return true;
	return false;
}

void cx_predicate_name(struct cx_str name, struct cx_buf *out)
{
	bool plain = name_length(name) == name.n && !is_word(name) &&
	             !is_digit(name, 0) && !is_one_of(name, 0, ".");

	if (!plain)
		cx_buf_addc(out, '`');
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '`')
			cx_buf_addc(out, '`');
		cx_buf_addc(out, name.p[i]);
	}
	if (!plain)
		cx_buf_addc(out, '`');
}

static void lex_name(struct cx_lexer *lexer, size_t n, struct cx_token *token)
{
	struct cx_str name = { rest_of(lexer).p, n };

	token->kind = is_word(name) ? CX_TOKEN_WORD : CX_TOKEN_COLUMN;
	token->bytes = lexer->bytes->len;
	token->n = n;
	cx_buf_adds(lexer->bytes, name);
	lexer->at += n;
}

/* ---- signs ---- */

static int lex_sign(
    struct cx_lexer *lexer, struct cx_token *token, struct cx_err *err)
{
	static const char *const signs[] = { "==", "!=", "<=", ">=", "!~", "<",
		">", "~", "+", "-", "*", "/", "(", ")", "," };
	static const struct {
		const char *wrong, *right;
	} hints[] = { { "=", "==" }, { "<>", "!=" }, { "&&", "and" },
		{ "&", "and" }, { "||", "or" }, { "|", "or" }, { "!", "not" } };
	struct cx_str s = rest_of(lexer);

	for (size_t i = 0; i < sizeof(hints) / sizeof(*hints); i++) {
		size_t n = strlen(hints[i].wrong);

		if (s.n < n || memcmp(s.p, hints[i].wrong, n) != 0 ||
		    (n == 1 && is_one_of(s, 1, "=~")))
			continue;
		return cx_lexer_fail(lexer, lexer->at, err,
		    "%s is not known here; did you mean %s?",
		    cx_quote(cx_str(hints[i].wrong)), hints[i].right);
	}
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		size_t n = strlen(signs[i]);

		if (s.n < n || memcmp(s.p, signs[i], n) != 0)
			continue;
		token->kind = CX_TOKEN_SIGN;
		lexer->at += n;
		return 0;
	}
	return cx_lexer_fail(lexer, lexer->at, err, "%s is not known here",
	    cx_quote(
	        (struct cx_str){ s.p, cx_utf8_step(s) ? cx_utf8_step(s) : 1 }));
}

static int lex(
    struct cx_lexer *lexer, struct cx_token *token, struct cx_err *err)
{
	struct cx_str s = rest_of(lexer);
	size_t n;

	if (s.n == 0)
		return 0;
	if (s.p[0] == '"' || s.p[0] == '\'')
		return lex_quoted(lexer, CX_TOKEN_STRING, token, err);
	if (s.p[0] == '`')
		return lex_quoted(lexer, CX_TOKEN_COLUMN, token, err);
	if ((n = time_length(s)) > 0)
		return lex_time(lexer, n, token, err);
	if ((n = number_length(s)) > 0)
		return lex_number(lexer, n, token, err);
	/* Column N, as options name it too. */
	n = s.p[0] == '#' && is_digit(s, 1) ? 1 + digits(s, 1) : name_length(s);
	if (n == 0)
		return lex_sign(lexer, token, err);
	lex_name(lexer, n, token);
	return 0;
}

int cx_lexer_next(
    struct cx_lexer *lexer, struct cx_token *token, struct cx_err *err)
{
	size_t n;

	while ((n = blank(rest_of(lexer))) > 0)
		lexer->at += n;
	*token = (struct cx_token){ .kind = CX_TOKEN_END, .start = lexer->at };
	if (lex(lexer, token, err) < 0)
		return -1;
	token->end = lexer->at;
	return 0;
}
