/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/kept.h"

#include <math.h>

/* Details of reports of newer versions that this version does not know (forward compatibility): they are
 * kept and written again unchanged. */

/* Only these types survive writing and reading JSON: integers of another width do not, and neither do
 * infinity and NaN. */
static gboolean
is_plain (GVariant *value)
{
  static const char *const types[] = { "b", "x", "s", "ab", "ax", "as" };
  const char *type = g_variant_get_type_string (value);

  if (g_str_equal (type, "d"))
    return isfinite (g_variant_get_double (value));

  if (g_str_equal (type, "ad"))
    {
      gsize n;
      const double *numbers = g_variant_get_fixed_array (value, &n, sizeof (double));

      for (gsize i = 0; i < n; i++)
        {
          if (!isfinite (numbers[i]))
            return FALSE;
        }

      return TRUE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_equal (type, types[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
are_details (GVariant *details)
{
  GVariantIter iter;
  GVariant *value;

  if (!g_variant_is_of_type (details, G_VARIANT_TYPE_VARDICT))
    return FALSE;

  g_variant_iter_init (&iter, details);
  while (g_variant_iter_next (&iter, "{sv}", NULL, &value))
    {
      gboolean plain = is_plain (value);

      g_variant_unref (value);
      if (!plain)
        return FALSE;
    }

  return TRUE;
}

/**
 * sidetone_kept_take_details:
 * @details: (transfer floating) (nullable): an `a{sv}`, as a report has it
 *
 * Takes the floating reference, and serialises: strings borrowed from a tree of variants become invalid
 * when the tree is serialised later.
 *
 * Returns: (transfer full): @details, serialised; an empty one for %NULL
 */
GVariant *
sidetone_kept_take_details (GVariant *details)
{
  GVariant *taken;

  if (details == NULL)
    details = g_variant_new ("a{sv}", NULL);

  g_variant_ref_sink (details);
  g_assert (are_details (details));
  taken = g_variant_get_normal_form (details);
  g_variant_get_data (taken);
  g_variant_unref (details);

  return taken;
}

/**
 * sidetone_kept_find:
 * @details: an `a{sv}`, as a report has it
 * @table: (nullable): the table of its kind; %NULL of a kind that is not known here
 * @what: (nullable): the table's struct, read from @details
 *
 * Returns: (transfer full) (nullable): the entries of @details that @what does not hold: unknown keys,
 *   and values that would be written differently; %NULL if there are none
 */
GVariant *
sidetone_kept_find (GVariant                 *details,
                    const SidetoneFieldTable *table,
                    gconstpointer             what)
{
  GVariantBuilder kept = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  GVariantIter iter;
  const char *key;
  GVariant *value;
  gboolean any = FALSE;

  g_variant_iter_init (&iter, details);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
    {
      const SidetoneField *field = table != NULL ? sidetone_field_table_find (table, key) : NULL;
      g_autoptr (GVariant) written = field != NULL ? sidetone_field_write (field, what) : NULL;

      if (written != NULL)
        g_variant_ref_sink (written);
      if (written != NULL && g_variant_equal (written, value))
        continue;

      g_variant_builder_add (&kept, "{sv}", key, value);
      any = TRUE;
    }

  if (any)
    return g_variant_ref_sink (g_variant_builder_end (&kept));

  g_variant_builder_clear (&kept);

  return NULL;
}
