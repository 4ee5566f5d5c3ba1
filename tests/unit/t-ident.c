/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Identifiers that went through a spreadsheet, and keys. The characters behind
 * those of Salesforce were worked out by hand, by the rule that libcx/table/
 * ident.h names: 5 characters make 5 bits, capitals being 1, the first the
 * lowest, and A-Z0-5 are 0 to 31. "1ZwTi" is 2 + 8 = 10, K.
 */
#include "libcx/base/key.h"
#include "libcx/table/ident.h"
#include "tests/lib/check.h"

static void check_ident(enum cx_ident kind, size_t width, const char *cell,
    const char *want, const char *name)
{
	char room[CX_IDENT_WIDEST], text[80] = "";
	struct cx_err err = { .status = CX_DONE };
	struct cx_str out;
	int code = cx_ident_mend(kind, width, cx_str(cell), room, &out, &err);

	if (code == 0)
		snprintf(text, sizeof(text), "%.*s", (int)out.n, out.p);
	check_str(code == 0 ? text : err.reason, want, "%s: %s", name, cell);
}

static void test_whole(void)
{
	static const char lost[] = "damaged identifier";

	check_ident(CX_IDENT_PLAIN, 0, "17850.0", "17850.0", "plain");
	check_ident(CX_IDENT_WHOLE, 0, "17850.0", "17850", "whole");
	check_ident(CX_IDENT_WHOLE, 0, "17850.", "17850", "whole");
	check_ident(CX_IDENT_WHOLE, 0, "007", "007", "whole");
	check_ident(CX_IDENT_WHOLE, 0, "C536379", "C536379", "whole");
	check_ident(CX_IDENT_WHOLE, 0, "12-34", "12-34", "whole");
	check_ident(CX_IDENT_WHOLE, 0, "1.2.0", "1.2.0", "whole");
	check_ident(CX_IDENT_WHOLE, 0, "17850.5", lost, "whole");
	check_ident(CX_IDENT_WHOLE, 0, "1.23E+11", lost, "whole");
	check_ident(CX_IDENT_WHOLE, 3, "7", "007", "3 digits");
	check_ident(CX_IDENT_WHOLE, 3, "7.0", "007", "3 digits");
	check_ident(CX_IDENT_WHOLE, 3, "1234", "1234", "3 digits");
	check_ident(CX_IDENT_WHOLE, 3, "A7", "A7", "3 digits");
	check_ident(CX_IDENT_WHOLE, CX_IDENT_WIDEST, "1",
	    "00000000000000000000000000000001", "32 digits");
}

static void test_salesforce(void)
{
	static const char lost[] = "damaged identifier";
	const enum cx_ident kind = CX_IDENT_SALESFORCE;

	check_ident(kind, 0, "00570000001ZwTi", "00570000001ZwTiAAK", "short");
	check_ident(
	    kind, 0, "00570000001ZwTiAAK", "00570000001ZwTiAAK", "long");
	check_ident(
	    kind, 0, "00570000001zwtiaak", "00570000001ZwTiAAK", "long, small");
	check_ident(kind, 0, "00570000001ZWTIAAK", "00570000001ZwTiAAK",
	    "long, capitals");
	check_ident(
	    kind, 0, "0015500000Xyy06AAB", "0015500000Xyy06AAB", "long");
	check_ident(kind, 0, "abcdeABCDEabcde", "abcdeABCDEabcdeA5A", "short");
	check_ident(kind, 0, "00570000001ZwTiAAL", lost, "another end");
	check_ident(kind, 0, "00570000001zwtiaal", lost, "a capital digit");
	check_ident(kind, 0, "00570000001ZwT", lost, "too short");
	check_ident(kind, 0, "00570000001ZwT-", lost, "a hyphen");
	check_ident(kind, 0, "00570000001ZwTiA-K", lost, "a hyphen behind");
}

static void check_key(const char *text, const char *want, const char *name)
{
	struct cx_buf room = { 0 };
	struct cx_str key = cx_key(&room, cx_str(text));
	char got[80];

	snprintf(got, sizeof(got), "%.*s", (int)key.n, key.p);
	check_str(got, want, "%s", name);
	key = cx_key(&room, cx_str(want));
	check(key.n == strlen(want) && (key.p == want || !key.n),
	    "%s: a key stays where it is", name);
	cx_buf_release(&room);
}

static void test_key(void)
{
	check_key("", "", "nothing");
	check_key(" \t\r\n\u00A0\u3000", "", "blanks");
	check_key("a b", "a b", "one blank");
	check_key(" a  b ", "a b", "two, and around");
	check_key("a\nb", "a b", "a line end");
	check_key("道の駅　エリア", "道の駅 エリア", "an ideographic space");
	check_key("道の駅 　\u00A0 エリア", "道の駅 エリア", "all kinds");
	check_key("a\u202Fb\u2002z", "a b z", "of typesetters");
	check_key("\uFEFFa\u200Bb\u00ADc", "abc", "no width");
	check_key("a \u200B b", "a b", "no width between blanks");
	check_key("600～1000", "600〜1000", "the tilde of CP932");
	check_key("600〜1000", "600〜1000", "the wave dash");
	check_key("ＡＢＣ Abc", "ＡＢＣ Abc", "width and case stay");
	check_key("x\xFF y\xE3\x80", "x\xFF y\xE3\x80", "no UTF-8");
}

int main(void)
{
	test_whole();
	test_salesforce();
	test_key();
	return check_done();
}
