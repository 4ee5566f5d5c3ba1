/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_MEM_H
#define CX_BASE_MEM_H

#include <stddef.h>

/*
 * Allocation that does not return on failure: it calls the handler, which by
 * default prints "out of memory" and exits with status 1. This is the one
 * place in libcx that may end the program. Memory is freed with free(3).
 * A size of 0 gives a valid pointer.
 */
void *cx_malloc(size_t size);
void *cx_calloc(size_t n, size_t size);
void *cx_realloc(void *old, size_t size);

/* A copy of n bytes with a NUL behind it; the caller frees it. */
char *cx_memdup(const char *p, size_t n);
char *cx_strdup(const char *s);

/* n * size, or the handler when that overflows. */
size_t cx_mul(size_t n, size_t size);

/*
 * For what another library could not do for want of memory: the handler; and
 * p, which it has allocated, or the handler when that is NULL.
 */
_Noreturn void cx_mem_lacking(void);
void *cx_mem_need(void *p);

/* The handler must not return. NULL restores the default. */
void cx_mem_handler(void (*handler)(void));

#endif
