/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Outputs of programs that end in a bad way, and standard output: each in a
 * child. Its exit statuses from 90 on say what went wrong in it.
 */
#include "tests/lib/outputs.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>

/* Runs a function in a child; its wait status. */
static int in_child(void (*run)(const char *path), const char *path)
{
	pid_t child;
	int status = -1;

	(void)fflush(stdout);
	child = fork();
	if (child == 0) {
		run(path);
		_exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		scratch_fail("fork");
	return status;
}

/* ---- standard output ---- */

static void redirect(const char *path, int flags)
{
	int fd = open(path, flags, 0666);

	if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0)
		_exit(90);
	close(fd);
}

static void to_standard_output(const char *path)
{
	struct cx_output *out;
	struct cx_err err;
	int bad;

	redirect(path, O_WRONLY | O_CREAT | O_TRUNC);
	bad = cx_output_open(&out, strstr(path, "dash") ? "-" : NULL, &err);
	bad += put(out, "one");
	bad += cx_output_flush(out, &err);
	bad += put(out, "two") + finish(out);
	/* It is closed, so that all is seen to arrive. */
	if (bad || write(STDOUT_FILENO, "x", 1) >= 0)
		_exit(91);
}

static void to_full_output(const char *path)
{
	struct cx_output *out;
	struct cx_err err;

	redirect(path, O_WRONLY);
	cx_output_open(&out, NULL, &err);
	put(out, "x");
	if (cx_output_close(out, &err) == 0 ||
	    strcmp(err.file, "standard output") != 0)
		_exit(92);
}

static void test_standard_output(void)
{
	const char *path = scratch_path("out"), *dash = scratch_path("dash");

	check(in_child(to_standard_output, path) == 0 &&
	          holds_text(path, "onetwo"),
	    "standard output");
	check(in_child(to_standard_output, dash) == 0 &&
	          holds_text(dash, "onetwo"),
	    "standard output by its name -");
	check_int(in_child(to_full_output, "/dev/full"), 0,
	    "standard output that is full");
	scratch_files(true);
}

/* ---- signals ---- */

static int signal_to_raise;

static void die_in_the_middle(const char *path)
{
	struct cx_output *out, *other;
	struct cx_err err;

	/* nohup(1) would leave SIGHUP ignored here */
	(void)signal(signal_to_raise, SIG_DFL);
	out = open_output(path);
	other = open_output(scratch_path("other"));
	put(out, "half of it");
	cx_output_flush(out, &err);
	put(other, "rejects");
	raise(signal_to_raise);
	_exit(93);
}

/* A signal that was ignored before stays ignored. */
static void survive(const char *path)
{
	struct cx_output *out;

	(void)signal(SIGHUP, SIG_IGN);
	out = open_output(path);
	put(out, "all of it");
	raise(SIGHUP);
	if (finish(out) < 0)
		_exit(94);
}

static void test_signals(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM, SIGPIPE,
		SIGXCPU, SIGXFSZ };
	const char *path = scratch_path("file");

	scratch_write(path, cx_str("old"));
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		int status;

		signal_to_raise = signals[i];
		status = in_child(die_in_the_middle, path);
		check(WIFSIGNALED(status) && WTERMSIG(status) == signals[i] &&
		          scratch_files(false) == 1 && holds_text(path, "old"),
		    "signal %d leaves no half-written file", signals[i]);
	}
	check(in_child(survive, path) == 0 && holds_text(path, "all of it"),
	    "an ignored signal stays ignored");
	scratch_files(true);
}

/* Closed files are no longer to be taken away. */
static void die_after(const char *path)
{
	for (int i = 0; i < 20; i++)
		write_file(path, "whole");
	cx_output_discard(open_output(path));
	raise(SIGTERM);
}

static void test_signal_after(void)
{
	const char *path = scratch_path("file");
	int status = in_child(die_after, path);

	check(WIFSIGNALED(status) && holds_text(path, "whole") &&
	          scratch_files(false) == 1,
	    "a signal leaves whole files");
	scratch_files(true);
}

/* ---- killed ---- */

/* Lines of nothing, with a letter now and then. */
static void write_without_end(const char *path)
{
	char lines[2000];
	struct cx_output *out = open_output(path);

	memset(lines, '\n', sizeof(lines));
	lines[0] = 'x';
	for (int i = 0; i < 1000; i++) {
		struct cx_err err;

		cx_output_write(out, lines, sizeof(lines), &err);
	}
	finish(out);
}

static void write_to_standard_output(const char *path)
{
	redirect(path, O_WRONLY);
	write_without_end("-");
}

/* The last byte in a pipe whose writer is killed as it is full. */
static int last_byte(void (*run)(const char *path))
{
	char name[32], c = 0;
	struct pollfd full;
	pid_t child;
	int ends[2];

	if (pipe(ends) < 0)
		scratch_fail("pipe");
	snprintf(name, sizeof(name), "/dev/fd/%d", ends[1]);
	full = (struct pollfd){ ends[1], POLLOUT, 0 };
	(void)fflush(stdout);
	child = fork();
	if (child == 0) {
		run(name);
		_exit(0);
	}
	if (child < 0)
		scratch_fail("fork");
	while (poll(&full, 1, 0) > 0)
		sched_yield();
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(ends[1]);
	while (read(ends[0], &c, 1) == 1)
		continue;
	close(ends[0]);
	return c;
}

/* So a reader sees that the stream was cut off. */
static void test_killed(void)
{
	check_int(last_byte(write_without_end), 'x',
	    "a killed writer ends no line in a pipe");
	check_int(
	    last_byte(write_to_standard_output), 'x', "nor in standard output");
}

int main(void)
{
	test_standard_output();
	test_signals();
	test_signal_after();
	test_killed();
	return check_done();
}
