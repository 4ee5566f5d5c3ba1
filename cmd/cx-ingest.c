/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cx-ingest - make a clean stream out of an export */
#include "cmd/ingest.h"

#include <stdlib.h>

static const char *codebook_file, *encoding, *zone;
static struct cx_list names;
static bool lenient;

static const struct cx_option options[] = {
	CX_OPT_TEXT('m', "codebook", &codebook_file, "FILE",
	    "what the columns are: see cx-codebook(5)"),
	CX_OPT_LIST('c', "column", &names, "NAME=COLUMN",
	    "call the source's COLUMN (or #N) NAME"),
	CX_OPT_TEXT(0, "tz", &zone, "ZONE",
	    "zone of times that name none, such as Asia/Tokyo"),
	CX_OPT_TEXT('e', "encoding", &encoding, "NAME",
	    "the input is in NAME, such as cp932 (default: UTF-8)"),
	CX_OPT_FLAG(
	    0, "lenient", &lenient, "read malformed CSV as well as can be"),
	CX_CLI_REJECT_OPTIONS,
	CX_OPT_END,
};

static int read_codebook(struct cx_codebook *book, struct cx_err *err)
{
	if (codebook_file && cx_codebook_read(book, codebook_file, err) < 0)
		return -1;
	for (size_t i = 0; i < names.n; i++)
		if (cx_codebook_name(book, cx_str(names.items[i]), err) < 0)
			return -1;
	return cx_codebook_defaults(book, zone, err);
}

/* Told before anything is read, for all files. */
static int check_encoding(struct cx_err *err)
{
	char name[CX_ENCODING_SIZE];

	return encoding ? cx_decode_name(encoding, name, err) : 0;
}

static int ingest(struct cx_cli *cli, struct ingest *what, struct cx_job *job,
    struct cx_err *err)
{
	struct ingest_state total = { .ingest = what };
	int code = cx_cli_fold(cli, job, &ingest_fold, &total, err);

	if (code == 0)
		code = ingest_tell(cli, job, &total, err);
	ingest_release(&total);
	return code == 0 ? cx_cli_close(cli, err) : -1;
}

static int run(struct cx_cli *cli, struct cx_err *err)
{
	struct cx_job job = cx_cli_job(cli);
	struct cx_rejects rejects = { 0 };
	struct ingest what = { .cli = cli };
	int code = cx_cli_writer(cli, err);

	job.reader.lenient = lenient;
	job.survey = ingest_survey;
	job.reader.encoding = encoding;
	what.writer = cli->writer;
	if (code == 0)
		code = check_encoding(err);
	if (code == 0)
		code = read_codebook(&what.book, err);
	if (code == 0)
		code = cx_cli_rejects(cli, &job, &rejects, err);
	if (code == 0)
		code = ingest(cli, &what, &job, err);
	cx_rejects_release(&rejects);
	ingest_forget(&what);
	return code;
}

int main(int argc, char **argv)
{
	struct cx_cli cli = {
		.name = "cx-ingest",
		.purpose = "Make a clean stream out of survey exports and "
		           "other tables.",
		.options = options,
		.foreign = true,
	};
	int status;

	cx_cli_parse(&cli, argc, argv);
	status = cx_cli_run(&cli, run);
	free(names.items);
	return status;
}
