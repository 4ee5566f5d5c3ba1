/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cx-ingest --inspect: see inspect.h. */
#include "cmd/ingest/inspect.h"

#include "libcx/base/mem.h"
#include "libcx/base/utf8.h"
#include "libcx/io/guess.h"
#include "libcx/table/draft.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
	SAMPLE = 1 << 16,
	BLOCK = 1 << 16,
	LONGEST_CHARACTER = 4,
};

/* What is known of the file. */
struct inspect {
	const struct cx_cli *cli;
	struct ingest *ingest;
	const struct ingest_inspect_options *options;
	struct cx_facts *facts; /* by column */
	char **names;
	size_t n;
	bool *known;         /* columns that the format names */
	struct cx_map taken; /* names of the stream */
	struct cx_screen screen;
	struct cx_redactor redactor;
	struct cx_distinct records; /* as they stand in the file */
	struct cx_tally dropped;
	uint64_t n_records;
	uint64_t wrong_groups;
	bool zone_known;
	size_t id; /* the column that becomes id, or CX_ABSENT */
};

/* The fold's state; one thread reads, so it is all in one place. */
struct inspect_state {
	struct inspect *inspect;
};

/* ---- the header ---- */

/* What the format makes of the columns needs no draft. */
static int find_known(
    struct inspect *in, const struct cx_header *header, struct cx_err *err)
{
	struct cx_codebook none = { 0 };
	struct cx_recipe recipe;
	int code = cx_recipe_make(&recipe, &none, header, err);

	for (size_t i = 0; i < recipe.n; i++) {
		const struct cx_step *step = &recipe.steps[i];

		if (!step->entry || strchr(step->entry->name, '*'))
			continue;
		in->known[step->source] = true;
		if (cx_str_eq(step->name, cx_str("id")))
			in->id = step->source;
		cx_map_put(&in->taken, step->name);
	}
	cx_recipe_release(&recipe);
	return code;
}

static const char *delimiter_name(char delimiter)
{
	static const char *const known[][2] = { { ",", "comma" },
		{ ";", "semicolon" }, { "\t", "tab" }, { "|", "bar" },
		{ " ", "space" }, { ":", "colon" } };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (known[i][0][0] == delimiter)
			return known[i][1];
	return "another character";
}

static int survey(void *total, const char *name, const struct cx_header *header,
    struct cx_err *err)
{
	struct inspect *in = ((struct inspect_state *)total)->inspect;

	cx_cli_note(in->cli, "%s: encoding %s, delimiter %s", name,
	    header->encoding, delimiter_name(header->delimiter));
	ingest_tell_header(in->cli, name, header);
	if (!header->export)
		cx_cli_note(
		    in->cli, "%s: no format is recognised; 1 header row", name);
	in->n = cx_header_n(header);
	in->facts = cx_calloc(in->n, sizeof(*in->facts));
	in->names = cx_calloc(in->n, sizeof(*in->names));
	in->known = cx_calloc(in->n, sizeof(*in->known));
	for (size_t i = 0; i < in->n; i++) {
		struct cx_str h = cx_str_trim(cx_header_name(header, i));

		in->names[i] = cx_memdup(h.p, h.n);
		cx_map_put(&in->taken, h);
	}
	cx_screen_make(
	    &in->screen, &in->ingest->book, &in->ingest->keep, header);
	in->zone_known =
	    in->options->zone || (header->export && header->export->zone);
	return find_known(in, header, err);
}

/* ---- records ---- */

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	(void)header;
	(void)err;
	((struct inspect_state *)state)->inspect =
	    ((const struct inspect_state *)total)->inspect;
	return 0;
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct inspect *in = ((struct inspect_state *)state)->inspect;
	const char *rule = cx_screen_drop(&in->screen, row);

	(void)err;
	if (rule) {
		cx_tally_add(&in->dropped, cx_str(rule), 1);
		return 0;
	}
	in->n_records++;
	in->wrong_groups += cx_screen_wrong_groups(&in->screen, row);
	cx_distinct_add(&in->records, cx_row_raw(row));
	for (size_t i = 0; i < in->n; i++)
		cx_facts_add(&in->facts[i], cx_row_cell(row, i), &in->redactor);
	return 0;
}

static int merge(void *into, void *from, struct cx_err *err)
{
	(void)into;
	(void)from;
	(void)err;
	return 0;
}

static void release_state(void *state)
{
	(void)state;
}

static const struct cx_fold fold = { sizeof(struct inspect_state), false, NULL,
	bind, add_row, merge, release_state };

/* ---- the codebook ---- */

enum { N_FIELDS = 13 };
static const char *const fields[N_FIELDS] = { "column", "header", "type",
	"range", "labels", "missing", "dates", "zone", "high-is", "stage",
	"touchpoint", "channel", "note" };

/* The columns that may be what a role says: how many, and the first. */
static size_t candidates(const struct inspect *in,
    const struct cx_draft *drafts, enum cx_role role, bool chief, size_t *first)
{
	size_t n = 0;

	for (size_t i = in->n; i-- > 0;) {
		if (in->known[i] || drafts[i].role != role ||
		    (chief && !drafts[i].chief))
			continue;
		*first = i;
		n++;
	}
	return n;
}

