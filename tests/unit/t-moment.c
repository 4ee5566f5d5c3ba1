/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates as exports write them. What they are was written down by hand; eras
 * by the dates of their first days (cabinet orders of 1989 and 2019, Imperial
 * edicts before), numbers of seconds by date(1) of GNU coreutils 9.1, days of
 * spreadsheets by the dates that LibreOffice 7.4 and ECMA-376 give them.
 */
#include "libcx/table/moment.h"
#include "tests/lib/check.h"

#include <stdlib.h>

enum { ANY, YMD, MDY, DMY, EPOCH, EPOCH_MS, EXCEL, EXCEL_1904 };

static const struct {
	int order;
	const char *cell;
	const char *want; /* civil time and offset; NULL: no date */
} cases[] = {
	/* ISO 8601, and what is near it */
	{ ANY, "2026-11-21", "2026-11-21T00:00:00" },
	{ ANY, "2026-11-21T16:54:29Z", "2026-11-21T16:54:29+0" },
	{ ANY, "2026-11-21 16:54:29.123456 +09:00",
	    "2026-11-21T16:54:29+32400" },
	{ ANY, "2026-11-21T16:54:29,5-0330", "2026-11-21T16:54:29-12600" },
	{ ANY, "2026-11-21T16:54:29+09", "2026-11-21T16:54:29+32400" },
	{ ANY, "2026-11-21T16:54:29+09:", NULL },
	{ ANY, "2026-11-21T16:54:29 GMT+9:", NULL },
	{ ANY, "20261121T165429Z", "2026-11-21T16:54:29+0" },
	{ ANY, "20261121", "2026-11-21T00:00:00" },
	{ ANY, "20261121165429", "2026-11-21T16:54:29" },
	{ ANY, "20261121165429 10:00", NULL },
	{ ANY, "2024-02-29", "2024-02-29T00:00:00" },
	{ ANY, "2026-02-29", NULL },
	{ ANY, "2026-11-21T24:00", NULL },
	{ ANY, "2026-11-21T", NULL },
	{ ANY, "2026-11", NULL },
	{ ANY, "", NULL },
	/* slashes and points */
	{ ANY, "2026/1/2 3:04", "2026-01-02T03:04:00" },
	{ ANY, "2026.01.02", "2026-01-02T00:00:00" },
	{ ANY, "2026/1-2", NULL },
	{ MDY, "12/6/2018 11:57:58", "2018-12-06T11:57:58" },
	{ MDY, "8/20/25 12:51:45", "2025-08-20T12:51:45" },
	{ DMY, "7/11/21", "2021-11-07T00:00:00" },
	{ DMY, "25/12/2021", "2021-12-25T00:00:00" },
	{ DMY, "31.12.69", "1969-12-31T00:00:00" },
	{ DMY, "31.12.68", "2068-12-31T00:00:00" },
	{ DMY, "2021/12/25", "2021-12-25T00:00:00" },
	{ MDY, "25/12/2021", NULL },
	{ YMD, "21/9/13", "2021-09-13T00:00:00" },
	{ YMD, "1/9/13", NULL },
	{ YMD, "121/9/13", NULL },
	{ DMY, "1/2/121", NULL },
	{ ANY, "1/2/2026", NULL },
	{ ANY, "2/2/2026", "2026-02-02T00:00:00" },
	{ ANY, "13/2/2026", NULL },
	/* twelve hours */
	{ MDY, "11/21/26 6:40 pm", "2026-11-21T18:40:00" },
	{ MDY, "11/21/2026 12:05:09 AM", "2026-11-21T00:05:09" },
	{ MDY, "11/21/2026 12:05 p.m.", "2026-11-21T12:05:00" },
	{ MDY, "11/21/2026 0:05 AM", NULL },
	{ MDY, "11/21/2026 13:05 PM", NULL },
	{ ANY, "2020/07/27 3:15:06 午後 GMT+9", "2020-07-27T15:15:06+32400" },
	{ ANY, "2020/07/27 午後3:15:06", "2020-07-27T15:15:06" },
	{ ANY, "2020/07/27 午前 3:15", "2020-07-27T03:15:00" },
	{ ANY, "2020/07/27 12:30 午後", "2020-07-27T12:30:00" },
	{ ANY, "2020/07/27 12:30 午前", "2020-07-27T00:30:00" },
	{ ANY, "2020/07/27 午後0:30", "2020-07-27T12:30:00" },
	{ ANY, "2020/07/27 午後13:30", NULL },
	{ ANY, "2020/07/27 午前3:15 PM", NULL },
	/* Japanese */
	{ ANY, "2026年11月21日", "2026-11-21T00:00:00" },
	{ ANY, "2026年1月2日 3時4分5秒", "2026-01-02T03:04:05" },
	{ ANY, "2026年1月2日3時", "2026-01-02T03:00:00" },
	{ ANY, "2026年1月2日 12:1時", NULL },
	{ ANY, "2026年1月2日 12時050530", NULL },
	{ ANY, "2026年1月2日午後3時4分", "2026-01-02T15:04:00" },
	{ ANY, "2026年1月2日(金)", "2026-01-02T00:00:00" },
	{ ANY, "2026年1月2日（金）16時54分", "2026-01-02T16:54:00" },
	{ ANY, "2026/1/2(金曜日)", "2026-01-02T00:00:00" },
	{ ANY, "2026/1/2(土)", NULL },
	{ ANY, "２０２６／１／２　１６：５４", "2026-01-02T16:54:00" },
	{ ANY, "２０２６年１１月２１日", "2026-11-21T00:00:00" },
	{ ANY, "26年1月2日", NULL },
	{ ANY, "2026年13月2日", NULL },
	/* eras */
	{ ANY, "令和7年4月18日", "2025-04-18T00:00:00" },
	{ ANY, "令和元年5月1日", "2019-05-01T00:00:00" },
	{ ANY, "令和1年5月1日", "2019-05-01T00:00:00" },
	{ ANY, "令和元年4月30日", NULL },
	{ ANY, "令和0年5月1日", NULL },
	{ ANY, "令和 7年 4月", NULL },
	{ ANY, "R7.4.1", "2025-04-01T00:00:00" },
	{ ANY, "r07/04/01 9:05", "2025-04-01T09:05:00" },
	{ ANY, "Ｒ７．４．１", "2025-04-01T00:00:00" },
	{ ANY, "㋿7年4月18日", "2025-04-18T00:00:00" },
	{ ANY, "平成元年1月8日", "1989-01-08T00:00:00" },
	{ ANY, "平成元年1月7日", NULL },
	{ ANY, "H31.4.30", "2019-04-30T00:00:00" },
	{ ANY, "平成32年1月1日", "2020-01-01T00:00:00" },
	{ ANY, "昭和64年1月7日", "1989-01-07T00:00:00" },
	{ ANY, "S1.12.25", "1926-12-25T00:00:00" },
	{ ANY, "大正15年12月24日", "1926-12-24T00:00:00" },
	{ ANY, "明治45年7月29日", "1912-07-29T00:00:00" },
	/* English */
	{ ANY, "21 Nov 2026", "2026-11-21T00:00:00" },
	{ ANY, "21-Nov-26", "2026-11-21T00:00:00" },
	{ ANY, "Nov 21, 2026 4:54 PM", "2026-11-21T16:54:00" },
	{ ANY, "September 1, 2026", "2026-09-01T00:00:00" },
	{ ANY, "Sept. 1 2026", NULL },
	{ ANY, "Sep. 1, 2026", "2026-09-01T00:00:00" },
	{ ANY, "Fri, 2 Jan 2026 10:00:00 +0000", "2026-01-02T10:00:00+0" },
	{ ANY, "Friday, January 2, 2026", "2026-01-02T00:00:00" },
	{ ANY, "Sat, 2 Jan 2026", NULL },
	{ ANY, "2 Foo 2026", NULL },
	/* zones */
	{ ANY, "2026-11-21 16:54 UTC", "2026-11-21T16:54:00+0" },
	{ ANY, "2026-11-21 16:54 JST", "2026-11-21T16:54:00+32400" },
	{ ANY, "2026-11-21 16:54 GMT-03:30", "2026-11-21T16:54:00-12600" },
	{ ANY, "2026-11-21 16:54 +19", NULL },
	{ ANY, "2026-11-21 16:54 PST", NULL },
	/* seconds since 1970: date -u -d @1614192119 */
	{ ANY, "1614192119", "2021-02-24T18:41:59+0" },
	{ ANY, "1614192119.0", "2021-02-24T18:41:59+0" },
	{ ANY, "1614192119999", "2021-02-24T18:41:59+0" },
	{ ANY, "161419211", NULL },
	{ ANY, "-1614192119", NULL },
	{ YMD, "1614192119", NULL },
	{ EPOCH, "0", "1970-01-01T00:00:00+0" },
	{ EPOCH, "-1", "1969-12-31T23:59:59+0" },
	{ EPOCH, "-0.5", "1969-12-31T23:59:59+0" },
	{ EPOCH, "20150905", "1970-08-22T05:28:25+0" },
	{ EPOCH, "2015-09-05", NULL },
	{ EPOCH, "999999999999", NULL },
	{ EPOCH_MS, "1614192119999", "2021-02-24T18:41:59+0" },
	{ EPOCH_MS, "-1", "1969-12-31T23:59:59+0" },
	{ EPOCH_MS, "-1000.5", "1969-12-31T23:59:58+0" },
	/* days of spreadsheets */
	{ EXCEL, "1", "1900-01-01T00:00:00" },
	{ EXCEL, "59", "1900-02-28T00:00:00" },
	{ EXCEL, "60", NULL },
	{ EXCEL, "61", "1900-03-01T00:00:00" },
	{ EXCEL, "45000", "2023-03-15T00:00:00" },
	{ EXCEL, "45000.5", "2023-03-15T12:00:00" },
	{ EXCEL, "45000.999999", "2023-03-16T00:00:00" },
	{ EXCEL, "0", NULL },
	{ EXCEL, "-5", NULL },
	{ EXCEL, "2958465", "9999-12-31T00:00:00" },
	{ EXCEL, "2958466", NULL },
	{ EXCEL_1904, "0", "1904-01-01T00:00:00" },
	{ EXCEL_1904, "-0.5", NULL },
	{ EXCEL_1904, "43538", "2023-03-15T00:00:00" },
	{ ANY, "45000", NULL },
};

