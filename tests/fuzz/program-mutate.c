/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * New inputs of programs: options out of the program's table with values that
 * its help, the files and other arguments suggest; cells, rows and columns of
 * files moved about; and bytes changed as libFuzzer does it.
 */
#include "tests/fuzz/program.h"

#include "libcx/base/buf.h"

#include <stdint.h>
#include <stdlib.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(
    uint8_t *data, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t n_one,
    const uint8_t *other, size_t n_other, uint8_t *out, size_t most,
    unsigned seed);

static uint64_t state;

/* From 0 to n - 1. Source: splitmix64, as in tests/lib/random.h. */
static size_t below(size_t n)
{
	uint64_t z = state += 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return n ? (size_t)((z ^ z >> 31) % n) : 0;
}

static bool one_in(size_t n)
{
	return below(n) == 0;
}

#define ANY_OF(list) (list)[below(sizeof(list) / sizeof(*(list)))]

/* ---- things to put somewhere ---- */

/* Texts that live until the next input. */
enum { POOL = 64 };
static struct cx_buf pool[POOL];
static size_t n_pool;

static struct cx_buf *new_text(void)
{
	struct cx_buf *text = &pool[n_pool++ % POOL];

	cx_buf_clear(text);
	return text;
}

static const char *suggestion(void)
{
	static const char *const words[] = { "", "0", "1", "2", "3", "5", "7",
		"10", "-1", "0.5", "0.95", "100", "1e3", "1e300", "-1e-300",
		"nan", "inf", "9223372036854775807", "18446744073709551616",
		"007", "1,5", "1.000,5", "0..10", "1..5", "1..7", "-2..2",
		"2-4", "1-1", "30d", "1h", "90s", "1min", "2w", "16K",
		"2026-01-01", "2026-02-28", "2026-W07", "2026-03", "2026-Q1",
		"2026", "2026-03-08T02:30:00Z", "2026-03-29T01:30:00+09:00",
		"1900-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "03/04/2026",
		"Asia/Tokyo", "America/New_York", "UTC", "+09:00", "tsv", "csv",
		"json", "table", "md", "svg", "dot", "html", "cp932",
		"UTF-16LE", "id", "customer", "account", "time", "source",
		"stage", "touchpoint", "channel", "nps", "csat", "ces",
		"emotion", "feeling", "comment", "amount", "persona", "weight",
		"month", "n", "period", "web", "start", "complete", "1.tsv",
		"2.tsv", "3.tsv", "out.tsv", "out.gz", ".", "-", "--", "a b",
		"\"x\"", "\"", "\\t", "\\", "\\!cx-x: y", "*", "a*b", "|",
		"a|b", "a;b", "a=b", "=", "\xE6\xBA\x80\xE8\xB6\xB3",
		"\xEF\xBC\x95", "\xFF", "\r", "e=mc@example.org", "x < 1",
		"n >= 2", "nps <= 6 and csat > 2", "not (id = 'a')",
		"comment ~ '^a+$'", "else" };

	return ANY_OF(words);
}

/* A piece of text around a place that is chosen by chance. */
static struct cx_str piece_of(struct cx_str text, const char *ends)
{
	size_t from, to;

	if (text.n == 0)
		return text;
	from = to = below(text.n);
	while (from && !strchr(ends, text.p[from - 1]))
		from--;
	while (to < text.n && !strchr(ends, text.p[to]))
		to++;
	return (struct cx_str){ text.p + from, to - from };
}

static const char cell_ends[] = "\t\n,;";

static struct cx_str any_cell(const struct fuzz_input *in)
{
	if (in->n_files == 0 || one_in(3))
		return cx_str(suggestion());
	return piece_of(in->files[below(in->n_files)], cell_ends);
}

/* The name of a column. */
static struct cx_str any_name(const struct fuzz_input *in)
{
	struct cx_str file;