/* The column for a role, or in->n: none where several could be it. */
static size_t choose(
    const struct inspect *in, const struct cx_draft *drafts, enum cx_role role)
{
	struct cx_str name = cx_str(cx_role_names[role]);
	size_t at = in->n;
	size_t n = candidates(in, drafts, role, false, &at);

	if (n > 1 && role != CX_ROLE_TIME)
		n = candidates(in, drafts, role, true, &at);
	if (n == 0 || (n > 1 && role != CX_ROLE_TIME))
		return in->n;
	if (!cx_str_eq(cx_str(in->names[at]), name) &&
	    cx_map_get(&in->taken, name) >= 0)
		return in->n;
	return at;
}

static void cast(struct inspect *in, struct cx_draft *drafts)
{
	for (int role = CX_ROLE_ID; role < CX_N_ROLES; role++) {
		size_t chosen = choose(in, drafts, (enum cx_role)role);

		for (size_t i = 0; i < in->n; i++) {
			if (i == chosen || drafts[i].role != (enum cx_role)role)
				continue;
			drafts[i].role = CX_ROLE_NONE;
			if (role == CX_ROLE_CSAT)
				cx_buf_addz(&drafts[i].note,
				    "; of a touchpoint? then column csat, and "
				    "its name in touchpoint");
			else if (chosen == in->n)
				cx_buf_addf(&drafts[i].note, "; may be %s",
				    cx_role_names[role]);
		}
	}
}

static void put_row(struct cx_lines *lines, const struct inspect *in, size_t i,
    const struct cx_draft *draft)
{
	const char *name =
	    draft->role ? cx_role_names[draft->role] : in->names[i];

	cx_lines_text(lines, cx_str(name));
	cx_lines_text(lines, cx_str(in->names[i]));
	cx_lines_text(lines, cx_buf_str(&draft->type));
	cx_lines_text(lines, cx_buf_str(&draft->range));
	cx_lines_missing(lines);
	cx_lines_text(lines, cx_buf_str(&draft->missing));
	cx_lines_text(lines, cx_buf_str(&draft->dates));
	for (int k = 0; k < 5; k++)
		cx_lines_missing(lines);
	cx_lines_text(lines, cx_buf_str(&draft->note));
	cx_lines_end(lines);
}

static int write_book(struct inspect *in, struct cx_err *err)
{
	struct cx_lines lines = { .writer = in->ingest->writer };
	const struct cx_label_sets *sets;
	struct cx_draft *drafts;
	int code;

	if (cx_labels_installed(&sets, err) < 0)
		return -1;
	drafts = cx_calloc(in->n, sizeof(*drafts));
	for (size_t i = 0; i < in->n; i++)
		cx_draft_make(&drafts[i], cx_str(in->names[i]), &in->facts[i],
		    sets, in->zone_known);
	cast(in, drafts);
	for (int k = 0; k < N_FIELDS; k++)
		cx_writer_column(
		    in->ingest->writer, cx_str(fields[k]), CX_TEXT);
	for (size_t i = 0; i < in->n; i++) {
		if (in->known[i])
			continue;
		put_row(&lines, in, i, &drafts[i]);
		if (drafts[i].role == CX_ROLE_ID ||
		    strcmp(in->names[i], "id") == 0)
			in->id = i;
	}
	code = cx_writer_put(in->ingest->writer, &lines, err);
	cx_lines_release(&lines);
	for (size_t i = 0; i < in->n; i++)
		cx_draft_release(&drafts[i]);
	free(drafts);
	return code;
}

/* ---- what is told ---- */

static void tell_records(const struct inspect *in, const struct cx_job *job)
{
	struct cx_buf text = { 0 };
	uint64_t all = in->n_records;
	bool many = in->records.too_many;

	cx_buf_addf(&text, "%" PRIu64 " record%s, %zu columns", job->n_read,
	    job->n_read == 1 ? "" : "s", in->n);
	if (job->n_left_out)
		cx_buf_addf(
		    &text, ", left out %" PRIu64 " (--where)", job->n_left_out);
	if (job->rejects->reasons.n)
		cx_tally_describe(&job->rejects->reasons, "not usable", &text);
	if (in->dropped.n)
		cx_tally_describe(&in->dropped, "to be dropped", &text);
	cx_cli_note(in->cli, "%.*s", (int)text.len, text.data);
	cx_buf_release(&text);
	if (!many && in->records.hashes.n < all)
		cx_cli_note(in->cli,
		    "records that stand there before: %" PRIu64,
		    all - in->records.hashes.n);
	if (in->wrong_groups)
		cx_cli_note(in->cli,
		    "NPS groups that are not those of their scores: %" PRIu64,
		    in->wrong_groups);
}

