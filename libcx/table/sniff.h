/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_SNIFF_H
#define CX_TABLE_SNIFF_H

#include "libcx/base/str.h"

/* How a table is written. */
struct cx_dialect {
	char delimiter;
	bool tsv;     /* cx-stream(5) escapes, no quotes */
	bool literal; /* TSV in which a backslash is a backslash */
};

/* A header line that is longer is looked at no further. */
enum { CX_SNIFF_MOST = 1 << 20 };

/*
 * The dialect that a header line announces. text is the start of the table;
 * at_end says that nothing follows it. Returns false, *dialect untouched,
 * when the header line does not end within text.
 */
bool cx_sniff(struct cx_str text, bool at_end, struct cx_dialect *dialect);

/*
 * Whether the header line ends in a CR that no LF follows. text as above;
 * *known is false when what is to come decides.
 */
bool cx_sniff_returns(struct cx_str text, bool at_end, bool *known);

#endif
