/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pseudonyms as Python 3.11 computes them, hashlib.blake2b(text.encode(),
 * digest_size=16, key=key), the text in NFKC by its module unicodedata;
 * SHA-256 of FIPS 180-2, appendix B.
 */
#include "libcx/io/digest.h"
#include "libcx/table/pseudonym.h"
#include "tests/lib/check.h"
#include "tests/lib/scratch.h"

#include <sys/stat.h>

static void check_pseudonym(const struct cx_pseudonym *p, const char *cell,
    const char *want, const char *name)
{
	char out[CX_PSEUDONYM_SIZE];
	struct cx_buf room = { 0 };
	bool some = cx_pseudonym_make(p, cx_str(cell), &room, out);

	check(some && memcmp(out, want, CX_PSEUDONYM_SIZE) == 0, "%s", name);
	cx_buf_release(&room);
}

static void test_values(const char *path)
{
	static const char customer[] = "a7ba7377c5345690f4e04652be27b0d4";
	static const char email[] = "dc03ef6eb2394feeb971ffc42792b970";
	static const char person[] = "ed248a2471f1349d99d09c4152d0da65";
	struct cx_buf room = { 0 };
	struct cx_pseudonym p;
	struct cx_err err;
	char out[CX_PSEUDONYM_SIZE];

	check(cx_pseudonym_open(&p, path, &err) == 0 && p.n == 32,
	    "a key without its line end");
	check_pseudonym(&p, "C00631", customer, "an id");
	check_pseudonym(&p, " C00631\xE3\x80\x80", customer, "blanks around");
	check_pseudonym(&p, "Ｃ００６３１", customer, "full-width");
	check_pseudonym(&p, "007", "c3cdaf220fa35ed31436165d8e43516e",
	    "zeros in front stay");
	check_pseudonym(&p, "taro@example.jp", email, "an address");
	check_pseudonym(&p, "Taro@EXAMPLE.jp", email, "in capitals");
	check_pseudonym(&p, "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", email, "wide");
	check_pseudonym(&p, "\xEF\xBB\xBFtaro@example.jp", email,
	    "with a mark of no width");
	check_pseudonym(&p, "山田　太郎", person, "an ideographic space");
	check_pseudonym(&p, "山田 太郎", person, "a plain one");
	check(!cx_pseudonym_make(&p, cx_str(" \xE3\x80\x80"), &room, out),
	    "nobody has no pseudonym");
	cx_pseudonym_make(&p, cx_str("c00631"), &room, out);
	check(memcmp(out, customer, sizeof(out)) != 0,
	    "the case of other ids counts");
	cx_pseudonym_close(&p);
	check(p.n == 0 && p.key[0] == 0, "closed");
	cx_buf_release(&room);
}

static void check_refused(const char *path, const char *what, const char *name)
{
	struct cx_pseudonym p;
	struct cx_err err = { .status = CX_DONE };

	check(cx_pseudonym_open(&p, path, &err) < 0 && strstr(err.what, what) &&
	          p.n == 0,
	    "%s", name);
}

static void test_keys(const char *path)
{
	static const char hex[] = "00112233445566778899aabbccddeeff"
	                          "00112233445566778899aabbccddeeff\r\n";
	char longer[sizeof(hex)];
	struct cx_pseudonym p;
	struct cx_err err;

	scratch_write(path, cx_str(hex));
	check(cx_pseudonym_open(&p, path, &err) == 0 && p.n == 64,
	    "a key of 64 digits and CRLF");
	cx_pseudonym_close(&p);
	scratch_write(path, (struct cx_str){ hex, 31 });
	check_refused(path, "32 to 64 bytes", "a short key");
	scratch_write(path, cx_str("\n"));
	check_refused(path, "32 to 64 bytes", "an empty key");
	scratch_write(path, (struct cx_str){ hex, 65 });
	check_refused(path, "32 to 64 bytes", "a long key");
	memcpy(longer, hex, sizeof(hex));
	longer[66] = '0';
	scratch_write(path, (struct cx_str){ longer, 67 });
	check_refused(path, "32 to 64 bytes", "a key with a line below it");
	scratch_write(path, (struct cx_str){ hex, 64 });
	chmod(path, 0640);
	check_refused(path, "(mode 640)", "a key that the group reads");
	chmod(path, 0604);
	check_refused(path, "(mode 604)", "a key that others read");
	chmod(path, 0400);
	check(cx_pseudonym_open(&p, path, &err) == 0, "a key to read only");
	cx_pseudonym_close(&p);
	check_refused("/dev/null", "no regular file", "a device");
	check_refused("/nowhere/key", "cannot open", "no file");
}

static void test_digest(void)
{
	static const char want[] =
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	struct cx_digest *d = cx_digest_new();
	char out[CX_DIGEST_SIZE];

	cx_digest_add(d, "a", 1);
	cx_digest_add(d, "", 0);
	cx_digest_add(d, "bc", 2);
	cx_digest_finish(d, out);
	check(memcmp(out, want, sizeof(out)) == 0 && cx_digest_bytes(d) == 3,
	    "SHA-256 of abc in pieces");
	cx_digest_free(d);
}

/* So many that some take the place of others in the memory. */
static void test_recall(const char *path)
{
	enum { IDS = 150000, LONGEST = 31 };
	struct cx_pseudonyms known = { NULL, NULL };
	struct cx_buf room = { 0 };
	struct cx_pseudonym p;
	struct cx_err err;
	unsigned long wrong = 0;
	char out[CX_PSEUDONYM_SIZE], want[CX_PSEUDONYM_SIZE], id[LONGEST + 9];

	check(cx_pseudonym_open(&p, path, &err) == 0, "a key");
	check(!cx_pseudonym_recall(&p, &known, cx_str(" "), &room, out),
	    "nobody has none");
	for (int i = 0; i < 2 * IDS; i++) {
		struct cx_str cell = { id, 0 };

		/* Of all lengths round the longest that is remembered. */
		cell.n = (size_t)snprintf(id, sizeof(id), "%0*d",
		    i % 7 ? 6 : LONGEST - 1 + i % 3, i % IDS);
		cx_pseudonym_expect(&known, cell);
		cx_pseudonym_make(&p, cell, &room, want);
		wrong += !cx_pseudonym_recall(&p, &known, cell, &room, out) ||
		         memcmp(out, want, sizeof(out)) != 0;
	}
	check_int((intmax_t)wrong, 0, "what is remembered is what is made");
	cx_pseudonym_recall(&p, &known, cx_str(" C00631 "), &room, out);
	check(memcmp(out, "a7ba7377c5345690f4e04652be27b0d4", sizeof(out)) == 0,
	    "with blanks around it");
	cx_pseudonym_forget(&known);
	cx_pseudonym_close(&p);
	cx_buf_release(&room);
}

int main(void)
{
	const char *path = scratch_path("key");

	scratch_write(path, cx_str("0123456789abcdef0123456789abcdef\n"));
	chmod(path, 0600);
	test_values(path);
	test_recall(path);
	test_keys(path);
	test_digest();
	return check_done();
}
