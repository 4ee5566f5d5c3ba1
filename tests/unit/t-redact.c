/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts and what is left of them, written by hand. Cards are the test numbers
 * that card companies publish; telephones are examples, such as 555-01xx.
 */
#include "libcx/base/mem.h"
#include "libcx/base/utf8.h"
#include "libcx/table/redact.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"

#include <stdlib.h>

struct redact_case {
	const char *text, *left; /* NULL: nothing to take out */
};

static void check_case(struct cx_redactor *r, struct redact_case c)
{
	struct cx_buf out = { 0 };
	bool some = cx_redact(r, cx_str(c.text), &out);
	const char *want = c.left ? c.left : "";

	if (!check(some == (c.left != NULL) &&
	               cx_str_eq(cx_buf_str(&out), cx_str(want)),
	        "%s", c.text))
		printf(
		    "# left: %.*s\n", (int)out.len, out.data ? out.data : "");
	cx_buf_release(&out);
}

static void check_cases(const struct redact_case *cases, size_t n)
{
	struct cx_redactor r = { 0 };

	for (size_t i = 0; i < n; i++)
		check_case(&r, cases[i]);
	cx_redactor_release(&r);
}

#define CHECK_CASES(cases) check_cases(cases, sizeof(cases) / sizeof(*(cases)))

static void test_emails(void)
{
	static const struct redact_case cases[] = {
		{ "write to a.b+c@example.com.", "write to [email]." },
		{ "<taro_yamada@mail.example.co.jp>", "<[email]>" },
		{ "メールはtaro@example.jpまで", "メールは[email]まで" },
		{ "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ です", "[email] です" },
		{ "taro＠example.com", "[email]" },
		{ "09012345678@example.ne.jp", "[email]" },
		{ "'o'brien@example.org'", "'[email]'" },
		{ "mail=x@example.com;y@example.com", "mail=[email];[email]" },
		{ "x@example.com/y@b.example", "[email]/[email]" },
		{ "x@example.c0m1", NULL },
		{ "x@sub.example.c0m", "[email].c0m" },
		{ "@example", NULL },
		{ "me@home", NULL },
		{ "3 @ 5.00", NULL },
		{ "a@@example.com", NULL },
		{ "zero\u200Bwidth@exam\u00ADple.com", "[email]" },
		{ "", NULL },
		{ "nothing here", NULL },
	};

	CHECK_CASES(cases);
}

static void test_japanese_phones(void)
{
	static const struct redact_case cases[] = {
		{ "090-1234-5678", "[phone]" },
		{ "０９０－１２３４－５６７８に電話", "[phone]に電話" },
		{ "携帯09012345678まで", "携帯[phone]まで" },
		{ "TEL:03-1234-5678/090-1234-5678", "TEL:[phone]/[phone]" },
		{ "TEL0312345678", "TEL[phone]" },
		{ "(03)1234-5678", "[phone]" },
		{ "（０３）１２３４－５６７８", "[phone]" },
		{ "03(1234)5678", "[phone]" },
		{ "(自宅03-1234-5678)", "(自宅[phone])" },
		{ "(03-1234-5678)", "([phone])" },
		{ "0776-20-1111", "[phone]" },
		{ "04992-2-1234", "[phone]" },
		{ "0120-444-444、0120444444", "[phone]、[phone]" },
		{ "0570-012-345", "[phone]" },
		{ "+81-90-1234-5678", "[phone]" },
		{ "+81 (0)3 1234 5678", "[phone]" },
		{ "090ー1234ー5678", "[phone]" },
		{ "090‐1234‐5678 090−1234−5678 090–1234–5678",
		    "[phone] [phone] [phone]" },
		{ "090 1234 5678", "[phone]" },
		{ "080.1234.5678", "[phone]" },
		{ "〒910-0005 0776-20-1111", "[postal] [phone]" },
	};

	CHECK_CASES(cases);
}

