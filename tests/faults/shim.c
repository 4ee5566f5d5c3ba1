/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Makes calls of the C library fail: loaded in front of it (LD_PRELOAD) by
 * tests/faults/drive.c.
 *
 *	CX_FAULT=FAMILY:WHICH:HOW
 *
 * FAMILY is one of those below; WHICH of its calls fail, counted from 1: "7",
 * "7+" that one and all behind it, "7/2" that one and every second behind it,
 * "0" none; HOW the name of an errno, or "short": a read or a write of one
 * byte. A call that cannot fail so is left alone and not counted.
 *
 * CX_FAULT_LOG is the file that gets the name of each call that was made to
 * fail, one a line, and, when the program returns or exits, "= N", the number
 * of calls of the family.
 *
 * What the C library itself calls, such as the open within fopen, is not seen
 * here, but for its allocations.
 *
 * With a sanitizer that sees leaks, _exit looks for them too, and the status is
 * 99 where there are some. It wants to be loaded behind the shim:
 * ASAN_OPTIONS=verify_asan_link_order=0.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The checked forms of -D_FORTIFY_SOURCE are declared by no header. */
ssize_t __read_chk(int fd, void *to, size_t n, size_t room);
ssize_t __pread_chk(int fd, void *to, size_t n, off_t at, size_t room);
ssize_t __readlink_chk(const char *path, char *to, size_t n, size_t room);
char *__realpath_chk(const char *path, char *to, size_t room);
int __open_2(const char *path, int flags);

__attribute__((weak)) int __lsan_do_recoverable_leak_check(void);

/* ---- what is to fail ---- */

static struct {
	atomic_bool known;
	char family[16];
	unsigned long first, step; /* step 0: the first alone */
	bool is_short;
	int error;
	const char *log;
} fault;

static atomic_ulong calls;

/* A sanitizer is at work, and cannot do without. */
__attribute__((tls_model("initial-exec"))) static _Thread_local bool spared;

static int error_of(const char *name)
{
	static const struct {
		const char *name;
		int number;
	} errors[] = { { "ENOMEM", ENOMEM }, { "EIO", EIO },
		{ "ENOSPC", ENOSPC }, { "EINTR", EINTR }, { "EAGAIN", EAGAIN },
		{ "EMFILE", EMFILE }, { "EACCES", EACCES } };

	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (strcmp(name, errors[i].name) == 0)
			return errors[i].number;
	return 0;
}

/* The first call may come from a constructor, before any of ours is run. */
static void learn(void)
{
	const char *text = getenv("CX_FAULT"), *which, *how;
	char *end;

	/* Even before there is an environment. */
	if (atomic_load(&fault.known) || !environ)
		return;
	which = text ? strchr(text, ':') : NULL;
	how = which ? strchr(which + 1, ':') : NULL;
	if (how && (size_t)(which - text) < sizeof(fault.family)) {
		memcpy(fault.family, text, (size_t)(which - text));
		fault.first = strtoul(which + 1, &end, 10);
		if (*end == '+')
			fault.step = 1;
		if (*end == '/')
			fault.step = strtoul(end + 1, NULL, 10);
		fault.is_short = strcmp(how + 1, "short") == 0;
		fault.error = error_of(how + 1);
		fault.log = getenv("CX_FAULT_LOG");
	}
	atomic_store(&fault.known, true);
}

static void write_log(const char *line, size_t n)
{
	int old = errno;
	long fd;

	if (!fault.log)
		return;
	fd = syscall(SYS_openat, AT_FDCWD, fault.log,
	    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0) {
		syscall(SYS_write, fd, line, n);
		syscall(SYS_close, fd);
	}
	errno = old;
}

__attribute__((destructor)) static void write_count(void)
{
	char line[32];
	int n = snprintf(line, sizeof(line), "= %lu\n", atomic_load(&calls));

	if (fault.family[0])
		write_log(line, (size_t)n);
}

/* Counts a call of the family; whether it is one of those to fail. */
static bool chosen(const char *family, const char *name)
{
	unsigned long n;
	char line[32];

	learn();
	if (spared || strcmp(family, fault.family) != 0)
		return false;
	n = atomic_fetch_add(&calls, 1) + 1;
	if (fault.first == 0 || n < fault.first ||
	    (n > fault.first &&
	        (fault.step == 0 || (n - fault.first) % fault.step)))
		return false;
	n = strlen(name);
	memcpy(line, name, n);
	line[n] = '\n';
	write_log(line, n + 1);
	return true;
}

