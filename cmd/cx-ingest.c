/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cx-ingest - make a clean stream out of an export */
#include "cmd/ingest/inspect.h"
#include "cmd/ingest/manifest.h"
#include "cmd/ingest/rows.h"
#include "cmd/ingest/scout.h"
#include "cmd/ingest/shards.h"

#include "libcx/cli/memory.h"

#include <stdlib.h>

static const char *codebook_file, *encoding, *zone;
static const char *format, *formats_folder;
static struct cx_list names, kept_rules;
static bool inspect, lenient, list_formats;

static struct ingest_manifest manifest;

static const struct cx_option options[] = {
	CX_OPT_TEXT('m', "codebook", &codebook_file, "FILE",
	    "what the columns are: see cx-codebook(5)"),
	CX_OPT_LIST('c', "column", &names, "NAME=COLUMN",
	    "call the source's COLUMN (or #N) NAME"),
	CX_OPT_TEXT('f', "from", &format, "EXPORT",
	    "the input is an export of this format; see --list-formats"),
	CX_OPT_TEXT(0, "formats", &formats_folder, "FOLDER",
	    "formats of your own (default: CX_FORMATS)"),
	CX_OPT_FLAG(0, "list-formats", &list_formats,
	    "print the formats there are, and exit"),
	CX_OPT_FLAG(0, "inspect", &inspect,
	    "say what FILE is, and draft a codebook for it"),
	CX_OPT_LIST(0, "keep", &kept_rules, "RULE",
	    "keep the records that a rule of the format would drop"),
	CX_OPT_TEXT(0, "dates", &ingest_dates, "FORM",
	    "dates whose form is not told are ymd, mdy, dmy, epoch, epoch-ms, "
	    "excel or excel-1904"),
	CX_OPT_TEXT(0, "decimal", &ingest_decimal, "SIGN",
	    "numbers whose decimal sign is not told have SIGN, . or ,"),
	CX_OPT_TEXT(0, "tz", &zone, "ZONE",
	    "zone of times that name none, such as Asia/Tokyo"),
	CX_OPT_TEXT('e', "encoding", &encoding, "ENCODING",
	    "that of the input, such as cp932 (default: UTF-8)"),
	CX_OPT_FLAG(
	    0, "lenient", &lenient, "read malformed CSV as well as can be"),
	INGEST_ROWS_OPTIONS,
	INGEST_SHARD_OPTIONS,
	INGEST_MANIFEST_OPTION,
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
	struct ingest_scout scouted;
	struct cx_scout scout = ingest_scout_job(what, &scouted);
	int code;

	what->job = job;
	job->scout = &scout;
	code = cx_cli_fold(cli, job, &ingest_fold, &total, err);
	job->scout = NULL;
	ingest_scout_release(&scouted);
	if (code == 0)
		code = ingest_rows_finish(&total, err);
	if (code == 0)
		code = ingest_tell(cli, job, &total, err);
	if (code == 0)
		code = cx_cli_close(cli, err);
	if (code == 0)
		code = ingest_manifest_close(&manifest, job, &total, err);
	ingest_release(&total);
	return code;
}

/* What makes no stream has nothing to do with options about one. */
static int check_modes(const struct cx_cli *cli, struct cx_err *err)
{
	static const char *const of_list[] = { "formats", NULL };
	static const char *const of_inspect[] = { "encoding", "formats", "from",
		"keep", "lenient", "tz", NULL };

	if (list_formats && (cli->n_files || cli->where))
		return cx_err_set(
		    err, CX_USAGE, "--list-formats reads no records");
	if (list_formats)
		return ingest_check_mode(cli, "list-formats", of_list, err);
	if (inspect && (codebook_file || names.n))
		return cx_err_set(err, CX_USAGE,
		    "--inspect drafts a codebook, and takes none");
	if (inspect)
		return ingest_check_mode(cli, "inspect", of_inspect, err);
	return 0;
}

static int read_settings(struct ingest *what, struct cx_err *err)
{
	if (check_encoding(err) < 0 || ingest_scout_options(err) < 0 ||
	    ingest_rows_check(err) < 0 ||
	    ingest_manifest_check(codebook_file, err) < 0 ||
	    read_codebook(&what->book, err) < 0 ||
	    ingest_read_formats(what, formats_folder, err) < 0)
		return -1;
	for (size_t i = 0; i < kept_rules.n; i++)
		if (ingest_keep(what, cx_str(kept_rules.items[i]), err) < 0)
			return -1;
	return 0;
}

static int choose_format(
    struct ingest *what, struct cx_export **chosen, struct cx_err *err)
{
	*chosen = NULL;
	if (!format ||
	    cx_exports_find(&what->exports, cx_str(format), chosen, err) == 0)
		return 0;
	return -1;
}

static int inspect_file(struct cx_cli *cli, struct ingest *what,
    struct cx_job *job, struct cx_err *err)
{
	struct ingest_inspect_options given = { encoding, format,
		formats_folder, zone, &kept_rules, lenient, false };

	if (ingest_inspect(what, job, &given, err) < 0)
		return -1;
	return cx_cli_close(cli, err);
}

static int ingest_files(
    struct cx_cli *cli, struct ingest *what, struct cx_err *err)
{
	struct cx_job job = cx_cli_job(cli);
	struct cx_rejects rejects = { 0 };
	struct cx_export *chosen;
	struct cx_export_head head;
	int code = choose_format(what, &chosen, err);

	head = cx_export_head(&what->exports, chosen, zone);
	job.survey = ingest_survey;
	job.reader.lenient = lenient;
	job.reader.encoding = encoding;
	job.reader.head = &head.head;
	if (code == 0 && inspect)
		return inspect_file(cli, what, &job, err);
	if (code == 0)
		code =
		    ingest_manifest_open(&manifest, codebook_file, &job, err);
	if (code == 0)
		code = cx_cli_rejects(cli, &job, &rejects, err);
	if (code == 0)
		code = ingest(cli, what, &job, err);
	cx_rejects_release(&rejects);
	return code;
}

static int run(struct cx_cli *cli, struct cx_err *err)
{
	struct ingest what = { .cli = cli };
	int code = check_modes(cli, err);

	if (code == 0)
		code = ingest_open_output(cli, &what, err);
	if (code == 0)
		code = read_settings(&what, err);
	if (code == 0 && list_formats)
		code = ingest_list_formats(&what, err);
	else if (code == 0)
		code = ingest_files(cli, &what, err);
	if (code == 0 && list_formats)
		code = cx_cli_close(cli, err);
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

	cx_memory_watch(&cli);
	/* Parsing changes their order. */
	ingest_manifest_arguments(&manifest, argc, argv);
	cx_cli_parse(&cli, argc, argv);
	status = cx_cli_run(&cli, run);
	free(names.items);
	free(kept_rules.items);
	ingest_manifest_release(&manifest);
	free(ingest_asked.pseudonymize.items);
	free(ingest_asked.redact.items);
	free(ingest_asked.drop.items);
	free(ingest_asked.batteries.items);
	free(ingest_asked.flags.items);
	cx_predicate_free(ingest_asked.conditions);
	return status;
}
