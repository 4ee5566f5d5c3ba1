/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/share.h"

#include "libcx/base/mem.h"
#include "libcx/io/retry.h"

#include <dirent.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

static const char ending[] = ".tsv";

/* What is not there is no failure. */
static bool is_absent(int why)
{
	return why == ENOENT || why == ENOTDIR;
}

static int failed(const char *path, const char *what, struct cx_err *err)
{
	cx_err_set(err, CX_DATA, "cannot %s: %s", what, strerror(errno));
	cx_err_file(err, path);
	return -1;
}

static int is_folder(const char *path, struct cx_err *err)
{
	struct stat st;
	int code;

	CX_RETRY(code, stat(path, &st));
	if (code < 0)
		return is_absent(errno) ? 0 : failed(path, "find", err);
	return S_ISDIR(st.st_mode);
}

/* The folder above the one that the program is in; 0 when unknown. */
static int add_prefix(struct cx_buf *path, struct cx_err *err)
{
	static const char link[] = "/proc/self/exe";
	char exe[PATH_MAX];
	ssize_t n;
	int slashes = 0;

	CX_RETRY(n, readlink(link, exe, sizeof(exe)));
	if (n < 0)
		return is_absent(errno) ? 0 : failed(link, "read", err);
	while (n > 0 && slashes < 2)
		slashes += exe[--n] == '/';
	if (slashes == 2)
		cx_buf_add(path, exe, (size_t)n);
	return slashes == 2;
}

static int try_beside(const char *share, const char *folder,
    struct cx_buf *path, struct cx_err *err)
{
	int code;

	cx_buf_clear(path);
	code = add_prefix(path, err);
	if (code <= 0)
		return code;
	cx_buf_addf(path, "%s/%s%c", share, folder, '\0');
	return is_folder(path->data, err);
}

int cx_share_find(const char *folder, struct cx_buf *path, struct cx_err *err)
{
	int code = try_beside("/share/cx", folder, path, err);

	if (code == 0)
		code = try_beside("/share", folder, path, err);
	if (code != 0)
		return code;
	cx_buf_clear(path);
	cx_buf_addf(path, "%s/%s%c", CX_PKGDATADIR, folder, '\0');
	return is_folder(path->data, err);
}

static DIR *open_folder(const char *folder)
{
	DIR *dir;

	do
		dir = opendir(folder);
	while (!dir && errno == EINTR);
	if (!dir && errno == ENOMEM)
		cx_mem_lacking();
	return dir;
}

/* The next entry; NULL with errno 0 at the end. */
static struct dirent *next_entry(DIR *dir)
{
	struct dirent *entry;

	do {
		errno = 0;
		/* cppcheck-suppress readdirCalled ; of this thread only */
		entry = readdir(dir);
	} while (!entry && errno == EINTR);
	return entry;
}

static void put_name(struct cx_map *names, struct cx_str name)
{
	const size_t n_ending = sizeof(ending) - 1;

	if (name.n <= n_ending || name.p[0] == '.' ||
	    strcmp(name.p + name.n - n_ending, ending) != 0)
		return;
	name.n -= n_ending;
	cx_map_put(names, name);
}

int cx_share_list(const char *folder, struct cx_map *names, struct cx_err *err)
{
	DIR *dir = open_folder(folder);
	struct dirent *entry;
	int why;

	if (!dir)
		return failed(folder, "read the folder", err);
	while ((entry = next_entry(dir)))
		put_name(names, cx_str(entry->d_name));
	why = errno;
	closedir(dir);
	errno = why;
	return why ? failed(folder, "read the folder", err) : 0;
}
