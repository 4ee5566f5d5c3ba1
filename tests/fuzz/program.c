/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each input is run in a process of its own, as a program may end anywhere and
 * keeps its settings in globals; the counters of its coverage come back through
 * shared memory. Wrong is
 *   - a signal, a sanitizer's report, too much time, a status above 3;
 *   - a failure without a message, a message with control bytes in it;
 *   - standard output that is neither whole nor ends in a poison record;
 *   - a table that our own reader does not read;
 *   - other bytes with two threads and small blocks than with one.
 */
#define _GNU_SOURCE /* memfd_create, on_exit, pipe2 */
#include "tests/fuzz/program.h"

#include "libcx/base/err.h"
#include "libcx/base/utf8.h"
#include "libcx/table/reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__asan_default_options(void);
void __sanitizer_set_death_callback(void (*callback)(void));

enum {
	SANITIZED = 99, /* the status of a sanitizer's report */
	SECONDS = 20,   /* of the processor */
	LARGEST_FILE = 1 << 26,
	LARGEST_READ = 1 << 20, /* of an output, by us */
};

const char *__asan_default_options(void)
{
	return "exitcode=99:allocator_may_return_null=1:"
	       "max_allocation_size_mb=1024:quarantine_size_mb=4";
}

/* ---- coverage ---- */

extern char first_counter[] __asm__("__start___sancov_cntrs");
extern char end_of_counters[] __asm__("__stop___sancov_cntrs");

static char *shared; /* a copy of them, of parent and child */

static size_t n_counters(void)
{
	/* cppcheck-suppress comparePointers ; the linker makes them one */
	return (size_t)(end_of_counters - first_counter);
}

/* ---- the input ---- */

static const char separator[] = "%%\n";

/* What stands before the next separator; p of rest is NULL after the last. */
static struct cx_str next_part(struct cx_str *rest)
{
	const size_t n = sizeof(separator) - 1;
	char *end = rest->n ? memmem(rest->p, rest->n, separator, n) : NULL;
	struct cx_str part = *rest;

	*rest = (struct cx_str){ NULL, 0 };
	if (!end)
		return part;
	*rest = (struct cx_str){ end + n, part.n - (size_t)(end - part.p) - n };
	part.n = (size_t)(end - part.p);
	return part;
}

void fuzz_input_read(struct fuzz_input *input, struct cx_str text)
{
	struct cx_str lines = next_part(&text);

	*input = (struct fuzz_input){ .n_files = 0 };
	while (lines.n && input->n_arguments < FUZZ_ARGUMENTS)
		input->arguments[input->n_arguments++] =
		    cx_str_next(&lines, '\n');
	while (text.p && input->n_files < FUZZ_FILES)
		input->files[input->n_files++] = next_part(&text);
}

/*
 * No argument leads out of the folder: a slash stands only where it may be
 * part of a date or of the name of a zone.
 */
static bool is_tame(struct cx_str argument)
{
	bool is_option = argument.n && argument.p[0] == '-';

	for (size_t i = 0; i < argument.n; i++) {
		char before = i ? argument.p[i - 1] : '/';

		if (argument.p[i] == '\0')
			return false;
		if (argument.p[i] == '/' &&
		    (is_option || !strchr("0123456789", before)) &&
		    (is_option || (before | 32) < 'a' || (before | 32) > 'z'))
			return false;
	}
	return true;
}

static bool all_tame(const struct fuzz_input *input)
{
	for (size_t i = 0; i < input->n_arguments; i++)
		if (!is_tame(input->arguments[i]))
			return false;
	return true;
}

/* ---- the folder ---- */

static char folder[64];