	if (in->n_files == 0)
		return cx_str(suggestion());
	file = in->files[below(in->n_files)];
	return piece_of(cx_str_next(&file, '\n'), cell_ends);
}

static struct cx_str mutated(struct cx_str s)
{
	struct cx_buf *text = new_text();

	cx_buf_adds(text, s);
	cx_buf_reserve(text, s.n + 16);
	text->len =
	    LLVMFuzzerMutate((uint8_t *)text->data, text->len, s.n + 16);
	return cx_buf_str(text);
}

/* ---- arguments ---- */

static size_t n_options(void)
{
	size_t n = 0;

	while (fuzz_options[n].kind != CX_OPT_END_KIND)
		n++;
	return n;
}

/* An option's value, as far as its help tells. */
static struct cx_str any_value(
    const struct fuzz_input *in, const struct cx_option *o)
{
	static const char *const operators[] = { " < ", " > ", " = ",
		" >= ", "=", "," };
	struct cx_buf *text;

	switch (below(6)) {
	case 0:
		return piece_of(cx_str(o->help), " ,();:'");
	case 1:
	case 2:
		return any_name(in);
	case 3:
		text = new_text();
		cx_buf_adds(text, any_name(in));
		cx_buf_addz(text, ANY_OF(operators));
		cx_buf_adds(text, any_cell(in));
		return cx_buf_str(text);
	case 4:
		text = new_text();
		cx_buf_addf(text, "%zu.tsv", 1 + below(in->n_files + 1));
		return cx_buf_str(text);
	default:
		return cx_str(suggestion());
	}
}

static void insert(struct fuzz_input *in, size_t at, struct cx_str argument)
{
	if (in->n_arguments == FUZZ_ARGUMENTS)
		return;
	memmove(in->arguments + at + 1, in->arguments + at,
	    (in->n_arguments - at) * sizeof(*in->arguments));
	in->arguments[at] = argument;
	in->n_arguments++;
}

static void take_out(struct fuzz_input *in, size_t at)
{
	memmove(in->arguments + at, in->arguments + at + 1,
	    (in->n_arguments - at - 1) * sizeof(*in->arguments));
	in->n_arguments--;
}

static void add_option(struct fuzz_input *in)
{
	static const struct cx_option shared[] = {
		CX_OPT_TEXT('F', "format", NULL, "F", "tsv csv json table md"),
		CX_OPT_TEXT('d', "delimiter", NULL, "C", "tab , ; |"),
		CX_OPT_TEXT(0, "where", NULL, "CONDITION", "nps"),
		CX_OPT_TEXT('o', "output", NULL, "FILE", "out.tsv"),
		CX_OPT_FLAG('q', "quiet", NULL, "quiet"),
	};
	const struct cx_option *o =
	    one_in(6) ? &ANY_OF(shared) : &fuzz_options[below(n_options())];
	struct cx_buf *text = new_text();
	size_t at = one_in(3) ? below(in->n_arguments + 1) : 0;

	cx_buf_addf(text, "--%s", o->name);
	if (o->argument)
		insert(in, at, any_value(in, o));
	insert(in, at, cx_buf_str(text));
}

static void change_arguments(struct fuzz_input *in)
{
	size_t at = below(in->n_arguments);

	switch (in->n_arguments ? below(6) : 0) {
	case 0:
	case 1:
		add_option(in);
		break;
	case 2:
		take_out(in, at);
		break;
	case 3:
		in->arguments[at] =
		    one_in(2) ? any_name(in) : cx_str(suggestion());
		break;
	case 4:
		in->arguments[at] = mutated(in->arguments[at]);
		break;
	default:
		insert(in, below(in->n_arguments + 1), in->arguments[at]);
		break;
	}
}

/* ---- files ---- */

/* file with what lies at old replaced by text. */
static void replace(struct cx_str *file, struct cx_str old, struct cx_str text)
{
	struct cx_buf *made = new_text();

	cx_buf_add(made, file->p, (size_t)(old.p - file->p));
	cx_buf_adds(made, text);
	cx_buf_add(
	    made, old.p + old.n, (size_t)(file->p + file->n - (old.p + old.n)));
	*file = cx_buf_str(made);
}

