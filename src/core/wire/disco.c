/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "wire/disco.h"

#include "address/contact.h"
#include "base/error.h"
#include "wire/stanza.h"

/**
 * SidetoneDisco:
 *
 * A server's disco#info answer (XEP-0030, section 3.1): its features, its software's name, and where
 * its administrator is reached (XEP-0157).
 * Immutable and reference-counted; references may be taken and dropped in any thread.
 *
 * The size limit of a #SidetoneElement bounds the features, too.
 */
struct _SidetoneDisco
{
  gatomicrefcount ref_count;

  GStrv features;
  char *name;
  GStrv contacts;
};

#define FORM_NS "jabber:x:data"
#define SERVER_INFO "http://jabber.org/network/serverinfo"

/* A server names one or two. */
#define MAX_CONTACTS 8

G_DEFINE_BOXED_TYPE (SidetoneDisco, sidetone_disco, sidetone_disco_ref, sidetone_disco_unref)

/* Servers with several modules of one kind list a feature twice. */
static GStrv
read_features (const SidetoneElement *query)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < sidetone_element_get_n_children (query); i++)
    {
      const SidetoneElement *child = sidetone_element_get_child (query, i);
      const char *var = sidetone_element_get_attribute (child, "var");

      if (var != NULL && *var != '\0' &&
          g_str_equal (sidetone_element_get_name (child), "feature") &&
          g_strcmp0 (sidetone_element_get_namespace (child), SIDETONE_DISCO_NS) == 0 &&
          g_hash_table_add (seen, (gpointer) var))
        g_strv_builder_add (builder, var);
    }

  return g_strv_builder_end (builder);
}

static char *
read_name (const SidetoneElement *query)
{
  for (guint i = 0; i < sidetone_element_get_n_children (query); i++)
    {
      const SidetoneElement *child = sidetone_element_get_child (query, i);
      const char *name = sidetone_element_get_attribute (child, "name");

      if (name != NULL && *name != '\0' &&
          g_str_equal (sidetone_element_get_name (child), "identity") &&
          g_strcmp0 (sidetone_element_get_namespace (child), SIDETONE_DISCO_NS) == 0 &&
          g_strcmp0 (sidetone_element_get_attribute (child, "category"), "server") == 0)
        return g_strdup (name);
    }

  return NULL;
}

/* Of several fields of a name the first counts. */
static const SidetoneElement *
find_field (const SidetoneElement *form,
            const char            *var)
{
  for (guint i = 0; i < sidetone_element_get_n_children (form); i++)
    {
      const SidetoneElement *child = sidetone_element_get_child (form, i);

      if (g_str_equal (sidetone_element_get_name (child), "field") &&
          g_strcmp0 (sidetone_element_get_namespace (child), FORM_NS) == 0 &&
          g_strcmp0 (sidetone_element_get_attribute (child, "var"), var) == 0)
        return child;
    }

  return NULL;
}

static gboolean
is_server_info (const SidetoneElement *form)
{
  const SidetoneElement *type = find_field (form, "FORM_TYPE");
  const SidetoneElement *value = NULL;

  if (type != NULL)
    value = sidetone_element_find_child (type, "value", FORM_NS);

  return value != NULL && g_str_equal (sidetone_element_get_text (value), SERVER_INFO);
}

static void
add_contacts (GPtrArray             *contacts,
              const SidetoneElement *field)
{
  for (guint i = 0; i < sidetone_element_get_n_children (field) && contacts->len < MAX_CONTACTS;
       i++)
    {
      const SidetoneElement *child = sidetone_element_get_child (field, i);
      g_autoptr (SidetoneContact) contact = NULL;

      if (g_str_equal (sidetone_element_get_name (child), "value") &&
          g_strcmp0 (sidetone_element_get_namespace (child), FORM_NS) == 0)
        contact = sidetone_contact_new_from_uri (sidetone_element_get_text (child));
      if (contact != NULL &&
          !g_ptr_array_find_with_equal_func (contacts, contact->uri, g_str_equal, NULL))
        g_ptr_array_add (contacts, g_strdup (contact->uri));
    }
}

