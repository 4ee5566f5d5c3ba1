/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* madvise */
#include "libcx/base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Memory in huge pages, from twice the size of one. */
enum { HUGE = 1 << 21, LARGE = 2 * HUGE };

/*
 * Zeros that are as many are a table that is looked into everywhere. With small
 * pages to find the page costs more than the memory does. What grows from its
 * end is none, and is not worth it. Only a wish: it may fail.
 */
static void wish_huge(void *p, size_t size)
{
#ifdef MADV_HUGEPAGE
	uintptr_t at = ((uintptr_t)p + HUGE - 1) / HUGE * HUGE;
	uintptr_t end = ((uintptr_t)p + size) / HUGE * HUGE;

	if (size >= LARGE && at < end)
		(void)madvise((void *)at, end - at, MADV_HUGEPAGE);
#else
	(void)p;
	(void)size;
#endif
}

static void give_up(void)
{
	fputs("cx: out of memory\n", stderr);
	exit(1);
}

static void (*at_end_of_memory)(void) = give_up;

void cx_mem_handler(void (*handler)(void))
{
	at_end_of_memory = handler ? handler : give_up;
}

static _Noreturn void out_of_memory(void)
{
	at_end_of_memory();
	abort();
}

void cx_mem_lacking(void)
{
	out_of_memory();
	abort();
}

void *cx_mem_need(void *p)
{
	if (!p)
		cx_mem_lacking();
	return p;
}

size_t cx_mul(size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		cx_mem_lacking();
	return n * size;
}

void *cx_malloc(size_t size)
{
	return cx_realloc(NULL, size);
}

void *cx_calloc(size_t n, size_t size)
{
	void *p = cx_mem_need(calloc(n ? n : 1, size ? size : 1));

	wish_huge(p, n * size);
	return p;
}

void *cx_realloc(void *old, size_t size)
{
	return cx_mem_need(realloc(old, size ? size : 1));
}

char *cx_memdup(const char *p, size_t n)
{
	char *copy = cx_malloc(n + 1);

	memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

char *cx_strdup(const char *s)
{
	return cx_memdup(s, strlen(s));
}
