/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/each.h"

#include "libcx/base/mem.h"

#include <pthread.h>
#include <stdlib.h>

struct crew {
	const struct cx_each *each;
	pthread_mutex_t lock;
	size_t taken, n;
};

static size_t take(struct crew *crew)
{
	size_t number;

	pthread_mutex_lock(&crew->lock);
	number = crew->taken;
	crew->taken += number < crew->n;
	pthread_mutex_unlock(&crew->lock);
	return number;
}

static void *work(void *arg)
{
	struct crew *crew = arg;
	const struct cx_each *each = crew->each;
	void *scratch = cx_calloc(1, each->scratch_size);
	size_t number;

	while ((number = take(crew)) < crew->n)
		each->job(each->context, scratch, number);
	if (each->collect) {
		pthread_mutex_lock(&crew->lock);
		each->collect(each->context, scratch);
		pthread_mutex_unlock(&crew->lock);
	}
	if (each->release)
		each->release(scratch);
	free(scratch);
	return NULL;
}

void cx_each_run(const struct cx_each *each, size_t n, unsigned threads)
{
	struct crew crew = { .each = each, .n = n };
	size_t most = threads < n ? threads : n, helpers = most ? most - 1 : 0;
	pthread_t *ids = cx_malloc(cx_mul(helpers, sizeof(*ids)));
	size_t started = 0;

	pthread_mutex_init(&crew.lock, NULL);
	while (started < helpers &&
	       pthread_create(&ids[started], NULL, work, &crew) == 0)
		started++;
	work(&crew);
	for (size_t i = 0; i < started; i++)
		pthread_join(ids[i], NULL);
	pthread_mutex_destroy(&crew.lock);
	free(ids);
}
