/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program says, in the language of its run: the only door to gettext, to the locale and to the environment.
 *
 * The source is English and is the key; po/zh_CN.po has the Chinese. Only messages are translated: no number, no sorting and no
 * reading depends on any of it, and nothing that is published does. Texts that are needed in both languages at once are pairs in
 * tables of C instead (docs/decisions/0025-words.md).
 */
#ifndef ZP_BASE_WORDS_H
#define ZP_BASE_WORDS_H

#include <stdbool.h>

/* Whether LANGUAGE, LC_ALL, LC_MESSAGES and LANG ask for Chinese. */
bool zp_words_wanted(void);

/* Speak Chinese from here on, by the catalogue FOLDER/zh_CN/LC_MESSAGES/zhiping.mo; without it, English stays.
 * Needs: one thread. Whoever does not call it speaks English. */
void zp_words_open(const char *folder);
/* What a library says in its own catalogue stands in our sentences, which are UTF-8; in the locale C it would come as question marks. */
void zp_words_others(const char *domain);

/* Whether Chinese is spoken, wherever the catalogue is. */
bool zp_words_chinese(void);

/* Whether numbers are still written and texts compared in no locale. */
bool zp_words_plain(void);

/* The message in the language of the run. Needs: a literal, here or where it is marked with ZP_MESSAGE. */
const char *zp_say(const char *message) __attribute__((format_arg(1)));
/* The one for n = 1, or the other. */
const char *zp_say_n(const char *one, const char *many, unsigned long n) __attribute__((format_arg(1), format_arg(2)));

/* Marks a message that zp_say gets later. */
#define ZP_MESSAGE(text) text

/* What the system says of an errno, such as "No space left on device". */
const char *zp_say_errno(int);

#endif
