/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/ingest/shards.h"

#include "cmd/ingest/rows.h"
#include "libcx/base/mem.h"
#include "libcx/table/shard.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

const char *ingest_shard, *ingest_shard_by;

/* ---- what is asked ---- */

static int count_of(const char *text, size_t *n, struct cx_err *err)
{
	enum { BASE_10 = 10, DIGITS = 4 };

	*n = strtoul(text, NULL, BASE_10);
	if (strspn(text, "0123456789") == strlen(text) &&
	    strlen(text) <= DIGITS && *n >= 1 && *n <= CX_MOST_SHARDS)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "--shard: %s is not a number of files from 1 to %d",
	    cx_quote(cx_str(text)), CX_MOST_SHARDS);
}

/*
 * Who reads part-* of four shards in a folder where there were eight would
 * count half of them twice.
 */
static int check_rest(const char *pattern, size_t n, struct cx_err *err)
{
	struct cx_buf name = { 0 };
	struct stat st;
	int code = 0;

	cx_shard_name(pattern, n, &name);
	if (stat(name.data, &st) == 0) {
		code = cx_err_set(err, CX_DATA,
		    "it looks like a shard of more than %zu: remove those "
		    "first, or name others with -o",
		    n);
		cx_err_file(err, name.data);
	}
	cx_buf_release(&name);
	return code;
}

static int check_options(
    const struct cx_cli *cli, size_t *n, struct cx_err *err)
{
	if (count_of(ingest_shard, n, err) < 0)
		return -1;
	if (!ingest_shard_by)
		return cx_err_set(err, CX_USAGE,
		    "--shard needs --by COLUMN, such as --by customer");
	if (!cli->output)
		return cx_err_set(err, CX_USAGE,
		    "--shard needs the names of its files, such as "
		    "-o part-%%d.tsv");
	if (cx_shard_check(cli->output, err) == 0)
		return check_rest(cli->output, *n, err);
	return -1;
}

int ingest_open_output(
    struct cx_cli *cli, struct ingest *ingest, struct cx_err *err)
{
	struct ingest_shards *shards;
	size_t n;

	if (!ingest_shard && ingest_shard_by)
		return cx_err_set(err, CX_USAGE, "--by is for --shard N");
	if (!ingest_shard) {
		int code = cx_cli_writer(cli, err);

		ingest->writer = cli->writer;
		return code;
	}
	if (check_options(cli, &n, err) < 0)
		return -1;
	shards = cx_calloc(1, sizeof(*shards));
	shards->n = n;
	shards->n_rows = cx_calloc(n, sizeof(*shards->n_rows));
	shards->lines = cx_calloc(n, sizeof(*shards->lines));
	shards->form = cx_writer_form();
	ingest->shards = shards;
	ingest->writer = shards->form;
	return cx_cli_shards(cli, n, err);
}

/* ---- columns ---- */

void ingest_put_column(const struct ingest *ingest, struct cx_str name)
{
	const struct cx_cli *cli = ingest->cli;

	if (!ingest->shards)
		cx_writer_column(ingest->writer, name, CX_TEXT);
	for (size_t i = 0; i < cli->n_shards; i++)
		cx_writer_column(cli->shards[i], name, CX_TEXT);
}

static int find_by(
    const struct cx_writer *writer, size_t *by, struct cx_err *err)
{
	struct cx_err why = { .status = CX_DONE };
	struct cx_header header = { .names = { 0 } };
	int code = 0;

	for (size_t i = 0; code == 0 && i < cx_writer_n_columns(writer); i++)
		code = cx_header_add(&header, cx_writer_name(writer, i), err);
	if (code == 0 &&
	    cx_header_find(&header, cx_str(ingest_shard_by), by, &why) < 0)
		code = cx_err_set(err, CX_USAGE, "--by: %s", why.what);
	cx_header_release(&header);
	return code;
}

int ingest_settle_columns(const struct ingest *ingest, struct cx_err *err)
{
	const struct cx_cli *cli = ingest->cli;
	struct ingest_shards *shards = ingest->shards;

	if (!shards)
		return 0;
	shards->n_columns = cx_writer_n_columns(cli->shards[0]);
	shards->cells = cx_calloc(shards->n_columns, sizeof(*shards->cells));
	for (size_t i = 0; i < shards->n; i++)
		shards->lines[i].writer = cli->shards[i];
	return find_by(cli->shards[0], &shards->by, err);
}

/* ---- rows ---- */

/* A row with the line end in front of it, in TSV. */
static void put_row(struct ingest_shards *shards, struct cx_str row)
{
	const char *at = row.p + 1, *end = row.p + row.n;
	size_t n = ingest_split(at, end, shards->cells, shards->by + 1);
	struct cx_str by = ingest_plain(shards->cells[n - 1], &shards->plain);
	size_t number = cx_shard_of(by, shards->n);
	struct cx_lines *lines = &shards->lines[number];

	shards->n_rows[number]++;
	if (cx_writer_is_tsv(lines->writer)) {
		cx_lines_take(lines, row);
		return;
	}
	n = ingest_split(at, end, shards->cells, shards->n_columns);
	for (size_t i = 0; i < n; i++)
		cx_lines_text(
		    lines, ingest_plain(shards->cells[i], &shards->plain));
	cx_lines_end(lines);
}

int ingest_write(
    const struct ingest *ingest, struct cx_lines *lines, struct cx_err *err)
{
	struct ingest_shards *shards = ingest->shards;
	const char *at = lines->bytes.data, *end;

	if (!shards)
		return cx_writer_put(ingest->writer, lines, err);
	end = lines->bytes.len ? at + lines->bytes.len : at;
	while (at < end) {
		const char *lf = memchr(at + 1, '\n', (size_t)(end - at - 1));
		const char *next = lf ? lf : end;

		put_row(shards, (struct cx_str){ at, (size_t)(next - at) });
		at = next;
	}
	cx_buf_clear(&lines->bytes);
	lines->whole = 0;
	for (size_t i = 0; i < shards->n; i++)
		if (shards->lines[i].bytes.len &&
		    cx_writer_put(
		        ingest->cli->shards[i], &shards->lines[i], err) < 0)
			return -1;
	return 0;
}

/* ---- the end ---- */

int ingest_tell_shards(const struct ingest_state *total, struct cx_err *err)
{
	const struct ingest_shards *shards = total->ingest->shards;
	uint64_t least = UINT64_MAX, most = 0, sum = 0;

	for (size_t i = 0; shards && i < shards->n; i++) {
		uint64_t n = shards->n_rows[i];

		least = n < least ? n : least;
		most = n > most ? n : most;
		sum += n;
	}
	if (shards && sum != total->n_kept + total->n_ratings)
		return cx_err_set(err, CX_DATA,
		    "the rows of the shards do not add up: %" PRIu64
		    " of %" PRIu64 "; this is a fault of cx-ingest",
		    sum, total->n_kept + total->n_ratings);
	if (shards)
		cx_cli_note(total->ingest->cli,
		    "shards by %s: %zu, of %" PRIu64 " to %" PRIu64 " rows",
		    cx_quote(cx_str(ingest_shard_by)), shards->n, least, most);
	return 0;
}

void ingest_shards_free(struct ingest_shards *shards)
{
	if (!shards)
		return;
	for (size_t i = 0; i < shards->n; i++)
		cx_lines_release(&shards->lines[i]);
	free(shards->lines);
	free(shards->n_rows);
	free(shards->cells);
	cx_buf_release(&shards->plain);
	cx_writer_free(shards->form);
	free(shards);
}
