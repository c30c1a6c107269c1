/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/version.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

long zp_version_number(const char *name)
{
	const size_t n = *name == 'v' ? strspn(name + 1, "0123456789") : 0;
	return n && n <= ZP_VERSION_DIGITS && name[1] != '0' && !name[n + 1] ? strtol(name + 1, NULL, 10) : 0;
}

long zp_version_newest(const char *folder)
{
	long newest = 0;
	DIR *dir = opendir(folder);
	for (const struct dirent *entry; dir && (entry = readdir(dir));) {
		const long n = zp_version_number(entry->d_name);
		newest = n > newest ? n : newest;
	}
	if (dir)
		closedir(dir);
	return newest;
}