static void test_cases(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct cx_moment m;
		struct cx_err err = { .status = CX_DONE };
		char got[64] = "none";

		if (cx_moment_parse(cx_str(cases[i].cell),
		        (enum cx_date_order)cases[i].order, &m, &err) == 0)
			snprintf(got, sizeof(got),
			    "%04d-%02d-%02dT%02d:%02d:%02d", m.civil.year,
			    m.civil.month, m.civil.day, m.civil.hour,
			    m.civil.minute, m.civil.second);
		else if (!err.reason || strcmp(err.reason, "not a date") != 0)
			strcpy(got, "no reason");
		if (strcmp(got, "none") != 0 && m.has_offset)
			snprintf(got + 19, sizeof(got) - 19, "%+d", m.offset);
		check_str(got, cases[i].want ? cases[i].want : "none",
		    "\"%s\", order %d", cases[i].cell, cases[i].order);
	}
}

static void test_zero(void)
{
	static const char *const zero[] = { "0000-00-00", "0000-00-00 00:00:00",
		"0000/00/00", "0000-00-00T00:00:00Z", " 0000-00-00 " };
	static const char *const other[] = { "0001-00-00", "0", "0000-00",
		"0000-00-00x", "00000000000" };

	for (int i = 0; i < 5; i++) {
		check(cx_moment_is_zero(cx_str(zero[i])), "%s", zero[i]);
		check(!cx_moment_is_zero(cx_str(other[i])), "%s", other[i]);
	}
}

static void test_orders(void)
{
	static const struct {
		const char *cell, *fits;
	} orders[] = { { "2026-11-21", "" }, { "R7.4.1", "" }, { "x", "" },
		{ "1/2/2026", "mdy dmy " }, { "13/2/2026", "dmy " },
		{ "2/13/2026", "mdy " }, { "2/2/2026", "" },
		{ "1/2/26", "mdy dmy " }, { "21/09/13", "ymd dmy " },
		{ "01/02/03", "ymd mdy dmy " }, { "99/12/31", "ymd " },
		{ "13/13/2026", "" }, { "１／２／２０２６", "mdy dmy " } };

	for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); i++) {
		unsigned set = cx_moment_orders(cx_str(orders[i].cell));
		char got[64] = "";

		for (int o = CX_ORDER_YMD; o <= CX_ORDER_DMY; o++)
			if (set & 1u << o) {
				strcat(got, cx_date_order_word(o));
				strcat(got, " ");
			}
		check_str(
		    got, orders[i].fits, "orders of \"%s\"", orders[i].cell);
	}
}

int main(void)
{
	test_cases();
	test_zero();
	test_orders();
	return check_done();
}
