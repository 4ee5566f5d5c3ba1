/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/rules.h"

#include "libcx/base/mem.h"
#include "libcx/base/utf8.h"
#include "libcx/io/input.h"

#include <stdlib.h>

/* A file of rules is written by hand. */
enum { LARGEST = 1 << 22 };

struct file {
	const char *name;
	struct cx_str rest;
	unsigned long line; /* of what is cut next */
};

static int fail_at(
    const struct file *file, unsigned long line, struct cx_err *err)
{
	err->line = line;
	cx_err_file(err, file->name);
	return -1;
}

static bool is_blank(struct cx_str line)
{
	return cx_str_trim(line).n == 0;
}

static bool goes_on(struct cx_str rest)
{
	struct cx_str line = cx_str_next(&rest, '\n');

	return line.n && (line.p[0] == ' ' || line.p[0] == '\t') &&
	       !is_blank(line);
}

/* The next rule with the lines that go on with it; p is NULL at the end. */
static struct cx_str next_rule(struct file *file, unsigned long *line)
{
	struct cx_str rule = { NULL, 0 };

	while (file->rest.p && !rule.p) {
		struct cx_str s = cx_str_next(&file->rest, '\n');

		*line = file->line++;
		if (!is_blank(s) && cx_str_trim(s).p[0] != '#')
			rule = s;
	}
	while (rule.p && file->rest.p && goes_on(file->rest)) {
		struct cx_str more = cx_str_next(&file->rest, '\n');

		rule.n = (size_t)(more.p + more.n - rule.p);
		file->line++;
	}
	return rule;
}

/* ---- one rule ---- */

static int check_name(
    const struct persona_rules *rules, struct cx_str name, struct cx_err *err)
{
	if (name.n == 0)
		return cx_err_set(err, CX_USAGE, "a rule without a name");
	if (memchr(name.p, ';', name.n))
		return cx_err_set(err, CX_USAGE,
		    "the name %s has a semicolon, which --overlap puts between "
		    "names",
		    cx_quote(name));
	for (size_t i = 0; i < rules->n_items; i++)
		if (cx_str_eq(name, cx_str(rules->items[i].name)))
			return cx_err_set(err, CX_USAGE,
			    "a second rule called %s; the first is on line "
			    "%lu: join the two with \"or\"",
			    cx_quote(name), rules->items[i].line);
	return 0;
}

static void add_item(
    struct persona_rules *rules, struct cx_str name, unsigned long line)
{
	rules->items = cx_realloc(
	    rules->items, cx_mul(rules->n_items + 1, sizeof(*rules->items)));
	rules->items[rules->n_items++] =
	    (struct persona_rule){ cx_memdup(name.p, name.n), line };
}

static size_t count_characters(const char *from, const char *to)
{
	struct cx_str s = { from, (size_t)(to - from) };
	size_t n = 0;

	for (size_t at = 0, step; at < s.n; at += step ? step : 1, n++)
		step = cx_utf8_step((struct cx_str){ s.p + at, s.n - at });
	return n;
}

/* rule is "name: condition". */
static int add_rule(struct persona_rules *rules, const struct file *file,
    struct cx_str rule, unsigned long line, struct cx_err *err)
{
	struct cx_str condition = rule;
	struct cx_str name = cx_str_trim(cx_str_next(&condition, ':'));
	size_t before;

	if (!condition.p) {
		cx_err_set(
		    err, CX_USAGE, "no rule: \"name: condition\" is wanted");
		return fail_at(file, line, err);
	}
	if (rules->has_else) {
		cx_err_set(err, CX_USAGE, "a rule behind \"else\"");
		return fail_at(file, line, err);
	}
	if (check_name(rules, name, err) < 0)
		return fail_at(file, line, err);
	add_item(rules, name, line);
	if (cx_str_eq(cx_str_trim(condition), cx_str("else"))) {
		rules->has_else = true;
		return 0;
	}
	before = count_characters(rule.p, condition.p);
	return cx_predicate_add(
	    rules->conditions, condition, file->name, line, before + 1, err);
}

static int add_rules(
    struct persona_rules *rules, struct file *file, struct cx_err *err)
{
	unsigned long line = 0;
	struct cx_str rule;

	while ((rule = next_rule(file, &line)).p)
		if (add_rule(rules, file, rule, line, err) < 0)
			return -1;
	if (cx_predicate_n(rules->conditions) == 0) {
		cx_err_set(err, CX_USAGE, "there is no rule");
		return fail_at(file, 0, err);
	}
	return 0;
}

/* ---- the file ---- */

static int read_all(
    struct cx_input *in, struct cx_buf *text, struct cx_err *err)
{
	enum { BLOCK = 1 << 16 };
	ssize_t n = 1;

	if (cx_input_decode(in, NULL, err) < 0)
		return -1;
	while (n > 0 && text->len <= LARGEST) {
		n = cx_input_read(in, cx_buf_reserve(text, BLOCK), BLOCK, err);
		text->len += n > 0 ? (size_t)n : 0;
	}
	if (n > 0)
		return cx_err_set(err, CX_DATA, "rules of more than 4 MiB");
	return (int)n;
}

int persona_rules_read(
    struct persona_rules *rules, const char *path, struct cx_err *err)
{
	struct cx_buf text = { 0 };
	struct cx_input *in;
	struct file file;
	int code;

	*rules = (struct persona_rules){ .conditions = cx_predicate_new() };
	if (cx_input_open(&in, path, err) < 0)
		return -1;
	code = read_all(in, &text, err);
	file = (struct file){ cx_input_name(in), cx_buf_str(&text), 1 };
	if (code == 0)
		code = add_rules(rules, &file, err);
	if (code < 0)
		cx_err_file(err, file.name);
	cx_buf_release(&text);
	cx_input_close(in);
	return code;
}

void persona_rules_release(struct persona_rules *rules)
{
	for (size_t i = 0; i < rules->n_items; i++)
		free(rules->items[i].name);
	free(rules->items);
	cx_predicate_free(rules->conditions);
	*rules = (struct persona_rules){ 0 };
}
