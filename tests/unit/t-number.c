/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers and ranges of numbers as people write them. What each says was
 * written down by hand; separators are those of the Unicode CLDR 44, the least
 * units of currencies those of ISO 4217.
 */
#include "libcx/table/band.h"
#include "libcx/table/number.h"
#include "tests/lib/check.h"

enum { PLAIN, MONEY, PERCENT };

static const struct {
	int kind;
	const char *cell;
	const char *point, *comma; /* with either sign; NULL: no number */
	int signs; /* that it may have: CX_POINT 1, CX_COMMA 2 */
} cases[] = {
	{ PLAIN, "12", "12", "12", 0 },
	{ PLAIN, "-3", "-3", "-3", 0 },
	{ PLAIN, "+3", "+3", "+3", 0 },
	{ PLAIN, "1e6", "1e6", "1e6", 0 },
	{ PLAIN, "007", "007", "007", 0 },
	{ PLAIN, "3.50", "3.50", NULL, 1 },
	{ PLAIN, "3,50", NULL, "3.50", 2 },
	{ PLAIN, ".5", ".5", NULL, 1 },
	{ PLAIN, ",5", NULL, "0.5", 2 },
	{ PLAIN, "5.", "5.", NULL, 1 },
	{ PLAIN, "1.234", "1.234", "1234", 3 },
	{ PLAIN, "1,234", "1234", "1.234", 3 },
	{ PLAIN, "0.123", "0.123", NULL, 1 },
	{ PLAIN, "0,123", NULL, "0.123", 2 },
	{ PLAIN, "1234.567", "1234.567", NULL, 1 },
	{ PLAIN, "1234,567", NULL, "1234.567", 2 },
	{ PLAIN, "1,234.5", "1234.5", NULL, 1 },
	{ PLAIN, "1.234,5", NULL, "1234.5", 2 },
	{ PLAIN, "1,234,567", "1234567", NULL, 1 },
	{ PLAIN, "1.234.567", NULL, "1234567", 2 },
	{ PLAIN, "12,34,567", "1234567", NULL, 1 },
	{ PLAIN, "12,34,56", NULL, NULL, 0 },
	{ PLAIN, "1,23,456,789", NULL, NULL, 0 },
	{ PLAIN, "1 234 567", "1234567", "1234567", 0 },
	{ PLAIN, "1 234,5", NULL, "1234.5", 2 },
	{ PLAIN,
	    "1\xC2\xA0"
	    "234,5",
	    NULL, "1234.5", 2 },
	{ PLAIN,
	    "1\xE2\x80\xAF"
	    "234.5",
	    "1234.5", NULL, 1 },
	{ PLAIN, "1'234.50", "1234.50", NULL, 1 },
	{ PLAIN, "1’234.50", "1234.50", NULL, 1 },
	{ PLAIN, "1,2345", NULL, "1.2345", 2 },
	{ PLAIN, "1,234 567", NULL, NULL, 0 },
	{ PLAIN, "1,,234", NULL, NULL, 0 },
	{ PLAIN, "1,", NULL, "1", 2 },
	{ PLAIN, ".", NULL, NULL, 0 },
	{ PLAIN, ",", NULL, NULL, 0 },
	{ PLAIN, "-", NULL, NULL, 0 },
	{ PLAIN, "", NULL, NULL, 0 },
	{ PLAIN, "--5", NULL, NULL, 0 },
	{ PLAIN, "5 apples", NULL, NULL, 0 },
	{ PLAIN, "1万5千", NULL, NULL, 0 },
	{ MONEY, "1万5千円", "15000", "15000", 0 },
	{ MONEY, "1万5千", "15000", "15000", 0 },
	{ MONEY, "1万5円", "10005", "10005", 0 },
	{ MONEY, "1万0500", "10500", "10500", 0 },
	{ MONEY, "5千300", "5300", "5300", 0 },
	{ MONEY, "1.5万円", "15000", NULL, 1 },
	{ MONEY, "0.5万円", "5000", NULL, 1 },
	{ MONEY, "1.2345千円", "1234.5", NULL, 1 },
	{ MONEY, "1,500万円", "15000000", "15000", 1 },
	{ MONEY, "12億3456万7890円", "1234567890", "1234567890", 0 },
	{ MONEY, "3千5百万", "35000000", "35000000", 0 },
	{ MONEY, "▲２万円", "-20000", "-20000", 0 },
	{ MONEY, "百円", NULL, NULL, 0 },
	{ MONEY, "1万1億", NULL, NULL, 0 },
	{ MONEY, "1万15000", NULL, NULL, 0 },
	{ MONEY, "9999999999999999万円", "99999999999999990000",
	    "99999999999999990000", 0 },
	{ PLAIN, "$5", NULL, NULL, 0 },
	{ PLAIN, "5%", NULL, NULL, 0 },
	{ PLAIN, "１２３", "123", "123", 0 },
	{ PLAIN, "１，２３４．５", "1234.5", NULL, 1 },
	{ PLAIN, "－５", "-5", "-5", 0 },
	{ PLAIN, "−5", "-5", "-5", 0 },
	{ MONEY, "$1,234", "1234", "1.234", 1 },
	{ MONEY, "$1.234", "1.234", "1234", 2 },
	{ MONEY, "1.234 €", "1.234", "1234", 2 },
	{ MONEY, "1,234円", "1234", "1.234", 1 },
	{ MONEY, "￥１，２３４", "1234", "1.234", 1 },
	{ MONEY, "KWD 1,234", "1234", "1.234", 3 },
	{ MONEY, "1,234", "1234", "1.234", 3 },
	{ MONEY, "1,234.50", "1234.50", NULL, 1 },
	{ MONEY, "€ 1.234,50", NULL, "1234.50", 2 },
	{ MONEY, "1234,50 EUR", NULL, "1234.50", 2 },
	{ MONEY, "usd12", "12", "12", 0 },
	{ MONEY, "-$5", "-5", "-5", 0 },
	{ MONEY, "$-5", "-5", "-5", 0 },
	{ MONEY, "($5)", "-5", "-5", 0 },
	{ MONEY, "$(5)", NULL, NULL, 0 },
	{ MONEY, "(-5)", NULL, NULL, 0 },
	{ MONEY, "(5", NULL, NULL, 0 },
	{ MONEY, "5)", NULL, NULL, 0 },
	{ MONEY, "(", NULL, NULL, 0 },
	{ MONEY, "5-", "-5", "-5", 0 },
	{ MONEY, "▲1,234", "-1234", "-1.234", 3 },
	{ MONEY, "△1,234円", "-1234", "-1.234", 1 },
	{ MONEY, "$5€", NULL, NULL, 0 },
	{ MONEY, "5 pounds", NULL, NULL, 0 },
	{ MONEY, "$", NULL, NULL, 0 },
	{ PERCENT, "12%", "12", "12", 0 },
	{ PERCENT, "12.5 %", "12.5", NULL, 1 },
	{ PERCENT, "-12,5%", NULL, "-12.5", 2 },
	{ PERCENT, "１２％", "12", "12", 0 },
	{ PERCENT, "12", NULL, NULL, 0 },
	{ PERCENT, "%", NULL, NULL, 0 },
};