/* XEP-0157: those who run the server before those who help its users. Other fields are about abuse
 * or sales. */
static GStrv
read_contacts (const SidetoneElement *query)
{
  static const char *const vars[] = { "admin-addresses", "support-addresses" };
  GPtrArray *contacts = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (vars); i++)
    {
      for (guint j = 0; j < sidetone_element_get_n_children (query); j++)
        {
          const SidetoneElement *form = sidetone_element_get_child (query, j);
          const SidetoneElement *field = NULL;

          if (g_str_equal (sidetone_element_get_name (form), "x") &&
              g_strcmp0 (sidetone_element_get_namespace (form), FORM_NS) == 0 &&
              is_server_info (form))
            field = find_field (form, vars[i]);
          if (field != NULL)
            add_contacts (contacts, field);
        }
    }
  g_ptr_array_add (contacts, NULL);

  return (GStrv) g_ptr_array_free (contacts, FALSE);
}

/**
 * sidetone_disco_read:
 * @iq: the answer to %SIDETONE_DISCO_QUERY
 * @error: return location for an error
 *
 * Reads a service discovery answer. Features that are listed twice are kept once.
 *
 * Fails with %SIDETONE_ERROR_BAD_ANSWER if @iq is not such an answer, and as
 * sidetone_stanza_check_result() does if it is an error.
 *
 * Returns: (transfer full): the answer, or %NULL with @error set
 */
SidetoneDisco *
sidetone_disco_read (const SidetoneElement *iq,
                     GError               **error)
{
  const SidetoneElement *query;
  SidetoneDisco *self;

  g_return_val_if_fail (iq != NULL, NULL);

  if (!sidetone_stanza_check_result (iq, error))
    return NULL;

  query = sidetone_element_find_child (iq, "query", SIDETONE_DISCO_NS);
  if (query == NULL)
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER,
                           "the answer holds no <query xmlns='" SIDETONE_DISCO_NS "'/>");
      return NULL;
    }

  self = g_new0 (SidetoneDisco, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->features = read_features (query);
  self->name = read_name (query);
  self->contacts = read_contacts (query);

  return self;
}

/**
 * sidetone_disco_ref:
 * @self: an answer
 *
 * Returns: (transfer full): @self
 */
SidetoneDisco *
sidetone_disco_ref (SidetoneDisco *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * sidetone_disco_unref:
 * @self: (transfer full): an answer
 *
 * Drops a reference, and frees @self with the last one.
 */
void
sidetone_disco_unref (SidetoneDisco *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_strfreev (self->features);
  g_free (self->name);
  g_strfreev (self->contacts);
  g_free (self);
}

/**
 * sidetone_disco_has_feature:
 * @self: an answer
 * @feature: a feature, such as `urn:xmpp:sic:1`
 *
 * Returns: %TRUE if the server lists @feature
 */
gboolean
sidetone_disco_has_feature (const SidetoneDisco *self,
                            const char          *feature)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (feature != NULL, FALSE);

  return g_strv_contains ((const char *const *) self->features, feature);
}

/**
 * sidetone_disco_get_features:
 * @self: an answer
 *
 * Returns: (transfer none) (array zero-terminated=1): the features, each once, in the server's
 *   order
 */
const char *const *
sidetone_disco_get_features (const SidetoneDisco *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->features;
}

/**
 * sidetone_disco_get_name:
 * @self: an answer
 *
 * Returns: (transfer none) (nullable): what the server's software calls itself, such as
 *   `ejabberd`, or %NULL if it does not say
 */
const char *
sidetone_disco_get_name (const SidetoneDisco *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * sidetone_disco_get_contacts:
 * @self: an answer
 *
 * Returns: (transfer none) (array zero-terminated=1): where the server's administrator is reached
 *   (XEP-0157), then its support, as URIs that are safe to open; each once
 */
const char *const *
sidetone_disco_get_contacts (const SidetoneDisco *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->contacts;
}
