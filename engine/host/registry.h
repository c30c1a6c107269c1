/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may serve: the plugins that are built in, and those that were loaded. */
#ifndef ZP_HOST_REGISTRY_H
#define ZP_HOST_REGISTRY_H

#include "base/arena.h"
#include "host/plugin.h"

typedef struct zp_registry zp_registry;

/* Needs: builtin ends with NULL; a faulty built-in plugin is a bug and aborts. */
zp_registry *zp_registry_open(const zp_plugin *const *builtin);
void zp_registry_close(zp_registry *); /* never unloads: code may still be referred to */

/* Load PATH, a shared object named for its plugin.
 * Fails: ZP_BAD_PLUGIN with a sentence; nothing is added. */
bool zp_registry_load(zp_registry *, const char *path, zp_error *);

const zp_plugin *zp_registry_find(const zp_registry *, zp_plugin_kind, const char *name);
size_t zp_registry_count(const zp_registry *);
const zp_plugin *zp_registry_at(const zp_registry *, size_t i);
/* What it tells of the libraries that it works with; nothing when it tells nothing. */
void zp_plugin_libraries(const zp_plugin *, void (*tell)(void *self, const char *library, const char *version), void *self);
const char *zp_registry_path(const zp_registry *, size_t i); /* NULL when built in */
const char *zp_registry_digest(const zp_registry *, size_t i); /* SHA-256 of the bytes that were loaded; NULL when built in */

/* The host that a plugin is lent: memory from `arena`, settings in the order of plugin->params
 * (NULL: presets). Lives as long as the caller's object. */
typedef struct zp_lend { zp_host host; zp_arena *arena; const zp_plugin *plugin; const double *settings; } zp_lend;
const zp_host *zp_lend_to(zp_lend *, zp_arena *, const zp_plugin *, const double *settings);

/* To be called when a plugin has been: whether numbers are still rounded as everybody else needs them, and written in no locale. A
 * plugin that changed this ends the process with a sentence and ZP_BAD_PLUGIN, since nothing that is worked out after it counts. */
void zp_lend_ended(const zp_plugin *);
/* The same for who writes papers, where it is a failure like others. Gives: whether all is well. */
bool zp_lend_returned(const zp_plugin *, zp_error *);

#endif