/* What is read, "none", or "open" where nobody can tell. */
static void read_as(
    const char *cell, int kind, char decimal, char got[CX_NUMBER_SIZE])
{
	char room[CX_NUMBER_SIZE];
	struct cx_str out;
	struct cx_err err = { .status = CX_DONE };

	if (cx_number_read(cx_str(cell), (enum cx_number_kind)kind, decimal,
	        room, &out, &err) == 0)
		snprintf(got, CX_NUMBER_SIZE, "%.*s", (int)out.n, out.p);
	else if (!err.reason || strcmp(err.reason, "not a number") != 0)
		strcpy(got, "no reason");
	else
		strcpy(got, strstr(err.what, "nobody") ? "open" : "none");
}

static void test_numbers(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *point = cases[i].point ? cases[i].point : "none";
		const char *comma = cases[i].comma ? cases[i].comma : "none";
		const char *open = cases[i].signs == 3   ? "open"
		                   : cases[i].signs == 2 ? comma
		                                         : point;
		char got[CX_NUMBER_SIZE];

		read_as(cases[i].cell, cases[i].kind, '.', got);
		check_str(got, point, "%s with a point", cases[i].cell);
		read_as(cases[i].cell, cases[i].kind, ',', got);
		check_str(got, comma, "%s with a comma", cases[i].cell);
		read_as(cases[i].cell, cases[i].kind, '\0', got);
		check_str(got, open, "%s with nothing said", cases[i].cell);
		check_int(cx_number_signs(cx_str(cases[i].cell),
		              (enum cx_number_kind)cases[i].kind),
		    cases[i].signs, "the signs of %s", cases[i].cell);
	}
}

/* ---- bands ---- */

