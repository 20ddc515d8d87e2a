/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "address/aliases.h"

#include <string.h>

#include "address/endpoint.h"

/**
 * SidetoneAliases:
 *
 * The addresses of a redacted report (pseudonymization), each with a number from 1 in the order in which
 * they are added. Such a report has made-up addresses, so that it can be judged; a user reads the number
 * instead, and does not take them for real ones.
 *
 * Reference-counted. Complete when its report is: from then on it is only read.
 */
struct _SidetoneAliases
{
  gatomicrefcount ref_count;
  GHashTable *numbers;    /* an address's bytes -> its number */
};

/* The characters of an address, a port and brackets */
#define ADDRESS_CHARS "0123456789abcdefABCDEF.:[]"

/**
 * sidetone_aliases_new:
 *
 * Returns: (transfer full): aliases for no address yet
 */
SidetoneAliases *
sidetone_aliases_new (void)
{
  SidetoneAliases *self = g_new0 (SidetoneAliases, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->numbers = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref,
                                         NULL);

  return self;
}

/**
 * sidetone_aliases_ref:
 * @self: aliases
 *
 * Returns: (transfer full): @self
 */
SidetoneAliases *
sidetone_aliases_ref (SidetoneAliases *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * sidetone_aliases_unref:
 * @self: (transfer full): aliases
 */
void
sidetone_aliases_unref (SidetoneAliases *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->numbers);
  g_free (self);
}

static GBytes *
make_key (GInetAddress *address)
{
  return g_bytes_new (g_inet_address_to_bytes (address), g_inet_address_get_native_size (address));
}

/**
 * sidetone_aliases_add:
 * @self: aliases
 * @address: an address
 *
 * Gives @address the next number, unless it has one.
 */
void
sidetone_aliases_add (SidetoneAliases *self,
                      GInetAddress    *address)
{
  guint number;

  g_return_if_fail (self != NULL);
  g_return_if_fail (G_IS_INET_ADDRESS (address));

  number = g_hash_table_size (self->numbers) + 1;
  if (sidetone_aliases_get_number (self, address) == 0)
    g_hash_table_insert (self->numbers, make_key (address), GUINT_TO_POINTER (number));
}

/**
 * sidetone_aliases_get_number:
 * @self: aliases
 * @address: an address
 *
 * Returns: its number, 0 if it has none
 */
guint
sidetone_aliases_get_number (SidetoneAliases *self,
                             GInetAddress    *address)
{
  g_autoptr (GBytes) key = NULL;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (G_IS_INET_ADDRESS (address), 0);

  key = make_key (address);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, key));
}

/* Whether a name or a number goes on with @c: "turn-1.2.3.4" has no address. */
static gboolean
is_of_name (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_';
}

/* The end of a sentence, or the colon after its subject, is no part of an address. Returns: the address
 * at the beginning of @text, and its @length; NULL if there is none */
static SidetoneEndpoint *
find_here (const char *text,
           gsize      *length)
{
  *length = strspn (text, ADDRESS_CHARS);
  if (is_of_name (text[*length]))
    return NULL;

  for (guint i = 0; i < 2 && *length > 0; i++)
    {
      g_autofree char *part = g_strndup (text, *length);
      SidetoneEndpoint *found = sidetone_endpoint_parse (part);

      if (found != NULL)
        return found;
      if (strchr (".:]", text[*length - 1]) == NULL)
        return NULL;
      (*length)--;
    }

  return NULL;
}

/* Returns: the next address in @text, its place and @length; NULL if there is none */
static SidetoneEndpoint *
find_next (const char  *text,
           const char **place,
           gsize       *length)
{
  const char *p = text + strcspn (text, ADDRESS_CHARS);

  while (*p != '\0')
    {
      SidetoneEndpoint *found = p == text || !is_of_name (p[-1]) ? find_here (p, length) : NULL;

      *place = p;
      if (found != NULL)
        return found;

      p += *p == '[' ? 1 : strspn (p, ADDRESS_CHARS);
      p += strcspn (p, ADDRESS_CHARS);
    }

  return NULL;
}

/**
 * sidetone_aliases_add_text:
 * @self: aliases
 * @text: text
 *
 * Adds the addresses in @text.
 */
void
sidetone_aliases_add_text (SidetoneAliases *self,
                           const char      *text)
{
  SidetoneEndpoint *found;
  const char *place;
  gsize length;

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  while ((found = find_next (text, &place, &length)) != NULL)
    {
      sidetone_aliases_add (self, sidetone_endpoint_get_address (found));
      sidetone_endpoint_unref (found);
      text = place + length;
    }
}

/**
 * sidetone_aliases_replace:
 * @self: aliases
 * @text: text
 * @func: returns the words for an address
 *
 * Replaces each address in @text that has an alias, but not its port.
 *
 * Returns: (transfer full): the text
 */
char *
sidetone_aliases_replace (SidetoneAliases  *self,
                          const char       *text,
                          SidetoneAliasFunc func)
{
  g_autoptr (GString) replaced = g_string_new (NULL);
  SidetoneEndpoint *found;
  const char *place;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  while ((found = find_next (text, &place, &length)) != NULL)
    {
      GInetAddress *address = sidetone_endpoint_get_address (found);
      guint number = sidetone_aliases_get_number (self, address);
      g_autofree char *words = number > 0 ? func (number, address) : g_strndup (place, length);

      g_string_append_len (replaced, text, place - text);
      g_string_append (replaced, words);
      if (number > 0 && sidetone_endpoint_get_port (found) != 0)
        g_string_append_printf (replaced, ":%u", sidetone_endpoint_get_port (found));
      sidetone_endpoint_unref (found);
      text = place + length;
    }
  g_string_append (replaced, text);

  return g_string_free (g_steal_pointer (&replaced), FALSE);
}
