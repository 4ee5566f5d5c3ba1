/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_EXPORT_H
#define CX_TABLE_EXPORT_H

#include "libcx/table/codebook.h"
#include "libcx/table/reader.h"

/*
 * What an export of some tool looks like: a codebook that also has rules by
 * which it is recognised and its header rows are read. Each is a file of
 * share/formats, or of a folder of the user's; see cx-formats(5).
 */
struct cx_export {
	char *name;
	struct cx_codebook book;
	bool complete; /* its defaults are filled in */
	char *zone;    /* that header rows named; NULL: none did */
};

/* Those there are, in the order of their names. */
struct cx_exports {
	struct cx_export *list;
	size_t n;
};

/*
 * Adds those of a folder; one of a name that is there already takes its
 * place. The caller releases exports either way.
 */
int cx_exports_read(
    struct cx_exports *exports, const char *folder, struct cx_err *err);
void cx_exports_release(struct cx_exports *exports);

/* What a format calls itself. */
const char *cx_export_title(const struct cx_export *e);

/* By name; a usage error that lists them when there is none of it. */
int cx_exports_find(struct cx_exports *exports, struct cx_str name,
    struct cx_export **found, struct cx_err *err);

/* How many records the header takes up. */
size_t cx_export_header_rows(const struct cx_export *e);

/*
 * The zone that header rows named, for the times of a codebook that are
 * without one.
 */
int cx_export_lend_zone(
    const struct cx_export *e, struct cx_codebook *book, struct cx_err *err);

/*
 * Makes headers for a reader: of the format that was chosen, else of the one
 * that is recognised, else of the first record; names are unique.
 *   chosen   NULL: none
 *   zone     that of times for which nothing else names one; NULL: none
 */
struct cx_export_head {
	struct cx_head head;
	struct cx_exports *exports;
	struct cx_export *chosen;
	const char *zone;
};
struct cx_export_head cx_export_head(
    struct cx_exports *exports, struct cx_export *chosen, const char *zone);

#endif
