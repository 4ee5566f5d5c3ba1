/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/share.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

static const char ending[] = ".tsv";

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The folder above the one that the program is in; false when unknown. */
static bool add_prefix(struct cx_buf *path)
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe));
	int slashes = 0;

	while (n > 0 && slashes < 2)
		slashes += exe[--n] == '/';
	if (slashes == 2)
		cx_buf_add(path, exe, (size_t)n);
	return slashes == 2;
}

static bool try_beside(
    const char *share, const char *folder, struct cx_buf *path)
{
	cx_buf_clear(path);
	if (!add_prefix(path))
		return false;
	cx_buf_addf(path, "%s/%s", share, folder);
	cx_buf_addc(path, '\0');
	return is_folder(path->data);
}

int cx_share_find(const char *folder, struct cx_buf *path)
{
	if (try_beside("/share/cx", folder, path) ||
	    try_beside("/share", folder, path))
		return 0;
	cx_buf_clear(path);
	cx_buf_addf(path, "%s/%s", CX_PKGDATADIR, folder);
	cx_buf_addc(path, '\0');
	return is_folder(path->data) ? 0 : -1;
}

int cx_share_list(const char *folder, struct cx_map *names, struct cx_err *err)
{
	const size_t n_ending = sizeof(ending) - 1;
	struct dirent *entry;
	DIR *dir = opendir(folder);

	if (!dir) {
		cx_err_set(err, CX_DATA, "cannot read the folder: %s",
		    strerror(errno));
		cx_err_file(err, folder);
		return -1;
	}
	/* cppcheck-suppress readdirCalled ; the stream is of this thread only
	 */
	while ((entry = readdir(dir))) {
		struct cx_str name = cx_str(entry->d_name);

		if (name.n <= n_ending || name.p[0] == '.' ||
		    strcmp(name.p + name.n - n_ending, ending) != 0)
			continue;
		name.n -= n_ending;
		cx_map_put(names, name);
	}
	closedir(dir);
	return 0;
}
