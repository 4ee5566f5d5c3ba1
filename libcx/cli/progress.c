/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/cli/progress.h"

#include "libcx/io/output.h"
#include "libcx/io/retry.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	FIRST_SECOND = 2,
	EVERY = 250 * 1000 * 1000, /* nanoseconds */
	WIDTH = 80,                /* of a terminal that does not tell */
	ROOM = 128,                /* of the line without the name */
	NANOSECONDS = 1000 * 1000 * 1000,
};

static const double SHORTEST = 0.1; /* seconds */

/* To the first column, and all from there to the end of the line. */
static const char take_away[] = "\r\033[K";

/* One for the process, as there is one standard error. */
static struct {
	const char *name;
	bool usable;  /* the terminal can take a line away */
	bool running; /* the thread is there */
	pthread_t thread;
	/* Guarded by lock, and so is standard error. */
	pthread_mutex_t lock;
	pthread_cond_t ended;
	bool over, shown;
	uint64_t start;
	struct cx_buf text; /* has room: the thread must not want memory */
} progress = { .lock = PTHREAD_MUTEX_INITIALIZER };

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * NANOSECONDS + (uint64_t)t.tv_nsec;
}

static double seconds_since(uint64_t then)
{
	return (double)(now() - then) / NANOSECONDS;
}

/* ---- the line ---- */

/* Three digits: "999 B", "1.00 kB", "25.5 MB". */
static void add_size(struct cx_buf *out, double bytes)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	size_t i = 0;

	while (bytes >= 999.5 && i + 1 < sizeof(units) / sizeof(*units)) {
		bytes /= 1000;
		i++;
	}
	cx_buf_addf(out, "%.*f %s",
	    i == 0 || bytes >= 99.95 ? 0
	    : bytes >= 9.995         ? 1
	                             : 2,
	    bytes, units[i]);
}

void cx_progress_describe(struct cx_buf *out, const char *name,
    const struct cx_meter *meter, double reading, double running)
{
	long whole = (long)running;
	bool known = meter->total > 0 && meter->read < meter->total;

	cx_buf_addf(out, "%s: ", name);
	add_size(
	    out, (double)(meter->total && !known ? meter->total : meter->read));
	if (known) {
		cx_buf_addz(out, " of ");
		add_size(out, (double)meter->total);
		cx_buf_addf(out, " (%d %%)",
		    (int)(100 * (double)meter->read / (double)meter->total));
	}
	/* What is all read goes no faster or slower any more. */
	if (known || !meter->total) {
		cx_buf_addz(out, ", ");
		add_size(out, (double)meter->read / reading);
		cx_buf_addz(out, "/s");
	} else {
		cx_buf_addz(out, " read");
	}
	cx_buf_addf(out, ", %ld:%02ld", whole / 60, whole % 60);
}

/* ---- the terminal ---- */

static void put(const char *p, size_t n)
{
	ssize_t done;

	CX_RETRY(done, write(STDERR_FILENO, p, n));
	/* Whoever cannot be shown it does not miss it. */
	if (done < 0)
		progress.over = true;
}

static void erase(void)
{
	put(take_away, strlen(take_away));
	progress.shown = false;
}

/* A line that does not fit would be in two lines, and one of them stay. */
static size_t columns(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return WIDTH;
	return size.ws_col;
}

static void draw(void)
{
	struct cx_meter meter = cx_meter_now();
	double reading =
	    seconds_since(meter.began ? meter.began : progress.start);
	struct cx_buf *text = &progress.text;

	if (tcgetpgrp(STDERR_FILENO) != getpgrp())
		return;
	cx_buf_clear(text);
	cx_buf_addz(text, take_away);
	/* A pass that has just begun has no rate to speak of. */
	cx_progress_describe(text, progress.name, &meter,
	    reading > SHORTEST ? reading : SHORTEST,
	    seconds_since(progress.start));
	if (text->len - strlen(take_away) < columns()) {
		put(text->data, text->len);
		progress.shown = true;
	}
}

/* ---- the thread ---- */

static void *show(void *none)
{
	uint64_t next = progress.start + (uint64_t)FIRST_SECOND * NANOSECONDS;

	pthread_mutex_lock(&progress.lock);
	while (!progress.over) {
		struct timespec until = { (time_t)(next / NANOSECONDS),
			(long)(next % NANOSECONDS) };

		if (pthread_cond_timedwait(
		        &progress.ended, &progress.lock, &until) == 0)
			continue;
		draw();
		next = now() + EVERY;
	}
	pthread_mutex_unlock(&progress.lock);
	return none;
}

/* From now on a terminal has the output: in any thread. */
static void give_way(void)
{
	pthread_mutex_lock(&progress.lock);
	if (progress.shown)
		erase();
	progress.over = true;
	pthread_cond_signal(&progress.ended);
	pthread_mutex_unlock(&progress.lock);
}

static bool is_wanted(void)
{
	struct stat st;

	return progress.usable && fstat(STDOUT_FILENO, &st) == 0 &&
	       !S_ISFIFO(st.st_mode) && !S_ISSOCK(st.st_mode);
}

static bool is_usable(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && term && *term &&
	       strcmp(term, "dumb") != 0;
}

/* Signals are for the program, so its thread takes none. */
static void start_thread(void)
{
	pthread_condattr_t clock;
	sigset_t all, before;

	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&progress.ended, &clock);
	pthread_condattr_destroy(&clock);
	cx_buf_reserve(&progress.text, strlen(progress.name) + ROOM);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	progress.running =
	    pthread_create(&progress.thread, NULL, show, NULL) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (progress.running)
		cx_output_before_terminal(give_way);
}

void cx_progress_start(const char *name, bool quiet)
{
	progress.start = now();
	progress.name = name;
	progress.usable = is_usable();
	if (!quiet && is_wanted())
		start_thread();
}

void cx_progress_end(void)
{
	if (!progress.running)
		return;
	progress.running = false;
	cx_output_before_terminal(NULL);
	give_way();
	pthread_join(progress.thread, NULL);
	pthread_cond_destroy(&progress.ended);
	cx_buf_release(&progress.text);
}

/*
 * The line is taken away in the same write: in one of its own, another program
 * of the pipeline could put its line back in between.
 */
void cx_progress_say(const char *text, size_t n)
{
	struct cx_buf message = { 0 };
	size_t from = strlen(take_away);

	/* Before the lock, which must not be held by who runs out of memory. */
	cx_buf_addz(&message, take_away);
	cx_buf_add(&message, text, n);
	pthread_mutex_lock(&progress.lock);
	/* Another program of the pipeline may have its line there. */
	if (progress.shown ||
	    (progress.usable && seconds_since(progress.start) >= FIRST_SECOND))
		from = 0;
	progress.shown = false;
	/* Nobody is left to be told that it cannot be said. */
	(void)fwrite(message.data + from, 1, message.len - from, stderr);
	pthread_mutex_unlock(&progress.lock);
	cx_buf_release(&message);
}
