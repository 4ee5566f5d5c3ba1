/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_RFM_H
#define CX_CMD_PERSONA_RFM_H

#include "libcx/cli/cli.h"

struct persona_rfm_settings {
	bool asked;
	const char *as_of;
	const char *recency, *frequency, *money; /* cut points */
};
extern struct persona_rfm_settings persona_rfm_settings;

#define PERSONA_RFM_OPTIONS                                                    \
	CX_OPT_FLAG(0, "rfm", &persona_rfm_settings.asked,                     \
	    "score customers by their orders: recency, frequency, money"),     \
	    CX_OPT_TEXT(0, "as-of", &persona_rfm_settings.as_of, "DATE",       \
	        "the day that recency counts back from"),                      \
	    CX_OPT_TEXT(0, "cut-recency", &persona_rfm_settings.recency,       \
	        "CUTS", "four numbers of days, in place of the quintiles"),    \
	    CX_OPT_TEXT(0, "cut-frequency", &persona_rfm_settings.frequency,   \
	        "CUTS", "four numbers of orders"),                             \
	    CX_OPT_TEXT(0, "cut-money", &persona_rfm_settings.money, "CUTS",   \
	        "four amounts, such as 50,100,250,1000")

/* Ends the program where its options are wrong. */
void persona_rfm_check(const struct cx_cli *cli);

/* --rfm: a table of the customers, with their segment as persona. */
int persona_rfm_run(struct cx_cli *cli, struct cx_err *err);

#endif
