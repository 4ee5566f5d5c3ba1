/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs a program again and again, each time with another call of the C library
 * made to fail by shim.c, and looks at what becomes of it.
 *
 *	drive [-a] [-f] [-i FILE | -p FILE] [-n MOST] [-s SEED] SHIM FAMILY:HOW
 *	    PROGRAM [ARGUMENT...]
 *
 *	-a  every call; else a sample of about MOST, the first ones always; each
 *	    alone or with all behind it
 *	-f  it fails undisturbed too, with status 1
 *	-i  standard input is this file; -p: a pipe with its bytes (few)
 *	-n  at most so many of the calls (default: 10000)
 *	-s  of the sample
 *
 * It is run in a folder where the program puts its files into out, and its
 * temporary ones into temp ($TMPDIR). What must hold of each run:
 *
 *	EINTR, short  it is as if nothing had been
 *	others        either that, or exit 1; a last line on standard error that
 *	              starts with the program's name, in front of it only what
 *	              is said undisturbed; on standard output nothing, or the
 *	              start of what would be there with a poison record behind
 *	              it or without the last newline, or all of it
 *	always        each file in out is as before the run, not there, or whole
 *	              (rejects: whole records); temp is empty. For each unlink
 *	              that failed one file more may be in one of the two
 *
 * Prints each run that is otherwise, then one line that sums up; exits 1 when
 * there was one, 2 when it cannot work.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { FILES_MOST = 16, LONGEST_RUN = 60, FIRST = 2, SHOWN = 8 };

struct bytes {
	char *p;
	size_t n;
};

struct file {
	char name[NAME_MAX + 1];
	struct bytes bytes;
};

/* What came of a run. */
struct outcome {
	int status; /* as of waitpid */
	struct bytes out, err;
	struct file files[FILES_MOST];
	size_t n_files;
	unsigned long calls, failed; /* of the family; made to fail */
	unsigned long litter;        /* files left in temp */
};

static struct {
	bool all, fails, is_pipe;
	const char *input, *shim, *family, *how;
	char **argv;
	const char *name; /* of the program */
	unsigned long most, seed;
	int err, input_fd;
} set = { .most = 10000 };

static struct outcome whole; /* of the undisturbed run */
static unsigned long n_wrong;

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "drive: %s: %s\n", what, strerror(errno));
	exit(2);
}

/* ---- bytes ---- */

static void *need(void *p)
{
	if (!p)
		die("memory");
	return p;
}

static void read_all(int fd, struct bytes *b)
{
	size_t room = 1 << 16;
	ssize_t n = 1;

	*b = (struct bytes){ need(malloc(room)), 0 };
	while (n > 0) {
		n = read(fd, b->p + b->n, room - b->n);
		if (n < 0)
			die("read");
		b->n += (size_t)n;
		if (b->n == room)
			b->p = need(realloc(b->p, room *= 2));
	}
}

static void read_file(const char *path, struct bytes *b)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		die(path);
	read_all(fd, b);
	close(fd);
}

static bool same(struct bytes a, struct bytes b)
{
	return a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
}

static bool starts(struct bytes a, struct bytes with)
{
	return a.n >= with.n && memcmp(a.p, with.p, with.n) == 0;
}

static struct bytes text(const char *s)
{
	return (struct bytes){ (char *)(uintptr_t)s, strlen(s) };
}

/* The last line with its newline, if there is one. */
static struct bytes last_line(struct bytes b)
{
	size_t at = b.n;

	while (at && (at == b.n || b.p[at - 1] != '\n'))
		at--;
	return (struct bytes){ b.p + at, b.n - at };
}

static struct bytes without(struct bytes b, struct bytes end)
{
	return (struct bytes){ b.p, b.n - end.n };
}

/* ---- folders ---- */

static void each_file(
    const char *folder, void (*use)(const char *path, const char *name))
{
	DIR *dir = opendir(folder);
	char path[PATH_MAX];
	struct dirent *entry;

	if (!dir)
		die(folder);
	/* cppcheck-suppress readdirCalled ; of this thread only */
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		use(path, entry->d_name);
	}
	closedir(dir);
}

static struct outcome *filling;

static void drop(const char *path, const char *name)
{
	(void)name;
	if (unlink(path) < 0)
		die(path);
}