static void empty_folder(void)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		abort();
	/* cppcheck-suppress readdirCalled ; of this thread only */
	while ((entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
}

static void remove_folder(void)
{
	empty_folder();
	rmdir(folder);
}

static void make_folder(void)
{
	bool in_memory = access("/dev/shm", W_OK) == 0;

	snprintf(folder, sizeof(folder), "%s/cx-fuzz-XXXXXX",
	    in_memory ? "/dev/shm" : "/tmp");
	if (!mkdtemp(folder))
		abort();
	(void)atexit(remove_folder);
}

/* Only the owner may read them, as a key demands. */
static void write_files(const struct fuzz_input *input)
{
	char path[sizeof(folder) + 8];

	for (size_t i = 0; i < input->n_files; i++) {
		struct cx_str file = input->files[i];
		int fd;

		snprintf(path, sizeof(path), "%s/%zu.tsv", folder, i + 1);
		fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
		if (fd < 0 || write(fd, file.p, file.n) != (ssize_t)file.n)
			abort();
		close(fd);
	}
}

/* ---- the child ---- */

enum { OUT, ERR };

/* How a run differs from the plain one. */
struct way {
	const char *threads, *debug;
};

static int results[2]; /* files in memory: standard output and error */

/* Behind all handlers of others, which would tell of a crash. */
static void leave(int status, void *unused)
{
	(void)unused;
	(void)fflush(NULL);
	memcpy(shared, first_counter, n_counters());
	_exit(status);
}

static void forget_fuzzer(void)
{
	static const int signals[] = { SIGABRT, SIGALRM, SIGHUP, SIGINT,
		SIGTERM, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ };

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		(void)signal(signals[i], SIG_DFL);
	__sanitizer_set_death_callback(NULL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static void limit(int resource, rlim_t most)
{
	setrlimit(resource, &(struct rlimit){ most, most + 1 });
}

static void set_streams(const struct fuzz_input *input)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		abort();
	if (input->n_files && input->files[0].n &&
	    write(ends[1], input->files[0].p, input->files[0].n) < 0)
		abort();
	close(ends[1]);
	fcntl(ends[0], F_SETFL, 0);
	if (dup2(ends[0], STDIN_FILENO) < 0 ||
	    dup2(results[OUT], STDOUT_FILENO) < 0 ||
	    dup2(results[ERR], STDERR_FILENO) < 0)
		abort();
}

static _Noreturn void run_child(
    const struct fuzz_input *input, const struct way *way)
{
	char *argv[FUZZ_ARGUMENTS + 4] = { strdup(fuzz_name) };
	int argc = 1;

	forget_fuzzer();
	limit(RLIMIT_CPU, SECONDS);
	limit(RLIMIT_FSIZE, LARGEST_FILE);
	limit(RLIMIT_CORE, 0);
	set_streams(input);
	if (chdir(folder) < 0)
		abort();
	setenv("TMPDIR", folder, 1);
	if (way->debug)
		setenv("CX_DEBUG", way->debug, 1);
	argv[argc++] = strdup("-j");
	argv[argc++] = strdup(way->threads);
	for (size_t i = 0; i < input->n_arguments; i++)
		argv[argc++] =
		    strndup(input->arguments[i].p, input->arguments[i].n);
	on_exit(leave, NULL);
	exit(fuzz_main(argc, argv));
}

/* ---- the parent ---- */

struct outcome {
	int status; /* as of waitpid */
	struct cx_buf out, err;
};

static void take(int fd, struct cx_buf *buf)
{
	off_t size = lseek(fd, 0, SEEK_END);

	cx_buf_clear(buf);
	if (size < 0)
		abort();
	if (size > LARGEST_READ)
		size = LARGEST_READ;
	buf->len = (size_t)pread(
	    fd, cx_buf_reserve(buf, (size_t)size + 1), (size_t)size, 0);
}

static void run(const struct fuzz_input *input, const struct way *way,
    struct outcome *outcome)
{
	pid_t child;

	for (int i = 0; i < 2; i++)
		if (ftruncate(results[i], 0) < 0 ||
		    lseek(results[i], 0, SEEK_SET) < 0)
			abort();
	empty_folder();
	write_files(input);
	child = fork();
	if (child < 0)
		abort();
	if (child == 0)
		run_child(input, way);
	while (waitpid(child, &outcome->status, 0) < 0)
		if (errno != EINTR)
			abort();
	take(results[OUT], &outcome->out);
	take(results[ERR], &outcome->err);
}

static _Noreturn void complain(const struct fuzz_input *input,
    const struct outcome *outcome, const char *what)
{
	fprintf(stderr, "== %s: %s (status %#x)\n== %s", fuzz_name, what,
	    (unsigned)outcome->status, fuzz_name);
	for (size_t i = 0; i < input->n_arguments; i++)
		fprintf(stderr, " '%.*s'", (int)input->arguments[i].n,
		    input->arguments[i].p);
	fprintf(stderr, "\n== output\n%.*s\n== messages\n%.*s\n",
	    (int)outcome->out.len, outcome->out.data, (int)outcome->err.len,
	    outcome->err.data);
	remove_folder();
	abort();
}

/* ---- what is right ---- */

/* Whether an argument may be this option, on its own or among others. */
static bool may_have(
    const struct fuzz_input *input, char letter, const char *name)
{
	for (size_t i = 0; i < input->n_arguments; i++) {
		struct cx_str a = input->arguments[i];
		struct cx_str word = a;

		if (a.n < 2 || a.p[0] != '-')
			continue;
		if (a.p[1] != '-' && memchr(a.p, letter, a.n))
			return true;
		/* Long ones may be cut short. */
		word = cx_str_next(&a, '=');
		if (word.n > 2 && word.p[1] == '-' &&
		    cx_str_starts(cx_str(name), cx_str_skip(word, 2)))
			return true;
	}
	return false;
}

static struct cx_str last_line(struct cx_str text)
{
	size_t start = text.n ? text.n - 1 : 0;

	while (start && text.p[start - 1] != '\n')
		start--;
	return cx_str_skip(text, start);
}

static bool ends_line(struct cx_str text)
{
	return text.n == 0 || text.p[text.n - 1] == '\n';
}

static bool is_poison(struct cx_str line)
{
	return cx_str_starts(line, cx_str("\\!"));
}

static bool says_why(struct cx_str messages)
{
	char start[32];
	const char *at;

	if (cx_str_starts(messages, cx_str("cx: out of memory\n")))
		return true;
	snprintf(start, sizeof(start), "%s: ", fuzz_name);
	at = messages.n ? memmem(messages.p, messages.n, start, strlen(start))
	                : NULL;
	return at && (at == messages.p || at[-1] == '\n');
}

static bool is_printable(struct cx_str messages)
{
	for (size_t i = 0; i < messages.n; i++)
		if ((messages.p[i] & 0xE0) == 0 && messages.p[i] != '\n')
			return false;
	return cx_utf8_valid(messages) == messages.n;
}

static void check_readable(
    const struct fuzz_input *input, const struct outcome *outcome)
{
	struct cx_reader_options options = { .delimiter = '\0' };
	struct cx_reader *reader = NULL;
	const struct cx_row *row;
	struct cx_input *in;
	struct cx_err err;
	char path[64];
	int more = -1;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", results[OUT]);
	if (cx_input_open(&in, path, &err) < 0)
		abort();
	if (cx_reader_open(&reader, in, &options, &err) == 0) {
		while ((more = cx_reader_next(reader, &row, &err)) > 0)
			continue;
		cx_reader_close(reader);
	}
	cx_input_close(in);
	if (more < 0)
		complain(input, outcome, err.what);
}

static bool is_about_itself(struct cx_str out)
{
	return cx_str_starts(out, cx_str("usage: ")) ||
	       cx_str_starts(out, cx_str(fuzz_name));
}

static void check_output(
    const struct fuzz_input *input, const struct outcome *outcome, bool failed)
{
	struct cx_str out = cx_buf_str(&outcome->out);
	bool plain = !may_have(input, 'F', "format") &&
	             strcmp(fuzz_name, "cx-report") != 0;

	if (out.n == 0 || out.n == LARGEST_READ)
		return;
	if (failed && !is_poison(last_line(out)) &&
	    (plain || !may_have(input, 'F', "format")))
		complain(input, outcome, "failed, and its output looks whole");
	if (!ends_line(out))
		complain(input, outcome, "its output lacks its end");
	if (!failed && plain && !is_about_itself(out))
		check_readable(input, outcome);
}

static void judge(const struct fuzz_input *input, const struct outcome *outcome)
{
	struct cx_str messages = cx_buf_str(&outcome->err);
	int status;

	if (WIFSIGNALED(outcome->status) &&
	    WTERMSIG(outcome->status) == SIGXFSZ)
		return;
	if (!WIFEXITED(outcome->status))
		complain(input, outcome, "killed");
	status = WEXITSTATUS(outcome->status);
	if (status > 3)
		complain(input, outcome, "crashed");
	if (status && !says_why(messages))
		complain(input, outcome, "failed, and does not say why");
	if (messages.n < LARGEST_READ && !is_printable(messages))
		complain(input, outcome, "control bytes in messages");
	check_output(input, outcome, status == 1 || status == 2);
}

/* ---- the same again, otherwise ---- */

/*
 * cx-ingest does not write the piece that fails, and ids are compared when a
 * piece is whole: what stands before the poison, and which of two faults is
 * told, is a matter of where pieces end.
 */
static bool is_loose(const struct outcome *outcome)
{
	return strcmp(fuzz_name, "cx-ingest") == 0 &&
	       WIFEXITED(outcome->status) &&
	       WEXITSTATUS(outcome->status) == CX_DATA;
}

static bool is_same(const struct outcome *a, const struct outcome *b)
{
	if (is_loose(a))
		return a->status == b->status;
	return a->status == b->status &&
	       cx_str_eq(cx_buf_str(&a->out), cx_buf_str(&b->out)) &&
	       cx_str_eq(cx_buf_str(&a->err), cx_buf_str(&b->err));
}

static void check_same(const struct fuzz_input *input,
    const struct outcome *first, const struct way *way)
{
	static struct outcome again;

	/* An error of libcsv comes before the records of its block. */
	if (first->status && may_have(input, 'l', "lenient"))
		return;
	run(input, way, &again);
	if (is_same(first, &again))
		return;
	fprintf(stderr, "== -j %s CX_DEBUG=%s gives, status %#x\n%.*s\n%.*s\n",
	    way->threads, way->debug, (unsigned)again.status,
	    (int)again.out.len, again.out.data, (int)again.err.len,
	    again.err.data);
	complain(input, first, "other bytes");
}

/* Every fourth input, by its bytes. */
static const struct way *other_way(struct cx_str text)
{
	static const struct way ways[] = {
		{ "2", "block=7,piece=16,read=1" },
		{ "2", "block=64,piece=64,scan=portable" },
		{ "1", "read=1,scan=sse2" },
		{ "2", NULL },
	};
	unsigned sum = 0;

	for (size_t i = 0; i < text.n; i++)
		sum = sum * 31 + (unsigned char)text.p[i];
	sum ^= sum >> 16;
	return sum & 3 ? NULL : &ways[sum >> 2 & 3];
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	shared = mmap(NULL, n_counters(), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	results[OUT] = memfd_create("out", MFD_CLOEXEC);
	results[ERR] = memfd_create("err", MFD_CLOEXEC);
	if (shared == MAP_FAILED || results[OUT] < 0 || results[ERR] < 0)
		abort();
	make_folder();
	unsetenv("CX_DEBUG");
	unsetenv("CX_FORMATS");
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct way plain = { "1", NULL };
	static struct outcome first;
	struct cx_str text = { (const char *)data, size };
	struct fuzz_input input;
	const struct way *way = other_way(text);

	fuzz_input_read(&input, text);
	if (!all_tame(&input))
		return 0;
	run(&input, &plain, &first);
	judge(&input, &first);
	if (way)
		check_same(&input, &first, way);
	memcpy(first_counter, shared, n_counters());
	return 0;
}