/* A line with its end. */
static struct cx_str any_line(struct cx_str file)
{
	struct cx_str line = piece_of(file, "\n");

	if (line.n && line.p + line.n < file.p + file.n)
		line.n++;
	return line;
}

static void change_rows(struct cx_str *file)
{
	struct cx_str line = any_line(*file), other = any_line(*file);
	struct cx_str none = { line.p, 0 };

	switch (below(3)) {
	case 0:
		replace(file, line, none);
		break;
	case 1:
		replace(file, none, other);
		break;
	default:
		replace(file, line, other);
		break;
	}
}

static void change_file(struct fuzz_input *in)
{
	struct cx_str *file = &in->files[below(in->n_files)];
	struct cx_str cell, header = *file;

	if (file->n == 0) {
		*file = any_cell(in);
		return;
	}
	switch (below(6)) {
	case 0:
	case 1:
		cell = piece_of(*file, cell_ends);
		replace(file, cell, any_cell(in));
		break;
	case 2:
		cell = piece_of(*file, cell_ends);
		replace(file, cell, mutated(cell));
		break;
	case 3:
		cell = piece_of(cx_str_next(&header, '\n'), cell_ends);
		if (cell.p)
			replace(file, cell, any_cell(in));
		break;
	case 4:
		change_rows(file);
		break;
	default:
		*file = mutated(*file);
		break;
	}
}

/* ---- the whole ---- */

static size_t write_input(
    const struct fuzz_input *in, uint8_t *out, size_t most)
{
	static struct cx_buf text;

	cx_buf_clear(&text);
	for (size_t i = 0; i < in->n_arguments; i++) {
		cx_buf_adds(&text, in->arguments[i]);
		cx_buf_addc(&text, '\n');
	}
	for (size_t i = 0; i < in->n_files; i++) {
		cx_buf_addz(&text, "%%\n");
		cx_buf_adds(&text, in->files[i]);
	}
	if (text.len > most)
		text.len = most;
	if (text.len)
		memcpy(out, text.data, text.len);
	return text.len;
}

/* What an input borrows from must outlive the buffer it is written to. */
static struct fuzz_input read_input(const uint8_t *data, size_t size)
{
	struct cx_buf *text = new_text();
	struct fuzz_input in;

	cx_buf_add(text, (const char *)data, size);
	fuzz_input_read(&in, cx_buf_str(text));
	return in;
}

size_t LLVMFuzzerCustomMutator(
    uint8_t *data, size_t size, size_t most, unsigned seed)
{
	struct fuzz_input in;
	size_t changes;

	state = seed;
	n_pool = 0;
	if (one_in(20))
		return LLVMFuzzerMutate(data, size, most);
	in = read_input(data, size);
	for (changes = 1 + below(4); changes; changes--) {
		if (in.n_files == 0 || one_in(2))
			change_arguments(&in);
		else
			change_file(&in);
	}
	return write_input(&in, data, most);
}

/* Arguments and files of either. */
size_t LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t n_one,
    const uint8_t *other, size_t n_other, uint8_t *out, size_t most,
    unsigned seed)
{
	struct fuzz_input a, b;
	size_t i;

	state = seed;
	n_pool = 0;
	a = read_input(one, n_one);
	b = read_input(other, n_other);
	for (i = 0; i < a.n_files && i < b.n_files; i++)
		if (one_in(2))
			a.files[i] = b.files[i];
	if (b.n_files > a.n_files && one_in(2))
		a.files[a.n_files++] = b.files[i];
	for (i = 0; i < b.n_arguments; i++)
		if (one_in(3))
			insert(&a, below(a.n_arguments + 1), b.arguments[i]);
	return write_input(&a, out, most);
}