static void take(const char *path, const char *name)
{
	struct file *file = &filling->files[filling->n_files++];

	if (filling->n_files > FILES_MOST)
		die("too many files");
	snprintf(file->name, sizeof(file->name), "%s", name);
	read_file(path, &file->bytes);
	drop(path, name);
}

static void drop_litter(const char *path, const char *name)
{
	filling->litter++;
	drop(path, name);
}

static const char old[] = "as before\n";

/* Every second run has files in the place of those it makes. */
static void put_old_files(void)
{
	char path[PATH_MAX];

	for (size_t i = 0; i < whole.n_files; i++) {
		snprintf(path, sizeof(path), "out/%s", whole.files[i].name);
		int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

		if (fd < 0 || write(fd, old, strlen(old)) < 0)
			die(path);
		close(fd);
	}
}

/* ---- a run ---- */

static pid_t child;

static void kill_child(int signal_number)
{
	(void)signal_number;
	kill(child, SIGABRT);
}

static int input(void)
{
	int ends[2];
	struct bytes b;

	if (!set.is_pipe)
		return open(
		    set.input ? set.input : "/dev/null", O_RDONLY | O_CLOEXEC);
	read_file(set.input, &b);
	/* It must fit into the pipe, which nobody reads yet. */
	if (pipe2(ends, O_CLOEXEC) < 0 || b.n > 1 << 16 ||
	    write(ends[1], b.p, b.n) != (ssize_t)b.n)
		die("pipe");
	close(ends[1]);
	free(b.p);
	return ends[0];
}

static pid_t start(int to)
{
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int from = input();

	if (from < 0)
		die(set.input);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, from, 0);
	posix_spawn_file_actions_adddup2(&actions, to, 1);
	posix_spawn_file_actions_adddup2(&actions, set.err, 2);
	errno =
	    posix_spawnp(&pid, set.argv[0], &actions, NULL, set.argv, environ);
	if (errno)
		die(set.argv[0]);
	posix_spawn_file_actions_destroy(&actions);
	close(from);
	return pid;
}

static void read_log(struct outcome *o)
{
	struct bytes log;
	char *line, *end;

	read_file("log", &log);
	for (line = log.p; line < log.p + log.n; line = end + 1) {
		end = memchr(line, '\n', (size_t)(log.p + log.n - line));
		if (!end)
			break;
		if (*line == '=')
			o->calls = strtoul(line + 1, NULL, 10);
		else
			o->failed++;
	}
	free(log.p);
}

