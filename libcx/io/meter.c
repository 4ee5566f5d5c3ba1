/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/meter.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NANOSECONDS = 1000 * 1000 * 1000 };

static atomic_uint_fast64_t began, bytes, total;

/* 0 where it cannot be known. */
static uint64_t size_of(const char *file)
{
	struct stat st;
	int code =
	    strcmp(file, "-") ? stat(file, &st) : fstat(STDIN_FILENO, &st);

	return code == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
}

void cx_meter_start(const char *const *files, size_t n)
{
	struct timespec now;
	uint64_t sum = 0;

	clock_gettime(CLOCK_MONOTONIC, &now);
	for (size_t i = 0; i < n; i++) {
		uint64_t size = size_of(files[i]);

		sum += size;
		if (size == 0) {
			sum = 0;
			break;
		}
	}
	atomic_store(&total, sum);
	atomic_store(&bytes, 0);
	atomic_store(
	    &began, (uint64_t)now.tv_sec * NANOSECONDS + (uint64_t)now.tv_nsec);
}

void cx_meter_add(uint64_t n)
{
	atomic_fetch_add_explicit(&bytes, n, memory_order_relaxed);
}

struct cx_meter cx_meter_now(void)
{
	return (struct cx_meter){ atomic_load(&began), atomic_load(&bytes),
		atomic_load(&total) };
}
