/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "allocator.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* An allocator for libstrophe that wipes freed memory, because it may hold the password. */

static void *
allocate (const size_t size,
          void *const  user_data)
{
  return malloc (size);
}

static void
wipe_and_free (void       *memory,
               void *const user_data)
{
  if (memory == NULL)
    return;
  explicit_bzero (memory, malloc_usable_size (memory));
  free (memory);
}

/* realloc () may move the block and leave the old one as it was. */
static void *
reallocate (void        *memory,
            const size_t size,
            void *const  user_data)
{
  size_t old_size;
  void *moved;

  if (memory == NULL)
    return malloc (size);

  old_size = malloc_usable_size (memory);
  if (size <= old_size)
    return memory;

  moved = malloc (size);
  if (moved == NULL)
    return NULL;
  memcpy (moved, memory, MIN (old_size, size));
  wipe_and_free (memory, user_data);
  return moved;
}

/**
 * sidetone_allocator_get:
 *
 * libstrophe copies the password, derives keys from it, makes stanzas with both, and frees all of
 * that without wiping. This allocator overwrites each block when it is freed.
 *
 * Returns: (transfer none): the allocator for xmpp_ctx_new ()
 */
const xmpp_mem_t *
sidetone_allocator_get (void)
{
  static const xmpp_mem_t allocator = { allocate, wipe_and_free, reallocate, NULL };

  return &allocator;
}
