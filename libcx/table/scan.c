/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/scan.h"

#include "libcx/table/scan-impl.h"

struct backend {
	const char *name;
	cx_scan_function *scan;
	cx_count_function *count;
	bool (*here)(void);
};

static bool always(void)
{
	return true;
}

#ifdef __x86_64__
/* All that scan-avx2.c is compiled for: a virtual machine may mask each. */
static bool has_avx2(void)
{
	return __builtin_cpu_supports("avx2") &&
	       __builtin_cpu_supports("pclmul") &&
	       __builtin_cpu_supports("popcnt") &&
	       __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}
#endif

/* Best first. */
static const struct backend backends[] = {
#ifdef __x86_64__
	{ "avx2", cx_scan_avx2, cx_count_avx2, has_avx2 },
#endif
#ifdef __SSE2__
	{ "sse2", cx_scan_sse2, cx_count_sse2, always },
#endif
	{ "portable", cx_scan_portable, cx_count_portable, always },
};

enum { N_BACKENDS = sizeof(backends) / sizeof(*backends) };

static const struct backend *chosen;

int cx_scan_choose(struct cx_str name)
{
	for (int i = 0; i < N_BACKENDS; i++) {
		if (cx_str_eq(cx_str(backends[i].name), name) &&
		    backends[i].here()) {
			chosen = &backends[i];
			return 0;
		}
	}
	return -1;
}

static void choose_best(void)
{
	for (int i = 0; !chosen; i++)
		if (backends[i].here())
			chosen = &backends[i];
}

void cx_scan_init(struct cx_scan *scan, char delimiter, bool tsv)
{
	if (!chosen)
		choose_best();
	*scan = (struct cx_scan){
		.delimiter = delimiter,
		.tsv = tsv,
		/* a row may start here, with a quote */
		.after_cell_or_quote = 1,
	};
}

void cx_scan(struct cx_scan *scan, const char *p, size_t n, uint32_t base,
    struct cx_marks *marks)
{
	chosen->scan(scan, p, n, base, marks);
}

struct cx_scan_counts cx_scan_count(const char *p, size_t n)
{
	return chosen->count(p, n);
}
