/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manifest of a run: see cx-ingest(1). Nothing in it is of the clock. */
#include "cmd/ingest/manifest.h"

#include "libcx/base/mem.h"
#include "libcx/base/utf8.h"
#include "libcx/table/escape.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

const char *ingest_manifest_file;

enum { BLOCK = 1 << 16 };

void ingest_manifest_arguments(struct ingest_manifest *m, int argc, char **argv)
{
	m->n_arguments = argc > 1 ? (size_t)argc - 1 : 0;
	m->arguments = cx_calloc(m->n_arguments + 1, sizeof(*m->arguments));
	for (size_t i = 0; i < m->n_arguments; i++)
		m->arguments[i] = argv[i + 1];
}

/* ---- before ---- */

static int read_all(struct cx_input *in, struct cx_err *err)
{
	char *block = cx_malloc(BLOCK);
	ssize_t n;

	do
		n = cx_input_read(in, block, BLOCK, err);
	while (n > 0);
	free(block);
	return n < 0 ? -1 : 0;
}

int ingest_manifest_check(const char *codebook, struct cx_err *err)
{
	struct stat st;

	if (!ingest_manifest_file)
		return 0;
	if (strcmp(ingest_manifest_file, "-") == 0)
		return cx_err_set(err, CX_USAGE,
		    "--manifest needs a file; standard output holds the "
		    "stream");
	if (!codebook || stat(codebook, &st) < 0 || S_ISREG(st.st_mode))
		return 0;
	cx_err_file(err, codebook);
	return cx_err_set(err, CX_USAGE,
	    "--manifest needs the codebook in a file, to read it twice");
}

static int sum_codebook(struct ingest_manifest *m, struct cx_err *err)
{
	struct cx_input *in;
	int code;

	if (cx_input_open_as(&in, m->codebook, CX_INPUT_SUMMED, err) < 0)
		return -1;
	code = read_all(in, err);
	if (code == 0)
		cx_input_take_sum(in, &m->codebook_sum);
	cx_input_close(in);
	return code;
}

int ingest_manifest_open(struct ingest_manifest *m, const char *codebook,
    struct cx_job *job, struct cx_err *err)
{
	size_t n = job->n_files ? job->n_files : 1;

	if (!ingest_manifest_file)
		return 0;
	m->codebook = codebook;
	if (codebook && sum_codebook(m, err) < 0)
		return -1;
	m->sums = cx_calloc(n, sizeof(*m->sums));
	job->sums = m->sums;
	return cx_output_open(&m->out, ingest_manifest_file, err);
}

/* ---- JSON ---- */

/* A name or an argument; what is not UTF-8 of it as U+FFFD. */
static void add_text(struct cx_buf *out, struct cx_str s)
{
	struct cx_buf text = { 0 };

	while (s.n) {
		size_t good = cx_utf8_valid(s);

		cx_buf_add(&text, s.p, good);
		if (good < s.n) {
			cx_buf_addz(&text, "\xEF\xBF\xBD");
			good++;
		}
		s.p += good;
		s.n -= good;
	}
	cx_escape_json(out, cx_buf_str(&text));
	cx_buf_release(&text);
}

static void add_file(
    struct cx_buf *out, const char *name, const struct cx_input_sum *sum)
{
	cx_buf_addz(out, "{\"file\": ");
	add_text(out, cx_str(name));
	cx_buf_addf(out, ", \"bytes\": %" PRIu64 ", \"sha256\": \"%.*s\"}",
	    sum->size, CX_DIGEST_SIZE, sum->sha256);
}

static void add_arguments(struct cx_buf *out, const struct ingest_manifest *m)
{
	cx_buf_addz(out, "  \"arguments\": [");
	for (size_t i = 0; i < m->n_arguments; i++) {
		cx_buf_addz(out, i ? ", " : "");
		add_text(out, cx_str(m->arguments[i]));
	}
	cx_buf_addz(out, "],\n");
}

static void add_files(struct cx_buf *out, const struct ingest_manifest *m,
    const struct cx_job *job)
{
	size_t n = job->n_files ? job->n_files : 1;

	cx_buf_addz(out, "  \"inputs\": [");
	for (size_t i = 0; i < n; i++) {
		cx_buf_addz(out, i ? ",\n    " : "\n    ");
		add_file(out, job->n_files ? job->files[i] : "-", &m->sums[i]);
	}
	cx_buf_addz(out, "\n  ],\n  \"codebook\": ");
	if (m->codebook)
		add_file(out, m->codebook, &m->codebook_sum);
	else
		cx_buf_addz(out, "null");
	cx_buf_addz(out, ",\n");
}

/* By reason, in the order of the reasons' bytes. */
static void add_tally(
    struct cx_buf *out, const char *name, const struct cx_tally *tally)
{
	size_t n = tally ? tally->names.n : 0;
	size_t *order = n ? cx_map_sorted(&tally->names) : NULL;

	cx_buf_addf(out, ",\n  \"%s\": %" PRIu64 ",\n  \"%s_by\": {", name,
	    tally ? tally->n : 0, name);
	for (size_t i = 0; i < n; i++) {
		cx_buf_addz(out, i ? ", " : "");
		add_text(out, cx_map_key(&tally->names, order[i]));
		cx_buf_addf(out, ": %" PRIu64, tally->counts[order[i]]);
	}
	cx_buf_addz(out, "}");
	free(order);
}

int ingest_manifest_close(struct ingest_manifest *m, const struct cx_job *job,
    const struct ingest_state *total, struct cx_err *err)
{
	struct cx_output *out = m->out;
	struct cx_buf text = { 0 };
	int code;

	if (!out)
		return 0;
	m->out = NULL;
	cx_buf_addf(&text,
	    "{\n  \"program\": \"cx-ingest\",\n  \"version\": \"%s\",\n",
	    cx_cli_version());
	add_arguments(&text, m);
	add_files(&text, m, job);
	cx_buf_addf(&text,
	    "  \"read\": %" PRIu64 ",\n  \"kept\": %" PRIu64
	    ",\n  \"left_out\": %" PRIu64,
	    job->n_read, total->n_kept, job->n_left_out);
	add_tally(
	    &text, "rejected", job->rejects ? &job->rejects->reasons : NULL);
	add_tally(&text, "dropped", &total->dropped);
	cx_buf_addz(&text, "\n}\n");
	code = cx_output_write(out, text.data, text.len, err);
	cx_buf_release(&text);
	if (code == 0)
		return cx_output_close(out, err);
	cx_output_discard(out);
	return -1;
}

void ingest_manifest_release(struct ingest_manifest *m)
{
	cx_output_discard(m->out);
	free(m->sums);
	free(m->arguments);
}
