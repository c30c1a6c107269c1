/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/words.h"
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define DOMAIN "zhiping"

static bool is_chinese(const char *name) { return strncmp(name, "zh", 2) == 0 && !strchr("abcdefghijklmnopqrstuvwxyz", name[2] ? name[2] : '_'); }
static bool is_english(const char *name) { return strncmp(name, "en", 2) == 0 || strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0; }

/* As gettext does it: the locale of messages, and where that is not C the first language of the list that there is. */
bool zp_words_wanted(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *locale = NULL, *list = getenv("LANGUAGE");
	for (int i = 0; i < 3 && (!locale || !*locale); i++)
		locale = getenv(names[i]);
	if (!locale || !*locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
		return false;
	for (const char *p = list ? list : ""; *p; p += *p == ':') {
		if (is_chinese(p))
			return true;
		if (is_english(p))
			return false;
		p += strcspn(p, ":");
	}
	return is_chinese(locale);
}

/* gettext translates in no locale named C; the list of languages then says which. The system's own Chinese locale need not be there. */
void zp_words_open(const char *folder)
{
	static const char *const locales[] = { "C.UTF-8", "zh_CN.UTF-8", "en_US.UTF-8" };
	bool there = false;
	for (size_t i = 0; i < sizeof locales / sizeof *locales && !there; i++)
		there = setlocale(LC_MESSAGES, locales[i]) != NULL;
	setenv("LANGUAGE", "zh_CN", 1);
	bindtextdomain(DOMAIN, folder);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	zp_words_others("libc");
	textdomain(DOMAIN);
	(void)gettext(DOMAIN); /* read now: a child may not open it later */
}

void zp_words_others(const char *domain) { bind_textdomain_codeset(domain, "UTF-8"); }

bool zp_words_chinese(void) { return strcmp(textdomain(NULL), DOMAIN) == 0; }

bool zp_words_plain(void)
{
	static const int parts[] = { LC_NUMERIC, LC_CTYPE, LC_COLLATE };
	bool plain = true;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		plain = plain && strcmp(setlocale(parts[i], NULL), "C") == 0; /* asked, not set */
	return plain;
}

/* The empty one is the head of the catalogue. */
const char *zp_say(const char *message) { return *message ? gettext(message) : message; }

const char *zp_say_n(const char *one, const char *many, unsigned long n) { return ngettext(one, many, n); }

/* Those that files and processes meet, for the catalogue; another one is told in English. */
static const char *const system_says[] = {
	ZP_MESSAGE("Permission denied"), ZP_MESSAGE("Operation not permitted"), ZP_MESSAGE("No such file or directory"),
	ZP_MESSAGE("File exists"), ZP_MESSAGE("Not a directory"), ZP_MESSAGE("Is a directory"), ZP_MESSAGE("Directory not empty"),
	ZP_MESSAGE("No space left on device"), ZP_MESSAGE("Disk quota exceeded"), ZP_MESSAGE("File too large"),
	ZP_MESSAGE("File name too long"), ZP_MESSAGE("Too many levels of symbolic links"), ZP_MESSAGE("Read-only file system"),
	ZP_MESSAGE("Input/output error"), ZP_MESSAGE("Too many open files"), ZP_MESSAGE("Too many open files in system"),
	ZP_MESSAGE("Cannot allocate memory"), ZP_MESSAGE("Resource temporarily unavailable"), ZP_MESSAGE("Invalid argument"),
	ZP_MESSAGE("Invalid cross-device link"), ZP_MESSAGE("Broken pipe"), ZP_MESSAGE("Text file busy"), ZP_MESSAGE("Device or resource busy"),
};

const char *zp_say_errno(int number)
{
	const char *says = strerrordesc_np(number);
	for (size_t i = 0; says && i < sizeof system_says / sizeof *system_says; i++)
		if (strcmp(says, system_says[i]) == 0)
			return zp_say(says);
	return says ? says : "?";
}