/* What the format names can be repeated too. */
static void tell_repeats(const struct inspect *in)
{
	for (size_t i = 0; i < in->n; i++) {
		const struct cx_distinct *d = &in->facts[i].distinct;

		if (!in->known[i] || d->too_many || d->most < 2 ||
		    d->hashes.n * 2 < in->facts[i].n)
			continue;
		cx_cli_note(in->cli,
		    "column %s, of the format: %zu different in %" PRIu64
		    ", one %" PRIu32 " times",
		    cx_quote(cx_str(in->names[i])), d->hashes.n, in->facts[i].n,
		    d->most);
	}
}

/* Whether records of one id are not all the same. */
static bool has_repeats(const struct inspect *in)
{
	const struct cx_distinct *ids;
	uint64_t same = in->n_records - in->records.hashes.n;

	if (in->id == CX_ABSENT)
		return false;
	ids = &in->facts[in->id].distinct;
	if (ids->too_many || in->records.too_many)
		return ids->most > 1;
	return in->facts[in->id].n - ids->hashes.n > same;
}

static void tell_command(const struct inspect *in, const struct cx_job *job)
{
	struct ingest_inspect_options options = *in->options;
	struct cx_buf command = { 0 };

	options.repeats = has_repeats(in);
	ingest_inspect_command(
	    in->cli, &options, job->rejects->reasons.n > 0, &command);
	cx_cli_note(in->cli, "to use it: %.*s", (int)command.len, command.data);
	cx_buf_release(&command);
}

/* ---- the whole ---- */

static void release(struct inspect *in)
{
	for (size_t i = 0; i < in->n; i++) {
		cx_facts_release(&in->facts[i]);
		free(in->names[i]);
	}
	free(in->facts);
	free(in->names);
	free(in->known);
	cx_map_release(&in->taken);
	cx_screen_release(&in->screen);
	cx_redactor_release(&in->redactor);
	cx_distinct_release(&in->records);
	cx_tally_release(&in->dropped);
}

/* All bytes of a file, from the first that is not UTF-8 on. */
static int read_sample(
    struct cx_input *input, struct cx_buf *sample, struct cx_err *err)
{
	bool valid = true;
	ssize_t n = 1;

	while (n > 0 && sample->len < SAMPLE) {
		n = cx_input_read(
		    input, cx_buf_reserve(sample, BLOCK), BLOCK, err);
		if (n < 0)
			return -1;
		sample->len += (size_t)n;
		if (valid) {
			size_t good = cx_utf8_valid(cx_buf_str(sample));

			/* A character may go on in the next block. */
			valid = n == 0 ? good == sample->len
			               : sample->len - good < LONGEST_CHARACTER;
			memmove(sample->data, sample->data + good,
			    sample->len - good);
			sample->len -= good;
		}
	}
	if (valid)
		cx_buf_clear(sample);
	return 0;
}

/* A guess is good enough to look at a file, when it is said. */
static int guess_encoding(const struct cx_cli *cli,
    struct ingest_inspect_options *options, struct cx_job *job,
    struct cx_err *err)
{
	struct cx_buf sample = { 0 };
	struct cx_guess guess = { NULL, NULL };
	struct cx_input *input;
	int code;

	if (options->encoding || cli->n_files != 1 ||
	    strcmp(cli->files[0], "-") == 0)
		return 0;
	if (cx_input_open(&input, cli->files[0], err) < 0)
		return -1;
	/* A byte order mark is believed. */
	code = cx_input_is_pipe(input) ? 0 : cx_input_decode(input, NULL, err);
	if (code == 0 && !cx_input_is_pipe(input))
		code = read_sample(input, &sample, err);
	if (code == 0 && sample.len)
		guess = cx_guess_encoding(cx_buf_str(&sample));
	if (guess.name && strcmp(guess.name, CX_UTF8) != 0) {
		cx_cli_note(cli,
		    "%s: not UTF-8; it looks like %s%s%s, and is "
		    "read so here",
		    cli->files[0], guess.name, guess.other ? " or " : "",
		    guess.other ? guess.other : "");
		options->encoding = guess.name;
		job->reader.encoding = guess.name;
	}
	cx_buf_release(&sample);
	cx_input_close(input);
	return code;
}

int ingest_inspect(struct ingest *ingest, struct cx_job *job,
    struct ingest_inspect_options *options, struct cx_err *err)
{
	struct inspect in = { .cli = ingest->cli,
		.ingest = ingest,
		.options = options,
		.id = CX_ABSENT };
	struct inspect_state total = { &in };
	struct cx_rejects rejects = { .most = UINT64_MAX, .most_percent = 100 };
	int code;

	if (job->n_files > 1)
		return cx_err_set(
		    err, CX_USAGE, "--inspect looks at one file at a time");
	code = guess_encoding(ingest->cli, options, job, err);
	if (code == 0)
		code = cx_rejects_open(&rejects, "/dev/null", err);
	job->rejects = &rejects;
	job->threads = 1;
	job->survey = survey;
	if (code == 0)
		code = cx_cli_fold(ingest->cli, job, &fold, &total, err);
	if (code == 0)
		code = write_book(&in, err);
	if (code == 0) {
		tell_records(&in, job);
		tell_repeats(&in);
		tell_command(&in, job);
	}
	release(&in);
	cx_rejects_release(&rejects);
	job->rejects = NULL;
	return code;
}