static void test_other_phones(void)
{
	static const struct redact_case cases[] = {
		{ "call 212-555-0100 now", "call [phone] now" },
		{ "(212) 555-0100", "[phone]" },
		{ "1-212-555-0100", "[phone]" },
		{ "+1 212 555 0100", "[phone]" },
		{ "212.555.0100.", "[phone]." },
		{ "+44 20 7946 0958", "[phone]" },
		{ "020 7946 0958", "[phone]" },
		{ "01 23 45 67 89", "[phone]" },
		{ "01.23.45.67.89", "[phone]" },
		{ "030 12345678", "[phone]" },
		{ "0049 30 12345678", "[phone]" },
		{ "fax 030/12345678", "fax [phone]" },
		{ "01/2026, 12/345678", NULL },
		{ "phone: +49 (30) 12345678x", NULL },
	};

	CHECK_CASES(cases);
}

static void test_cards(void)
{
	static const struct redact_case cases[] = {
		{ "4111 1111 1111 1111", "[card]" },
		{ "4111-1111-1111-1111 12/27", "[card] 12/27" },
		{ "4111111111111111", "[card]" },
		{ "カード５５５５５５５５５５５５４４４４です",
		    "カード[card]です" },
		{ "3782 822463 10005", "[card]" },
		{ "378282246310005", "[card]" },
		{ "3530111333300000", "[card]" },
		{ "30569309025904", "[card]" },
		{ "6011 1111 1111 1117 2026", "[card] 2026" },
		{ "4111 1111 1111 1112", NULL },
		{ "order 1234567890123456", NULL },
		{ "41111111111111110000000000", NULL },
		{ "x4111111111111111", NULL },
		{ "4111_1111_1111_1111", NULL },
	};

	CHECK_CASES(cases);
}

static void test_postal(void)
{
	static const struct redact_case cases[] = {
		{ "〒100-0001 東京都", "[postal] 東京都" },
		{ "〒１００－０００１", "[postal]" },
		{ "〒 1000001", "[postal]" },
		{ "〒1000001です", "[postal]です" },
		{ "郵便番号は910-0005です", "郵便番号は[postal]です" },
		{ "500-1000円", NULL },
		{ "¥500-1000", NULL },
		{ "100-2000人くらい", NULL },
		{ "910-00055", NULL },
		{ "1910-0005", NULL },
		{ "Springfield, IL 62704", "Springfield, IL [postal]" },
		{ "Springfield, IL 62704-1234!", "Springfield, IL [postal]!" },
		{ "62704-1234", "[postal]" },
		{ "paid IN 20000", NULL },
		{ "London SW1A 1AA", "London [postal]" },
		{ "M1 1AE, EC1A 1BB, B33 8TH", "[postal], [postal], [postal]" },
		{ "at A4 4AM", NULL },
		{ "Ottawa K1A 0B1.", "Ottawa [postal]." },
		{ "1012 AB Amsterdam", "[postal] Amsterdam" },
		{ "at 1200 PM we left", NULL },
		{ "D-10115 Berlin", "[postal] Berlin" },
		{ "A-1010 Wien", "[postal] Wien" },
		{ "article D-10115", NULL },
	};

	CHECK_CASES(cases);
}

static void test_none(void)
{
	static const struct redact_case cases[] = {
		{ "2026-11-21 16:54:29", NULL },
		{ "21.11.2026 10 Uhr", NULL },
		{ "01.02.2026 10", NULL },
		{ "2026年11月21日", NULL },
		{ "09.30-18.00", NULL },
		{ "08.30-12.00 13.00-17.00", NULL },
		{ "10,000円から12,500円", NULL },
		{ "1234567", NULL },
		{ "3.14159265358979", NULL },
		{ "0.123456789", NULL },
		{ "R000001234567", NULL },
		{ "192.168.10.254", NULL },
		{ "300 400 5000", NULL },
		{ "10 out of 10, 5 stars", NULL },
		{ "2019-2020", NULL },
		{ "((((((((((", NULL },
		{ "+", NULL },
		{ "〒", NULL },
	};

	CHECK_CASES(cases);
}