static const struct {
	const char *cell;
	const char *want; /* "low..high" */
	int signs;
} bands[] = {
	{ "1,000円以上 3,000円未満", "1000..3000", 1 },
	{ "1,000円以上、3,000円未満", "1000..3000", 1 },
	{ "１，０００円〜２，９９９円", "1000..2999", 1 },
	{ "〜599万円", "..5990000", 0 },
	{ "～599万円", "..5990000", 0 },
	{ "600〜1000万円", "6000000..10000000", 0 },
	{ "600万円以上 700万円未満", "6000000..7000000", 0 },
	{ "3: 600〜1000万円", "6000000..10000000", 0 },
	{ "1億円以上", "100000000..", 0 },
	{ "5千円未満", "..5000", 0 },
	{ "100,000円以上", "100000..", 1 },
	/* Powers of ten: kanji2number of @geolonia/japanese-numeral 1.0.2 */
	{ "1千万円以上", "10000000..", 0 },
	{ "9百万円以下", "..9000000", 0 },
	{ "3百円〜5百円", "300..500", 0 },
	{ "1千2百円未満", "..1200", 0 },
	{ "1億2千万円〜1億5千万円", "120000000..150000000", 0 },
	{ "2千億円以上", "200000000000..", 0 },
	{ "5〜8千万円", "50000000..80000000", 0 },
	{ "5千〜1万円", "5000..10000", 0 },
	{ "1億2千5百万円", "125000000..125000000", 0 },
	{ "1億2千5百万円以上1億5千万円未満", "125000000..150000000", 0 },
	{ "2千5百万円〜3千万円", "25000000..30000000", 0 },
	{ "1億2,345万円以上", "123450000..", 1 },
	{ "1万5000円以下", "..15000", 0 },
	/* and those that nobody reads the same, or that are none of ours */
	{ "1千〜2千万円", "none", 0 },
	{ "1千〜2千5百万円", "none", 0 },
	{ "2千5百〜3千万円", "none", 0 },
	{ "2千5百万円台", "none", 0 },
	{ "1万5円以上", "none", 0 },
	{ "0千5百円", "none", 0 },
	{ "5百万2千万円", "none", 0 },
	{ "1万千円以上", "none", 0 },
	{ "1兆円以上", "none", 0 },
	{ "$50k - $75k", "none", 0 },
	{ "$1 million or more", "none", 0 },
	{ "under €5m", "none", 0 },
	{ "5 Mio. € - 10 Mio. €", "none", 0 },
	{ "under 5 m", "..5", 0 },
	{ "5 km or more", "5..", 0 },
	{ "１０回目以上", "10..", 0 },
	{ "11回目以上", "11..", 0 },
	{ "10歳未満", "..10", 0 },
	{ "80歳以上", "80..", 0 },
	{ "20代", "20..29", 0 },
	{ "20歳代", "20..29", 0 },
	{ "70代以上", "70..", 0 },
	{ "10代以下", "..19", 0 },
	{ "1000円台", "1000..1999", 0 },
	{ "3万円台", "30000..39999", 0 },
	{ "1〜2人", "1..2", 0 },
	{ "5名以下", "..5", 0 },
	{ "3泊まで", "..3", 0 },
	{ "100円超", "100..", 0 },
	{ "1000円から", "1000..", 0 },
	{ "1000円〜", "1000..", 0 },
	{ "500円", "500..500", 0 },
	{ "0円", "0..0", 0 },
	{ "$1,000 - $3,000", "1000..3000", 1 },
	{ "$1,000-3,000", "1000..3000", 1 },
	{ "1.000 € – 3.000 €", "1000..3000", 2 },
	{ "1,000 - 2,999", "open", 3 },
	{ "1,000.00 to 2,999.99", "1000..2999.99", 1 },
	{ "under $1,000", "..1000", 1 },
	{ "Less than 5", "..5", 0 },
	{ "$3,000 or more", "3000..", 1 },
	{ "More than 10", "10..", 0 },
	{ "between 5 and 10 years", "5..10", 0 },
	{ "65 years and over", "65..", 0 },
	{ "5+", "5..", 0 },
	{ "20-29", "20..29", 0 },
	{ "20 to 29", "20..29", 0 },
	{ "< 5", "..5", 0 },
	{ "≥ 7", "7..", 0 },
	{ "2,5 - 3,5", "2.5..3.5", 2 },
	{ "30-20", "none", 0 },
	{ "1 2", "none", 0 },
	{ "1〜2〜3", "none", 0 },
	{ "5人〜6回", "none", 0 },
	{ "under 5 or more", "none", 0 },
	{ "無回答", "none", 0 },
	{ "-", "none", 0 },
	{ "", "none", 0 },
	{ "25代", "none", 0 },
	{ "100代", "none", 0 },
};

static void test_bands(void)
{
	for (size_t i = 0; i < sizeof(bands) / sizeof(*bands); i++) {
		struct cx_str cell = cx_str(bands[i].cell);
		struct cx_err err = { .status = CX_DONE };
		char got[64] = "none", end[32];
		struct cx_band b;

		if (cx_band_read(cell, '\0', &b, &err) == 0) {
			got[0] = '\0';
			if (b.has_low)
				snprintf(got, sizeof(got), "%.15g", b.low);
			snprintf(end, sizeof(end), "%.15g", b.high);
			strcat(got, "..");
			strcat(got, b.has_high ? end : "");
		} else if (!err.reason ||
		           strcmp(err.reason, "not a band") != 0) {
			strcpy(got, "no reason");
		} else if (strstr(err.what, "nobody")) {
			strcpy(got, "open");
		}
		check_str(got, bands[i].want, "%s", bands[i].cell);
		check_int(cx_band_signs(cell), bands[i].signs,
		    "the signs of %s", bands[i].cell);
	}
}

int main(void)
{
	test_numbers();
	test_bands();
	return check_done();
}