static bool fails(const char *family, const char *name)
{
	if (fault.is_short || !chosen(family, name))
		return false;
	errno = fault.error;
	return true;
}

/* For reads and writes: fails, or leaves *n bytes to do. */
static bool fails_or_short(const char *family, const char *name, size_t *n)
{
	learn();
	if (!fault.is_short)
		return fails(family, name);
	if (*n > 1 && chosen(family, name))
		*n = 1;
	return false;
}

/* ---- the calls themselves ---- */

/* For what dlsym may ask for before there is an allocation to give it. */
static char early[4096];
static size_t early_used;

static void *find(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);

	if (!found) {
		static const char text[] = "shim: no such function: ";

		syscall(SYS_write, 2, text, sizeof(text) - 1);
		syscall(SYS_write, 2, name, strlen(name));
		syscall(SYS_write, 2, "\n", 1);
		syscall(SYS_exit_group, 99);
	}
	return found;
}

/*
 * The next function of this name. A constant initial value, and two threads
 * find the same, so that no lock is needed.
 */
#define NEXT(function)                                                         \
	({                                                                     \
		static __typeof__(&(function)) next;                           \
		if (!next)                                                     \
			next = (__typeof__(next))find(#function);              \
		next;                                                          \
	})

/* A call with these parameters that fails with what `bad` is. */
#define FAULTY(family, type, bad, function, parameters, arguments)             \
	type function parameters                                               \
	{                                                                      \
		return fails(family, #function) ? (bad)                        \
		                                : NEXT(function) arguments;    \
	}

/* The same for a read or a write of n bytes. */
#define FAULTY_BYTES(family, function, parameters, arguments)                  \
	ssize_t function parameters                                            \
	{                                                                      \
		return fails_or_short(family, #function, &n) ? -1              \
		                                             : NEXT(function)  \
		                                                   arguments;  \
	}

/* ---- memory ---- */

/* All at once, as the search for one may call the others. */
static struct {
	void *(*malloc)(size_t);
	void *(*calloc)(size_t, size_t);
	void (*free)(void *);
	atomic_int searching;
} memory;

static void *early_bytes(size_t n)
{
	void *p = early + early_used;

	early_used += (n + 15) / 16 * 16;
	if (early_used > sizeof(early))
		syscall(SYS_exit_group, 98);
	return p;
}

static bool is_early(const void *p)
{
	return (const char *)p >= early &&
	       (const char *)p < early + sizeof(early);
}

/* Whether they are found: not while they are searched for. */
static bool has_memory(void)
{
	if (memory.free)
		return true;
	if (atomic_load(&memory.searching))
		return false;
	atomic_fetch_add(&memory.searching, 1);
	memory.malloc = (void *(*)(size_t))find("malloc");
	memory.calloc = (void *(*)(size_t, size_t))find("calloc");
	memory.free = (void (*)(void *))find("free");
	atomic_fetch_sub(&memory.searching, 1);
	return true;
}

void *malloc(size_t n)
{
	if (!has_memory())
		return early_bytes(n);
	return fails("alloc", "malloc") ? NULL : memory.malloc(n);
}

void *calloc(size_t n, size_t size)
{
	if (!has_memory())
		return early_bytes(n * size);
	return fails("alloc", "calloc") ? NULL : memory.calloc(n, size);
}

void free(void *p)
{
	if (!is_early(p) && has_memory())
		memory.free(p);
}

FAULTY("alloc", void *, NULL, realloc, (void *old, size_t n), (old, n))
FAULTY(
    "alloc", void *, NULL, aligned_alloc, (size_t align, size_t n), (align, n))
FAULTY("alloc", int, ENOMEM, posix_memalign, (void **p, size_t align, size_t n),
    (p, align, n))
FAULTY("map", void *, MAP_FAILED, mmap,
    (void *at, size_t n, int protect, int flags, int fd, off_t offset),
    (at, n, protect, flags, fd, offset))

/* ---- bytes ---- */

FAULTY_BYTES("read", read, (int fd, void *to, size_t n), (fd, to, n))
FAULTY_BYTES("read", __read_chk, (int fd, void *to, size_t n, size_t room),
    (fd, to, n, room))
FAULTY_BYTES(
    "read", pread, (int fd, void *to, size_t n, off_t at), (fd, to, n, at))
FAULTY_BYTES("read", __pread_chk,
    (int fd, void *to, size_t n, off_t at, size_t room), (fd, to, n, at, room))
FAULTY_BYTES(
    "write", write, (int fd, const void *from, size_t n), (fd, from, n))

/* ---- files and folders ---- */

/* Of a file that is not to be made. */
int open(const char *path, int flags, ...)
{
	va_list rest;
	int mode;

	va_start(rest, flags);
	mode = flags & O_CREAT ? va_arg(rest, int) : 0;
	va_end(rest);
	return fails("file", "open") ? -1 : NEXT(open)(path, flags, mode);
}

FAULTY("file", int, -1, __open_2, (const char *path, int flags), (path, flags))

int fcntl(int fd, int command, ...)
{
	va_list rest;
	void *argument;

	va_start(rest, command);
	argument = va_arg(rest, void *);
	va_end(rest);
	return fails("file", "fcntl") ? -1 : NEXT(fcntl)(fd, command, argument);
}

FAULTY("file", int, -1, mkstemp, (char *path), (path))
FAULTY("file", int, -1, fsync, (int fd), (fd))
FAULTY("file", int, -1, fstat, (int fd, struct stat *st), (fd, st))
FAULTY("file", int, -1, stat, (const char *path, struct stat *st), (path, st))
FAULTY(
    "file", off_t, -1, lseek, (int fd, off_t at, int whence), (fd, at, whence))
FAULTY("file", int, -1, rename, (const char *from, const char *to), (from, to))
FAULTY("file", int, -1, link, (const char *from, const char *to), (from, to))
FAULTY("file", int, -1, fchmod, (int fd, mode_t mode), (fd, mode))
FAULTY("file", char *, NULL, realpath, (const char *path, char *to), (path, to))
FAULTY("file", char *, NULL, __realpath_chk,
    (const char *path, char *to, size_t room), (path, to, room))
FAULTY("file", ssize_t, -1, readlink, (const char *path, char *to, size_t n),
    (path, to, n))
FAULTY("file", ssize_t, -1, __readlink_chk,
    (const char *path, char *to, size_t n, size_t room), (path, to, n, room))
FAULTY("file", DIR *, NULL, opendir, (const char *path), (path))
FAULTY("file", int, -1, fstatat,
    (int dir, const char *path, struct stat *st, int flags),
    (dir, path, st, flags))
FAULTY("file", int, -1, scandir,
    (const char *path, struct dirent ***list,
        int (*wanted)(const struct dirent *),
        int (*order)(const struct dirent **, const struct dirent **)),
    (path, list, wanted, order))
FAULTY("file", struct dirent *, NULL, readdir, (DIR * dir), (dir))

/* Nothing can make up for these two, so that they are a family of their own. */
FAULTY("undo", int, -1, unlink, (const char *path), (path))

/* The descriptor of these is gone, as on Linux, and the bytes may be. */
int closedir(DIR *dir)
{
	int code = NEXT(closedir)(dir);

	return code == 0 && fails("undo", "closedir") ? -1 : code;
}

int close(int fd)
{
	int code = NEXT(close)(fd);

	return code == 0 && fails("close", "close") ? -1 : code;
}

/* ---- other resources ---- */

FAULTY("other", int, fault.error, pthread_create,
    (pthread_t * thread, const pthread_attr_t *attr, void *(*run)(void *),
        void *arg),
    (thread, attr, run, arg))
FAULTY("other", iconv_t, (iconv_t)-1, iconv_open,
    (const char *to, const char *from), (to, from))
FAULTY("other", int, -1, setenv,
    (const char *name, const char *value, int over), (name, value, over))
FAULTY(
    "other", void *, NULL, dlopen, (const char *path, int flags), (path, flags))
FAULTY("other", int, -1, sigaction,
    (int number, const struct sigaction *act, struct sigaction *old),
    (number, act, old))

/* A sanitizer asks for more than programs do. */
long sysconf(int name)
{
	return name == _SC_NPROCESSORS_ONLN && fails("other", "sysconf")
	           ? -1
	           : NEXT(sysconf)(name);
}

/* Only a sanitizer calls it, as each thread starts. */
int pthread_getattr_np(pthread_t thread, pthread_attr_t *attr)
{
	int why;

	spared = true;
	why = NEXT(pthread_getattr_np)(thread, attr);
	spared = false;
	return why;
}

/* ---- the end ---- */

void _exit(int code)
{
	if (__lsan_do_recoverable_leak_check &&
	    __lsan_do_recoverable_leak_check())
		code = 99;
	NEXT(_exit)(code);
	__builtin_unreachable();
}