static void test_counts(void)
{
	struct cx_redactor r = { 0 };
	struct cx_buf out = { 0 };

	cx_redact(&r,
	    cx_str("a@b.example 090-1234-5678 〒100-0001 a@b.example "
	           "4111111111111111"),
	    &out);
	check(r.counts[CX_REDACT_EMAIL] == 2 &&
	          r.counts[CX_REDACT_PHONE] == 1 &&
	          r.counts[CX_REDACT_CARD] == 1 &&
	          r.counts[CX_REDACT_POSTAL] == 1,
	    "counted by kind");
	check(strcmp(cx_redacted_name(CX_REDACT_CARD), "card") == 0, "named");
	cx_buf_release(&out);
	cx_redactor_release(&r);
}

/* Random texts of what numbers and addresses are made of. */
static void test_random(void)
{
	static const char *const parts[] = { "0", "1", "2", "9", "5", "-", "-",
		" ", ".", "(", ")", "+", "@", "a", "Z", "〒", "ー", "，", "９",
		"円", "/", "@a.jp", "03-", "1234", "\u200B", "\n" };
	struct cx_redactor r = { 0 };
	bool whole = true, kept = true;

	for (int i = 0; i < 20000; i++) {
		struct cx_buf text = { 0 }, out = { 0 };
		size_t n = random_below(30);

		for (size_t k = 0; k < n; k++)
			cx_buf_addz(&text, parts[random_below(sizeof(parts) /
			                                      sizeof(*parts))]);
		if (cx_redact(&r, cx_buf_str(&text), &out))
			kept &= out.len >= strlen("[card]");
		else
			kept &= out.len == 0;
		whole &= cx_utf8_valid(cx_buf_str(&out)) == out.len;
		cx_buf_release(&text);
		cx_buf_release(&out);
	}
	check(whole, "what is left is UTF-8");
	check(kept, "nothing is written where nothing is taken out");
	cx_redactor_release(&r);
}

/* A text of ASCII is read in another way than one with other letters. */
static void test_ascii(void)
{
	static const char *const parts[] = { "0", "1", "2", "9", "5", "-", "-",
		" ", " ", ".", "(", ")", "+", "@", "a", "Z", "/", "@a.jp",
		"03-", "1234", "62704", ", IL ", "SW1A 1AA", "D-10115 Berlin",
		"words between", "4111 1111 1111 1111" };
	struct cx_redactor r = { 0 };
	int differ = 0;

	for (int i = 0; i < 20000; i++) {
		struct cx_buf text = { 0 }, out = { 0 }, other = { 0 };
		size_t n = 1 + random_below(12), plain;
		bool taken, same;

		for (size_t k = 0; k < n; k++)
			cx_buf_addz(&text, parts[random_below(sizeof(parts) /
			                                      sizeof(*parts))]);
		plain = text.len;
		taken = cx_redact(&r, cx_buf_str(&text), &out);
		cx_buf_addz(&text, "\nあ");
		same = taken == cx_redact(&r, cx_buf_str(&text), &other);
		same = same && other.len == (taken ? out.len + 4 : 0) &&
		       memcmp(other.data ? other.data : "",
		           out.data ? out.data : "", out.len) == 0;
		if (!same && differ++ < 3)
			check_note("%.*s", (int)plain, text.data);
		cx_buf_release(&text);
		cx_buf_release(&out);
		cx_buf_release(&other);
	}
	check_int(differ, 0, "ASCII alone and with another letter behind");
	cx_redactor_release(&r);
}

int main(void)
{
	test_ascii();
	test_emails();
	test_japanese_phones();
	test_other_phones();
	test_cards();
	test_postal();
	test_none();
	test_counts();
	test_random();
	return check_done();
}