static void run(const char *which, bool old_files, struct outcome *o)
{
	char fault[64];
	int ends[2], log;
	pid_t pid;

	*o = (struct outcome){ 0 };
	log = open("log", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (log < 0 || pipe2(ends, O_CLOEXEC) < 0 || ftruncate(set.err, 0) < 0)
		die("log");
	close(log);
	if (old_files)
		put_old_files();
	snprintf(fault, sizeof(fault), "%s:%s:%s", set.family, which, set.how);
	setenv("CX_FAULT", fault, 1);
	setenv("LD_PRELOAD", set.shim, 1);
	lseek(set.err, 0, SEEK_SET);
	pid = start(ends[1]);
	unsetenv("LD_PRELOAD");
	close(ends[1]);
	child = pid;
	alarm(LONGEST_RUN);
	read_all(ends[0], &o->out);
	close(ends[0]);
	if (waitpid(pid, &o->status, 0) < 0)
		die("waitpid");
	alarm(0);
	lseek(set.err, 0, SEEK_SET);
	read_all(set.err, &o->err);
	read_log(o);
	filling = o;
	each_file("out", take);
	each_file("temp", drop_litter);
}

static void forget(struct outcome *o)
{
	for (size_t i = 0; i < o->n_files; i++)
		free(o->files[i].bytes.p);
	free(o->out.p);
	free(o->err.p);
}

/* ---- what must hold ---- */

static const char *const harmless[] = { "EINTR", "short" };

static bool is_harmless(void)
{
	for (size_t i = 0; i < sizeof(harmless) / sizeof(*harmless); i++)
		if (strcmp(set.how, harmless[i]) == 0)
			return true;
	return false;
}

static bool is_message(struct bytes line)
{
	size_t n = strlen(set.name);

	return line.n > n + 2 && memcmp(line.p, set.name, n) == 0 &&
	       line.p[n] == ':' && line.p[n + 1] == ' ' &&
	       line.p[line.n - 1] == '\n';
}

/* The C library may fail to load data, and not say that memory was lacking. */
static bool blames_memory(struct bytes line)
{
	static const char *const ways[] = { ": out of memory",
		": iconv cannot turn ", ": the data of time zone " };

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		if (memmem(line.p, line.n, ways[i], strlen(ways[i])))
			return true;
	return false;
}

/* What was said before it failed is what is said undisturbed, or its start. */
static const char *judge_message(const struct outcome *o)
{
	struct bytes line = last_line(o->err), notes = without(o->err, line);

	if (!is_message(line))
		return "no message";
	if (!starts(whole.err, notes))
		return "more than one message";
	if (strcmp(set.family, "alloc") == 0 && !blames_memory(line))
		return "another message than out of memory";
	return NULL;
}

static bool is_poison(struct bytes line)
{
	return starts(line, text("\\!")) &&
	       is_message((struct bytes){ line.p + 2, line.n - 2 });
}

static const char *judge_output(const struct outcome *o)
{
	struct bytes line = last_line(o->out);

	if (o->out.n == 0 || same(o->out, whole.out))
		return NULL;
	if (is_poison(line) && starts(whole.out, without(o->out, line)))
		return NULL;
	if (!starts(whole.out, o->out))
		return "another output";
	return line.n && line.p[line.n - 1] == '\n' ? "output cut in silence"
	                                            : NULL;
}

static const struct file *file_of(const struct outcome *o, const char *name)
{
	for (size_t i = 0; i < o->n_files; i++)
		if (strcmp(o->files[i].name, name) == 0)
			return &o->files[i];
	return NULL;
}

static bool is_rejects(const struct file *file)
{
	return strcmp(file->name, "rejects.tsv") == 0 && file->bytes.n &&
	       file->bytes.p[file->bytes.n - 1] == '\n';
}

/* Files that could not be taken away. */
static unsigned long may_stay(const struct outcome *o)
{
	bool undo = strcmp(set.family, "undo") == 0;

	return undo && !is_harmless() ? o->failed : 0;
}

static const char *judge_files(const struct outcome *o, bool old_files)
{
	unsigned long left = o->litter;

	for (size_t i = 0; i < o->n_files; i++) {
		const struct file *file = &o->files[i];
		const struct file *model = file_of(&whole, file->name);

		if (!model)
			left++;
		else if (!same(file->bytes, model->bytes) &&
		         !(old_files && same(file->bytes, text(old))) &&
		         !(is_rejects(file) &&
		             starts(model->bytes, file->bytes)))
			return "a file is half-written";
	}
	return left > may_stay(o) ? "an unfinished file is left" : NULL;
}

/* All as if nothing had been. */
static const char *judge_done(const struct outcome *o)
{
	if (!same(o->out, whole.out))
		return "success with another output";
	for (size_t i = 0; i < whole.n_files; i++) {
		const struct file *file = file_of(o, whole.files[i].name);

		if (!file || !same(file->bytes, whole.files[i].bytes))
			return "success with another file";
	}
	return same(o->err, whole.err) ? NULL : "success with other messages";
}

static const char *judge(const struct outcome *o, bool old_files)
{
	const char *why = judge_files(o, old_files);

	if (why)
		return why;
	if (WIFSIGNALED(o->status))
		return "ended by a signal";
	if (o->status == whole.status) {
		why = judge_done(o);
		if (!why || !set.fails)
			return why;
	}
	if (is_harmless())
		return "what is harmless is an error";
	if (WEXITSTATUS(o->status) != 1)
		return "exit status";
	why = judge_message(o);
	return why ? why : judge_output(o);
}

static void complain(
    const char *which, const char *why, const struct outcome *o)
{
	if (n_wrong++ >= SHOWN)
		return;
	printf("%s:%s:%s: %s (status %d)\n", set.family, which, set.how, why,
	    WIFSIGNALED(o->status) ? 128 + WTERMSIG(o->status)
	                           : WEXITSTATUS(o->status));
	if (o->err.n)
		printf("  %.*s", (int)(o->err.n < 4000 ? o->err.n : 4000),
		    o->err.p);
	(void)fflush(stdout);
}

/* Whether the fault was met. */
static bool try(const char *which, unsigned long number)
{
	struct outcome o;
	const char *why;
	bool met;

	run(which, number % 2, &o);
	why = judge(&o, number % 2);
	if (why)
		complain(which, why, &o);
	met = o.failed > 0;
	forget(&o);
	return met;
}

/* ---- all of them ---- */

static unsigned long random_below(unsigned long n)
{
	/* Numerical constants of Knuth's MMIX generator. */
	set.seed = set.seed * 6364136223846793005 + 1442695040888963407;
	return (set.seed >> 33) % n;
}

/* The call behind this one that is tried: one in each stretch of the rest. */
static unsigned long next_of(unsigned long n, unsigned long calls)
{
	unsigned long stretch = (calls - FIRST + set.most - 1) / set.most;
	unsigned long start;

	if (set.all || n < FIRST || stretch < 2)
		return n + 1;
	start = FIRST + (n - FIRST + stretch - 1) / stretch * stretch;
	return start + 1 + random_below(stretch);
}

/* That call alone, or it and all behind it. */
static void try_one(unsigned long n, bool on)
{
	char which[32];

	snprintf(which, sizeof(which), "%lu%s", n, on ? "+" : "");
	if (!try(which, n + on) && n <= whole.calls / 2)
		printf("%s: never met\n", which);
}

static unsigned long try_all(void)
{
	unsigned long tried = 0, calls = whole.calls;

	for (unsigned long n = 1; n <= calls; n = next_of(n, calls)) {
		if (set.all && n > set.most)
			break;
		try_one(n, random_below(2));
		tried++;
	}
	return tried;
}

/*
 * What does no harm may happen to every call: the first try of each is the one
 * that is interrupted.
 */
static unsigned long try_harmless(void)
{
	try(strcmp(set.how, "EINTR") == 0 ? "1/2" : "1+", 1);
	return 1;
}

/* Status 3 is that of a check which the user asked for. */
static bool ends_well(int status)
{
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;

	return set.fails ? code == 1 : code == 0 || code == 3;
}

static void learn(void)
{
	struct outcome again;

	run("0", false, &whole);
	if (!ends_well(whole.status)) {
		printf("ends otherwise undisturbed: %.*s", (int)whole.err.n,
		    whole.err.p);
		exit(2);
	}
	run("0", true, &again);
	if (judge_files(&again, true) || judge_done(&again)) {
		printf("two undisturbed runs differ\n");
		exit(2);
	}
	forget(&again);
}

static void parse(int argc, char **argv)
{
	char *colon;
	int code;

	while ((code = getopt(argc, argv, "+afi:p:n:s:")) != -1) {
		if (code == 'a')
			set.all = true;
		else if (code == 'f')
			set.fails = true;
		else if (code == 'i' || code == 'p')
			set.input = optarg;
		else if (code == 'n')
			set.most = strtoul(optarg, NULL, 10);
		else if (code == 's')
			set.seed = strtoul(optarg, NULL, 10);
		else
			exit(2);
		set.is_pipe |= code == 'p';
	}
	if (argc - optind < 3 || !(colon = strchr(argv[optind + 1], ':')))
		exit(2);
	set.shim = argv[optind];
	*colon = '\0';
	set.family = argv[optind + 1];
	set.how = colon + 1;
	set.argv = argv + optind + 2;
	set.name = strrchr(set.argv[0], '/');
	set.name = set.name ? set.name + 1 : set.argv[0];
}

int main(int argc, char **argv)
{
	char log[PATH_MAX + 8];
	FILE *err = tmpfile();
	unsigned long tried;

	parse(argc, argv);
	if (!err || !getcwd(log, PATH_MAX))
		die("tmpfile");
	strcat(log, "/log");
	setenv("CX_FAULT_LOG", log, 1);
	setenv("TMPDIR", "temp", 1);
	(void)signal(SIGALRM, kill_child);
	set.err = fileno(err);
	learn();
	tried = is_harmless() ? try_harmless() : try_all();
	printf("%s:%s %s: %lu calls, %lu runs, %lu wrong\n", set.family,
	    set.how, set.name, whole.calls, tried, n_wrong);
	forget(&whole);
	(void)fclose(err);
	return n_wrong > 0;
}
